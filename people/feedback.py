"""Feedback: whether an answer helped."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from database import empty_log, metadata
from people.fields import BadField, read_text, storable

_feedback = sa.Table(
    "feedback",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.String(64), nullable=True, unique=True),
    sa.Column("passages", sa.JSON, nullable=False),
    sa.Column("helpful", sa.Boolean, nullable=False),
    sa.Column("comment", sa.Text, nullable=True),
    sa.Column("given", sa.DateTime(timezone=True), nullable=False),
)


@dataclass(frozen=True)
class Feedback:
    """Whether an answer helped. Not tied to a conversation, so that it outlives it.

    :param id: made by the page; a comment given later comes with the id of its yes or no.
    """

    passages: tuple[str, ...]
    helpful: bool
    comment: str | None
    id: str | None = None


def read_feedback(values: Mapping[str, Any]) -> Feedback:
    """Check the feedback a member gave.

    :raises BadField: if a field is missing, too long or of the wrong kind; names the field.
    """
    passages, helpful = values.get("passage_ids"), values.get("helpful")
    if not isinstance(passages, list) or len(passages) > 20:
        raise BadField("passage_ids")
    if not all(isinstance(item, str) and len(item) <= 400 for item in passages):
        raise BadField("passage_ids")
    if not isinstance(helpful, bool):
        raise BadField("helpful")
    comment = read_text(values, "comment") or None
    feedback_id = read_text(values, "id") or None
    return Feedback(tuple(storable(item) for item in passages), helpful, comment, feedback_id)


class FeedbackBox:
    """Keeps feedback for the advisers and editors, for a limited time.

    :param days: how long feedback is kept after it was given.
    """

    def __init__(self, engine: sa.Engine, days: int) -> None:
        self.engine = engine
        self.kept = dt.timedelta(days=days)

    def add(self, feedback: Feedback) -> None:
        """Store feedback, in place of what was given before under the same id."""
        with self.engine.begin() as connection:
            if feedback.id is not None:
                connection.execute(_feedback.delete().where(_feedback.c.id == feedback.id))
            connection.execute(
                _feedback.insert().values(
                    id=feedback.id,
                    passages=list(feedback.passages),
                    helpful=feedback.helpful,
                    comment=feedback.comment,
                    given=dt.datetime.now(dt.UTC),
                )
            )

    def all(self) -> list[dict[str, Any]]:
        """Give all feedback, newest first."""
        query = sa.select(_feedback).order_by(_feedback.c.number.desc())
        with self.engine.connect() as connection:
            return [dict(row._mapping) for row in connection.execute(query)]

    def delete_expired(self, now: dt.datetime | None = None) -> int:
        """Delete all feedback whose time is up; give how much there was."""
        limit = (now or dt.datetime.now(dt.UTC)) - self.kept
        with self.engine.begin() as connection:
            deleted = connection.execute(
                _feedback.delete().where(_feedback.c.given < limit)
            ).rowcount
        if deleted:
            empty_log(self.engine)  # off the disk too
        return deleted
