"""The answer service: the model, the rules and the edition that answers now, loaded once."""

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from knowledge.answers.contacts import Contacts, load_contacts
from knowledge.answers.coverage import CoverageModel, load_coverage
from knowledge.answers.dialogue import Dialogue
from knowledge.answers.eligibility import EligibilityRules
from knowledge.answers.engine import Answer, Engine, Rules
from knowledge.answers.follow_up import FollowUps
from knowledge.answers.known import KnownQuestions
from knowledge.answers.member import MemberRules
from knowledge.answers.replies import Composer, Reply
from knowledge.answers.wording import load_wording
from knowledge.editions.publish import Library
from knowledge.editions.store import Edition, Store
from knowledge.language.text import Speller
from knowledge.messages.own_case import OwnCaseRules
from knowledge.messages.safety import SafetyPatterns
from knowledge.messages.scope import ScopeRules
from knowledge.messages.urgent import Urgent, UrgentRules
from knowledge.search.embedding import Embedder, load_embedder
from knowledge.search.encoder import export_encoder
from knowledge.search.searcher import Searcher
from knowledge.settings import Settings

logger = logging.getLogger(__name__)


def utc_now() -> dt.datetime:
    """Give the time now."""
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class _Open:
    edition: Edition
    dialogue: Dialogue


class Service:
    """Everything that answers, for the app and for commands.

    :param now: gives the time; tests move it.
    """

    # Why the newest edition cannot answer, while an older one does; None when all is well.
    edition_problem: str | None = None

    def __init__(self, settings: Settings, now: Callable[[], dt.datetime] = utc_now) -> None:
        # Rasa runs in a folder of its own, where a relative path would name something else.
        settings = replace(settings, home=settings.home.resolve())
        self.settings, self.now = settings, now
        settings.home.mkdir(parents=True, exist_ok=True)
        self.store = Store(settings.store_url)
        self.contacts: Contacts = load_contacts(*_configured(settings.contacts))
        self.composer = Composer(load_wording(), self.contacts, now)
        self._speller = Speller.load()
        self._embedder: Embedder | None = None
        self._rules: Rules | None = None
        self._open: _Open | None = None
        self._lock = Lock()

    @property
    def library(self) -> Library:
        """The guidance of the data folder."""
        return Library(self.store, self.settings.home / "index", self.embedder)

    def embedder(self) -> Embedder:
        """Give the embedding model, exported if need be and loaded at the first call."""
        if self._embedder is None:
            export_encoder(self.settings.model_folder, self.settings.encoder_folder)
            self._embedder = load_embedder(self.settings.encoder_folder)
        return self._embedder

    def dialogue(self) -> Dialogue:
        """Give the dialogue over the edition that answers now.

        A new edition is noticed by its number and swapped in whole; a turn that has begun goes on
        with the edition it began with.

        :raises EditionError: if nothing is published, or it was built by another model.
        """
        number = self.store.latest_number()
        current = self._open
        if current is not None and current.edition.number == number:
            return current.dialogue
        with self._lock:
            if self._open is None or self._open.edition.number != number:
                self._open = self._load()
                logger.info("Edition %s answers now.", self._open.edition.number)
            return self._open.dialogue

    def edition(self) -> Edition:
        """Give the edition that answers now."""
        self.dialogue()
        assert self._open is not None
        return self._open.edition

    def close(self) -> None:
        """Close the database."""
        self.store.close()

    def today(self) -> dt.date:
        """Give the day in the union's time zone."""
        return self.now().astimezone(self.contacts.time_zone).date()

    def rules(self) -> Rules:
        """Give the rules over members' text, loaded at the first call."""
        if self._rules is None:
            embedder, keep = self.embedder(), self.settings.home / "examples"
            self._rules = Rules(
                urgent=UrgentRules.load(embedder, self._speller, keep=keep),
                scope=ScopeRules.load(embedder, self._speller, keep=keep),
                own_case=OwnCaseRules.load(embedder, self._speller, keep=keep),
                follow_ups=FollowUps.load(),
                known=KnownQuestions(embedder, keep=keep),
                member=MemberRules.load(self._speller),
            )
        return self._rules

    def first_aid(self, text: str) -> tuple[Reply, ...] | None:
        """Give the replies to an urgent message, or None; asks neither the store nor an edition."""
        return self._urgent(text, self.rules().urgent.check(text))

    def safety(self, text: str) -> tuple[Reply, ...] | None:
        """Give the same where a life may depend on it, by patterns alone, without the model."""
        return self._urgent(text, SafetyPatterns.load(self._speller.plain).check(text))

    def _urgent(self, text: str, urgent: Urgent | None) -> tuple[Reply, ...] | None:
        if urgent is None or not urgent.happening:
            return None
        answer = Answer("urgent", f"urgent.{urgent.kind}", text, contacts=urgent.contacts)
        return self.composer.answer(answer)

    def engine(self, coverage: CoverageModel | None = None) -> Engine:
        """Make an engine over the edition that answers now.

        :param coverage: None means the model that the release or `advice calibrate` holds.
        """
        _, index = self.library.open()
        searcher = Searcher(index, self.embedder())
        return Engine(searcher, self.rules(), coverage or load_coverage(), self.today)

    def _load(self) -> _Open:
        edition = self.store.latest()
        dialogue = Dialogue(self.engine(), self.composer, EligibilityRules.load(self._speller))
        return _Open(edition, dialogue)


def _configured(path: str) -> tuple[Path, ...]:
    return (Path(path),) if path else ()
