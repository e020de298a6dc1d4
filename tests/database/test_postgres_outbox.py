"""The outbox and reminders on a real PostgreSQL, with workers in processes of their own."""

import datetime as dt
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from database import open_database
from people.audit import Actor
from people.outbox.mail import Mail, queue
from people.outbox.outbox import Outbox
from people.owners import Owners
from tests.people.outbox.post_office import letter, post_office
from tests.postgres import postgres
from tests.product import ROOT

MAILS = 60


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with postgres() as url:
        yield url


@pytest.fixture
def engine(url: str) -> Iterator[sa.Engine]:
    engine = open_database(url)
    yield engine
    engine.dispose()


def test_two_processes_send_every_mail_once(url: str, engine: sa.Engine) -> None:
    with engine.begin() as connection:
        for number in range(MAILS):
            queue(connection, letter(number))
    with post_office() as office:
        command = [sys.executable, "-m", "tests.people.outbox.sending", url, str(office.port)]
        workers = [
            subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)
        ]
        sent = [int(worker.communicate()[0]) for worker in workers]
        assert sum(sent) == MAILS
        assert sorted(got["Subject"] for got in office.got) == sorted(
            f"Letter {number}" for number in range(MAILS)
        )
    assert Outbox(engine).counts() == {"waiting": 0, "failing": 0, "sent": MAILS}


def test_a_worker_does_not_wait_for_a_mail_that_another_is_claiming(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        queue(connection, letter(1))
        queue(connection, letter(2))
    with engine.connect() as other:
        first = other.scalar(
            sa.text(
                "SELECT number FROM outbox WHERE sent IS NULL ORDER BY number LIMIT 1 FOR UPDATE"
            )
        )
        kept = Outbox(engine).claim()
        assert kept
        assert kept.number == first + 1
        other.rollback()


def test_of_several_processes_that_remind_at_once_one_does(engine: sa.Engine) -> None:
    owners = Owners(engine)
    owners.set_email("Team", "team@example.org", Actor("test"))
    seen = owners.all()["Team"]
    done: list[bool] = []
    ready = threading.Barrier(8)

    def remind() -> None:
        ready.wait()
        mail = Mail("review", seen.email, "1 document needs your review", {})
        done.append(owners.remind(seen, {"leave": "60"}, mail))

    threads = [threading.Thread(target=remind) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [False] * 7 + [True]
    later = Owners(engine, lambda: dt.datetime.now(dt.UTC) + dt.timedelta(8))
    assert later.all()["Team"].told == {"leave": "60"}
    assert later.remind(seen, {}, Mail("review", seen.email, "", {}))
