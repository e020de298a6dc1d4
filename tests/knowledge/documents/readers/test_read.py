from pathlib import Path

import pytest

from knowledge.documents.readers import ENDINGS, read
from knowledge.errors import ReaderError


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("leave.md", "# Leave\nAsk early."),
        ("leave.HTML", "<h1>Leave</h1><p>Ask early.</p>"),
        ("leave.txt", "Leave\n\nAsk your governors early."),
    ],
)
def test_the_ending_of_a_file_says_how_it_is_read(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    (draft,) = read(path)
    assert (draft.id, draft.title) == ("leave", "Leave")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_saved_by_any_editor_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "leave.txt"
    path.write_bytes("Leave\r\n\r\nThe head’s fee is £5 for a café.".encode(encoding))
    assert read(path)[0].blocks[1].text == "The head’s fee is £5 for a café."


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("name", ["leave.txt", "leave.md"])
def test_lines_end_as_any_system_ends_them(tmp_path: Path, name: str, end: str) -> None:
    path = tmp_path / name
    head = "---\nlayout: wide\n---\n# " if name.endswith("md") else ""
    lines = f"{head}Leave\n\nAsk your governors early.\n\n- One\n- Two\n"
    path.write_bytes(lines.replace("\n", end).encode())
    (draft,) = read(path)
    assert [block.text for block in draft.blocks] == [
        *("Leave", "Ask your governors early.", "One", "Two")
    ]


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("leave.xyz", b"PK", "we read files that end in"),
        ("leave.txt", b"\x00\x01\x02", "is not a text file"),
        ("leave.md", b"", "has no text that could be quoted"),
        ("leave.txt", b"Home Menu\n", "has no text that could be quoted"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_its_name(
    tmp_path: Path, name: str, content: bytes, problem: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ReaderError, match=problem) as caught:
        read(path)
    assert name in str(caught.value)


def test_a_missing_file_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match=r"gone\.md"):
        read(tmp_path / "gone.md")


def test_the_endings_we_read_are_listed() -> None:
    assert {".md", ".html", ".txt"} <= ENDINGS
