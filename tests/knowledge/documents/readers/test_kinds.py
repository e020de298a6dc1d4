"""What a file is shows in its first bytes; an ending that says something else is named."""

import io
import random
import zipfile

import pytest

from knowledge.documents.readers.kinds import HTML, PDF, TEXT, check_kind
from knowledge.errors import ReaderError


def zipped(*members: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in members:
            archive.writestr(name, "<x/>")
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("keys.pdf", b"%PDF-1.7\n", PDF),
        ("keys.PDF", b"a line of its own\n%PDF-1.4\n", PDF),
        ("keys.html", b"\xef\xbb\xbf\n<!-- saved --><!DOCTYPE html><p>Keys", HTML),
        ("keys.htm", b"<p>A part of a page.", HTML),
        ("keys.md", b"# Keys\n<div>and more</div>", TEXT),
        ("keys.txt", b"", TEXT),
        ("keys.txt", b"Heads decide on co\x02operation and who borrows the keys.", TEXT),
        ("keys.txt", "Keys".encode("utf-16"), TEXT),
    ],
)
def test_a_file_is_what_its_ending_says(name: str, data: bytes, kind: str) -> None:
    assert check_kind(data, name) == kind


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("keys.txt", b"%PDF-1.7\n", r"but is a PDF file: please rename it .* ends in \.pdf"),
        ("keys.pdf", b"<html><p>Keys", r"but is a web page: please rename .* ends in \.html"),
        ("keys.md", b"<!doctype html><p>Keys", r"but is a web page"),
        ("keys.pdf", zipped("word/document.xml"), r"but is a Word file: .* ends in \.docx"),
        ("keys.pdf", zipped("xl/workbook.xml"), "but is an Excel file, which we do not read"),
        ("keys.html", zipped("a.txt"), "but is a zip file"),
        ("keys.pdf", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "but is an old Word"),
        ("keys.txt", b"{\\rtf1 Keys}", r"but is a rich text file \(\.rtf\)"),
        ("keys.pdf", b"\x89PNG\r\n", "but is a picture"),
        ("keys.html", b"MIME-Version: 1.0\nContent-Type: multipart/related;", r"\(\.mht\)"),
        ("keys.exe", b"MZ", r"we read files that end in \.md"),
        ("keys", b"Keys", "we read files that end in"),
    ],
)
def test_a_file_that_is_something_else_is_named(name: str, data: bytes, problem: str) -> None:
    with pytest.raises(ReaderError, match=problem) as caught:
        check_kind(data, name)
    assert name in str(caught.value)


@pytest.mark.parametrize(
    ("ending", "promised"), [("pdf", "PDF"), ("docx", "Word"), ("txt", "text"), ("md", "text")]
)
@pytest.mark.parametrize("seed", range(5))
def test_random_bytes_are_never_taken_for_a_file_that_we_read(
    ending: str, promised: str, seed: int
) -> None:
    noise = random.Random(seed).randbytes(5000)
    with pytest.raises(ReaderError, match=f"is not a {promised} file, though .* may be damaged"):
        check_kind(noise, f"keys.{ending}")


@pytest.mark.parametrize("name", ["keys.pdf", "keys.docx"])
def test_an_empty_file_is_called_empty(name: str) -> None:
    with pytest.raises(ReaderError, match="is empty: please download"):
        check_kind(b"", name)


def test_a_file_with_a_password_is_named() -> None:
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(ReaderError, match="has a password"):
        check_kind(locked, "keys.pdf")
