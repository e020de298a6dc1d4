"""Evaluation: questions with what is expected of them, put to the bot, and how it did."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, get_args

from knowledge.answers.engine import Engine, Status
from knowledge.answers.questions import read_numbered
from knowledge.errors import QuestionFileError, RulesError
from knowledge.language.rule_files import read_rules

CONVERSATIONS = "conversations"
_JUDGED = ("answered", "not_covered", "out_of_scope")
# What else is right for a question that must not be answered: any way of not answering it.
_ALSO_RIGHT = {
    "not_covered": frozenset({"not_covered", "ambiguous", "handoff", "out_of_scope"}),
    "out_of_scope": frozenset({"out_of_scope", "not_covered", "ambiguous"}),
}


@dataclass(frozen=True)
class Expected:
    """A question and what the bot should do with it.

    :param documents: the documents that may be cited; empty unless it should be answered.
    :param facts: groups of spellings; of each group one must be in the quotation.
    :param contact: the contact that should be shown first, if that matters.
    :param follow_up: whether the question needs the ones before it.
    """

    id: str
    topic: str
    question: str
    status: str
    documents: tuple[str, ...] = ()
    facts: tuple[tuple[str, ...], ...] = ()
    contact: str | None = None
    follow_up: bool = False


@dataclass(frozen=True)
class Outcome:
    """What the bot did with a question.

    :param replies: its replies, as plain JSON.
    """

    expected: Expected
    replies: Sequence[dict[str, Any]]

    @property
    def status(self) -> str:
        """The status of the first reply."""
        return str(self.replies[0]["status"])

    @property
    def text(self) -> str:
        """Everything that was said."""
        return "\n".join(str(reply["text"]) for reply in self.replies)

    @property
    def cited(self) -> tuple[str, ...]:
        """The documents that were quoted."""
        return tuple(
            source["passage_id"].partition("#")[0]
            for reply in self.replies
            for source in reply["sources"]
        )

    @property
    def right_status(self) -> bool:
        """Whether the bot answered what it should, and nothing else."""
        expected = self.expected.status
        return self.status in _ALSO_RIGHT.get(expected, frozenset({expected}))

    @property
    def right_document(self) -> bool:
        """Whether a document that may be cited was quoted."""
        return bool(set(self.cited) & set(self.expected.documents))

    @property
    def right_fact(self) -> bool:
        """Whether every fact asked for is in what was quoted."""
        said = " ".join(self.text.casefold().split())
        return all(any(s.casefold() in said for s in group) for group in self.expected.facts)

    @property
    def right_contact(self) -> bool:
        """Whether the expected contact is shown first, when one is expected."""
        if self.expected.contact is None:
            return True
        shown = [r["contact"]["id"] for r in self.replies if r["contact"] is not None]
        return bool(shown) and shown[0] == self.expected.contact

    @property
    def right(self) -> bool:
        """Whether everything is as expected."""
        if not self.right_status:
            return False
        if self.expected.status == "answered":
            return self.right_document and self.right_contact
        return self.right_contact or self.expected.status not in ("urgent", "handoff")


class Bot(Protocol):
    """Something that holds conversations."""

    def start(self) -> Callable[[str], Sequence[dict[str, Any]]]:
        """Begin a conversation; give a function from a message to the replies."""
        ...

    def takes(self, status: str) -> bool:
        """Say whether questions with this expected status can be put to it."""
        ...


@dataclass
class Share:
    """How many of how many."""

    right: int = 0
    all: int = 0

    def add(self, right: bool) -> None:
        """Count one."""
        self.right += right
        self.all += 1

    @property
    def value(self) -> float:
        """The part that is right, 0 to 1; 1 of nothing."""
        return self.right / self.all if self.all else 1.0


@dataclass
class Result:
    """How the bot did on a set of questions.

    :param shares: each measure by name, such as `status.answered` or `topic.employment`.
    """

    outcomes: list[Outcome] = field(default_factory=list)
    shares: dict[str, Share] = field(default_factory=dict)

    def add(self, outcome: Outcome) -> None:
        """Count one outcome in every measure it belongs to."""
        self.outcomes.append(outcome)
        expected = outcome.expected
        self._count(f"status.{expected.status}", outcome.right)
        self._count(f"topic.{expected.topic}", outcome.right)
        if expected.status == "answered":
            self._count("given an answer", outcome.status == "answered")
            if outcome.status == "answered":
                self._count("right document, of answers", outcome.right_document)
                self._count("fact in the quotation, of answers", outcome.right_fact)
        if expected.status in ("not_covered", "out_of_scope"):
            self._count("kept from answering", outcome.status != "answered")
        if expected.status != "urgent":
            self._count("no false alarm", outcome.status != "urgent")
        if expected.follow_up:
            self._count("follow-ups", outcome.right)

    def failures(self) -> Iterator[Outcome]:
        """Give what went wrong, in order."""
        return (outcome for outcome in self.outcomes if not outcome.right)

    def below(self, floors: dict[str, float]) -> list[str]:
        """Give a sentence for each measure that is below its floor, or was not taken at all."""
        sentences = []
        for name, floor in floors.items():
            if name not in self.shares:
                sentences.append(f"{name} has a floor, but no question is counted under this name")
            elif self.shares[name].value < floor:
                share = self.shares[name].value
                sentences.append(f"{name} is {share:.1%}, below its floor of {floor:.1%}")
        return sentences

    def _count(self, name: str, right: bool) -> None:
        self.shares.setdefault(name, Share()).add(right)


def evaluate(
    conversations: Iterable[Sequence[Expected]],
    bot: Bot,
    progress: Callable[[int], object] | None = None,
) -> Result:
    """Put questions to a bot and count how it does.

    :param conversations: each a sequence of questions that are asked one after the other.
    :param progress: called with 1 after each conversation.
    """
    result = Result()
    for conversation in conversations:
        ask = bot.start()
        for expected in conversation:
            if bot.takes(expected.status):
                result.add(Outcome(expected, ask(expected.question)))
        if progress is not None:
            progress(1)
    return result


def judge(
    engine: Engine, conversations: Iterable[Sequence[Expected]]
) -> list[tuple[float, bool, bool]]:
    """Give what the coverage curve is drawn from, for the questions that need no conversation.

    :return: for each covered or uncovered question the probability, whether it is covered, and
        whether the best hit's document is a right one.
    """
    judged = []
    for conversation in conversations:
        expected = conversation[0]
        if len(conversation) > 1 or expected.status not in _JUDGED:
            continue
        covered = expected.status == "answered"
        probability, best = engine.judge(expected.question)
        judged.append((probability, covered, best in expected.documents))
    return judged


def read_floors(path: Path) -> dict[str, float]:
    """Read the least that measures must reach; none if there is no such file.

    :raises RulesError: if a floor is not a number from 0 to 1.
    """
    if not path.exists():
        return {}
    floors = read_rules(path)
    for name, floor in floors.items():
        if not isinstance(floor, int | float) or not 0 <= floor <= 1:
            raise RulesError(path, f"'{name}' must be a number from 0 to 1")
    return {str(name): float(floor) for name, floor in floors.items()}


def read_golden(folder: Path) -> list[tuple[Expected, ...]]:
    """Read a folder of question files: single questions, and conversations in conversations.jsonl.

    :raises QuestionFileError: if a line cannot be used; names the file and line.
    """
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise QuestionFileError(folder, 0, "there are no .jsonl files in this folder")
    conversations = []
    for path in files:
        for number, row in read_numbered(path):
            try:
                if path.stem == CONVERSATIONS:
                    turns = [
                        _expected({**turn, "id": f"{row['id']}.{n}", "topic": CONVERSATIONS})
                        for n, turn in enumerate(row["turns"], 1)
                    ]
                    if not turns:
                        raise TypeError("'turns' is empty")
                    conversations.append(tuple(turns))
                else:
                    conversations.append((_expected(row),))
            except (KeyError, TypeError) as problem:
                raise QuestionFileError(path, number, f"a field is wrong: {problem}") from None
    return conversations


def _expected(row: dict[str, Any]) -> Expected:
    if row["status"] not in get_args(Status):
        raise TypeError(f"the status {row['status']!r} is not one of {', '.join(get_args(Status))}")
    return Expected(
        id=str(row["id"]),
        topic=str(row["topic"]),
        question=str(row["question"]),
        status=str(row["status"]),
        documents=tuple(row.get("documents") or ()),
        facts=tuple(tuple(group) for group in row.get("facts") or ()),
        contact=row.get("contact"),
        follow_up=bool(row.get("follow_up")),
    )
