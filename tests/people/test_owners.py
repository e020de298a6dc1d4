"""Where owners are reached, and that one is reminded once a week by however many processes."""

import datetime as dt

import pytest
import sqlalchemy as sa

from people.audit import Actor, Audit, Filters
from people.outbox.mail import Mail
from people.outbox.outbox import Outbox
from people.owners import BadEmail, Owner, Owners
from tests.people.clock import Clock

ANN = Actor("ann", "editor")
TEAM, ADDRESS = "Policy team", "policy@example.org"
MAIL = Mail("review", ADDRESS, "1 document needs your review", {})


@pytest.fixture
def owners(engine: sa.Engine, clock: Clock) -> Owners:
    owners = Owners(engine, clock)
    owners.set_email(TEAM, ADDRESS, ANN)
    return owners


def owner(owners: Owners) -> Owner:
    return owners.all()[TEAM]


def test_an_address_is_set_changed_and_taken_away_each_with_its_row(owners: Owners) -> None:
    assert owner(owners).email == ADDRESS
    assert not owners.set_email(TEAM, f" {ADDRESS} ", ANN)
    assert owners.set_email(TEAM, "new@example.org", ANN)
    assert owner(owners).email == "new@example.org"
    assert owners.set_email(TEAM, "", ANN)
    assert owners.all() == {}
    rows = Audit(owners.engine).rows(Filters(), 10)
    assert [(row.act.action, row.act.subject, row.act.reason) for row in rows] == [
        ("owner_email_set", TEAM, ""),
        ("owner_email_set", TEAM, "new@example.org"),
        ("owner_email_set", TEAM, ADDRESS),
    ]


@pytest.mark.parametrize(
    "text", ["policy", "a@b", "a b@c.org", "a@c.org, b@c.org", "Ann <a@c.org>", "a@c.org\nBcc: x"]
)
def test_what_is_no_address_is_refused_and_the_old_one_stays(owners: Owners, text: str) -> None:
    with pytest.raises(BadEmail):
        owners.set_email(TEAM, text, ANN)
    assert owner(owners).email == ADDRESS


def test_an_owner_is_reminded_once_a_week_at_the_most(owners: Owners, clock: Clock) -> None:
    assert owners.remind(owner(owners), {"leave": "30"}, MAIL)
    assert owner(owners).told == {"leave": "30"}
    clock.later(days=6, hours=23)
    assert not owners.remind(owner(owners), {"leave": "7"}, MAIL)
    assert owner(owners).told == {"leave": "30"}
    clock.later(hours=1)
    assert owners.remind(owner(owners), {"leave": "7"}, MAIL)
    assert owner(owners).reminded == clock()
    assert Outbox(owners.engine).counts()["waiting"] == 2


def test_of_two_processes_that_saw_the_same_one_reminds(owners: Owners, clock: Clock) -> None:
    seen = owner(owners)
    other = Owners(owners.engine, lambda: clock() + dt.timedelta(seconds=1))
    assert [owners.remind(seen, {}, MAIL), other.remind(seen, {}, MAIL)] == [True, False]
    assert Outbox(owners.engine).counts()["waiting"] == 1


def test_nobody_is_reminded_at_an_address_that_was_just_changed(owners: Owners) -> None:
    seen = owner(owners)
    owners.set_email(TEAM, "new@example.org", ANN)
    assert not owners.remind(seen, {}, MAIL)
