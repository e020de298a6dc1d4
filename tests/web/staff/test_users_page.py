"""The page of accounts: what an admin can do there, and what it never shows again."""

import re

import pytest

from people.accounts import User
from people.audit import Actor, Filters
from tests.web.staff.person import PASSWORD, Person, words
from web.server.site import Site


def link_in(page: str) -> str:
    found = re.search(r'value="http://127\.0\.0\.1(/staff/password/[^"]+)"', page)
    assert found, page
    return found[1]


def test_a_new_accounts_link_is_shown_once(admin: Person, visitor: Person) -> None:
    page = admin.send("/admin/users", {"do": "add", "name": "Bob", "role": "editor"})
    link = link_in(page.text)
    assert "/staff/password/" not in admin.open("/admin/users").text
    visitor.send(link, {"password": PASSWORD, "again": PASSWORD})
    assert visitor.sign_in("bob").status_code == 303


def test_the_audit_says_who_made_an_account(admin: Person, site: Site) -> None:
    admin.send("/admin/users", {"do": "add", "name": "bob", "role": "editor"})
    row = site.staff.audit.rows(Filters(), 1)[0]
    assert (row.actor, row.act.action, row.act.subject) == (
        Actor("boss", "admin"), "user_added", "bob",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("do", "after"),
    [
        ({"do": "role", "role": "admin"}, User("bob", "admin")),
        ({"do": "off"}, User("bob", "adviser", active=False)),
        ({"do": "sign_out"}, User("bob", "adviser")),
    ],
)
def test_a_button_changes_the_chosen_account_and_ends_its_sessions(
    admin: Person, site: Site, do: dict[str, str], after: User
) -> None:
    site.staff.users.add("bob", "adviser", Actor("test"))
    session = site.staff.sessions.begin(User("bob", "adviser"))
    response = admin.send("/admin/users", {"name": "bob", **do})
    assert response.status_code == 303
    assert site.staff.users.find("bob") == after
    assert site.staff.sessions.find(session) is None
    assert admin.open("/admin/users").status_code == 200


def test_a_name_in_the_list_leads_to_what_can_be_changed(admin: Person, site: Site) -> None:
    site.staff.users.add("bob", "editor", Actor("test"))
    assert "Change bob" not in admin.open("/admin/users").text
    page = admin.open("/admin/users?name=bob").text
    assert "Change bob" in page
    assert '<option value="editor" selected>' in page


def test_an_account_can_be_switched_on_again(admin: Person, site: Site) -> None:
    site.staff.users.add("bob", "adviser", Actor("test"))
    for do in ("off", "on"):
        admin.send("/admin/users", {"name": "bob", "do": do})
    assert site.staff.users.find("bob") == User("bob", "adviser")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"do": "add", "name": "BOSS", "role": "editor"}, "There is an account"),
        ({"do": "add", "name": "two words", "role": "editor"}, "A name is"),
        ({"do": "add", "name": "bob", "role": "owner"}, "could not be read"),
        ({"do": "add", "name": "bob"}, "could not be read"),
        ({"do": "off", "name": "boss"}, "the last admin"),
        ({"do": "role", "name": "boss", "role": "editor"}, "the last admin"),
        ({"do": "link", "name": "nobody"}, "There is no account"),
        ({"do": "drop", "name": "boss"}, "could not be read"),
        ({}, "could not be read"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    admin: Person, site: Site, values: dict[str, str], said: str
) -> None:
    before = site.staff.users.all()
    response = admin.send("/admin/users", values)
    assert response.status_code == 422
    assert said in words(response)
    assert site.staff.users.all() == before


def test_what_was_typed_is_shown_as_text(admin: Person) -> None:
    page = admin.send("/admin/users", {"do": "link", "name": "<script>alert(1)</script>"})
    assert "<script>alert" not in page.text


def test_a_list_of_many_accounts_stays_small(admin: Person, site: Site) -> None:
    for number in range(300):
        site.staff.users.add(f"colleague.{number}@example.org", "adviser", Actor("test"))
    page = admin.open("/admin/users")
    assert page.text.count("?name=colleague.") == 300
    assert len(page.content) < 100_000
