"""A clock that tests move."""

import datetime as dt


class Clock:
    """Gives the time; a test adds to it."""

    def __init__(self) -> None:
        self.time = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.time

    def later(self, **much: float) -> None:
        self.time += dt.timedelta(**much)
