"""The errors of accounts and sign-in, each worded for whoever must act."""


class StaffError(Exception):
    """The parent of these errors; its text can be shown to whoever made the change."""


class BadName(StaffError):
    """A name cannot be an account's."""

    def __init__(self) -> None:
        super().__init__(
            "A name is 1 to 100 letters, digits and the signs . _ - + @, as in ann.lee@example.org."
        )


class NameTaken(StaffError):
    """Another account has the name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is an account '{name}' already. Choose another name.")


class UnknownUser(StaffError):
    """No account has the name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no account '{name}'. 'advice users list' shows them all.")


class LastAdmin(StaffError):
    """The last admin would be gone."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"'{name}' is the last admin. Give another account the role admin first: "
            f"'advice users role NAME --role admin'."
        )


class SwitchedOff(StaffError):
    """The account may not sign in."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The account '{name}' is switched off. An admin can switch it on: "
            f"'advice users on {name}'."
        )


class BadLink(StaffError):
    """A one-time link was used, replaced or is too old."""

    def __init__(self) -> None:
        super().__init__(
            "The link was used before, replaced by a newer one, or is too old. An admin can make "
            "another: 'advice users link NAME'."
        )


class WeakPassword(StaffError):
    """A password cannot be taken; its code names the wording."""

    def __init__(self, code: str) -> None:
        super().__init__(f"The password cannot be used ({code}). Choose another one.")
        self.code = code


class Paused(StaffError):
    """The account was tried too often just now."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"There were too many attempts. Wait {seconds} seconds and try again.")
        self.seconds = seconds
