"""The files that drafts were made from: each kept once, whatever it is called."""

import hashlib
from dataclasses import dataclass

import sqlalchemy as sa

from database import utc_now
from knowledge.editions.drafts.tables import drafts_table, source_files_table
from knowledge.editions.inserting import insert_new

_MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html; charset=utf-8",
    ".htm": "text/html; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".markdown": "text/markdown; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}


@dataclass(frozen=True)
class SourceFile:
    """A file as somebody gave it to us."""

    digest: str
    name: str
    media_type: str
    content: bytes


def keep_file(connection: sa.Connection, name: str, content: bytes) -> str:
    """Keep a file, unless it is kept already; give its digest."""
    digest = hashlib.sha256(content).hexdigest()
    ending = f".{name.rpartition('.')[2].lower()}"
    row = {
        "digest": digest,
        "name": name,
        "media_type": _MEDIA_TYPES.get(ending, "application/octet-stream"),
        "size": len(content),
        "content": content,
        "kept": utc_now(),
    }
    insert_new(connection, source_files_table, [row])
    return digest


def find_file(connection: sa.Connection, digest: str) -> SourceFile | None:
    """Give a file that was kept."""
    table = source_files_table
    row = connection.execute(sa.select(table).where(table.c.digest == digest)).one_or_none()
    return SourceFile(row.digest, row.name, row.media_type, row.content) if row else None


def delete_unused_files(connection: sa.Connection) -> int:
    """Delete the files that no draft was made from any more; give how many there were."""
    used = sa.select(drafts_table.c.source).where(drafts_table.c.source.is_not(None))
    unused = source_files_table.delete().where(source_files_table.c.digest.not_in(used))
    return connection.execute(unused).rowcount
