"""The training data: a folder of labelled questions, passages and messages."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.answers.follow_up import joined
from knowledge.errors import TrainingDataError
from knowledge.messages.kinds import KINDS, MATTERS


@dataclass(frozen=True)
class LabelledMessage:
    """A message, its kind, and the grave matter it is about.

    :param matter: `none` when it is about no grave matter; None when nobody has said.
    """

    message: str
    kind: str
    matter: str | None


@dataclass(frozen=True)
class LabelledPassage:
    """A passage of some guidance, in sentences.

    :param body: which body of guidance; a whole one can be kept aside.
    """

    id: str
    body: str
    document: str
    title: str
    headings: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class LabelledQuestion:
    """A question, a passage, and which of its sentences answer; none when it does not.

    :param instead: a passage of the same document that does not answer it, if somebody said so.
    :param earlier: the question before it in the conversation; empty when it is the first.
    :param nowhere: whether no passage of the whole body answers it; otherwise a question that its
        passage does not answer is known to have no answer in that document only.
    """

    question: str
    passage: LabelledPassage
    sentences: tuple[int, ...]
    instead: LabelledPassage | None = None
    earlier: str = ""
    nowhere: bool = False

    @property
    def whole(self) -> str:
        """The question with the one before it, as it is searched for and read."""
        return joined(self.earlier, self.question)


@dataclass(frozen=True)
class Around:
    """What people say around a question, which must not matter.

    :param statements: whole messages that ask nothing: no passage answers them.
    """

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()

    def halves(self) -> tuple["Around", "Around"]:
        """Give every other text to each of two, so that what one learns from tests the other."""
        texts = (self.before, self.after, self.statements)
        return Around(*(each[::2] for each in texts)), Around(*(each[1::2] for each in texts))


def read_messages(folder: Path) -> list[LabelledMessage]:
    """Read every .jsonl file of labelled messages in a folder.

    :raises TrainingDataError: if there is none, or a line cannot be used; names file and line.
    """
    messages = []
    for path, number, row in _rows(folder, "*.jsonl"):
        kind, matter = row.get("kind"), row.get("matter")
        if kind not in KINDS or (matter is not None and matter not in MATTERS):
            raise TrainingDataError(path, number, f"no such kind or matter: {kind}, {matter}")
        messages.append(LabelledMessage(str(row["message"]), kind, matter))
    return messages


def read_questions(folder: Path) -> list[LabelledQuestion]:
    """Read every set in a folder: a folder each, with passages.jsonl and questions.jsonl.

    :raises TrainingDataError: if there is none, or a line cannot be used; names file and line.
    """
    questions = []
    for place in sorted(path.parent for path in folder.glob("*/questions.jsonl")):
        passages = {}
        for path, number, row in _rows(place, "passages.jsonl"):
            try:
                passages[row["id"]] = LabelledPassage(
                    row["id"],
                    row["body"],
                    row["document"],
                    row.get("title") or row["document"],
                    tuple(row["headings"]),
                    tuple(row["sentences"]),
                )
            except KeyError as missing:
                raise TrainingDataError(path, number, f"{missing} is missing") from None
        for path, number, row in _rows(place, "questions.jsonl"):
            try:
                questions.append(
                    LabelledQuestion(
                        row["question"],
                        passages[row["passage"]],
                        tuple(row["sentences"]),
                        passages[row["not"]] if row.get("not") else None,
                        row.get("earlier", ""),
                        row.get("nowhere", False),
                    )
                )
            except KeyError as missing:
                raise TrainingDataError(path, number, f"{missing} is missing") from None
    return questions


def read_around(folder: Path) -> Around:
    """Read around.jsonl and statements.jsonl of a folder; what is missing is empty.

    :raises TrainingDataError: if a line cannot be used; names file and line.
    """
    texts: dict[str, list[str]] = {"before": [], "after": [], "statement": []}
    for name in ("around.jsonl", "statements.jsonl"):
        if (folder / name).exists():
            for path, number, row in _rows(folder, name):
                place = row.get("place", "statement")
                if place not in texts or not row.get("text"):
                    raise TrainingDataError(path, number, "not a text before or after a question")
                texts[place].append(row["text"])
    return Around(*(tuple(texts[place]) for place in texts))


def _rows(folder: Path, pattern: str) -> Iterator[tuple[Path, int, dict[str, Any]]]:
    files = sorted(folder.glob(pattern))
    if not files:
        raise TrainingDataError(folder, 0, f"there is no {pattern} in this folder")
    for path in files:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    row = json.loads(line)
                except ValueError as problem:
                    raise TrainingDataError(path, number, f"not JSON: {problem}") from None
                if not isinstance(row, dict):
                    raise TrainingDataError(path, number, "not a JSON object")
                yield path, number, row
