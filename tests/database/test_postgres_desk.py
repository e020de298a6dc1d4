"""The desk on a real PostgreSQL: taken by one, counted, and left as counts."""

import datetime as dt
import threading
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from database import open_database
from people.asked import Asked, Question
from people.audit import Actor
from people.cases import Cases, read_case
from people.desk.case import Closing, HeldByOther
from people.desk.desk import Desk
from people.desk.listing import CaseFilters, Listing
from people.insight import Period, figures
from people.outbox.mail import Mail, queue_together
from people.outbox.outbox import Outbox
from tests.people.test_cases import CASE
from tests.postgres import postgres


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with postgres() as url:
        yield url


@pytest.fixture
def engine(url: str) -> Iterator[sa.Engine]:
    engine = open_database(url)
    yield engine
    engine.dispose()


def together(count: int, work: object) -> list[object]:
    """Do something so many times at once; give what came of each."""
    ready, done = threading.Barrier(count), []

    def one(number: int) -> None:
        ready.wait()
        try:
            done.append(work(number))  # type: ignore[operator]
        except HeldByOther as problem:
            done.append(problem.case.holder)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done


def test_of_many_advisers_one_gets_a_case_and_the_others_hear_who(engine: sa.Engine) -> None:
    desk = Desk(engine, idle_hours=8)
    reference = Cases(engine, days=9).add(read_case(CASE), "one")
    done = together(8, lambda n: desk.take(reference, Actor(f"a{n}", "adviser")))
    holder = desk.find(reference).holder
    assert sorted(map(str, done)) == sorted(["None", *[holder] * 7])


def test_two_who_delete_the_same_cases_count_them_once(engine: sa.Engine) -> None:
    cases, desk = Cases(engine, days=9), Desk(engine, idle_hours=8)
    for _ in range(6):
        reference = cases.add(read_case(CASE), "counted")
        desk.take(reference, Actor("ann"))
        desk.close(reference, Closing("no_guidance", missing="Who pays?"), Actor("ann"))
    today = dt.datetime.now(dt.UTC).date()
    before = figures(engine, Period(today, today))
    later = dt.datetime.now(dt.UTC) + dt.timedelta(days=10)
    deleted = together(4, lambda _: cases.delete_expired(later))
    assert sum(map(int, deleted)) >= 6  # type: ignore[call-overload]
    after = figures(engine, Period(today, today))
    assert after == before
    assert after.total("case.outcome.no_guidance") == 6
    assert Listing(engine).page(CaseFilters(), 10) == []


def test_questions_leave_their_counts(engine: sa.Engine) -> None:
    asked = Asked(engine, days=90)
    for number in range(7):
        asked.add(Question("c", f"m{number}", "Bells?", "answered", shown=("bells#1", "keys#2")))
    asked.judge_last("c", helped=True)
    today = dt.datetime.now(dt.UTC).date()
    before = figures(engine, Period(today, today))
    assert before.names("turn.document.") == {"bells": 7, "keys": 7}
    asked.forget("c")
    assert figures(engine, Period(today, today)) == before


def test_the_list_is_in_order_and_counted(engine: sa.Engine) -> None:
    cases, listing = Cases(engine, days=9), Listing(engine)
    calm = cases.add(read_case({**CASE, "urgency": "no_rush"}), "s")
    urgent = cases.add(read_case({**CASE, "urgency": "today"}), "s")
    seen = listing.fingerprint()
    assert [one.reference for one in listing.page(CaseFilters(), 9)] == [urgent, calm]
    assert listing.by_age(dt.datetime.now(dt.UTC))[0] == 2
    Desk(engine, idle_hours=8).add_note(calm, "Rang.", Actor("ann"))
    assert listing.fingerprint() != seen


def test_a_mail_about_several_cases_is_joined(engine: sa.Engine) -> None:
    now = dt.datetime.now(dt.UTC)
    for _ in range(3):
        with engine.begin() as connection:
            mail = Mail("new_cases", "desk@example.org", "New cases", {"link": "x"})
            queue_together(connection, mail, now, dt.timedelta(minutes=30))
    assert len(Outbox(engine).rows(None, 10)) == 1
    assert Outbox(engine).claim() is None  # it waits for more
