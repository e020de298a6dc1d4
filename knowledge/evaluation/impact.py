"""Impact: which questions a change would win, lose, or answer in other words, before it is made."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from knowledge.answers.conversation import Conversation
from knowledge.answers.dialogue import Dialogue
from knowledge.answers.pinned import Found
from knowledge.answers.replies import Reply
from knowledge.answers.several import questions_in
from knowledge.documents.document import Document
from knowledge.editions.edition import passage_digest
from knowledge.reading.remembering import RememberingReader
from knowledge.search.index import Index
from knowledge.search.searcher import Hit

AskedKind = Literal["golden", "pinned", "real"]
Difference = Literal["lost", "changed", "gained", "unchanged"]
KINDS: tuple[AskedKind, ...] = get_args(AskedKind)
DIFFERENCES: tuple[Difference, ...] = get_args(Difference)
COMPARING = "comparing"  # the step that progress is told of
# Scores go up and down a little with every document that comes or goes: by less than this, and in
# the same order, nothing has changed for a question.
_STILL = 0.01
_AS_MANY_AS_ARE_READ = 1  # at least that many are found: what is not read decides nothing


@dataclass(frozen=True)
class Wanted:
    """The passage that should answer a question.

    :param passage_id: its name; empty when the question should not be answered.
    :param digest: of its text: under another name it is the right one too.
    """

    passage_id: str = ""
    digest: str = ""


@dataclass(frozen=True)
class Asked:
    """A question that both editions are asked.

    :param id: by which whoever asks knows it.
    :param wanted: what should answer it, where somebody has said.
    """

    id: str
    wording: str
    kind: AskedKind
    wanted: Wanted | None = None


@dataclass(frozen=True)
class Quoted:
    """A quotation that a member is shown."""

    passage_id: str
    title: str
    text: str


@dataclass(frozen=True)
class Seen:
    """What a member sees of an answer.

    :param step: which step decided.
    """

    status: str
    reason: str
    step: str
    quotes: tuple[Quoted, ...] = ()
    notice: str = ""

    @property
    def answered(self) -> bool:
        """Whether guidance was quoted for an answer: what comes nearest is none."""
        return bool(self.quotes) and self.status in ("answered", "handoff")

    @property
    def said(self) -> tuple[object, ...]:
        """What a member reads of it."""
        return self.status, [(quote.title, quote.text) for quote in self.quotes], self.notice


@dataclass(frozen=True)
class Row:
    """A question, and what members see of it before and after."""

    asked: Asked
    difference: Difference
    before: Seen
    after: Seen


@dataclass(frozen=True)
class Impact:
    """What a change does to a set of questions.

    :param rows: the questions for which something changes.
    :param counts: how many questions of each kind there were, by what changes.
    """

    rows: tuple[Row, ...]
    counts: Mapping[AskedKind, Mapping[Difference, int]]

    def saved(self) -> dict[str, Any]:
        """Give it as plain JSON values.

        What members asked is left out: its words stay where members can have them deleted.
        """
        rows = [asdict(row) for row in self.rows]
        for row in rows:
            if row["asked"]["kind"] == "real":
                row["asked"]["wording"] = ""
        return {"rows": rows, "counts": self.counts}


def blocking(impact: Impact) -> tuple[Row, ...]:
    """Give the losses of golden questions: publishing in spite of one needs a reason."""
    return tuple(
        row for row in impact.rows if row.asked.kind == "golden" and row.difference == "lost"
    )


def compare(
    live: Dialogue,
    draft: Dialogue,
    asked: Iterable[Asked],
    reader: RememberingReader,
    progress: Callable[[str, int, int], object] | None = None,
) -> Impact:
    """Put questions to two editions and say what differs for members.

    Both are searched for each question. A question that somebody has said the answer to, and one
    for which the two find different passages, is then answered by both, as for a member.

    :param reader: reads for both: no passage is read twice for one question.
    """
    questions = list(asked)
    before, after = _Side(live, reader), _Side(draft, reader)
    counts: dict[AskedKind, dict[Difference, int]] = {
        kind: dict.fromkeys(DIFFERENCES, 0) for kind in KINDS
    }
    rows = []
    for number, one in enumerate(questions, 1):
        if one.wanted is None and _finds_the_same(one.wording, before, after):
            counts[one.kind]["unchanged"] += 1
        else:
            row = _row(one, before, after)
            counts[one.kind][row.difference] += 1
            if row.difference != "unchanged":
                rows.append(row)
        if progress is not None:
            progress(COMPARING, number, len(questions))
    rows.sort(key=lambda row: (KINDS.index(row.asked.kind), DIFFERENCES.index(row.difference)))
    return Impact(tuple(rows), counts)


class _Side:
    """One of the two editions."""

    def __init__(self, dialogue: Dialogue, reader: RememberingReader) -> None:
        self._dialogue = dialogue.over(dialogue.engine.reading_with(reader))
        self._engine = self._dialogue.engine
        self._digests: dict[str, str] | None = None

    @property
    def index(self) -> Index:
        return self._engine.index

    def ask(self, question: str) -> Seen:
        checked, new = self._dialogue.check(question), Conversation()
        turn = self._dialogue.first(checked, new) or self._dialogue.answer(checked, new)
        return _seen(turn.replies)

    def found(self, question: str) -> tuple[Hit, ...]:
        asking = self._engine.asking(self._engine.reader.read(question))
        return self._engine.finder.search(asking, self._shown, most=_AS_MANY_AS_ARE_READ)

    def pinned(self, question: str) -> Found | None:
        pinned, message = self._engine.pinned, self._engine.reader.read(question)
        return pinned.find(message, self._engine.today(), self._shown) if pinned else None

    def several(self, question: str) -> bool:
        return bool(questions_in(question, self._engine.rules.follow_ups.leans))

    def right(self, asked: Asked, seen: Seen) -> bool:
        """Say whether members see what they should; where nobody has said, whether it answers.

        A pinned answer is lost as soon as it is not the one that answers.
        """
        wanted = asked.wanted
        if asked.kind == "pinned":
            return seen.step == "pinned"
        if wanted is None or not wanted.passage_id:
            return seen.answered is (wanted is None)
        shown = {quote.passage_id for quote in seen.quotes}
        same_text = (self._digest(passage_id) == wanted.digest for passage_id in shown)
        return seen.answered and (wanted.passage_id in shown or any(same_text))

    def _digest(self, passage_id: str) -> str | None:
        if self._digests is None:
            self._digests = {e.passage.id: passage_digest(e.passage) for e in self.index.entries}
        return self._digests.get(passage_id)

    def _shown(self, document: Document) -> bool:
        engine = self._engine
        return not document.past_review(engine.today()) and not engine.off.hides(document)


def _finds_the_same(question: str, before: _Side, after: _Side) -> bool:
    """Say whether two editions find the same passages for a question, in the same order."""
    if before.several(question):  # each of its questions has hits of its own
        return False
    first, second = before.pinned(question), after.pinned(question)
    if (first and first.held) != (second and second.held):
        return False
    found, other = before.found(question), after.found(question)
    return len(found) == len(other) and all(map(_alike, found, other))


def _alike(hit: Hit, other: Hit) -> bool:
    return (
        hit.passage == other.passage
        and hit.document == other.document
        and abs(hit.score - other.score) < _STILL
    )


def _row(asked: Asked, before: _Side, after: _Side) -> Row:
    first, second = before.ask(asked.wording), after.ask(asked.wording)
    was_right, is_right = before.right(asked, first), after.right(asked, second)
    difference: Difference
    if was_right != is_right:
        difference = "gained" if is_right else "lost"
    elif first.said != second.said:
        difference = "changed"
    else:
        difference = "unchanged"
    return Row(asked, difference, first, second)


def _seen(replies: Sequence[Reply]) -> Seen:
    decided = replies[0].decided
    return Seen(
        replies[0].status,
        replies[0].reason,
        decided.step if decided else "",
        tuple(
            Quoted(source.passage_id, source.title, source.quote)
            for reply in replies
            for source in reply.sources
        ),
        " ".join(reply.notice for reply in replies if reply.notice),
    )


def read_impact(saved: Mapping[str, Any], wordings: Mapping[str, str]) -> Impact:
    """Read what `Impact.saved` gave.

    :param wordings: what members asked, as it is kept, by identifier; empty where it was deleted.
    """
    rows = []
    for row in saved["rows"]:
        asked = row["asked"]
        wanted = Wanted(**asked["wanted"]) if asked["wanted"] else None
        wording = asked["wording"] or wordings.get(asked["id"], "")
        rows.append(
            Row(
                Asked(asked["id"], wording, asked["kind"], wanted),
                row["difference"],
                _read_seen(row["before"]),
                _read_seen(row["after"]),
            )
        )
    return Impact(tuple(rows), saved["counts"])


def _read_seen(saved: Mapping[str, Any]) -> Seen:
    return Seen(**{**saved, "quotes": tuple(Quoted(**quote) for quote in saved["quotes"])})
