"""Golden questions of editors: each act and its row in the audit."""

import json
from pathlib import Path

from knowledge.answers.questions import read_numbered
from knowledge.errors import AdviceError, QuestionFileError
from knowledge.evaluation.golden_questions import (
    GoldenQuestion,
    NewGolden,
    add_golden,
    golden_questions,
    remove_golden,
)
from knowledge.service import Service
from people.audit import Act, Actor, record
from web.staff.passages import UnknownPassage, find_passage
from web.staff.questions import BadQuestion, checked_note, checked_question


class AlreadyGolden(AdviceError):
    """The question is a golden one already."""

    def __init__(self) -> None:
        super().__init__(
            "This is a golden question already. Remove it first, if another passage should answer."
        )


class NotGolden(AdviceError):
    """The golden question is gone."""

    def __init__(self) -> None:
        super().__init__("There is no such golden question: somebody may have removed it just now.")


def all_golden(service: Service) -> list[GoldenQuestion]:
    """Give every golden question, the newest first."""
    with service.store.engine.connect() as connection:
        return golden_questions(connection)


def mark_golden(service: Service, new: NewGolden, by: Actor) -> int:
    """Add a golden question; give its number.

    :param new: without a digest it is that of the passage that is published now; with one, its
        passage stands in a draft edition.
    :raises BadQuestion: if there is no question, or it is too long.
    :raises UnknownPassage: if no passage of what is published has the name.
    :raises AlreadyGolden: if the question is there already.
    """
    question, digest = checked_question(new.question), new.passage_digest
    if new.passage_id and not digest:
        digest = find_passage(service, new.passage_id).stored.digest
    kept = NewGolden(question, new.passage_id, digest, checked_note(new.note))
    with service.store.engine.begin() as connection:
        number = add_golden(connection, kept, by.name, service.now())
        if number is None:
            raise AlreadyGolden
        subject = f"{question} → {new.passage_id or '–'}"
        record(connection, by, Act("golden_added", subject, kept.note))
    return number


def unmark_golden(service: Service, number: int, by: Actor) -> None:
    """Remove a golden question.

    :raises NotGolden: if it is gone.
    """
    with service.store.engine.begin() as connection:
        removed = remove_golden(connection, number)
        if removed is None:
            raise NotGolden
        subject = f"{removed.question} → {removed.passage_id or '–'}"
        record(connection, by, Act("golden_removed", subject))


def import_golden(service: Service, path: Path, by: Actor) -> tuple[int, int]:
    """Add the golden questions of a file; give how many are new, and how many were there already.

    :raises QuestionFileError: if a line cannot be used; what stands before it was added.
    """
    added = known = 0
    for number, row in read_numbered(path):
        question, passage, note = row.get("question"), row.get("passage"), row.get("note", "")
        if not isinstance(question, str) or not isinstance(passage, str | None):
            problem = f'it must be as {_EXAMPLE}, with null for "passage" when nothing may answer'
            raise QuestionFileError(path, number, problem)
        try:
            mark_golden(service, NewGolden(question, passage or "", note=str(note)), by)
            added += 1
        except AlreadyGolden:
            known += 1
        except (BadQuestion, UnknownPassage) as problem:
            raise QuestionFileError(path, number, str(problem)) from None
    return added, known


_EXAMPLE = json.dumps({"question": "How long is notice?", "passage": "notice#length"})
