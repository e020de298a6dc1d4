"""Two who publish at the same time: each change lands, or says why it did not."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from knowledge.editions import publish
from knowledge.editions.publish import Library
from knowledge.editions.report import Report
from knowledge.editions.store import Recorder, Store
from knowledge.errors import PublishingError, UnknownDocument
from knowledge.search.embedding import Embedder
from tests.small import BELLS, KEYS

Meanwhile = Callable[[], object]


@pytest.fixture
def other(library: Library, embedder: Embedder) -> Iterator[Library]:
    """Give the library of another process over the same data folder."""
    store = Store(str(library.store.engine.url))
    yield Library(store, library.folder, lambda: embedder)
    store.close()


def during(meanwhile: Meanwhile) -> publish.Progress:
    """Give a progress callback that lets somebody else act once, after the files were read."""
    acts = [meanwhile]

    def progress(_step: str, _done: int, _total: int) -> None:
        if acts:
            acts.pop()()

    return progress


def test_ten_rounds_of_two_adds_at_once_lose_no_document(
    library: Library, other: Library, tmp_path: Path
) -> None:
    with ThreadPoolExecutor(2) as threads:
        for number in range(10):
            files = []
            for who in ("one", "two"):
                files.append(tmp_path / f"{who}-{number}.md")
                files[-1].write_text(f"# Of {who}\n\nThe number {number} is written by {who}.\n")
            done = threads.map(lambda one, file: one.add([file]), (library, other), files)
            assert [len(report.created) for report in done] == [1, 1]
    assert len(library.open()[1].entries) == len(library.store.latest().versions) == 20


def test_two_adds_of_the_same_text_both_succeed(
    library: Library, other: Library, folder: Path
) -> None:
    with ThreadPoolExecutor(2) as threads:
        reports = list(threads.map(lambda one: one.add([folder]), (library, other)))
    assert {len(report.created) + len(report.unchanged) for report in reports} == {3}
    assert list(library.store.latest().documents) == ["bells", "keys", "leave"]


def test_a_removal_during_an_add_wins_for_its_document(
    library: Library, other: Library, folder: Path
) -> None:
    library.add([folder])
    (folder / "keys.md").write_text(KEYS.replace("locks", "doors"))
    (folder / "bells.md").write_text(BELLS.replace("rings", "sounds"))
    report = library.add([folder], during(lambda: other.remove("keys")))
    assert (report.updated, report.left_out, report.edition) == (("bells",), ("keys",), 3)
    assert list(library.open()[0].documents) == ["bells", "leave"]
    assert set(library.store.withdrawn()) == {"keys"}


def test_a_change_of_another_document_during_an_add_stays(
    library: Library, other: Library, folder: Path, tmp_path: Path
) -> None:
    library.add([folder])
    (folder / "keys.md").write_text(KEYS.replace("locks", "doors"))
    (folder / "bells.md").write_text(BELLS.replace("rings", "sounds"))
    library.add([folder / "keys.md"], during(lambda: other.add([folder / "bells.md"])))
    texts = " ".join(entry.passage.text for entry in library.open()[1].entries)
    assert "doors" in texts
    assert "sounds" in texts


def test_a_document_removed_twice_at_once_is_said_to_be_gone(
    library: Library, other: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add([folder])
    save = library.store.publish

    def late(draft: publish.DraftEdition, record: Recorder | None) -> object:
        monkeypatch.undo()
        other.remove("keys")
        return save(draft, record)

    monkeypatch.setattr(library.store, "publish", late)
    with pytest.raises(UnknownDocument):
        library.remove("keys")


def test_an_interrupted_add_of_a_removed_document_changes_nothing(
    library: Library, folder: Path
) -> None:
    library.add([folder], bundled=True)
    library.remove("keys")
    (folder / "keys.md").write_text(KEYS.replace("locks", "doors"))

    def stop(step: str, _done: int, _total: int) -> None:
        if step == "embedding":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        library.add([folder], stop)
    assert library.add([folder], bundled=True) == Report(unchanged=("bells", "leave"), edition=2)


def test_whoever_always_comes_too_late_is_told_so(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish, "_LONGEST_PAUSE", 0.0)
    monkeypatch.setattr(library.store, "publish", lambda _draft, _record: None)
    with pytest.raises(PublishingError, match=r"nothing was changed.*try it again"):
        library.add([folder])
    assert library.store.latest_number() is None
