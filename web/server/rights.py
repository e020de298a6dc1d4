"""Who may read the data folder: its owner alone."""

import contextlib
import os
from pathlib import Path


def keep_private(home: Path) -> None:
    """Let nobody else read the data folder, nor what this process and its children make.

    Names and telephone numbers are in it. A folder that others could read is mended.
    """
    os.umask(0o077)
    home.mkdir(parents=True, exist_ok=True)
    _set(home, 0o700)
    for place, folders, files in os.walk(home):
        for names, rights in ((folders, 0o700), (files, 0o600)):
            for name in names:
                _set(Path(place, name), rights)


def _set(path: Path, rights: int) -> None:
    # A running bot may just have deleted it; or it is another user's, or cannot be written to.
    with contextlib.suppress(OSError):
        if not path.is_symlink():
            path.chmod(rights)
