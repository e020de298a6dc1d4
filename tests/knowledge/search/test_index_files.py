"""The folders of indexes: drafts of dead processes go, and nobody loses what is needed."""

import os
import subprocess
import sys
from pathlib import Path

import faiss
import pytest

from knowledge.language.analyser import Analyser
from knowledge.search import index_files
from knowledge.search.embedding import Embedder
from knowledge.search.index import Index
from knowledge.search.index_files import clean_indexes, is_whole, load_index, save_index
from tests.knowledge.examples_of_guidance import entries, index_of


@pytest.fixture(scope="module")
def index(embedder: Embedder) -> Index:
    return index_of(entries(), embedder)


def test_only_the_folders_that_are_kept_stay(tmp_path: Path) -> None:
    for name in ("new", "old", "edition-3", "edition-4.draft"):
        (tmp_path / name).mkdir()
    clean_indexes(tmp_path, {"new"})
    assert os.listdir(tmp_path) == ["new"]


def test_drafts_of_dead_processes_go_and_of_living_ones_stay(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    for number in (ended.pid, os.getpid()):
        (tmp_path / f"draft-{number}-0").mkdir()
    clean_indexes(tmp_path, set())
    assert os.listdir(tmp_path) == [f"draft-{os.getpid()}-0"]


def test_a_draft_of_long_ago_goes_whoever_has_its_number_now(tmp_path: Path) -> None:
    draft = tmp_path / f"draft-{os.getpid()}-0"
    draft.mkdir()
    os.utime(draft, (0, 0))
    clean_indexes(tmp_path, set())
    assert not draft.exists()


def test_two_who_write_the_same_index_do_not_share_a_draft(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = index_files._digests

    def meanwhile(folder: Path) -> dict[str, str]:
        monkeypatch.undo()
        save_index(index, tmp_path / "one", "today")
        return write(folder)

    monkeypatch.setattr(index_files, "_digests", meanwhile)
    save_index(index, tmp_path / "one", "today")
    assert is_whole(tmp_path / "one", "today")
    assert os.listdir(tmp_path) == ["one"]


def test_a_failed_write_leaves_the_folder_as_it_was(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_index(index, tmp_path / "one", "today")

    def full(_path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(index_files, "to_disk", full)
    with pytest.raises(OSError, match="No space"):
        save_index(index, tmp_path / "one", "tomorrow")
    assert is_whole(tmp_path / "one", "today")
    assert os.listdir(tmp_path) == ["one"]


def test_a_folder_taken_away_while_it_is_read_is_not_used(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_index(index, tmp_path / "one", "today")
    read = faiss.read_index

    def taken(path: str) -> object:
        clean_indexes(tmp_path, set())
        return read(path)

    monkeypatch.setattr(faiss, "read_index", taken)
    assert load_index(index.entries, tmp_path / "one", "today", Analyser()) is None
