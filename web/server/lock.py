"""One server for one data folder."""

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

from knowledge.errors import ServiceError

_LOCK_FILE = "serve.lock"


@contextlib.contextmanager
def hold(home: Path) -> Iterator[None]:
    """Hold a data folder: two servers would take each other's model, ports and logs.

    The kernel frees it when this process ends, however it ends; a child does not inherit it.

    :raises ServiceError: if another process holds it.
    """
    home.mkdir(parents=True, exist_ok=True)
    with (home / _LOCK_FILE).open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ServiceError(
                f"Another 'advice serve' or 'advice prepare' runs over the data folder "
                f"{home.resolve()}. Stop that one, or set ADVICE_HOME to another folder."
            ) from None
        yield
