"""One turn of a conversation: a message and the memory in, replies and the new memory out."""

from dataclasses import dataclass, replace

from knowledge.answers.conversation import Conversation
from knowledge.answers.eligibility import EligibilityRules
from knowledge.answers.engine import Answer, Engine
from knowledge.answers.replies import Composer, Reply
from knowledge.answers.several import MOST_QUESTIONS, Several, questions_in
from knowledge.answers.work import Checked
from knowledge.editions.switches import Off

_ELIGIBILITY = "eligibility"
# Small talk that is a question itself.
_ABOUT_THE_BOT = ("ask_capabilities", "ask_if_bot", "ask_deletion")


@dataclass(frozen=True)
class Manners:
    """How a conversation is held.

    :param patience: after so many messages in a row that did not help, people take over.
    :param question_words: small talk is short: a message of so many words is looked up before it
        is taken as such.
    """

    patience: int
    question_words: int


@dataclass(frozen=True)
class Turn:
    """What the bot says to one message, and what it remembers of it."""

    replies: tuple[Reply, ...]
    conversation: Conversation


class Dialogue:
    """Holds conversations over one edition's engine; keeps nothing between turns."""

    def __init__(
        self, engine: Engine, composer: Composer, eligibility: EligibilityRules, manners: Manners
    ) -> None:
        self.engine, self.composer, self.eligibility = engine, composer, eligibility
        self.manners = manners

    @property
    def off(self) -> Off:
        """What is switched off for members."""
        return self.engine.off

    def over(self, engine: Engine) -> "Dialogue":
        """Give the same dialogue over another engine."""
        return Dialogue(engine, self.composer, self.eligibility, self.manners)

    def check(self, text: str) -> Checked:
        """Read a message; every turn is made from what this gives."""
        return self.engine.check(text)

    def first(self, checked: Checked, conversation: Conversation) -> Turn | None:
        """Give the turn for what comes before any question, or None.

        That is what is urgent, that the whole bot is off, and a message without words.
        """
        return (
            self.urgent(checked, conversation)
            or self.switched_off(conversation)
            or self.wordless(checked, conversation)
        )

    def urgent(self, checked: Checked, conversation: Conversation) -> Turn | None:
        """Give the turn for an urgent message, or None: asked before anything else."""
        answer = self.engine.urgent(checked)
        if answer is None:
            return None
        return Turn(self.composer.answer(answer), replace(conversation, awaiting="", asked=""))

    def switched_off(self, conversation: Conversation) -> Turn | None:
        """Give the contacts while the whole bot is off, else None: asked after urgent matters."""
        if not self.off.bot:
            return None
        return Turn((self.composer.hand_off("off"),), replace(conversation, awaiting="", asked=""))

    def wordless(self, checked: Checked, conversation: Conversation) -> Turn | None:
        """Give the turn for a message without a letter or digit, such as 😭; None for any other."""
        if any(character.isalnum() for character in checked.message.typed):
            return None
        return Turn((self.composer.wordless(),), conversation)

    def answer(self, checked: Checked, conversation: Conversation) -> Turn:
        """Answer a question, or a reply to what the bot has just asked."""
        if conversation.awaiting == _ELIGIBILITY:
            role = self.eligibility.role(checked.message)
            if role is not None:
                return _about_earlier(self._eligible(role, conversation))
        elif conversation.awaiting:
            told = self._told(checked, conversation)
            if told is not None:
                return _about_earlier(self._look_up(self.check(conversation.asked), told))
        return self._look_up(checked, replace(conversation, awaiting="", asked=""))

    def can_join(self, checked: Checked, conversation: Conversation) -> Turn:
        """Answer who can join: for the role in the message, or ask for the role first."""
        role = self.eligibility.named(checked.message)
        if role is not None:
            return self._eligible(role, conversation)
        if not self.eligibility.about_self(checked.message):
            return self._look_up(checked, replace(conversation, awaiting="", asked=""))
        asking = replace(conversation, awaiting=_ELIGIBILITY, asked=checked.message.clean)
        return Turn((self.composer.ask_role(),), asking)

    def hand_off(self, conversation: Conversation) -> Turn:
        """Pass the member to people, because they asked."""
        return Turn((self.composer.hand_off("asked"),), replace(conversation, awaiting=""))

    def chat(self, name: str, checked: Checked, conversation: Conversation) -> Turn:
        """Make small talk, unless the message holds a question too."""
        if name not in _ABOUT_THE_BOT:
            question = self._question_within(checked, conversation)
            if question is not None:
                return question
        return self._chat(name, conversation)

    def feedback(self, helped: bool, checked: Checked, conversation: Conversation) -> Turn:
        """Take a yes or no; after the second no in a row people take over."""
        question = self._question_within(checked, conversation)
        if question is not None:
            return question
        if not conversation.documents and not conversation.not_helped:
            return self._chat("feedback_no_answer", conversation)
        if helped:
            return self._chat("feedback_yes", replace(conversation, not_helped=0))
        return self._did_not_help(
            self.composer.chat("feedback_no"), replace(conversation, awaiting="")
        )

    def _chat(self, name: str, conversation: Conversation) -> Turn:
        return Turn((self.composer.chat(name),), conversation)

    def _question_within(self, checked: Checked, conversation: Conversation) -> Turn | None:
        """Give the answer to a question wrapped in small talk, or None when there is none."""
        text = checked.message.typed
        if "?" not in text and len(text.split()) < self.manners.question_words:
            return None
        turn = self._look_up(checked, conversation)
        return turn if turn.replies[0].status in ("answered", "handoff") else None

    def _look_up(self, checked: Checked, conversation: Conversation) -> Turn:
        return self._several(checked, conversation) or self._look_up_whole(checked, conversation)

    def _several(self, checked: Checked, conversation: Conversation) -> Turn | None:
        """Answer the questions of a message one by one, or give None to read it as a whole.

        It is read as a whole when it asks one thing, when it is for people, or when none of its
        questions has an answer of its own.
        """
        questions = questions_in(checked.message.typed, self.engine.rules.follow_ups.leans)
        if not questions:
            return None
        if self.engine.for_people(checked):
            return None
        answers, before = [], conversation
        for question in questions[:MOST_QUESTIONS]:
            answer = self.engine.answer(self.check(question), before)
            if answer.status in ("urgent", "handoff"):
                return None
            answers.append(answer)
            # What has no answer now is asked again by itself: no choice waits for it.
            if answer.status == "answered":
                conversation = _remember(answer, before)
            # The next one stands by itself: it is searched for once, without this one.
            before = replace(conversation, question="")
        if not any(answer.status == "answered" for answer in answers):
            return None
        several = Several(tuple(answers), len(questions) > MOST_QUESTIONS)
        return Turn(self.composer.several(several), conversation)

    def _look_up_whole(self, checked: Checked, conversation: Conversation) -> Turn:
        answer = self.engine.answer(checked, conversation)
        replies = self.composer.answer(answer)
        after = _remember(answer, conversation)
        if answer.status == "not_covered" and not answer.quotes:
            return self._did_not_help(replies[0], after)
        return Turn(replies, after)

    def _did_not_help(self, reply: Reply, conversation: Conversation) -> Turn:
        times = conversation.not_helped + 1
        if times >= self.manners.patience:
            reply, times = _instead_of(reply, self.composer.hand_off("not_helped")), 0
        return Turn((reply,), replace(conversation, not_helped=times))

    def _eligible(self, role: str, conversation: Conversation) -> Turn:
        answer = self.engine.answer(self.check(self.eligibility.question(role)))
        after = _remember(answer, replace(conversation, awaiting="", asked=""))
        unsure = self.composer.eligibility_unsure()
        if answer.status != "answered":
            return Turn((unsure,), after)
        replies = self.composer.answer(answer)
        if not self.eligibility.is_listed(role):
            replies = (*replies, unsure)
        return Turn(replies, after)

    def _told(self, checked: Checked, conversation: Conversation) -> Conversation | None:
        """Give the memory with what the member chose, or None when this is no choice."""
        said = checked.message.clean.casefold()
        for value in self.engine.rules.member.values(conversation.awaiting):
            if said == self.composer.choice_title(conversation.awaiting, value).casefold():
                return conversation.told(conversation.awaiting, value)
        named = self.engine.rules.member.named(checked.message).get(conversation.awaiting)
        if named is not None and len(said.split()) <= 6:
            return conversation.told(conversation.awaiting, named)
        return None


def _about_earlier(turn: Turn) -> Turn:
    """Say of a turn that the message only gave what an earlier question waited for."""
    first, *others = turn.replies
    if first.decided is None:
        return turn
    first = replace(first, decided=replace(first.decided, asks="earlier"))
    return replace(turn, replies=(first, *others))


def _instead_of(reply: Reply, other: Reply) -> Reply:
    """Give the reply that another one gives way to, with what had been decided of the question."""
    if reply.decided is None:
        return other
    decided = replace(reply.decided, status=other.status, reason=other.reason)
    return replace(other, decided=decided)


def _remember(answer: Answer, conversation: Conversation) -> Conversation:
    if answer.choice is not None:
        return replace(conversation, awaiting=answer.choice, asked=answer.question)
    if not answer.searched:
        return conversation
    # After a follow-up the subject stays what it was: piling one on the other would bury it.
    follow_up = bool(conversation.question) and answer.searched != answer.question
    subject = conversation.question if follow_up else answer.searched
    if answer.status == "answered":
        documents = tuple(dict.fromkeys(q.hit.document.id for q in answer.quotes))
        return replace(conversation, question=subject, documents=documents, asked="", not_helped=0)
    return replace(conversation, question=subject, documents=())
