"""Accounts: each change has its row in the audit, and somebody can always look after them."""

import pytest
import sqlalchemy as sa

from people.accounts import ROLES, User, read_name
from people.audit import Actor, Audit, Filters
from people.errors import BadLink, BadName, LastAdmin, NameTaken, SwitchedOff, UnknownUser
from people.staff_sessions import StaffSessions
from people.users import Users
from tests.people.clock import Clock

BOSS = Actor("boss", "admin")


@pytest.fixture
def users(engine: sa.Engine, clock: Clock) -> Users:
    return Users(engine, clock)


def done(users: Users) -> list[str]:
    rows = Audit(users.engine).rows(Filters(), 100)
    return [f"{row.actor.name} {row.act.action} {row.act.subject}" for row in reversed(rows)]


def test_a_new_account_has_no_password_and_nobody_else_can_set_one(users: Users) -> None:
    users.add("Ann.Lee", "editor", BOSS)
    assert users.all() == [User("ann.lee", "editor")]
    assert users.password_of("ann.lee") is None
    assert done(users) == ["boss user_added ann.lee"]


@pytest.mark.parametrize("typed", ["ann", " Ann ", "ANN", "ａｎｎ"])
def test_one_person_has_one_account_however_the_name_is_typed(users: Users, typed: str) -> None:
    users.add("Ann", "adviser", BOSS)
    with pytest.raises(NameTaken):
        users.add(typed, "admin", BOSS)
    assert [user.role for user in users.all()] == ["adviser"]


@pytest.mark.parametrize("name", ["", " ", "a b", "a/b", "x" * 101, "<b>", "a\nb", "=1"])
def test_a_name_that_cannot_be_one_is_refused(name: str) -> None:
    with pytest.raises(BadName):
        read_name(name)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_what_the_roles_below_it_may(role: str) -> None:
    user = User("ann", role)  # type: ignore[arg-type]  # one of them
    allowed = [other for other in ROLES if user.may(other)]
    assert allowed == list(ROLES[: ROLES.index(role) + 1])  # type: ignore[arg-type]


def test_an_account_that_is_off_may_nothing() -> None:
    assert not User("ann", "admin", active=False).may("adviser")


def test_a_link_sets_the_password_once(users: Users) -> None:
    token = users.add("ann", "editor", BOSS)
    assert users.set_password(token, "hash") == "ann"
    assert users.password_of("ann") == "hash"
    with pytest.raises(BadLink):
        users.set_password(token, "another")
    assert users.password_of("ann") == "hash"


def test_a_link_ends(users: Users, clock: Clock) -> None:
    token = users.add("ann", "editor", BOSS)
    clock.later(hours=71)
    assert users.owner_of_link(token) == "ann"
    clock.later(hours=2)
    with pytest.raises(BadLink):
        users.set_password(token, "hash")
    assert users.password_of("ann") is None


def test_a_new_link_replaces_the_one_before(users: Users) -> None:
    first = users.add("ann", "editor", BOSS)
    second = users.link("ann", BOSS)
    with pytest.raises(BadLink):
        users.owner_of_link(first)
    assert users.owner_of_link(second) == "ann"


def test_the_database_holds_no_link_that_works(users: Users) -> None:
    token = users.add("ann", "editor", BOSS)
    with users.engine.connect() as connection:
        (row,) = connection.execute(sa.text("SELECT digest FROM password_links"))
    assert row.digest != token
    with pytest.raises(BadLink):
        users.owner_of_link(row.digest)


def test_old_links_are_deleted(users: Users, clock: Clock) -> None:
    users.add("ann", "editor", BOSS)
    assert users.delete_old_links() == 0
    clock.later(hours=73)
    assert users.delete_old_links() == 1


def test_a_new_password_ends_the_sessions(users: Users, clock: Clock) -> None:
    token = users.add("ann", "editor", BOSS)
    sessions = StaffSessions(users.engine, clock)
    session = sessions.begin(User("ann", "editor"))
    users.set_password(token, "hash")
    assert sessions.find(session) is None


def test_another_role_ends_the_sessions(users: Users, clock: Clock) -> None:
    users.add("ann", "editor", BOSS)
    sessions = StaffSessions(users.engine, clock)
    session = sessions.begin(User("ann", "editor"))
    users.change_role("ann", "editor", BOSS)
    assert sessions.find(session) is not None
    users.change_role("ann", "admin", BOSS)
    assert sessions.find(session) is None
    assert done(users)[-1] == "boss role_changed ann"


def test_an_account_that_is_switched_off_is_signed_out_and_its_link_is_void(
    users: Users, clock: Clock
) -> None:
    link = users.add("ann", "editor", BOSS)
    sessions = StaffSessions(users.engine, clock)
    session = sessions.begin(User("ann", "editor"))
    users.switch_off("ann", BOSS)
    users.switch_on("ann", BOSS)
    assert sessions.find(session) is None
    with pytest.raises(BadLink):
        users.owner_of_link(link)


def test_an_account_that_is_switched_off_has_no_password_to_sign_in_with(users: Users) -> None:
    users.set_password(users.add("ann", "editor", BOSS), "hash")
    users.switch_off("ann", BOSS)
    assert users.password_of("ann") is None
    users.switch_on("ann", BOSS)
    assert users.password_of("ann") == "hash"


def test_the_last_admin_stays(users: Users) -> None:
    users.add("ann", "admin", BOSS)
    with pytest.raises(LastAdmin):
        users.switch_off("ann", BOSS)
    with pytest.raises(LastAdmin):
        users.change_role("ann", "editor", BOSS)
    users.add("bob", "admin", BOSS)
    users.switch_off("ann", BOSS)
    with pytest.raises(LastAdmin):
        users.change_role("bob", "adviser", BOSS)
    assert users.has_admin()


def test_a_change_that_is_refused_is_not_in_the_audit(users: Users) -> None:
    users.add("ann", "admin", BOSS)
    with pytest.raises(LastAdmin):
        users.switch_off("ann", BOSS)
    with pytest.raises(UnknownUser):
        users.switch_off("nobody", BOSS)
    assert done(users) == ["boss user_added ann"]


def test_somebody_another_provider_knows_gets_an_account_once(users: Users) -> None:
    users.signed_in_elsewhere("issuer 1", "Ann", "editor")
    users.signed_in_elsewhere("issuer 1", "Ann.Married", "editor")
    assert users.all() == [User("ann", "editor", elsewhere=True)]


def test_another_role_at_the_provider_is_taken_over(users: Users) -> None:
    users.signed_in_elsewhere("issuer 1", "ann", "adviser")
    assert users.signed_in_elsewhere("issuer 1", "ann", "editor").role == "editor"
    assert users.all()[0].role == "editor"


@pytest.mark.parametrize("subject", ["issuer 2", "other 1"])
def test_a_name_at_the_provider_gives_nobody_anothers_account(users: Users, subject: str) -> None:
    users.add("ann", "admin", BOSS)
    users.signed_in_elsewhere("issuer 1", "bob", "adviser")
    for name in ("ann", "bob"):
        with pytest.raises(NameTaken):
            users.signed_in_elsewhere(subject, name, "adviser")


def test_an_account_that_is_off_here_cannot_sign_in_elsewhere(users: Users) -> None:
    users.signed_in_elsewhere("issuer 1", "ann", "adviser")
    users.switch_off("ann", BOSS)
    with pytest.raises(SwitchedOff):
        users.signed_in_elsewhere("issuer 1", "ann", "admin")


def test_without_a_role_at_the_provider_the_sessions_end(users: Users, clock: Clock) -> None:
    user = users.signed_in_elsewhere("issuer 1", "ann", "adviser")
    sessions = StaffSessions(users.engine, clock)
    session = sessions.begin(user)
    users.not_allowed_elsewhere("issuer 1")
    assert sessions.find(session) is None
