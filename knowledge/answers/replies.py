"""Answers put into words: what the page shows."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from knowledge.answers.contacts import Contact, Contacts
from knowledge.answers.engine import ADVICE_LINE, Answer, Decided, Status
from knowledge.answers.member import AUDIENCE
from knowledge.answers.notices import notice
from knowledge.answers.quoting import Quote
from knowledge.answers.several import Several
from knowledge.answers.wording import Wording
from knowledge.search.searcher import Hit

JOIN_CONTACT = "joinus"


@dataclass(frozen=True)
class Source:
    """Where a quotation comes from.

    :param made_from: what the document was made from, with its date, if that is another text.
    :param quote: the quoted text, verbatim from the passage.
    :param page: the page on which the passage begins; None where the source has no pages.
    :param language: of the source, "en" or "cy".
    """

    title: str
    publisher: str
    made_from: str | None
    published: str | None
    reviewed: str | None
    url: str
    passage_id: str
    headings: tuple[str, ...]
    quote: str
    page: int | None = None
    language: str = "en"


@dataclass(frozen=True)
class Button:
    """A choice offered to the member; its payload is sent as the next message."""

    title: str
    payload: str


@dataclass(frozen=True)
class Reply:
    """One thing the bot says.

    :param text: for an answer only the quoted words, verbatim.
    :param reason: why this status, for advisers and tests; not shown.
    :param contact: the contact card, as plain JSON.
    :param notice: what to read before the quotation: it is over, changing or old.
    :param decided: which step decided and why, for staff; members are not sent it.
    """

    text: str
    status: Status
    reason: str = ""
    sources: tuple[Source, ...] = ()
    contact: dict[str, Any] | None = None
    notice: str | None = None
    buttons: tuple[Button, ...] = ()
    decided: Decided | None = None

    def to_json(self) -> dict[str, Any]:
        """Give the reply as plain JSON values."""
        values = asdict(self)
        values["sources"] = [
            {**source, "headings": list(source["headings"])} for source in values["sources"]
        ]
        values["buttons"] = list(values["buttons"])
        if self.decided:
            values["decided"]["passages"] = list(self.decided.passages)
        return values


class Composer:
    """Puts answers into the words of one language.

    :param now: gives the time, for opening hours and notices.
    """

    def __init__(
        self, wording: Wording, contacts: Contacts, now: Callable[[], dt.datetime]
    ) -> None:
        self.wording, self.contacts, self.now = wording, contacts, now

    def answer(self, answer: Answer) -> tuple[Reply, ...]:
        """Give the replies for an answer; the first one carries its status."""
        first, *others = self._replies(answer)
        return (replace(first, decided=answer.decided), *others)

    def _replies(self, answer: Answer) -> tuple[Reply, ...]:
        if answer.status == "answered":
            return (self._quoted(answer, "answered", answer.contacts),)
        if answer.status == "ambiguous":
            return (self._ambiguous(answer),)
        if answer.status == "not_covered":
            return self._nearest(answer) if answer.quotes else (self._not_covered(answer),)
        if answer.status == "out_of_scope":
            name = "gibberish" if answer.reason == "gibberish" else "out_of_scope"
            return (self._say(answer.status, answer.reason, f"replies.{name}"),)
        if answer.status == "chat":
            name = f"replies.chat.{answer.reason}"
            return (self._say("chat", answer.reason, name, answer.contacts),)
        name = answer.reason if answer.status == "urgent" else f"handoff_{answer.reason}"
        if answer.quotes:
            name += "_quoted"
        if answer.contacts[0] == "emergency" and answer.reason != "urgent.child_at_risk":
            name = "urgent.in_danger"
        first = self._say(answer.status, answer.reason, f"replies.{name}", answer.contacts)
        if not answer.quotes:
            return (first,)
        return (first, self._quoted(answer, "answered", ()))

    def chat(self, name: str) -> Reply:
        """Give a piece of small talk, by the name of its wording."""
        return self._say("chat", name, f"replies.chat.{name}")

    def wordless(self) -> Reply:
        """Give what is said to a message without words: it may be a cry for help."""
        return self._say("chat", "wordless", "replies.chat.wordless", (ADVICE_LINE,))

    def several(self, several: Several) -> tuple[Reply, ...]:
        """Give each answer that was found, said to be of which question, then what is left open."""
        replies, open_ = [], []
        for place, answer in zip(("first", "second", "third"), several.answers, strict=False):
            which = self.wording.say(f"replies.several.{place}")
            if answer.status != "answered":
                open_.append(which)
                continue
            (quoted,) = self.answer(answer)
            told = self.wording.say("replies.several.found", which=which)
            replies.append(replace(quoted, notice=" ".join(filter(None, (told, quoted.notice)))))
        more = self.wording.say("replies.several.more") if several.more else ""
        if open_:
            told = self._fill("replies.several.open", (ADVICE_LINE,))
            text = f"{told.replace('{which}', ', '.join(open_))} {more}".strip()
            card = self._card((ADVICE_LINE,))
            replies.append(Reply(text, "not_covered", "several", contact=card))
        elif more:
            replies.append(Reply(more, "chat", "several"))
        return tuple(replies)

    def hand_off(self, reason: str) -> Reply:
        """Give a handoff to the advice line: `asked`, `own_case`, `not_helped` or `off`."""
        return self._say("handoff", reason, f"replies.handoff_{reason}", (ADVICE_LINE,))

    def unavailable(self) -> Reply:
        """Give what is said when the guidance cannot be looked up."""
        return self._say("unavailable", "unavailable", "replies.unavailable", (ADVICE_LINE,))

    def ask_role(self) -> Reply:
        """Ask for the role before answering who can join."""
        roles = self.wording.lists["replies.eligibility.roles"]
        buttons = tuple(Button(role, role) for role in roles)
        return Reply(
            self.wording.say("replies.eligibility.ask_role"), "chat", "ask_role", buttons=buttons
        )

    def eligibility_unsure(self) -> Reply:
        """Send the member to the membership team."""
        return self._say("handoff", "eligibility", "replies.eligibility.unsure", (JOIN_CONTACT,))

    def _quoted(self, answer: Answer, status: Status, contacts: tuple[str, ...]) -> Reply:
        today = self.now().astimezone(self.contacts.time_zone).date()
        told = (notice(quote.hit, today, self.wording) for quote in answer.quotes)
        notices = list(dict.fromkeys(text for text in told if text))
        return Reply(
            text="\n\n".join(quote.text for quote in answer.quotes),
            status=status,
            reason=answer.reason,
            sources=tuple(_source(quote) for quote in answer.quotes),
            contact=self._card(contacts),
            notice=" ".join(notices) or None,
        )

    def _not_covered(self, answer: Answer) -> Reply:
        text = self._fill("replies.not_covered", answer.contacts)
        if answer.closest:
            text = f"{text}\n\n{self.wording.say('replies.closest')}"
        return Reply(
            text,
            "not_covered",
            answer.reason,
            contact=self._card(answer.contacts),
            buttons=_title_buttons(answer.closest),
        )

    def _nearest(self, answer: Answer) -> tuple[Reply, ...]:
        """Say that it may not answer, and whom to ask, before what comes nearest is quoted."""
        first = self._say("not_covered", answer.reason, "replies.nearest", answer.contacts)
        quoted = self._quoted(answer, "not_covered", ())
        told = self.wording.say("replies.nearest_notice")
        return (first, replace(quoted, notice=" ".join(filter(None, (told, quoted.notice)))))

    def _ambiguous(self, answer: Answer) -> Reply:
        assert answer.choice is not None  # nothing else is ambiguous
        titles = (self.choice_title(answer.choice, choice) for choice in answer.choices)
        return Reply(
            self.wording.say(f"replies.which_{answer.choice}"),
            "ambiguous",
            answer.reason,
            contact=self._card(answer.contacts),
            buttons=tuple(Button(title, title) for title in titles),
        )

    def choice_title(self, choice: str, value: str) -> str:
        """Give the words on the button for one choice, such as "My own job"."""
        if choice == AUDIENCE:
            return self.wording.say(f"replies.{value.replace('-', '_')}")
        return value.replace("-", " ").capitalize() if value.islower() else value

    def _say(self, status: Status, reason: str, name: str, contacts: Sequence[str] = ()) -> Reply:
        # Small talk mentions the advice line in its text without showing the card.
        text = self._fill(name, contacts or (ADVICE_LINE,))
        return Reply(text, status, reason, contact=self._card(tuple(contacts)))

    def _fill(self, name: str, contacts: Sequence[str]) -> str:
        return self.wording.say(name, contact=self._reach(self.contacts[contacts[0]]))

    def _reach(self, contact: Contact) -> str:
        parts = [part for part in ("phone", "email") if getattr(contact, part)]
        return self.wording.say(
            f"replies.contact_{'_'.join(parts)}",
            name=contact.name,
            phone=contact.phone or "",
            email=contact.email or "",
        )

    def _card(self, contacts: tuple[str, ...]) -> dict[str, Any] | None:
        return self.contacts.card(contacts, self.wording, self.now())


def _title_buttons(hits: Sequence[Hit]) -> tuple[Button, ...]:
    return tuple(Button(hit.document.title, hit.document.title) for hit in hits)


def _source(quote: Quote) -> Source:
    document, passage = quote.hit.document, quote.hit.passage
    url = document.url
    if url.startswith("/"):
        url = f"{url}#{passage.id.partition('#')[2]}"
    return Source(
        title=document.title,
        publisher=document.publisher,
        made_from=document.source.dated if document.source else None,
        published=document.published.isoformat() if document.published else None,
        reviewed=document.reviewed.isoformat() if document.reviewed else None,
        url=url,
        passage_id=passage.id,
        headings=passage.headings,
        quote=quote.text,
        page=passage.page,
        language=document.language,
    )
