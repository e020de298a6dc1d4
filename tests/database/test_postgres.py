"""Everything the store does, on a real PostgreSQL."""

import datetime as dt
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from database import metadata, open_database, open_tracker
from knowledge.addresses import for_rasa
from knowledge.editions.drafts.changes import change_of
from knowledge.editions.drafts.draft import Content, NewDraft
from knowledge.editions.drafts.drafts import Drafts
from knowledge.editions.drafts.errors import DraftChanged
from knowledge.editions.edition import DraftEdition
from knowledge.editions.store import Store
from knowledge.editions.switches import Off, Standing, Switch, standing, turn_off
from knowledge.errors import DatabaseError
from people.accounts import User
from people.audit import Act, Actor, Audit, Filters
from people.cases import Cases, read_case
from people.errors import LastAdmin, Paused
from people.feedback import FeedbackBox, read_feedback
from people.pauses import Pauses
from people.staff_sessions import StaffSessions
from people.users import Users
from tests.knowledge.editions.drafts.conftest import keep
from tests.postgres import IN_ADDRESS, PASSWORD, postgres
from tests.web.member.test_cases import CASE
from web.member.conversations import Conversations, Turn
from web.server.training import BOT_PYTHON

OPEN = "import sys; from database import open_database; open_database(sys.argv[1])"
RASA = "import sys, sqlalchemy; sqlalchemy.create_engine(sys.argv[1]).connect()"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres() as url:
        yield url


@pytest.fixture
def url(server: str, request: pytest.FixtureRequest) -> str:
    """Give the address of an empty database of the test's own."""
    name = f"t{abs(hash(request.node.name))}"
    engine = open_tracker(server)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return server.replace("/postgres", f"/{name}")


def test_several_first_starts_on_one_empty_database_all_succeed(url: str) -> None:
    command = [sys.executable, "-c", OPEN, url]
    started = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    assert [process.communicate()[1] for process in started] == [""] * 3
    engine = open_database(url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert connection.scalar(sa.text("SELECT count(*) FROM alembic_version")) == 1
    engine.dispose()


def test_conversations_cases_and_feedback_are_kept(url: str) -> None:
    engine = open_database(url)
    conversations = Conversations(engine, engine, hours=24)
    conversations.add("one", Turn("hello", [{"text": "Hello"}], "m1"))
    assert conversations.find("one", "m1") == Turn("hello", [{"text": "Hello"}], "m1")
    conversations.delete("one")
    assert conversations.turns("one") == []
    assert conversations.delete_expired() == 0
    cases, box = Cases(engine, days=1), FeedbackBox(engine, days=1)
    reference = cases.add(read_case(CASE), "one")
    box.add(read_feedback({"passage_ids": [], "helpful": True}))
    assert cases.of_session("one") == [reference]
    assert len(box.all()) == 1
    engine.dispose()


def test_accounts_sessions_and_pauses_are_kept(url: str) -> None:
    engine = open_database(url)
    users, sessions, pauses = Users(engine), StaffSessions(engine), Pauses(engine, "a secret")
    link = users.add("ann", "admin", Actor("boss"))
    users.set_password(link, "hash")
    with pytest.raises(LastAdmin):
        users.switch_off("ann", Actor("boss"))
    session = sessions.begin(User("ann", "admin"))
    assert sessions.find(session) == User("ann", "admin", has_password=True)
    assert sessions.delete_ended() == 0
    for _ in range(4):
        pauses.count("ann")
    with pytest.raises(Paused):
        pauses.count("ann")
    engine.dispose()


@pytest.mark.parametrize(
    "statement", ["UPDATE audit SET who = 'bob'", "DELETE FROM audit", "TRUNCATE audit"]
)
def test_the_audit_is_only_added_to(url: str, statement: str) -> None:
    engine = open_database(url)
    audit = Audit(engine)
    audit.record(Actor("ann", "editor"), Act("signed_in", "ann"))
    with pytest.raises(sa.exc.DBAPIError, match="only added to"), engine.begin() as connection:
        connection.execute(sa.text(statement))
    assert [row.actor.name for row in audit.rows(Filters(who="ANN"), 10)] == ["ann"]
    engine.dispose()


def test_what_is_off_is_read_with_the_editions_number(url: str) -> None:
    engine = open_database(url)
    now = dt.datetime.now(dt.UTC)
    with engine.begin() as connection:
        assert standing(connection) == Standing(None, Off())
        turn_off(connection, Switch("bot", "", "a reason", "ann", now))
        turn_off(connection, Switch("topic", "send", "a reason", "ann", now))
        off = Off(bot=True, topics=frozenset({"send"}))
        assert standing(connection) == Standing(None, off)
    engine.dispose()


def test_drafts_are_kept_claimed_by_one_and_published_with_their_edition(url: str) -> None:
    store = Store(url)
    now = dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)
    drafts = Drafts(store.engine, lambda: now)
    new = NewDraft(Content({"title": "Lunch"}, "Lunch is at noon for everyone."))
    (number,) = drafts.make_from_file("lunch.pdf", b"%PDF\0", [new], "ann", keep)
    assert drafts.make_from_file("again.pdf", b"%PDF\0", [new], "ann", keep) == [number + 1]
    with pytest.raises(DraftChanged):
        drafts.save(number, 7, new.content, "bob", keep)
    assert drafts.save(number, 1, new.content, "bob", keep) == 2
    drafts.schedule(number, 2, now, "ann", "editor", "", keep)
    with ThreadPoolExecutor(4) as threads:
        claims = [each.result() for each in [threads.submit(drafts.claim_due) for _ in range(4)]]
    (draft,) = filter(None, claims)
    assert draft.content == new.content
    outcome = change_of([draft], "ann").apply(store.state())
    edition = DraftEdition(tuple(outcome.versions.values()), {}, "", "ann")
    published = store.publish(edition, lambda c, _, after: drafts.mark_published(c, draft, after))
    assert published
    assert drafts.find(number).edition == published.number
    assert store.left_since(published.versions[0].digest) is None
    file = drafts.source_file(draft.source or "")
    assert file
    assert file.content == b"%PDF\0"
    store.close()


def test_a_wrong_password_is_one_line_without_it(server: str) -> None:
    with pytest.raises(DatabaseError) as raised:
        open_database(server.replace(IN_ADDRESS, "wr%40ng"))
    assert "wr@ng" not in str(raised.value)
    assert "\n" not in str(raised.value)


def test_rasas_own_libraries_open_the_same_address(server: str) -> None:
    assert PASSWORD != IN_ADDRESS
    subprocess.run([str(BOT_PYTHON), "-c", RASA, for_rasa(server)], check=True, timeout=60)
