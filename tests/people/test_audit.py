"""The audit: added to and read, never changed, not even in the database."""

import datetime as dt

import pytest
import sqlalchemy as sa

from people.audit import Act, Actor, Audit, Filters, record

ANN, COMMAND = Actor("ann", "editor"), Actor("root (command)")
NOON = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)


@pytest.fixture
def audit(engine: sa.Engine) -> Audit:
    with engine.begin() as connection:
        record(connection, ANN, Act("guidance_added", "leave", "a new page", 3, 4), NOON)
        record(
            connection, COMMAND, Act("switched_off", "bot", "wrong dates"), NOON + dt.timedelta(1)
        )
        record(connection, ANN, Act("signed_in", "ann"), NOON + dt.timedelta(2))
    return Audit(engine)


def found(audit: Audit, filters: Filters) -> list[str]:
    return [row.act.action for row in audit.rows(filters, 10)]


def test_a_row_says_who_did_what_when_and_from_which_edition_to_which(audit: Audit) -> None:
    row = audit.rows(Filters(), 10)[-1]
    assert (row.at, row.actor) == (NOON, ANN)
    assert row.act == Act("guidance_added", "leave", "a new page", 3, 4)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit SET who = 'bob'", "DELETE FROM audit", "DELETE FROM audit WHERE number = 1"],
)
def test_the_database_itself_refuses_a_change(audit: Audit, statement: str) -> None:
    before = audit.rows(Filters(), 10)
    with (
        pytest.raises(sa.exc.DBAPIError, match="only added to"),
        audit.engine.begin() as connection,
    ):
        connection.execute(sa.text(statement))
    assert audit.rows(Filters(), 10) == before
    assert len(before) == 3


def test_what_is_rolled_back_leaves_no_row(audit: Audit) -> None:
    with audit.engine.connect() as connection:
        record(connection, ANN, Act("user_added", "bob"))
        connection.rollback()
    assert len(audit.rows(Filters(), 10)) == 3


@pytest.mark.parametrize(
    ("filters", "actions"),
    [
        (Filters(), ["signed_in", "switched_off", "guidance_added"]),
        (Filters(who="ANN"), ["signed_in", "guidance_added"]),
        (Filters(who="%"), []),
        (Filters(action="switched_off"), ["switched_off"]),
        (Filters(subject="BO"), ["switched_off"]),
        (Filters(since=NOON + dt.timedelta(1)), ["signed_in", "switched_off"]),
        (Filters(until=NOON + dt.timedelta(1)), ["guidance_added"]),
        (Filters(who="ann", action="switched_off"), []),
    ],
)
def test_filters_leave_what_fits(audit: Audit, filters: Filters, actions: list[str]) -> None:
    assert found(audit, filters) == actions


def test_pages_and_the_export_give_every_row_once(audit: Audit) -> None:
    for number in range(1200):
        audit.record(ANN, Act("signed_in", str(number)))
    first = audit.rows(Filters(), 5)
    second = audit.rows(Filters(), 5, first[-1].number)
    assert [row.act.subject for row in first + second] == [str(n) for n in range(1199, 1189, -1)]
    numbers = [row.number for row in audit.every(Filters())]
    assert numbers == sorted(set(numbers), reverse=True)
    assert len(numbers) == 1203
