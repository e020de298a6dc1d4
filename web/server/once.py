"""A part that takes seconds to load, and that is loaded once."""

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Part = TypeVar("Part")


class Once(Generic[Part]):
    """Gives a part, loaded at the first call, whichever thread makes it."""

    def __init__(self, load: Callable[[], Part]) -> None:
        self._load, self._lock = load, Lock()
        self._loaded: list[Part] = []

    def __call__(self) -> Part:
        """Give the part."""
        with self._lock:
            if not self._loaded:
                self._loaded.append(self._load())
            return self._loaded[0]
