"""Files inside a zip file, counted while they are inflated: what its header claims may be a lie."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator

from knowledge.errors import ReaderError

MOST_INFLATED = 200_000_000  # bytes; a Word file of 1,000 pages with its pictures stays below
_PIECE = 65_536  # bytes inflated at a time: what is too much is noticed before it is in memory
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)


def member_names(archive: bytes, where: str) -> frozenset[str]:
    """Give the names of the files inside a zip file.

    :param where: what the file is called, for errors.
    :raises ReaderError: if it is no zip file.
    """
    return frozenset(_open(archive, where).namelist())


def read_member(archive: bytes, member: str, most: int, where: str) -> bytes:
    """Give one file out of a zip file.

    :param member: its name inside.
    :param most: how many bytes it may have.
    :param where: what the zip file is called, for errors.
    :raises ReaderError: if there is no such member, it is longer, locked or broken.
    """
    opened = _open(archive, where)
    try:
        info = opened.getinfo(member)
    except KeyError:
        raise ReaderError(where, f"is incomplete: it has no '{member}' inside") from None
    return b"".join(_pieces(opened, [info], most, where))


def check_members(archive: bytes, where: str, most: int = MOST_INFLATED) -> None:
    """Inflate everything inside a zip file once, so that other libraries may open it safely.

    :param most: how many bytes all members may have together.
    :raises ReaderError: if they have more, or one is locked or broken.
    """
    opened = _open(archive, where)
    for _ in _pieces(opened, opened.infolist(), most, where):
        pass


def _open(archive: bytes, where: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(archive))
    except _BROKEN as problem:
        raise ReaderError(where, "is damaged: please save it again and add the copy") from problem


def _pieces(
    opened: zipfile.ZipFile, members: Iterable[zipfile.ZipInfo], most: int, where: str
) -> Iterator[bytes]:
    size = 0
    try:
        for info in members:
            with opened.open(info) as file:
                while piece := file.read(_PIECE):
                    size += len(piece)
                    if size > most:
                        raise ReaderError(
                            where,
                            f"unpacks to more than {most // 1_000_000} MB, far more than guidance "
                            "needs: please save the document again and add the copy",
                        )
                    yield piece
    except RuntimeError as problem:  # what zipfile raises when a member has a password
        raise ReaderError(
            where, "has a password: please save a copy without one and add that"
        ) from problem
    except _BROKEN as problem:
        raise ReaderError(where, "is damaged: please save it again and add the copy") from problem
