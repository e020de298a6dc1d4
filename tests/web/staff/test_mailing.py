"""Owners are reminded: when, of what, how often, and by a real mail server."""

import asyncio
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.editions.amending import Review, Seen, reviewing
from knowledge.service import Service
from knowledge.settings import Settings
from people.audit import Actor
from people.outbox.outbox import Outbox
from people.owners import Owners
from tests.people.clock import Clock
from tests.people.outbox.post_office import PASSWORD, USER, post_office, wait_for
from tests.small import KEYS, SmallService
from web.server.site import Site
from web.staff.mailing import mail_server, text_of
from web.staff.parts import staff_wording
from web.staff.reminders import Reminders

SITE = "https://staff.example.org/advice"
DUE = dt.datetime(2027, 6, 10, 9, tzinfo=dt.UTC)  # the day by which "leave" is to be reviewed


@pytest.fixture
def guidance(
    tmp_path: Path, service: Service, folder: Path, clock: Clock
) -> Iterator[SmallService]:
    small = SmallService(tmp_path / "home", service, now=clock)
    small.library.add([folder])
    yield small
    small.close()


@pytest.fixture
def clock() -> Clock:
    clock = Clock()
    clock.time = DUE
    return clock


class Week:
    """Reminds on days before and after "leave" falls due, and gives the mails."""

    def __init__(self, service: SmallService, clock: Clock) -> None:
        self.clock, self.outbox = clock, Outbox(service.store.engine, clock)
        self.owners = Owners(service.store.engine, clock)
        self.owners.set_email("Travel team", "travel@example.org", Actor("test"))
        self.words = staff_wording()
        self.reminders = Reminders(service, self.owners, self.words, SITE)

    def mail(self, before: int) -> str:
        """Remind so many days before that day; give the text of the mail, if there is one."""
        self.clock.time = DUE - dt.timedelta(before)
        queued = self.reminders.queue()
        assert queued in (0, 1)
        if not queued:
            return ""
        newest = self.outbox.rows(None, 1)[0].mail
        return f"{newest.subject}\n{text_of(newest, self.words)}"


@pytest.fixture
def week(guidance: SmallService, clock: Clock) -> Week:
    return Week(guidance, clock)


def test_a_reminder_names_what_is_due_with_links(week: Week) -> None:
    text = week.mail(60)
    assert text.startswith("1 document needs your review\nHello Travel team,")
    assert "Leave for school trips\nDue by 10 June 2027." in text
    assert f"{SITE}/editor/due/review?id=leave\n" in text
    assert f"{SITE}/editor/due?show=all&owner=Travel+team\n" in text


def test_nobody_is_reminded_when_nothing_falls_due(week: Week) -> None:
    assert week.mail(61) == ""


def test_owners_hear_at_60_30_and_7_days_and_when_it_is_over_and_not_in_between(
    week: Week,
) -> None:
    told = [before for before in range(70, -40, -1) if week.mail(before)]
    assert told == [60, 30, 7, -1, -28]


def test_there_is_one_mail_a_week_at_the_most_and_it_tells_of_everything(
    week: Week, guidance: SmallService, folder: Path
) -> None:
    assert week.mail(30)
    keys = KEYS.replace("published: 2026-02-01", "review_by: 2027-06-15\nowner: Travel team")
    (folder / "keys.md").write_text(keys)
    guidance.library.add([folder])
    assert [before for before in range(29, 20, -1) if week.mail(before)] == [23]
    newest = week.outbox.rows(None, 1)[0].mail
    assert newest.subject == "2 documents need your review"
    named = newest.parameters["documents"]
    assert 0 <= named.index("Leave for") < named.index("Keys to")


def test_what_was_reviewed_is_reminded_of_no_more(week: Week, guidance: SmallService) -> None:
    assert week.mail(60)
    next_date = dt.date(2028, 6, 10)
    guidance.library.publish(reviewing([Review(Seen("leave"), next_date)], guidance.today()))
    assert [before for before in range(59, -9, -1) if week.mail(before)] == []


def test_two_processes_that_remind_at_once_send_one(week: Week, guidance: SmallService) -> None:
    other = Week(guidance, week.clock)
    week.clock.time = DUE - dt.timedelta(60)
    seen = week.owners.all()
    other.owners.all = lambda: seen  # type: ignore[method-assign]  # read at the same moment
    assert [week.reminders.queue(), other.reminders.queue()] == [1, 0]


def test_an_owner_without_an_address_gets_no_mail(week: Week) -> None:
    week.owners.set_email("Travel team", "", Actor("test"))
    assert week.mail(7) == ""


def test_only_a_server_on_this_machine_is_reached_without_encryption() -> None:
    far = mail_server("smtp://advice:p%40ss%2Fword@mail.example.org")
    assert (far.port, far.encryption, far.user, far.password) == (587, "starttls", USER, PASSWORD)
    assert "p@ss" not in repr(far)
    assert (mail_server("smtps://mail.example.org").encryption, mail_server("smtps://x").port) == (
        "tls",
        465,
    )
    for host in ("127.0.0.1", "localhost", "[::1]"):
        assert mail_server(f"smtp://{host}:25").encryption == "none"


def test_a_running_site_reminds_and_sends_by_itself(
    tmp_path: Path, service: Service, folder: Path, clock: Clock
) -> None:
    with post_office() as office:
        settings = Settings(
            home=tmp_path / "home",
            rasa_port=1,
            smtp_url=f"smtp://127.0.0.1:{office.port}",
            mail_from="bot@example.org",
            staff_url=SITE,
        )
        small = SmallService(settings.home, service, clock, settings)
        small.library.add([folder])
        site = Site(settings, small)
        site.staff.owners.set_email("Travel team", "travel@example.org", Actor("test"))

        async def run() -> None:
            async with site.running():
                await asyncio.to_thread(wait_for, office, 1, 25)

        asyncio.run(run())
        small.close()
        assert office.got[0]["To"] == "travel@example.org"
        assert office.got[0]["From"] == "bot@example.org"


def test_without_a_mail_server_nothing_is_queued(guidance: SmallService) -> None:
    site = Site(guidance.settings, guidance)
    site.staff.owners.set_email("Travel team", "travel@example.org", Actor("test"))

    async def run() -> None:
        async with site.running():
            await asyncio.sleep(0.2)

    asyncio.run(run())
    assert site.staff.outbox.rows(None, 1) == []
