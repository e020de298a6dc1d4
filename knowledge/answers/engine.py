"""From a member's question to an answer: the steps, in the order in which they are taken."""

import datetime as dt
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, replace
from typing import Literal

from knowledge.answers.conversation import Conversation
from knowledge.answers.coverage import Features, Lines, features
from knowledge.answers.judges import Models, Rules
from knowledge.answers.lines import KindLines, Ranking
from knowledge.answers.member import AUDIENCE, NATION, ROLE
from knowledge.answers.pinned import PinnedAnswers
from knowledge.answers.quoting import Limits, Quote, choose_quotes, quote, whole_quote
from knowledge.answers.work import Checked, Work
from knowledge.documents.document import Document
from knowledge.editions.switches import Off
from knowledge.messages.asking import asking_part
from knowledge.messages.kinds import OUT_OF_SCOPE, OWN_CASE, PERSON, REMARK
from knowledge.messages.message import Message, MessageReader
from knowledge.reading.finder import Finder
from knowledge.reading.reader_model import Reads
from knowledge.search.index import Index
from knowledge.search.searcher import Hit

Status = Literal[
    "answered", "not_covered", "ambiguous", "urgent", "out_of_scope", "handoff", "chat",
    "unavailable",
]  # fmt: skip

ADVICE_LINE = "advice_line"


@dataclass(frozen=True)
class Decided:
    """Which step decided on an answer and why: for staff. Holds no words of a member.

    :param passages: the passages that were considered, best first.
    :param asks: whether the message was a question of its own, went on from the one before it, or
        only gave what an earlier question waited for.
    :param edition: the number of the edition that was asked.
    """

    step: str
    status: str
    reason: str
    probability: float | None = None
    passages: tuple[str, ...] = ()
    asks: Literal["own", "follow_up", "earlier"] = "own"
    edition: int | None = None


@dataclass(frozen=True)
class Answer:
    """What the bot found for a question, before it is put into words.

    :param reason: why this status: `covered`, `not_covered`, `urgent.suspension`, `own_case`…
    :param question: the question as the guidance spells it.
    :param searched: the question as it was searched for, rewritten with the conversation.
    :param quotes: what is quoted; empty unless answered, a handoff that guidance goes with, or what
        comes nearest when nothing answers.
    :param closest: the hits whose titles are offered when nothing is quoted.
    :param contacts: whom to contact, first one first.
    :param choice: what to ask the member: `audience`, `nation` or `role`.
    :param probability: that the guidance covers the question; None when it was not searched.
    :param step: which step decided.
    :param considered: the passages that were looked at, best first.
    :param pinned: the number of the pinned answer that this is.
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
    pinned: int | None = None

    @property
    def decided(self) -> Decided:
        """What decided, without a word of the question."""
        goes_on = bool(self.searched) and self.searched != self.question
        found = (self.step, self.status, self.reason, self.probability, self.considered)
        return Decided(*found, "follow_up" if goes_on else "own")


@dataclass(frozen=True)
class Trace:
    """How an answer came about, for staff who try a question.

    :param steps: the names of the steps that were taken; the last one decided.
    :param work: the question as it came to that step, with what was found for it.
    """

    answer: Answer
    steps: tuple[str, ...]
    work: Work


class Engine:
    """Answers questions from one edition.

    :param reader: reads messages with the edition's spelling.
    :param today: gives the day that notices and review dates are held against.
    :param off: what is switched off for members.
    :param pinned: the pinned answers that hold.
    :param watch: is told how each answer came about.
    """

    def __init__(
        self,
        finder: Finder,
        reader: MessageReader,
        rules: Rules,
        models: Models,
        today: Callable[[], dt.date],
        ranking: Ranking,
        limits: Limits,
        lines: Lines,
        kinds: KindLines,
        off: Off | None = None,
        pinned: PinnedAnswers | None = None,
        watch: Callable[[Trace], object] | None = None,
    ) -> None:
        self.finder, self.reader, self.rules, self.models = finder, reader, rules, models
        self.today, self.ranking, self.limits = today, ranking, limits
        self.lines, self.kinds, self.off = lines, kinds, off or Off()
        self.pinned, self.watch = pinned, watch

    def standing(self, off: Off, pinned: PinnedAnswers | None) -> "Engine":
        """Give the same engine with these things switched off, and these pinned answers."""
        other = copy(self)
        other.off, other.pinned = off, pinned
        return other

    def reading_with(self, model: Reads) -> "Engine":
        """Give the same engine with another reader of passages."""
        other = copy(self)
        other.finder = self.finder.reading_with(model)
        return other

    def watched(self, watch: Callable[[Trace], object]) -> "Engine":
        """Give the same engine, which tells how each of its answers came about."""
        other = copy(self)
        other.watch = watch
        return other

    @property
    def index(self) -> Index:
        """The index of the edition that answers."""
        return self.finder.index

    def check(self, text: str) -> Checked:
        """Read a message, once for all that will be done with it, and look for urgent matters."""
        message = self.reader.read(text)
        judged = self.models.messages.judge(message.mended)
        urgent = self.rules.urgent.check(message, judged)
        return Checked(message, judged, urgent, self.asking(message))

    def asking(self, message: Message) -> str:
        """Give the part of a message that is searched for: without what asks nothing."""
        asking = asking_part(message.mended, self.models.messages.judge, self.kinds.aside)
        # What points at something said before needs it.
        return message.mended if self.rules.follow_ups.goes_on(asking) else asking

    def for_people(self, checked: Checked) -> bool:
        """Say whether a message asks for a person, or depends on the member's own case."""
        return self._asks_for_person(checked) or self._is_own_case(checked)

    def _asks_for_person(self, checked: Checked) -> bool:
        return checked.judged.kinds[PERSON] >= self.kinds.person

    def _is_own_case(self, checked: Checked) -> bool:
        return checked.judged.kinds[OWN_CASE] >= self.kinds.own_case

    def answer(self, checked: Checked, conversation: Conversation | None = None) -> Answer:
        """Answer a question, or say why not and whom to contact.

        :param conversation: what was said before; None is a new conversation.
        """
        before = conversation or Conversation()
        known = {
            **self.rules.member.remembered(before),
            **self.rules.member.named(checked.message),
        }
        work = Work(checked, before, self.today(), known)
        steps: dict[str, Callable[[Work], Work | Answer]] = {
            "urgent": self._check_urgent,
            "person": self._check_person,
            "pinned": self._check_pinned,
            "nonsense": self._check_nonsense,
            "remark": self._check_remark,
            "search": self._search,
            "scope": self._check_scope,
            "choice": self._check_choice,
            "coverage": self._check_covered,
            "quote": self._quote,
        }
        for name, step in steps.items():
            result = step(work)
            if isinstance(result, Answer):
                considered = result.considered or tuple(hit.passage.id for hit in work.hits)
                answer = replace(result, step=name, considered=considered)
                if self.watch is not None:
                    taken = tuple(steps)
                    self.watch(Trace(answer, taken[: taken.index(name) + 1], work))
                return answer
            work = result
        raise AssertionError("the last step always answers")

    def urgent(self, checked: Checked) -> Answer | None:
        """Give the urgent answer to a message, or None if nothing urgent is happening in it."""
        work = Work(checked, Conversation(), self.today(), {})
        result = self._check_urgent(work)
        return replace(result, step="urgent") if isinstance(result, Answer) else None

    # --- the steps; each gives the work on, or ends it with an answer

    def _check_urgent(self, work: Work) -> "Work | Answer":
        urgent = work.checked.urgent
        if urgent is not None and urgent.happening:
            return Answer(
                "urgent", f"urgent.{urgent.kind}", work.question, contacts=urgent.contacts
            )
        return work

    def _check_person(self, work: Work) -> "Work | Answer":
        if self._asks_for_person(work.checked):
            return Answer("handoff", "asked", work.question, contacts=(ADVICE_LINE,))
        return work

    def _check_pinned(self, work: Work) -> "Work | Answer":
        """Give what is pinned for the question; what is for people, or leans, is never pinned."""
        leans = bool(work.conversation.question) and self.rules.follow_ups.leans(work.question)
        if self.pinned is None or leans or self._is_own_case(work.checked):
            return work
        found = self.pinned.find(work.checked.message, work.today, self._shown(work))
        if found is None:
            return work
        (hit,) = self.finder.read(work.question, (found.held.entry,))
        if not found.same and (hit.answers or 0.0) < self.pinned.lines.answers:
            return work
        chosen = whole_quote(hit) if found.held.pin.whole else quote(hit, self.limits)
        return Answer(
            "answered",
            "pinned",
            work.question,
            work.question,
            quotes=(chosen,),
            contacts=self._beside(work),
            considered=(hit.passage.id,),
            pinned=found.held.pin.number,
        )

    def _check_nonsense(self, work: Work) -> "Work | Answer":
        nonsense = self.rules.nonsense.find(work.checked.message)
        return Answer("out_of_scope", nonsense, work.question) if nonsense else work

    def _check_remark(self, work: Work) -> "Work | Answer":
        if work.checked.judged.kinds[REMARK] >= self.kinds.remark:
            return Answer("chat", REMARK, work.question, contacts=(ADVICE_LINE,))
        return work

    def _search(self, work: Work) -> "Work | Answer":
        follow_ups = self.rules.follow_ups
        if not self._may_go_on(work):
            return self._try(work, work.question)
        whole = self._try(work, follow_ups.whole(work.conversation.question, work.question))
        if follow_ups.leans(work.question):
            return whole
        alone = self._try(work, work.question)
        return whole if whole.probability > alone.probability else alone

    def _may_go_on(self, work: Work) -> bool:
        """Say whether a question could lean on the one before it."""
        follow_ups = self.rules.follow_ups
        if not work.conversation.question or not follow_ups.may_lean(work.question):
            return False
        return follow_ups.leans(work.question) or self._known_words(work.question)

    def _known_words(self, question: str) -> bool:
        words = self.index.analyser.words(question)
        return not words or any(word in self.index.frequencies for word in words)

    def _try(self, work: Work, searched: str) -> Work:
        hits = self.finder.find(searched, self._shown(work), work.question)
        probability = self.models.coverage.probability(features(searched, hits, self.index))
        return replace(work, searched=searched, hits=hits, probability=probability)

    def measure(self, question: str) -> tuple[Features, tuple[Hit, ...]]:
        """Give what the coverage model sees of a question without a conversation, and its hits."""
        asked = self.asking(self.reader.read(question))
        hits = self.finder.find(asked)
        return features(asked, hits, self.index), hits

    def judge(self, question: str) -> tuple[float, str]:
        """Give the probability that a question is covered, and the best hit's document."""
        found, hits = self.measure(question)
        return self.models.coverage.probability(found), hits[0].document.id if hits else ""

    def _shown(self, work: Work) -> Callable[[Document], bool]:
        def shown(document: Document) -> bool:
            return (
                not document.past_review(work.today)
                and not self.off.hides(document)
                and self.rules.member.fits(document, work.known)
            )

        return shown

    def _check_scope(self, work: Work) -> "Work | Answer":
        """What the edition holds is in scope, whatever it is about; the rest may be out of it."""
        unlikely = work.checked.judged.kinds[OUT_OF_SCOPE] < self.kinds.out_of_scope
        if unlikely or work.probability >= self.lines.answer:
            return work
        return Answer("out_of_scope", OUT_OF_SCOPE, work.question, probability=work.probability)

    def _check_choice(self, work: Work) -> "Work | Answer":
        if work.probability < self.lines.answer or self._is_own_case(work.checked):
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

    def _check_covered(self, work: Work) -> "Work | Answer":
        covered = work.probability >= self.lines.answer
        if self._is_own_case(work.checked):
            return self._hand_off_own_case(work, covered)
        if covered:
            return work
        nearest = work.probability >= self.lines.nearest and bool(work.hits)
        return Answer(
            "not_covered",
            "nearest" if nearest else "not_covered",
            work.question,
            work.searched,
            quotes=choose_quotes(work.hits[:2], self.limits) if nearest else (),
            closest=() if nearest else _closest(work.hits, self.ranking.closest),
            contacts=work.contacts or (ADVICE_LINE,),
            probability=work.probability,
        )

    def _hand_off_own_case(self, work: Work, covered: bool) -> Answer:
        return Answer(
            "handoff",
            "own_case",
            work.question,
            work.searched,
            quotes=choose_quotes(work.hits, self.limits) if covered else (),
            contacts=(ADVICE_LINE,),
            probability=work.probability,
        )

    def _quote(self, work: Work) -> Answer:
        return Answer(
            "answered",
            "covered",
            work.question,
            work.searched,
            quotes=choose_quotes(work.hits, self.limits),
            contacts=self._beside(work),
            probability=work.probability,
        )

    def _beside(self, work: Work) -> tuple[str, ...]:
        """Say whom to show below a quotation: people, if it was asked in the first person."""
        personal = work.checked.judged.kinds[OWN_CASE] >= self.kinds.personal
        return work.contacts or ((ADVICE_LINE,) if personal else ())


def _closest(hits: tuple[Hit, ...], count: int) -> tuple[Hit, ...]:
    """Give the best hit of each of the best few documents."""
    by_document: dict[str, Hit] = {}
    for hit in hits:
        by_document.setdefault(hit.document.id, hit)
    return tuple(by_document.values())[:count]
