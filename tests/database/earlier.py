"""Data folders as earlier releases made them: their tables, with a little in each."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

WORD = "aardvark"  # what a member typed outside the review of their case

# Of commit bfd92c6, the last one without revisions.
_TABLES = """
CREATE TABLE versions (
    digest VARCHAR(64) NOT NULL,
    document_id VARCHAR(200) NOT NULL,
    metadata JSON NOT NULL,
    created DATETIME NOT NULL,
    PRIMARY KEY (digest)
);
CREATE INDEX ix_versions_document_id ON versions (document_id);
CREATE TABLE passages (
    digest VARCHAR(64) NOT NULL,
    headings JSON NOT NULL,
    text TEXT NOT NULL,
    sentences JSON NOT NULL,
    PRIMARY KEY (digest)
);
CREATE TABLE editions (
    number INTEGER NOT NULL,
    published DATETIME NOT NULL,
    note TEXT NOT NULL,
    settings JSON NOT NULL,
    PRIMARY KEY (number)
);
CREATE TABLE withdrawn (
    document_id VARCHAR(200) NOT NULL,
    withdrawn DATETIME NOT NULL,
    PRIMARY KEY (document_id)
);
CREATE TABLE version_passages (
    version VARCHAR(64) NOT NULL,
    position INTEGER NOT NULL,
    anchor VARCHAR(200) NOT NULL,
    passage VARCHAR(64) NOT NULL,
    PRIMARY KEY (version, position),
    FOREIGN KEY(version) REFERENCES versions (digest),
    FOREIGN KEY(passage) REFERENCES passages (digest)
);
CREATE TABLE edition_versions (
    edition INTEGER NOT NULL,
    version VARCHAR(64) NOT NULL,
    origins JSON NOT NULL,
    PRIMARY KEY (edition, version),
    FOREIGN KEY(edition) REFERENCES editions (number),
    FOREIGN KEY(version) REFERENCES versions (digest)
);
CREATE TABLE vectors (
    model VARCHAR(64) NOT NULL,
    text VARCHAR(64) NOT NULL,
    vector BLOB NOT NULL,
    PRIMARY KEY (model, text)
);
CREATE TABLE pieces (
    model VARCHAR(64) NOT NULL,
    text VARCHAR(64) NOT NULL,
    ids BLOB NOT NULL,
    starts BLOB NOT NULL,
    vectors BLOB NOT NULL,
    PRIMARY KEY (model, text)
);
CREATE TABLE cases (
    reference VARCHAR(16) NOT NULL,
    session VARCHAR(64) NOT NULL,
    question TEXT NOT NULL,
    shown TEXT NOT NULL,
    searched JSON NOT NULL,
    urgency VARCHAR(16) NOT NULL,
    name TEXT NOT NULL,
    phone TEXT,
    email TEXT,
    "when" TEXT NOT NULL,
    asked DATETIME NOT NULL,
    PRIMARY KEY (reference)
);
CREATE INDEX ix_cases_session ON cases (session);
CREATE TABLE feedback (
    number INTEGER NOT NULL,
    id VARCHAR(64),
    passages JSON NOT NULL,
    helpful BOOLEAN NOT NULL,
    comment TEXT,
    given DATETIME NOT NULL,
    PRIMARY KEY (number),
    UNIQUE (id)
);
CREATE TABLE turns (
    session VARCHAR(64) NOT NULL,
    number INTEGER NOT NULL,
    message_id VARCHAR(64),
    message TEXT NOT NULL,
    replies JSON NOT NULL,
    said DATETIME NOT NULL,
    PRIMARY KEY (session, number),
    UNIQUE (session, message_id)
);
CREATE INDEX ix_turns_said ON turns (said);
CREATE INDEX ix_turns_message_id ON turns (message_id);
"""

_METADATA = {"title": "Keys", "publisher": "Us", "topics": ["employment"]}
_ROWS: dict[str, list[tuple[object, ...]]] = {
    "versions": [("v1", "keys", json.dumps(_METADATA), "2026-10-01 09:00:00.000000")],
    "passages": [("p1", '["Keys"]', "Keys are kept in the office.", '[[0, 28, "sentence", null]]')],
    "version_passages": [("v1", 0, "keys", "p1")],
    "editions": [
        (1, "2026-10-01 09:00:00.000000", "first", "{}"),
        (2, "2026-10-02 09:00:00.000000", "second", "{}"),
    ],
    "edition_versions": [(1, "v1", "[]"), (2, "v1", '["keys.md"]')],
    "withdrawn": [("bells", "2026-10-01 09:00:00.000000")],
    "vectors": [("m", "t", b"\0\0\0\0")],
    "turns": [
        ("s1", 1, "m1", "where are the keys", '[{"text": "Here"}]', "2026-10-02 09:00:00.000000")
    ],
    "cases": [
        (
            *("KTR-4821", "s1", "the keys", "Here", json.dumps([WORD]), "today", "Ann"),
            *("07700 900123", None, "after 4", "2026-10-02 09:00:00.000000"),
        )
    ],
    "feedback": [(1, "f1", '["keys#keys"]', True, "good", "2026-10-02 09:00:00.000000")],
}


def make_bfd92c6(path: Path) -> None:
    """Make the database of the last release without revisions."""
    _make(path, _TABLES, _ROWS)


def make_5dc7ea8(path: Path) -> None:
    """Make an older one: feedback without an identifier, nothing kept of word pieces."""
    tables = _TABLES.replace("    id VARCHAR(64),\n", "").replace(",\n    UNIQUE (id)", "")
    tables = tables.replace("CREATE INDEX ix_turns_message_id ON turns (message_id);\n", "")
    before, pieces, after = tables.partition("CREATE TABLE pieces")
    assert pieces
    tables = before + after.partition(";")[2]
    feedback = [(row[0], *row[2:]) for row in _ROWS["feedback"]]
    _make(path, tables, {**_ROWS, "feedback": feedback})


def _make(path: Path, tables: str, rows: dict[str, list[tuple[object, ...]]]) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.executescript(tables)
        for table, values in rows.items():
            marks = ", ".join("?" * len(values[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", values)
        connection.commit()
