"""Which edition answers while another is published, loaded, or cannot be loaded."""

import datetime as dt
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
import sqlalchemy as sa

from knowledge.editions.publish import Library
from knowledge.service import Service
from tests.small import BELLS, SmallService


@pytest.fixture
def clock() -> list[dt.datetime]:
    """Give the time, as a list of one that a test may change."""
    return [dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)]


@pytest.fixture
def small(
    tmp_path: Path, service: Service, folder: Path, clock: list[dt.datetime]
) -> Iterator[SmallService]:
    """Give a service that answers from edition 1 while edition 2 was just published."""
    small = SmallService(tmp_path / "home", service, lambda: clock[0])
    small.library.add([folder])
    small.dialogue()
    (folder / "bells.md").write_text(BELLS.replace("rings", "sounds"))
    small.library.add([folder])
    yield small
    small.close()


def break_loading(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Make every loading fail; give the list that grows with each attempt."""
    attempts: list[int] = []

    def fails(_library: Library) -> None:
        attempts.append(1)
        raise MemoryError("words that nobody should see in a log")

    monkeypatch.setattr(Library, "open", fails)
    return attempts


def test_a_new_edition_answers_at_the_next_message(small: SmallService) -> None:
    assert small.edition().number == 2
    assert small.edition_problem is None


def test_an_edition_that_cannot_load_leaves_the_old_one_answering(
    small: SmallService, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = small._open
    assert old is not None
    break_loading(monkeypatch)
    assert small.dialogue() is old.dialogue
    assert small.edition_problem == (
        "Edition 2 cannot be loaded (MemoryError). Edition 1 goes on answering."
    )


def test_an_edition_that_cannot_load_is_tried_again_after_a_pause(
    small: SmallService,
    clock: list[dt.datetime],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    attempts = break_loading(monkeypatch)
    with caplog.at_level(logging.ERROR):
        for _ in range(5):
            small.dialogue()
        clock[0] += dt.timedelta(minutes=1)
        small.dialogue()
    assert len(attempts) == 2
    assert [record.getMessage() for record in caplog.records] == [small.edition_problem]
    monkeypatch.undo()
    clock[0] += dt.timedelta(minutes=1)
    assert small.edition().number == 2
    assert small.edition_problem is None


def test_an_edition_after_one_that_cannot_load_is_tried_at_once(
    small: SmallService, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_loading(monkeypatch)
    small.dialogue()
    monkeypatch.undo()
    small.library.remove("bells")
    assert small.edition().number == 3


def test_a_database_that_cannot_be_read_leaves_the_old_edition_answering(
    small: SmallService, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise sa.exc.OperationalError("SELECT", {}, Exception("disk I/O error"))

    monkeypatch.setattr(small.store, "standing", broken)
    small.dialogue()
    assert small.edition_problem is not None
    assert "SELECT" not in small.edition_problem
    monkeypatch.undo()
    assert small.edition().number == 2


def test_others_go_on_with_the_old_edition_while_one_loads_the_new_one(
    small: SmallService, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = small._open
    assert old is not None
    loading, go_on, load = Event(), Event(), Library.open

    def slow(library: Library) -> object:
        loading.set()
        assert go_on.wait(60)
        return load(library)

    monkeypatch.setattr(Library, "open", slow)
    with ThreadPoolExecutor(1) as threads:
        first = threads.submit(small.dialogue)
        assert loading.wait(60)
        assert small.dialogue() is old.dialogue
        go_on.set()
        assert first.result(60) is not old.dialogue
    assert small.edition().number == 2


def test_an_index_that_cannot_be_kept_on_the_disk_answers_from_memory(
    small: SmallService, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("knowledge.editions.publish.save_index", full)
    monkeypatch.setattr("knowledge.editions.publish.load_index", lambda *_: None)
    assert small.edition().number == 2
