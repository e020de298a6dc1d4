"""Exported models in the data folder: written aside, moved into place whole, checked by digest."""

import json
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from knowledge.errors import ModelError
from knowledge.search.disk import digest_of, to_disk


def export_once(
    folder: Path,
    about_file: str,
    about: dict[str, Any],
    files: Sequence[str],
    make: Callable[[Path], None],
) -> bool:
    """Have a folder of exported files made, unless it is there as it was written.

    It is made aside and moved into place when every byte is on the disk.

    :param about: what the files are made from; kept in `about_file` with their sizes and digests.
    :param make: writes `files` into the folder it is given.
    :return: whether anything was made.
    :raises ModelError: what `make` raises, or if a file cannot be written.
    :raises OSError: if a file cannot be written; then the folder is as it was.
    """
    if _is_whole(folder, about_file, about, files):
        return False
    _remove_drafts(folder)
    draft = folder.with_name(f"{_draft_of(folder)}{os.getpid()}")
    draft.mkdir(parents=True)
    try:
        make(draft)
        text = json.dumps({**about, "files": _digests(draft, files)})
        (draft / about_file).write_text(text, encoding="utf-8")
        for path in (*draft.iterdir(), draft):
            to_disk(path)
        shutil.rmtree(folder, ignore_errors=True)
        draft.rename(folder)
    except (ModelError, OSError):
        raise
    except Exception as error:  # what its libraries raise when a file cannot be written
        words = str(error).strip().partition("\n")[0]
        raise ModelError(
            f"{folder} cannot be made: {type(error).__name__}: {words[:200]}. "
            "Is there room on the disk?"
        ) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return True


def read_export(folder: Path, about_file: str, files: Sequence[str]) -> dict[str, Any]:
    """Read what an export says about itself, and see that its files have their sizes.

    :raises ModelError: if the folder or one of its files is missing or damaged.
    """
    try:
        about: dict[str, Any] = json.loads((folder / about_file).read_text(encoding="utf-8"))
        for name in files:  # a start compares their digests too: export_once
            if (folder / name).stat().st_size != about["files"][name]["bytes"]:
                raise ValueError(name)
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise damaged(folder, problem) from problem
    return about


def damaged(folder: Path, problem: Exception) -> ModelError:
    """Give the error for an export that cannot be loaded."""
    return ModelError(
        f"The model in {folder} cannot be loaded ({type(problem).__name__}). "
        "Delete that folder: the next start makes it anew."
    )


def _is_whole(folder: Path, about_file: str, about: dict[str, Any], files: Sequence[str]) -> bool:
    """Say whether a folder holds this export, each file as it was written."""
    try:
        found = json.loads((folder / about_file).read_text(encoding="utf-8"))
        return bool(found == {**about, "files": _digests(folder, files)})
    except (OSError, ValueError):
        return False


def _digests(folder: Path, names: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Give the size and the SHA-256 of each file of an export."""
    files = {}
    for name in names:
        path = folder / name
        files[name] = {"bytes": path.stat().st_size, "sha256": digest_of(path)}
    return files


def _draft_of(folder: Path) -> str:
    return f".{folder.name}-draft-"


def _remove_drafts(folder: Path) -> None:
    """Remove what an interrupted export left: its process is dead, or was this one."""
    for draft in folder.parent.glob(f"{_draft_of(folder)}*"):
        number = draft.name.removeprefix(_draft_of(folder))
        if number == str(os.getpid()) or not (number.isdecimal() and _runs(int(number))):
            shutil.rmtree(draft, ignore_errors=True)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass
    return True
