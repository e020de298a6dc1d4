"""After a publish the gaps' wordings are put to the new edition, with the real models."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.answers.conversation import Conversation
from knowledge.editions.publish import Library
from people.asked import Asked
from people.gaps import Retest
from tests.people.asking import ANSWERED, asked_by
from tests.small import LEAVE, SmallService
from web.server.gap_rounds import GapRounds
from web.staff.gap_work import GapWork

COVERED = "How long before a school trip abroad do I ask for travel leave?"
UNCOVERED = "Do we need a licence for a raffle?"


@pytest.fixture
def work(small: SmallService, folder: Path) -> GapWork:
    """Give the gaps of a service with two small documents; one on leave comes later."""
    (folder / "leave.md").unlink()
    small.library.add([folder])
    asked = Asked(small.store.engine, 90)
    for number, wording in enumerate((COVERED, COVERED, f"{COVERED} [name] asks", UNCOVERED)):
        asked.add(asked_by(f"c{number}", wording))
    return GapWork(small)


def publish_leave(library: Library, folder: Path) -> None:
    (folder / "leave.md").write_text(LEAVE, encoding="utf-8")
    library.add([folder / "leave.md"])


def test_a_gap_is_put_to_the_new_edition_after_a_publish(
    work: GapWork, small: SmallService, folder: Path
) -> None:
    work.follow(lambda _seconds: False)
    assert [work.gaps.find(number).retest for number in (1, 2)] == [None, None]
    publish_leave(small.library, folder)
    assert list(work.untested()) == [1, 2]
    work.follow(lambda _seconds: False)
    assert work.gaps.find(1).retest == Retest(2, tested=2, answered=2)
    assert work.gaps.find(2).retest == Retest(2, tested=1, answered=0)
    assert list(work.untested()) == []


def test_what_did_not_help_is_answered_only_when_other_guidance_is_quoted(
    small: SmallService, folder: Path
) -> None:
    small.library.add([folder])
    work, asked = GapWork(small), Asked(small.store.engine, 90)
    turn = small.dialogue().answer(small.dialogue().check(COVERED), Conversation())
    shown = tuple(source.passage_id for reply in turn.replies for source in reply.sources)
    assert shown
    for conversation, passages in (("c1", shown), ("c2", ("bells#introduction",))):
        asked.add(replace(ANSWERED, conversation=conversation, wording=COVERED, shown=passages))
        asked.judge_last(conversation, helped=False)
        work.group()
        retest = work.retest(1)
        assert retest
        assert retest.answered == (passages != shown)


def test_a_test_that_is_stopped_is_made_again(
    work: GapWork, small: SmallService, folder: Path
) -> None:
    publish_leave(small.library, folder)
    work.follow(lambda _seconds: True)
    assert list(work.untested()) == [1, 2]


def test_the_site_goes_round_by_itself_and_closes_at_once(
    work: GapWork, small: SmallService, folder: Path
) -> None:
    publish_leave(small.library, folder)

    async def open_and_close() -> None:
        async with GapRounds(work, seconds=0.01).running():
            while not work.gaps.listed(small.now().replace(year=2000)) or list(work.untested()):
                await asyncio.sleep(0.05)
        async with GapRounds(work, seconds=60).running():
            pass

    asyncio.run(asyncio.wait_for(open_and_close(), 30))
    assert work.gaps.find(1).retest == Retest(2, tested=2, answered=2)


def test_a_fault_ends_no_round_and_logs_no_wording(
    work: GapWork, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds: list[str] = []

    def broken(_rest: object) -> None:
        rounds.append(COVERED)
        raise RuntimeError(COVERED)

    monkeypatch.setattr(work, "follow", broken)

    async def open_and_close() -> None:
        async with GapRounds(work, seconds=0.01).running():
            while len(rounds) < 3:
                await asyncio.sleep(0.01)

    asyncio.run(asyncio.wait_for(open_and_close(), 30))
    assert "RuntimeError" in caplog.text
    assert COVERED not in caplog.text
