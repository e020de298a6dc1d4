"""A process of its own reads files: whatever they do, the one that asked goes on."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.documents.readers import read
from knowledge.documents.readers.apart import Limits, ReaderProcess
from knowledge.documents.readers.apart import process as reading
from knowledge.errors import ReaderError
from tests.knowledge.documents.readers.pdf.making import Page, make

# What stands in for a reader that a file has got the better of.
FAULTS = """
import os, signal, sys, time
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from knowledge.documents.readers.apart import child
honest = child.read
def read(path, pages_done):
    word = path.read_text().split()[0] if path.suffix == ".txt" else ""
    if word == "crash": os.kill(os.getpid(), signal.SIGSEGV)
    if word == "loop":
        while True: pass
    if word == "sleep": time.sleep(60)
    if word == "memory": bytearray(10**10)
    if word == "fault": {}["key"]
    if word == "deep": raise RecursionError
    if word == "write":
        with open(path.with_name("written"), "w") as file: file.write("word")
    if word == "chat": print("a library says something")
    return honest(path, pages_done)
child.read = read
child.main()
"""


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[ReaderProcess]:
    monkeypatch.setattr(reading, "_CHILD", FAULTS)
    with ReaderProcess(Limits(processor=2, silence=60.0)) as process:
        yield process


def file(folder: Path, first: str) -> Path:
    path = folder / f"{first}.txt"
    path.write_text(f"{first}\n\nThe site manager keeps the keys of the school.")
    return path


def test_a_file_gives_what_it_gives_in_this_process(tmp_path: Path) -> None:
    path = tmp_path / "keys.md"
    path.write_text("---\ntitle: Keys\npublished: 2026-02-01\ntopics: [send]\n---\n# Keys\n1. A\n")
    with ReaderProcess() as process:
        assert process.read(path) == read(path)


def test_one_process_reads_many_files(tmp_path: Path, reader: ReaderProcess) -> None:
    ids = set()
    for word in ("keys", "bells"):
        assert reader.read(file(tmp_path, word))
        assert reader._process
        ids.add(reader._process.pid)
    assert len(ids) == 1


def test_the_pages_of_a_long_file_are_told(tmp_path: Path) -> None:
    pages = [Page() for _ in range(3)]
    for page, thing in zip(pages, ("keys", "bells", "books"), strict=True):
        page.lines(740, f"The site manager keeps the {thing} of the school and of the hall.")
    path = tmp_path / "keys.pdf"
    path.write_bytes(make(*pages))
    told = []
    with ReaderProcess() as process:
        process.read(path, lambda done, of: told.append((done, of)))
    assert sorted(set(told)) == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize(
    ("word", "problem"),
    [
        ("crash", "breaks the program that reads it: please save it again"),
        ("loop", "takes too long to read"),
        ("memory", "needs more memory"),
        ("fault", "because of a fault in this program: please report 'KeyError"),
        ("deep", "is nested too deeply"),
        ("write", "because of a fault in this program"),
    ],
)
def test_a_file_that_breaks_the_reader_is_named_and_the_next_is_read(
    tmp_path: Path, reader: ReaderProcess, word: str, problem: str
) -> None:
    with pytest.raises(ReaderError, match=problem) as caught:
        reader.read(file(tmp_path, word))
    assert f"{word}.txt" in str(caught.value)
    assert reader.read(file(tmp_path, "keys"))
    assert not list(tmp_path.glob("written?*"))


def test_a_file_about_which_nothing_is_heard_is_given_up(
    tmp_path: Path, reader: ReaderProcess
) -> None:
    reader.limits = Limits(silence=1.0)
    with pytest.raises(ReaderError, match="takes too long to read"):
        reader.read(file(tmp_path, "sleep"))


def test_what_a_library_prints_is_no_answer(tmp_path: Path, reader: ReaderProcess) -> None:
    assert reader.read(file(tmp_path, "chat"))[0].blocks


def test_a_process_that_ended_by_itself_is_started_again(
    tmp_path: Path, reader: ReaderProcess
) -> None:
    reader.read(file(tmp_path, "keys"))
    assert reader._process
    os.kill(reader._process.pid, signal.SIGKILL)
    assert reader.read(file(tmp_path, "bells"))


def test_the_process_ends_with_whoever_asked(tmp_path: Path) -> None:
    with ReaderProcess() as process:
        process.read(file(tmp_path, "keys"))
        child = process._process
    assert child is not None
    assert child.poll() is not None


def test_what_is_wrong_with_a_file_comes_back_with_its_place(
    tmp_path: Path, reader: ReaderProcess
) -> None:
    path = tmp_path / "keys.pdf"
    path.write_bytes(b"%PDF-1.7\nand nothing else")
    with pytest.raises(ReaderError, match=r"/keys\.pdf: is damaged"):
        reader.read(path)


def test_a_file_that_is_too_large_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "keys.pdf"
    with path.open("wb") as sparse:
        sparse.truncate(100_000_001)
    started = time.monotonic()
    with ReaderProcess() as process, pytest.raises(ReaderError, match="we read files up to 100 MB"):
        process.read(path)
    assert time.monotonic() - started < 1
    assert process._process is None


def test_a_file_that_is_missing_is_refused_with_its_name(tmp_path: Path) -> None:
    with (
        ReaderProcess() as process,
        pytest.raises(ReaderError, match=r"gone\.md: cannot be opened"),
    ):
        process.read(tmp_path / "gone.md")


def test_an_entity_of_another_file_is_never_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the code of the safe")
    path = tmp_path / "keys.html"
    path.write_text(
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]><html><h1>Keys</h1>'
        "<p>The keys of the school are kept by &x; and by nobody else.</p></html>"
    )
    with ReaderProcess() as process:
        (draft,) = process.read(path)
    assert "the code" not in repr(draft)
