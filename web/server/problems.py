"""What can be wrong with a request, with its status and its wording."""


class Problem(Exception):
    """A request is refused.

    :param code: the name of the wording under `errors`, also given to programs.
    :param values: what is filled into the wording.
    """

    def __init__(self, status: int, code: str, **values: str) -> None:
        super().__init__(code)
        self.status, self.code, self.values = status, code, values
