"""Advisers hear of new cases: urgent ones at once, the others together, and never their words."""

import asyncio
from collections.abc import Callable

import pytest

from knowledge.errors import SettingError
from knowledge.settings import Settings
from people.audit import Actor
from people.cases import read_case
from people.outbox.mail import Kept
from tests.people.outbox.post_office import post_office, wait_for
from tests.people.test_cases import CASE
from web.server.site import Site
from web.staff.mailing import text_of

SITE = "https://staff.example.org/advice"
SECRET = "whsec_" + "YWJj" * 8
TELLING = {
    "smtp_url": "smtp://127.0.0.1:1",
    "mail_from": "bot@example.org",
    "case_mail": "desk@example.org, lead@example.org",
    "staff_url": SITE,
    "webhook_url": "https://hooks.example.org/desk",
    "webhook_secrets": SECRET,
}


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    return make_site(**TELLING)


def add(site: Site, urgency: str) -> str:
    return site.cases.add(read_case({**CASE, "urgency": urgency}), "session")


def mails(site: Site) -> list[Kept]:
    return [one for one in site.staff.outbox.rows(None, 50)[::-1] if one.mail.way == "mail"]


def test_an_urgent_case_is_told_to_everybody_at_once(site: Site) -> None:
    reference = add(site, "today")
    found = mails(site)
    assert [one.mail.recipient for one in found] == ["desk@example.org", "lead@example.org"]
    for one in found:
        assert one.not_before == one.made
        assert f"{SITE}/adviser/cases/{reference}\n" in text_of(one.mail, site.staff.wording)


def test_cases_that_can_wait_are_told_together(site: Site) -> None:
    for _ in range(3):
        add(site, "this_week")
    found = mails(site)
    assert len(found) == 2  # one for each who hears of them
    for one in found:
        assert (one.not_before - one.made).total_seconds() == 1800
        assert f"{SITE}/adviser/cases\n" in text_of(one.mail, site.staff.wording)


def test_after_a_mail_went_out_the_next_case_is_told_anew(site: Site) -> None:
    add(site, "no_rush")
    outbox = site.staff.outbox
    for one in mails(site):
        outbox.retry(one.number, Actor("boss", "admin"))
    while (kept := outbox.claim()) is not None:
        outbox.note_sent(kept)
    add(site, "no_rush")
    assert len(mails(site)) == 4


def test_no_word_of_a_case_is_in_a_mail_or_a_call(site: Site) -> None:
    reference = add(site, "today")
    add(site, "this_week")
    rows = site.staff.outbox.rows(None, 50)
    said = str(rows) + "".join(
        text_of(one.mail, site.staff.wording) for one in rows if one.mail.way == "mail"
    )
    for name in ("question", "shown", "name", "phone", "when"):
        assert CASE[name] not in said
    call = next(one.mail for one in rows if one.mail.parameters.get("reference") == reference)
    assert call.parameters == {
        "reference": reference,
        "urgency": "today",
        "link": f"{SITE}/adviser/cases/{reference}",
    }


def test_without_mail_and_webhook_nothing_is_queued(make_site: Callable[..., Site]) -> None:
    site = make_site()
    add(site, "today")
    assert site.staff.outbox.rows(None, 1) == []


def test_a_running_site_sends_by_itself(make_site: Callable[..., Site]) -> None:
    with post_office() as office:
        telling = {**TELLING, "smtp_url": f"smtp://127.0.0.1:{office.port}"}
        site = make_site(**{**telling, "webhook_url": "", "webhook_secrets": ""})
        add(site, "today")

        async def run() -> None:
            async with site.running():
                await asyncio.to_thread(wait_for, office, 2, 25)

        asyncio.run(run())
        assert {got["To"] for got in office.got} == {"desk@example.org", "lead@example.org"}


@pytest.mark.parametrize(
    ("environment", "problem"),
    [
        ({"ADVICE_CASE_MAIL": "desk"}, "ADVICE_CASE_MAIL"),
        ({"ADVICE_CASE_MAIL": "desk@example.org"}, "ADVICE_SMTP_URL"),
        ({"ADVICE_WEBHOOK_URL": "http://hooks.example.org"}, "https://"),
        ({"ADVICE_WEBHOOK_URL": "https://hooks.example.org"}, "ADVICE_STAFF_URL"),
        (
            {"ADVICE_WEBHOOK_URL": "https://hooks.example.org", "ADVICE_STAFF_URL": SITE},
            "ADVICE_WEBHOOK_SECRETS",
        ),
        ({"ADVICE_WEBHOOK_SECRETS": "whsec_kurz"}, "whsec_ and 24 to 64"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(environment: dict[str, str], problem: str) -> None:
    with pytest.raises(SettingError, match=problem) as refused:
        Settings.from_environment(environment)
    assert "kurz" not in str(refused.value)


def test_two_secrets_are_good_while_they_change() -> None:
    settings = Settings.from_environment(
        {
            "ADVICE_WEBHOOK_URL": "https://hooks.example.org/desk",
            "ADVICE_STAFF_URL": SITE,
            "ADVICE_WEBHOOK_SECRETS": f"{SECRET}, {SECRET[:-1]}k",
        }
    )
    assert len(settings.webhook_keys) == 2
    assert SECRET not in repr(settings)
