"""From a member's question to an answer: the steps, in the order in which they are taken."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from knowledge.answers.conversation import Conversation
from knowledge.answers.coverage import CoverageModel, Features, Lines, features
from knowledge.answers.follow_up import FollowUps
from knowledge.answers.known import KnownQuestions, Nearest
from knowledge.answers.member import AUDIENCE, NATION, ROLE, MemberRules
from knowledge.answers.quoting import Limits, Quote, choose_quotes
from knowledge.documents.document import Document
from knowledge.messages.message import Message, MessageReader
from knowledge.messages.own_case import OwnCaseRules
from knowledge.messages.scope import ScopeRules
from knowledge.messages.urgent import Urgent, UrgentRules
from knowledge.search.index import Index
from knowledge.search.searcher import Hit, Searcher

Status = Literal[
    "answered", "not_covered", "ambiguous", "urgent", "out_of_scope", "handoff", "chat",
    "unavailable",
]  # fmt: skip

ADVICE_LINE = "advice_line"


@dataclass(frozen=True)
class Ranking:
    """How hits are ordered and offered.

    :param hits: how many the steps look at.
    :param closest: how many titles are offered when nothing is quoted.
    :param near: passages this near to the best one, in score, could as well have been meant.
    :param known: how much the nearest known question of a document adds to its passages' scores.
    """

    hits: int
    closest: int
    near: float
    known: float


@dataclass(frozen=True)
class Decided:
    """Which step decided on an answer and why: for staff. Holds no words of a member.

    :param passages: the passages that were considered, best first.
    """

    step: str
    status: str
    reason: str
    probability: float | None = None
    passages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What the bot found for a question, before it is put into words.

    :param reason: why this status: `covered`, `not_covered`, `urgent.suspension`, `own_case`…
    :param question: the question as the guidance spells it.
    :param searched: the question as it was searched for, rewritten with the conversation.
    :param quotes: what is quoted; empty unless answered, or a handoff that guidance goes with.
    :param closest: the hits whose titles are offered when nothing is quoted.
    :param contacts: whom to contact, first one first.
    :param choice: what to ask the member: `audience`, `nation` or `role`.
    :param probability: that the guidance covers the question; None when it was not searched.
    :param step: which step decided.
    :param considered: the passages that were looked at, best first.
    """

    status: Status
    reason: str
    question: str
    searched: str = ""
    quotes: tuple[Quote, ...] = ()
    closest: tuple[Hit, ...] = ()
    contacts: tuple[str, ...] = ()
    choice: str | None = None
    choices: tuple[str, ...] = ()
    probability: float | None = None
    step: str = ""
    considered: tuple[str, ...] = ()

    @property
    def decided(self) -> Decided:
        """What decided, without a word of the question."""
        return Decided(self.step, self.status, self.reason, self.probability, self.considered)


@dataclass(frozen=True)
class Rules:
    """The rules over a member's text."""

    urgent: UrgentRules
    scope: ScopeRules
    own_case: OwnCaseRules
    follow_ups: FollowUps
    known: KnownQuestions
    member: MemberRules


@dataclass(frozen=True)
class Checked:
    """A message and what is urgent in it: that is looked for first, whatever is asked."""

    message: Message
    urgent: Urgent | None


@dataclass(frozen=True)
class _Work:
    """A question on its way through the steps."""

    message: Message
    conversation: Conversation
    today: dt.date
    urgent: Urgent | None = None
    own_case: bool = False
    searched: str = ""
    hits: tuple[Hit, ...] = ()
    probability: float = 0.0
    known: dict[str, str] = field(default_factory=dict)

    @property
    def question(self) -> str:
        """The question as it is embedded and searched for."""
        return self.message.mended

    @property
    def contacts(self) -> tuple[str, ...]:
        """Whom to show beside an answer."""
        return self.urgent.contacts if self.urgent else ()


class Engine:
    """Answers questions from one edition.

    :param reader: reads messages with the edition's spelling.
    :param today: gives the day that notices and review dates are held against.
    """

    def __init__(
        self,
        searcher: Searcher,
        reader: MessageReader,
        rules: Rules,
        coverage: CoverageModel,
        today: Callable[[], dt.date],
        ranking: Ranking,
        limits: Limits,
        lines: Lines,
    ) -> None:
        self.searcher, self.reader, self.rules = searcher, reader, rules
        self.coverage, self.today = coverage, today
        self.ranking, self.limits, self.lines = ranking, limits, lines

    @property
    def index(self) -> Index:
        """The index of the edition that answers."""
        return self.searcher.index

    def check(self, text: str) -> Checked:
        """Read a message, once for all that will be done with it, and look for urgent matters."""
        message = self.reader.read(text)
        return Checked(message, self.rules.urgent.check(message))

    def answer(self, checked: Checked, conversation: Conversation | None = None) -> Answer:
        """Answer a question, or say why not and whom to contact.

        :param conversation: what was said before; None is a new conversation.
        """
        before = conversation or Conversation()
        work = _Work(checked.message, before, self.today(), checked.urgent)
        steps: dict[str, Callable[[_Work], _Work | Answer]] = {
            "urgent": self._check_urgent,
            "person": self._check_person,
            "scope": self._check_scope,
            "search": self._search,
            "choice": self._check_choice,
            "coverage": self._check_covered,
            "quote": self._quote,
        }
        for name, step in steps.items():
            result = step(work)
            if isinstance(result, Answer):
                considered = tuple(hit.passage.id for hit in work.hits)
                return replace(result, step=name, considered=considered)
            work = result
        raise AssertionError("the last step always answers")

    def urgent(self, checked: Checked) -> Answer | None:
        """Give the urgent answer to a message, or None if nothing urgent is happening in it."""
        work = _Work(checked.message, Conversation(), self.today(), checked.urgent)
        result = self._check_urgent(work)
        return replace(result, step="urgent") if isinstance(result, Answer) else None

    # --- the steps; each gives the work on, or ends it with an answer

    def _check_urgent(self, work: _Work) -> "_Work | Answer":
        urgent = work.urgent
        if urgent is not None and urgent.happening:
            return Answer(
                "urgent", f"urgent.{urgent.kind}", work.question, contacts=urgent.contacts
            )
        return work

    def _check_person(self, work: _Work) -> "_Work | Answer":
        people = self.rules.own_case.check(work.message)
        if people.person:
            return Answer("handoff", "asked", work.question, contacts=(ADVICE_LINE,))
        return replace(work, own_case=people.own_case is not None)

    def _check_scope(self, work: _Work) -> "_Work | Answer":
        scope = self.rules.scope.check(work.message)
        # A word or two are like nothing by themselves; after a question they may go on with it.
        goes_on = scope.reason == "nearest" and self._may_go_on(work)
        if scope.value != "in_scope" and not goes_on:
            return Answer("out_of_scope", scope.value, work.question)
        return work

    def _search(self, work: _Work) -> "_Work | Answer":
        known = {
            **self.rules.member.remembered(work.conversation),
            **self.rules.member.named(work.message),
        }
        work = replace(work, known=known)
        follow_ups = self.rules.follow_ups
        if not self._may_go_on(work):
            return self._try(work, work.question)
        whole = self._try(work, follow_ups.whole(work.conversation.question, work.question))
        if follow_ups.leans(work.question):
            return whole
        alone = self._try(work, work.question)
        return whole if whole.probability > alone.probability else alone

    def _may_go_on(self, work: _Work) -> bool:
        """Say whether a question could lean on the one before it."""
        follow_ups = self.rules.follow_ups
        if not work.conversation.question or not follow_ups.may_lean(work.question):
            return False
        return follow_ups.leans(work.question) or self._known_words(work.question)

    def _known_words(self, question: str) -> bool:
        words = self.index.analyser.words(question)
        return not words or any(word in self.index.frequencies for word in words)

    def _try(self, work: _Work, searched: str) -> _Work:
        found, hits = self._measure(searched, self._shown(work), work.question)
        return replace(
            work, searched=searched, hits=hits, probability=self.coverage.probability(found)
        )

    def measure(self, question: str, leave_out: int | None = None) -> Features:
        """Compute what the coverage model sees of a question without a conversation.

        :param leave_out: the number of the known question that this one is, when fitting.
        """
        return self._measure(self.reader.read(question).mended, leave_out=leave_out)[0]

    def judge(self, question: str) -> tuple[float, str]:
        """Give the probability that a question is covered, and the best hit's document."""
        found, hits = self._measure(self.reader.read(question).mended)
        return self.coverage.probability(found), hits[0].document.id if hits else ""

    def _measure(
        self,
        question: str,
        keep: Callable[[Document], bool] | None = None,
        focus: str = "",
        leave_out: int | None = None,
    ) -> tuple[Features, tuple[Hit, ...]]:
        nearest = self.rules.known.nearest(question, leave_out)
        hits = self._ranked(self.searcher.search(question, self.ranking.hits, keep, focus), nearest)
        return features(question, hits, self.index, nearest), hits

    def _ranked(self, hits: tuple[Hit, ...], nearest: Nearest) -> tuple[Hit, ...]:
        """Order hits again: a document that answers a known question like this one comes first."""

        def lifted(hit: Hit) -> Hit:
            known = self.ranking.known * nearest.documents.get(hit.document.id, 0.0)
            return replace(hit, score=hit.score + known)

        return tuple(sorted(map(lifted, hits), key=lambda hit: -hit.score))

    def _shown(self, work: _Work) -> Callable[[Document], bool]:
        def shown(document: Document) -> bool:
            return not document.past_review(work.today) and self.rules.member.fits(
                document, work.known
            )

        return shown

    def _check_choice(self, work: _Work) -> "_Work | Answer":
        if work.probability < self.lines.ask or work.own_case:
            return work
        near = [hit for hit in work.hits if hit.score > work.hits[0].score - self.ranking.near]
        for choice in (AUDIENCE, NATION, ROLE):
            choices = self.rules.member.differ(near, choice, work.known)
            if choices:
                return Answer(
                    "ambiguous",
                    f"which_{choice}",
                    work.question,
                    work.searched,
                    contacts=work.contacts,
                    choice=choice,
                    choices=choices,
                    probability=work.probability,
                )
        return work

    def _check_covered(self, work: _Work) -> "_Work | Answer":
        if work.own_case:
            return self._own_case(work)
        if work.probability >= self.lines.answer:
            return work
        ambiguous = work.probability >= self.lines.ask and bool(work.hits)
        return Answer(
            "ambiguous" if ambiguous else "not_covered",
            "unsure" if ambiguous else "not_covered",
            work.question,
            work.searched,
            closest=_closest(work.hits, self.ranking.closest),
            contacts=work.contacts or (() if ambiguous else (ADVICE_LINE,)),
            probability=work.probability,
        )

    def _own_case(self, work: _Work) -> Answer:
        covered = work.probability >= self.lines.answer
        return Answer(
            "handoff",
            "own_case",
            work.question,
            work.searched,
            quotes=choose_quotes(work.hits, self.limits) if covered else (),
            contacts=(ADVICE_LINE,),
            probability=work.probability,
        )

    def _quote(self, work: _Work) -> Answer:
        return Answer(
            "answered",
            "covered",
            work.question,
            work.searched,
            quotes=choose_quotes(work.hits, self.limits),
            contacts=work.contacts,
            probability=work.probability,
        )


def _closest(hits: tuple[Hit, ...], count: int) -> tuple[Hit, ...]:
    """Give the best hit of each of the best few documents."""
    by_document: dict[str, Hit] = {}
    for hit in hits:
        by_document.setdefault(hit.document.id, hit)
    return tuple(by_document.values())[:count]
