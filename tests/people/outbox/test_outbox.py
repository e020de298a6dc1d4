"""The outbox: kept with what it tells of, claimed by one, never lost, seen and tried again."""

import datetime as dt

import pytest
import sqlalchemy as sa

from people.audit import Actor, Audit, Filters
from people.outbox.mail import queue
from people.outbox.outbox import LEASE, NotWaiting, Outbox
from tests.people.clock import Clock
from tests.people.outbox.post_office import letter

BOSS = Actor("boss", "admin")


@pytest.fixture
def outbox(engine: sa.Engine, clock: Clock) -> Outbox:
    return Outbox(engine, clock)


def put(outbox: Outbox, *numbers: int) -> None:
    with outbox.engine.begin() as connection:
        for number in numbers or (1,):
            queue(connection, letter(number), outbox.now())


def test_a_mail_is_kept_as_it_was_made(outbox: Outbox, clock: Clock) -> None:
    put(outbox)
    (kept,) = outbox.rows(None, 10)
    assert (kept.mail, kept.made, kept.attempts, kept.sent) == (letter(), clock(), 0, None)


def test_what_is_rolled_back_queues_no_mail(outbox: Outbox) -> None:
    with outbox.engine.connect() as connection:
        queue(connection, letter())
        connection.rollback()
    assert outbox.claim() is None


def test_a_mail_is_claimed_by_one_worker_and_the_oldest_first(outbox: Outbox, clock: Clock) -> None:
    put(outbox, 1)
    clock.later(seconds=1)
    put(outbox, 2)
    first, second = outbox.claim(), outbox.claim()
    assert first
    assert second
    assert [first.mail, second.mail] == [letter(1), letter(2)]
    assert outbox.claim() is None


def test_a_worker_that_died_gives_its_mail_back_when_the_lease_ends(
    outbox: Outbox, clock: Clock
) -> None:
    put(outbox)
    first = outbox.claim()
    clock.later(seconds=LEASE.total_seconds())
    assert outbox.claim() is None
    clock.later(seconds=1)
    again = outbox.claim()
    assert first
    assert again
    assert (again.number, again.mark, again.attempts) == (first.number, first.mark, 2)


def test_a_worker_whose_lease_ended_changes_nothing_of_the_next_ones(
    outbox: Outbox, clock: Clock
) -> None:
    put(outbox)
    slow = outbox.claim()
    clock.later(hours=1)
    assert slow
    assert outbox.claim()
    outbox.note_failed(slow, "too late")
    assert outbox.claim() is None  # the other one still has it
    assert outbox.rows(None, 1)[0].problem == ""


def test_pauses_grow_to_six_hours_and_a_mail_is_never_given_up(
    outbox: Outbox, clock: Clock
) -> None:
    put(outbox)
    pauses = []
    for _ in range(30):
        kept = outbox.claim()
        assert kept
        outbox.note_failed(kept, "451 Come back later")
        after = outbox.rows(None, 1)[0].not_before
        pauses.append((after - clock()) / dt.timedelta(minutes=1))
        clock.time = after - dt.timedelta(seconds=1)
        assert outbox.claim() is None
        clock.time = after
    assert pauses[:5] == [1, 2, 4, 8, 16]
    assert set(pauses[10:]) == {360}


def test_sent_mails_are_not_sent_again_and_are_deleted_after_a_month(
    outbox: Outbox, clock: Clock
) -> None:
    put(outbox, 1, 2)
    kept = outbox.claim()
    assert kept
    outbox.note_sent(kept)
    other = outbox.claim()
    assert other
    assert other.number != kept.number
    clock.later(days=31)
    assert outbox.delete_old() == 1
    assert [row.number for row in outbox.rows(None, 10)] == [other.number]


def test_lists_and_counts_show_what_waits_what_fails_and_what_was_sent(
    outbox: Outbox,
) -> None:
    put(outbox, 1, 2, 3)
    first, second = outbox.claim(), outbox.claim()
    assert first
    assert second
    outbox.note_sent(first)
    outbox.note_failed(second, "451 Come back later")
    assert outbox.counts() == {"waiting": 1, "failing": 1, "sent": 1}
    assert [row.number for row in outbox.rows("failing", 10)] == [second.number]
    assert outbox.rows("failing", 10)[0].problem == "451 Come back later"
    newest = outbox.rows(None, 2)
    assert [row.number for row in newest] == [3, 2]
    assert [row.number for row in outbox.rows(None, 2, below=2)] == [1]


def test_an_admin_has_a_mail_tried_at_once(outbox: Outbox) -> None:
    put(outbox)
    kept = outbox.claim()
    assert kept
    with pytest.raises(NotWaiting):
        outbox.retry(kept.number, BOSS)  # it is being sent
    outbox.note_failed(kept, "451")
    assert outbox.claim() is None
    outbox.retry(kept.number, BOSS)
    assert outbox.claim()
    acts = [row.act for row in Audit(outbox.engine).rows(Filters(), 10)]
    assert [(act.action, act.subject) for act in acts] == [("mail_retried", "mail 1")]


def test_an_admin_gives_a_mail_up_and_the_audit_says_so(outbox: Outbox) -> None:
    put(outbox)
    outbox.take_out(1, BOSS)
    assert outbox.rows(None, 10) == []
    with pytest.raises(NotWaiting):
        outbox.take_out(1, BOSS)
    (row,) = Audit(outbox.engine).rows(Filters(), 10)
    assert (row.actor, row.act.action) == (BOSS, "mail_taken_out")
