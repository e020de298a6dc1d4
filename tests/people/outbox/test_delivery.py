"""Mails reach a real mail server: one that refuses, hangs, and wants encryption and a password."""

import smtplib
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from people.outbox.delivery import Delivery
from people.outbox.mail import Mail, queue
from people.outbox.outbox import Outbox
from people.outbox.smtp import MailServer, NotSent
from tests.people.clock import Clock
from tests.people.outbox.post_office import (
    PASSWORD,
    USER,
    PostOffice,
    certificate,
    letter,
    post_office,
    server_context,
)
from tests.product import ROOT


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as office:
        yield office


@pytest.fixture
def outbox(engine: sa.Engine, clock: Clock) -> Outbox:
    return Outbox(engine, clock)


def put(outbox: Outbox, *mails: Mail) -> None:
    with outbox.engine.begin() as connection:
        for mail in mails or (letter(),):
            queue(connection, mail, outbox.now())


def delivery(outbox: Outbox, server: MailServer) -> Delivery:
    return Delivery(outbox, server, "bot@example.org", lambda mail: mail.parameters["text"])


def test_a_mail_arrives_as_it_was_queued(outbox: Outbox, office: PostOffice) -> None:
    put(outbox, Mail("review", "team@example.org", "Wales – “ŵyl”", {"text": "Bore da, Siân\n"}))
    assert delivery(outbox, office.without_tls()).send_due() == 1
    (got,) = office.got
    assert (got["To"], got["From"], got["Subject"]) == (
        "team@example.org",
        "bot@example.org",
        "Wales – “ŵyl”",
    )
    assert got["Auto-Submitted"] == "auto-generated"
    assert got.get_content().splitlines() == ["Bore da, Siân"]  # type: ignore[attr-defined]
    assert outbox.counts() == {"waiting": 0, "failing": 0, "sent": 1}


def test_a_server_that_refuses_at_first_gets_the_mail_later(
    outbox: Outbox, office: PostOffice, clock: Clock
) -> None:
    put(outbox)
    office.says = ["451 Come back later"]
    worker = delivery(outbox, office.without_tls())
    assert worker.send_due() == 0
    (kept,) = outbox.rows("failing", 10)
    assert kept.problem.endswith("it says 451 Come back later")
    assert worker.send_due() == 0  # not before its pause is over
    clock.later(minutes=1)
    assert worker.send_due() == 1
    assert len(office.got) == 1
    assert outbox.rows("sent", 10)[0].problem == ""


def test_an_address_that_is_refused_holds_up_no_other(outbox: Outbox, office: PostOffice) -> None:
    put(outbox, Mail("review", "team@nowhere.example", "A", {"text": ""}), letter(2))
    assert delivery(outbox, office.without_tls()).send_due() == 1
    problem = outbox.rows("failing", 10)[0].problem
    assert problem.endswith("it refuses the address: 550 Nobody has this address")


def test_a_mail_whose_text_cannot_be_made_holds_up_no_other(
    outbox: Outbox, office: PostOffice
) -> None:
    put(outbox, Mail("forgotten", "team@example.org", "A"), letter(2))
    assert delivery(outbox, office.without_tls()).send_due() == 1
    assert outbox.rows("failing", 10)[0].problem == "It cannot be written: KeyError."


def test_a_subject_cannot_add_a_header(outbox: Outbox, office: PostOffice) -> None:
    put(outbox, Mail("review", "team@example.org", "A\r\nBcc: all@example.org", {"text": ""}))
    assert delivery(outbox, office.without_tls()).send_due() == 1
    assert office.got[0]["Bcc"] is None


@pytest.mark.parametrize("greets", [False, True])
def test_a_server_that_hangs_is_left_after_a_while(outbox: Outbox, greets: bool) -> None:
    put(outbox)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def hang() -> None:
            connection, _ = listening.accept()
            if greets:
                connection.sendall(b"220 Welcome\r\n")
            connection.recv(1)  # and nothing more, until the other side goes
            while connection.recv(1000):
                pass
            connection.close()

        thread = threading.Thread(target=hang)
        thread.start()
        port = listening.getsockname()[1]
        assert delivery(outbox, MailServer("127.0.0.1", port, "none", seconds=0.3)).send_due() == 0
        thread.join()
    assert "timed out" in outbox.rows("failing", 10)[0].problem


def test_a_server_that_is_not_there_is_said(outbox: Outbox) -> None:
    put(outbox)
    assert delivery(outbox, MailServer("127.0.0.1", 1, "none")).send_due() == 0
    assert outbox.rows("failing", 10)[0].problem == "127.0.0.1:1: Connection refused"


def test_a_goodbye_that_fails_does_not_send_a_mail_twice(
    outbox: Outbox, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_connection: smtplib.SMTP) -> None:
        raise smtplib.SMTPServerDisconnected("gone")

    monkeypatch.setattr(smtplib.SMTP, "quit", fails)
    put(outbox)
    assert delivery(outbox, office.without_tls()).send_due() == 1


def test_encryption_and_a_password_where_the_server_wants_them(
    outbox: Outbox, tmp_path: Path
) -> None:
    file = certificate(tmp_path)

    def trusting() -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(file))

    options = {
        "tls_context": server_context(file), "require_starttls": True, "auth_required": True,
    }  # fmt: skip
    with post_office(**options) as office:

        def server(password: str = PASSWORD, trust: bool = True) -> MailServer:
            context = trusting if trust else ssl.create_default_context
            return MailServer("127.0.0.1", office.port, "starttls", USER, password, context=context)

        put(outbox)
        assert delivery(outbox, server()).send_due() == 1
        assert len(office.got) == 1
        message = delivery(outbox, server()).written(outbox.rows(None, 1)[0])
        with pytest.raises(NotSent, match=r"it says 535") as wrong:
            server("another secret").send(message)
        assert "another secret" not in str(wrong.value)
        with pytest.raises(NotSent, match="certificate cannot be trusted"):
            server(trust=False).send(message)
        with pytest.raises(NotSent, match="STARTTLS"):
            office.without_tls().send(message)


def test_without_encryption_nothing_is_sent_to_another_machine(
    outbox: Outbox, office: PostOffice
) -> None:
    put(outbox)
    server = MailServer("127.0.0.1", office.port, "starttls", USER, PASSWORD)
    assert delivery(outbox, server).send_due() == 0
    assert "STARTTLS" in outbox.rows("failing", 10)[0].problem
    assert office.got == []


def test_a_worker_that_is_killed_before_it_notes_a_mail_sends_it_twice_at_the_most(
    tmp_path: Path, engine: sa.Engine, clock: Clock, office: PostOffice
) -> None:
    outbox = Outbox(engine)
    put(outbox)
    url = f"sqlite:///{tmp_path / 'app.db'}"
    command = [sys.executable, "-m", "tests.people.outbox.sending", url, str(office.port), "kill"]
    ended = subprocess.run(command, cwd=ROOT, check=False, capture_output=True)
    assert ended.returncode == -9, ended.stderr
    assert len(office.got) == 1
    assert delivery(outbox, office.without_tls()).send_due() == 0  # its lease goes on
    later = Outbox(engine, clock)
    clock.time = outbox.now()
    clock.later(minutes=11)
    assert delivery(later, office.without_tls()).send_due() == 1
    assert office.got[0]["Message-ID"] == office.got[1]["Message-ID"]
    clock.later(days=7)
    assert delivery(later, office.without_tls()).send_due() == 0


def test_two_processes_send_every_mail_once(
    tmp_path: Path, engine: sa.Engine, office: PostOffice
) -> None:
    put(Outbox(engine), *(letter(number) for number in range(40)))
    url = f"sqlite:///{tmp_path / 'app.db'}"
    command = [sys.executable, "-m", "tests.people.outbox.sending", url, str(office.port)]
    workers = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    sent = [int(worker.communicate()[0]) for worker in workers]
    assert sum(sent) == 40
    assert sorted(got["Subject"] for got in office.got) == sorted(
        f"Letter {number}" for number in range(40)
    )
