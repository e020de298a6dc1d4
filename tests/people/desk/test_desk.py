"""The desk: a case belongs to one adviser at a time, and ends with a reason."""

import datetime as dt
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from people.asked import Asked
from people.audit import Actor, Audit, Filters
from people.cases import Cases, read_case
from people.counts import left_counts
from people.desk.case import Closing, HeldByOther, NoWords, UnknownCase
from people.desk.desk import Desk
from people.desk.ending import live_counts
from tests.people.clock import Clock
from tests.people.test_cases import CASE

ANN, BOB = Actor("ann", "adviser"), Actor("bob", "adviser")


def audited(engine: sa.Engine) -> list[tuple[str, str, str]]:
    rows = Audit(engine).rows(Filters(), 100)
    return [(row.actor.name, row.act.action, row.act.subject) for row in reversed(rows)]


def test_the_second_adviser_is_told_who_has_a_case(desk: Desk, reference: str) -> None:
    desk.take(reference, ANN)
    with pytest.raises(HeldByOther) as refused:
        desk.take(reference, BOB)
    assert refused.value.case.holder == "ann"
    assert desk.find(reference).holder == "ann"


def test_of_many_who_take_a_case_at_once_one_gets_it(desk: Desk, reference: str) -> None:
    ready, got = threading.Barrier(8), []

    def take(name: str) -> None:
        ready.wait()
        try:
            desk.take(reference, Actor(name, "adviser"))
            got.append(name)
        except HeldByOther:
            pass

    threads = [threading.Thread(target=take, args=(f"a{n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [desk.find(reference).holder] == got


def test_a_form_that_is_sent_twice_takes_a_case_once(
    desk: Desk, reference: str, engine: sa.Engine
) -> None:
    desk.take(reference, ANN)
    desk.take(reference, ANN)
    assert audited(engine) == [("ann", "case_taken", f"case {reference}")]


def test_a_case_that_was_left_lying_is_new_again(
    desk: Desk, reference: str, clock: Clock, engine: sa.Engine
) -> None:
    desk.take(reference, ANN)
    clock.time += dt.timedelta(hours=7)
    assert desk.release_idle() == 0
    clock.time += dt.timedelta(hours=2)
    assert desk.release_idle() == 1
    case = desk.find(reference)
    assert (case.state, case.holder) == ("new", "")
    assert audited(engine)[-1] == ("time limit", "case_given_back", f"case {reference}")


def test_an_idle_case_can_be_taken_before_anybody_gives_it_back(
    desk: Desk, reference: str, clock: Clock
) -> None:
    desk.take(reference, ANN)
    clock.time += dt.timedelta(hours=9)
    desk.take(reference, BOB)
    assert desk.find(reference).holder == "bob"


def test_work_on_a_case_keeps_it(desk: Desk, reference: str, clock: Clock) -> None:
    desk.take(reference, ANN)
    clock.time += dt.timedelta(hours=7)
    desk.note_contact(reference, ANN)
    clock.time += dt.timedelta(hours=7)
    assert desk.release_idle() == 0


def test_a_waiting_case_is_not_idle_and_is_handed_on_knowingly(
    desk: Desk, reference: str, clock: Clock
) -> None:
    desk.take(reference, ANN)
    desk.wait(reference, ANN)
    clock.time += dt.timedelta(days=3)
    assert desk.release_idle() == 0
    with pytest.raises(HeldByOther):
        desk.take(reference, BOB)
    desk.take(reference, BOB, seen_holder="ann")
    assert (desk.find(reference).state, desk.find(reference).holder) == ("taken", "bob")


def test_only_who_has_a_case_changes_it(desk: Desk, reference: str) -> None:
    desk.take(reference, ANN)
    for change in (desk.give_back, desk.note_contact, desk.wait):
        with pytest.raises(HeldByOther):
            change(reference, BOB)
    with pytest.raises(HeldByOther):
        desk.close(reference, Closing("other", remark="Done."), BOB)


def test_the_first_contact_stays_the_first(desk: Desk, reference: str, clock: Clock) -> None:
    desk.take(reference, ANN)
    desk.wait(reference, ANN)
    first = clock.time
    clock.time += dt.timedelta(hours=3)
    desk.note_contact(reference, ANN)
    desk.close(reference, Closing("answered", "leave#1"), ANN)
    assert desk.find(reference).contacted == first


def test_a_case_is_closed_by_a_passage(desk: Desk, reference: str) -> None:
    desk.take(reference, ANN)
    desk.close(reference, Closing("answered", "leave#1"), ANN)
    case = desk.find(reference)
    assert (case.state, case.outcome, case.passage) == ("closed", "answered", "leave#1")


def test_what_guidance_does_not_say_goes_to_the_editors_in_the_advisers_words(
    desk: Desk, reference: str, engine: sa.Engine, clock: Clock
) -> None:
    desk.take(reference, ANN)
    missing = "Can governors change the hours of a leader?"
    desk.close(reference, Closing("no_guidance", missing=missing), ANN)
    asked = Asked(engine, days=90, now=clock)
    (kept,) = asked.recent(clock.time - dt.timedelta(days=1), 10)
    assert (kept.wording, kept.lack) == (missing, "adviser")
    assert not asked.counts(clock.time - dt.timedelta(days=1))  # it is no turn of the bot


@pytest.mark.parametrize("outcome", ["no_guidance", "other"])
def test_an_ending_that_needs_words_is_refused_without_them(
    desk: Desk, reference: str, outcome: str
) -> None:
    desk.take(reference, ANN)
    with pytest.raises(NoWords):
        desk.close(reference, Closing(outcome), ANN)  # type: ignore[arg-type]
    assert desk.find(reference).state == "taken"


def test_who_opens_a_case_again_has_it(desk: Desk, reference: str) -> None:
    desk.take(reference, ANN)
    desk.close(reference, Closing("other", remark="Rang."), ANN)
    desk.reopen(reference, BOB)
    case = desk.find(reference)
    assert (case.state, case.holder, case.outcome, case.closed) == ("taken", "bob", "", None)


def test_notes_are_kept_in_order_and_not_in_the_audit(
    desk: Desk, reference: str, engine: sa.Engine
) -> None:
    desk.add_note(reference, "Rang twice.", ANN)
    desk.add_note(reference, "Husband answers.", BOB)
    assert [(note.who, note.text) for note in desk.notes(reference)] == [
        ("ann", "Rang twice."),
        ("bob", "Husband answers."),
    ]
    assert "Husband" not in str(audited(engine))
    with pytest.raises(NoWords):
        desk.add_note(reference, "  ", ANN)


def test_suggestions_are_kept_once(desk: Desk, reference: str) -> None:
    assert desk.find(reference).suggested is None
    desk.keep_suggested(reference, ["leave#1"])
    desk.keep_suggested(reference, ["keys#1"])
    assert desk.find(reference).suggested == ("leave#1",)


def test_a_case_that_is_deleted_leaves_only_counts(
    desk: Desk, cases: Cases, reference: str, engine: sa.Engine
) -> None:
    desk.take(reference, ANN)
    desk.add_note(reference, "Pufferfish", ANN)
    today = dt.datetime.now(dt.UTC).date()
    with engine.connect() as connection:
        before = live_counts(connection, today, today)
    assert before
    assert cases.delete(reference, "session")
    for work in (desk.find, lambda name: desk.add_note(name, "Late", ANN)):
        with pytest.raises(UnknownCase):
            work(reference)
    assert desk.notes(reference) == []
    with engine.connect() as connection:
        assert left_counts(connection, today, today, "case") == before
        assert not live_counts(connection, today, today)


def test_no_byte_of_a_deleted_case_and_its_notes_stays_on_the_disk(
    desk: Desk, cases: Cases, tmp_path: Path, engine: sa.Engine
) -> None:
    reference = cases.add(read_case({**CASE, "question": "Armadillo at school?"}), "session")
    desk.add_note(reference, "Pufferfish", ANN)
    desk.delete(reference, ANN)
    written = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert any(reference.encode() in content for content in written)  # the audit names it
    for word in (b"Armadillo", b"Pufferfish"):
        assert not any(word in content for content in written)


def test_cases_end_after_their_time_with_their_notes(
    desk: Desk, cases: Cases, reference: str
) -> None:
    desk.add_note(reference, "Rang.", ANN)
    assert cases.delete_expired(dt.datetime.now(dt.UTC) + dt.timedelta(days=31)) == 1
    assert desk.notes(reference) == []
