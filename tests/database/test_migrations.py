import importlib
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import web.cli.main  # with these every module that has tables
import web.server.site  # noqa: F401
from database import REVISION, metadata, open_database
from knowledge.editions.store import Store
from knowledge.errors import DatabaseError
from migrations.upgrade import revisions
from people.cases import Cases
from people.feedback import FeedbackBox, read_feedback
from tests.database.earlier import WORD, make_5dc7ea8, make_bfd92c6
from tests.product import ROOT
from web.member.conversations import Conversations

EARLIER = pytest.mark.parametrize("make", [make_bfd92c6, make_5dc7ea8])
OPEN = "import sys; from database import open_database; open_database(sys.argv[1])"


@pytest.fixture(autouse=True, scope="module")
def every_table() -> None:
    """Load each module that owns a table: only then does the list of tables hold it."""
    for package in ("knowledge", "people", "web"):
        for path in (ROOT / package).rglob("*.py"):
            if "sa.Table(" in path.read_text(encoding="utf-8"):
                importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))


def differences(engine: sa.Engine) -> list[object]:
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))


def test_the_newest_revision_is_the_one_that_opening_looks_for() -> None:
    assert revisions().get_current_head() == REVISION


def test_a_new_database_has_the_tables_of_the_code(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'new.db'}")
    assert differences(engine) == []
    assert {"versions", "turns", "cases"} <= set(metadata.tables)
    engine.dispose()


@EARLIER
def test_an_earlier_database_gets_the_tables_of_the_code(
    make: Callable[[Path], None], tmp_path: Path
) -> None:
    make(tmp_path / "a.db")
    open_database(f"sqlite:///{tmp_path / 'new.db'}").dispose()
    engine = open_database(f"sqlite:///{tmp_path / 'a.db'}")
    assert differences(engine) == []
    engine.dispose()
    assert shape(tmp_path / "a.db") == shape(tmp_path / "new.db")


@EARLIER
def test_an_earlier_database_keeps_what_it_holds(
    make: Callable[[Path], None], tmp_path: Path
) -> None:
    make(tmp_path / "a.db")
    store = Store(f"sqlite:///{tmp_path / 'a.db'}")
    edition = store.latest()
    (version,) = edition.versions
    assert (edition.number, edition.note, version.origins) == (2, "second", ("keys.md",))
    (stored,) = version.passages
    assert stored.passage.text == "Keys are kept in the office."
    assert set(store.withdrawn()) == {"bells"}
    (turn,) = Conversations(store.engine, store.engine, 1).turns("s1")
    assert (turn.message, turn.replies) == ("where are the keys", [{"text": "Here"}])
    cases = Cases(store.engine, days=1)
    assert [(case["reference"], case["name"]) for case in cases.all()] == [("KTR-4821", "Ann")]
    assert [item["comment"] for item in FeedbackBox(store.engine, days=1).all()] == ["good"]
    store.close()


@EARLIER
def test_an_earlier_database_takes_new_feedback(
    make: Callable[[Path], None], tmp_path: Path
) -> None:
    make(tmp_path / "a.db")
    engine = open_database(f"sqlite:///{tmp_path / 'a.db'}")
    box = FeedbackBox(engine, days=1)
    box.add(read_feedback({"passage_ids": [], "helpful": False, "id": "f2"}))
    assert len(box.all()) == 2
    engine.dispose()


def test_what_a_case_held_outside_its_review_is_in_no_byte_afterwards(tmp_path: Path) -> None:
    make_bfd92c6(tmp_path / "a.db")
    assert WORD.encode() in everything(tmp_path)
    open_database(f"sqlite:///{tmp_path / 'a.db'}").dispose()
    assert WORD.encode() not in everything(tmp_path)


def test_a_database_of_a_later_release_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    engine = open_database(url)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    before = shape(tmp_path / "a.db")
    with pytest.raises(DatabaseError, match=r"later release.*9999.*Start the later release"):
        open_database(url)
    assert shape(tmp_path / "a.db") == before


def test_a_step_that_fails_leaves_the_database_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    make_bfd92c6(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE before_cases (reference)")
    before = shape(path)
    with pytest.raises(DatabaseError):
        open_database(f"sqlite:///{path}")
    assert shape(path) == before


@pytest.mark.parametrize("make", [None, make_bfd92c6])
def test_several_first_starts_at_once_all_succeed(
    make: Callable[[Path], None] | None, tmp_path: Path
) -> None:
    path = tmp_path / "a.db"
    if make:
        make(path)
    command = [sys.executable, "-c", OPEN, f"sqlite:///{path}"]
    started = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    assert [process.communicate()[1] for process in started] == [""] * 4
    assert [process.returncode for process in started] == [0] * 4
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [
            (REVISION,)
        ]


@pytest.mark.parametrize("length", [50, 3000, 20000, 40960, -1])
def test_a_truncated_file_is_refused_in_one_line(length: int, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_database(f"sqlite:///{path}").dispose()
    path.write_bytes(path.read_bytes()[:length])
    assert_refused(path)


# A server opens the database, as its first start does, and goes on writing after others came.
SERVER = """
import sys
import sqlalchemy as sa
from database import open_database
engines = [open_database(sys.argv[1])]
def write():
    with engines[0].begin() as connection:
        connection.execute(sa.text("INSERT INTO words VALUES (1)"))
with engines[0].begin() as connection:
    connection.execute(sa.text("CREATE TABLE words (word)"))
write()
if sys.argv[2] == "twice":
    with engines[0].connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engines.append(open_database(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
write()
print("written", flush=True)
sys.stdin.readline()
"""


@pytest.mark.parametrize("opened", ["once", "twice"])
def test_what_a_process_writes_after_a_command_came_and_went_is_seen_by_others(
    opened: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.db"
    url = f"sqlite:///{path}"
    command = [sys.executable, "-c", SERVER, url, opened]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        assert server.stdout.readline() == "ready\n"
        subprocess.run([sys.executable, "-c", OPEN, url], check=True)
        server.stdin.write("\n")
        server.stdin.flush()
        assert server.stdout.readline() == "written\n"
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("SELECT count(*) FROM words").fetchone() == (2,)
        server.stdin.write("\n")
        server.stdin.flush()


@pytest.mark.parametrize("content", [b"no database at all", b"\xff" * 9000])
def test_a_file_that_is_no_database_is_refused_in_one_line(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(content)
    assert_refused(path)


def test_a_database_out_of_reach_is_refused_without_its_password() -> None:
    with pytest.raises(DatabaseError, match=r"127\.0\.0\.1:1/") as raised:
        open_database("postgresql://advice:p%40ss%25word@127.0.0.1:1/advice")
    text = str(raised.value)
    assert "p@ss%word" not in text
    assert "p%40ss%25word" not in text
    assert "\n" not in text


def assert_refused(path: Path) -> None:
    with pytest.raises(DatabaseError, match=r"a\.db") as raised:
        open_database(f"sqlite:///{path}")
    assert "\n" not in str(raised.value)


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def shape(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
        return connection.execute(query).fetchall()


def test_a_new_database_is_shared_with_others_from_its_first_moment(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    engine = open_database(url)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE notes (words TEXT)"))
    write = "connection.execute(sqlalchemy.text(\"INSERT INTO notes VALUES ('hello')\"))"
    command = (
        f"import sys, sqlalchemy; from database import open_database; "
        f"engine = open_database(sys.argv[1])\nwith engine.begin() as connection: {write}\n"
        "engine.dispose()"
    )
    subprocess.run([sys.executable, "-c", command, url], check=True)
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT words FROM notes")) == "hello"
    assert (tmp_path / "a.db-wal").exists(), "the other process took our log away"
    engine.dispose()
