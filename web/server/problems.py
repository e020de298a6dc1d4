"""What can be wrong with a request, with its status and its wording."""

from typing import Any

from fastapi.responses import JSONResponse

from knowledge.answers.wording import Wording


class Problem(Exception):
    """A request is refused.

    :param code: the name of the wording under `errors`, also given to programs.
    :param values: what is filled into the wording.
    """

    def __init__(self, status: int, code: str, **values: str) -> None:
        super().__init__(code)
        self.status, self.code, self.values = status, code, values

    def words(self, wording: Wording) -> str:
        """Say what is wrong, in a member's words."""
        return wording.say(f"errors.{self.code}", **self.values)

    def response(self, wording: Wording, contact: dict[str, Any] | None) -> JSONResponse:
        """Give the refusal: what is wrong, and whom to contact."""
        error = {"code": self.code, "message": self.words(wording)}
        return JSONResponse({"error": error, "contact": contact}, self.status)
