"""The answer service: the model, the rules and the edition that answers now, loaded once."""

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from threading import Lock

import sqlalchemy as sa

from database import utc_now
from knowledge.answers.contacts import Contacts, load_contacts
from knowledge.answers.coverage import load_coverage
from knowledge.answers.dialogue import Dialogue
from knowledge.answers.eligibility import EligibilityRules
from knowledge.answers.engine import Answer, Engine
from knowledge.answers.follow_up import FollowUps
from knowledge.answers.judges import Models, Rules
from knowledge.answers.member import MemberRules
from knowledge.answers.pinned import Held, PinnedAnswers, hold
from knowledge.answers.replies import Composer, Reply
from knowledge.answers.wording import load_wording
from knowledge.editions.changes import Change
from knowledge.editions.edition import Edition, Version
from knowledge.editions.pinned import approved_pins
from knowledge.editions.publish import Library, Progress
from knowledge.editions.store import Recorder, Store
from knowledge.editions.switches import Off, Standing
from knowledge.errors import AdviceError
from knowledge.language.text import Words
from knowledge.messages.adapter import export_message_model
from knowledge.messages.message import MessageReader
from knowledge.messages.model import MessageModel
from knowledge.messages.nonsense import Nonsense
from knowledge.messages.urgent import Urgent, UrgentRules
from knowledge.reading.finder import Finder
from knowledge.reading.reader_model import ReaderModel
from knowledge.reading.remembering import RememberingReader
from knowledge.search.at_hand import AtHand
from knowledge.search.embedding import Embedder, load_embedder
from knowledge.search.encoder import export_encoder
from knowledge.search.index import Index
from knowledge.search.query import spelling_of
from knowledge.search.searcher import Searcher
from knowledge.settings import Settings
from knowledge.tuning import load_tuning

logger = logging.getLogger(__name__)

# Between two attempts to load an edition that cannot be loaded: each may take seconds.
_AGAIN = dt.timedelta(seconds=30)


@dataclass(frozen=True)
class _Open:
    edition: Edition
    dialogue: Dialogue

    def standing(self, off: Off, pinned: PinnedAnswers | None) -> "_Open":
        """Give the same edition with these things switched off, and these pinned answers."""
        engine = self.dialogue.engine
        if engine.off == off and engine.pinned is pinned:
            return self
        return replace(self, dialogue=self.dialogue.over(engine.standing(off, pinned)))


@dataclass(frozen=True)
class _Failed:
    """An edition that could not be loaded, why, and when to try it again."""

    number: int | None
    problem: str
    again: dt.datetime


class Service:
    """Everything that answers, for the app and for commands.

    :param now: gives the time; tests move it.
    """

    def __init__(self, settings: Settings, now: Callable[[], dt.datetime] = utc_now) -> None:
        # Rasa runs in a folder of its own, where a relative path would name something else.
        settings = replace(settings, home=settings.home.resolve())
        self.settings, self.now = settings, now
        settings.home.mkdir(parents=True, exist_ok=True)
        self.store = Store(settings.store_url)
        self.contacts: Contacts = load_contacts(*_configured(settings.contacts))
        self.composer = Composer(load_wording(), self.contacts, now)
        self.tuning = load_tuning()
        self._words = Words.load()
        # First aid waits for no edition, so it knows the spelling of none.
        self._reader = MessageReader(self._words, spelling_of(self._words, self.tuning.spelling))
        # Read at the start: their words are needed when little else works.
        self._urgent = UrgentRules.load(self.tuning.urgent)
        self._embedder: Embedder | None = None
        self._messages: MessageModel | None = None
        self._reader_model: ReaderModel | None = None
        self._models: Models | None = None
        self._rules: Rules | None = None
        self._remembering: RememberingReader | None = None
        self._at_hand = AtHand()
        self._open: _Open | None = None
        self._tried: tuple[object, Dialogue] | None = None
        self._failed: _Failed | None = None
        self._lock = Lock()

    @property
    def library(self) -> Library:
        """The guidance of the data folder."""
        return self.recorded_library(None)

    def recorded_library(self, record: Recorder | None, by: str = "") -> Library:
        """Give the guidance of the data folder, for changes that are kept with who made them."""
        folder, follow = self.settings.home / "index", self.follow if record else None
        return Library(self.store, folder, self.embedder, record, by, self._at_hand, follow)

    def embedder(self) -> Embedder:
        """Give the embedding model, exported if need be and loaded at the first call."""
        if self._embedder is None:
            export_encoder(self.settings.model_folder, self.settings.encoder_folder)
            self._embedder = load_embedder(self.settings.encoder_folder)
        return self._embedder

    def dialogue(self) -> Dialogue:
        """Give the dialogue over the edition that answers now.

        A new edition is noticed by its number and swapped in whole; a turn that has begun goes on
        with the edition it began with. While one thread loads the new one, and for as long as it
        cannot be loaded, the old one answers: `edition_problem` says so. What is switched off is
        left out from this turn on, whichever edition answers.

        :raises EditionError: if nothing is published, or it was built by another model, and no
            edition answers yet.
        """
        return self._opened().dialogue

    def answering(self) -> tuple[Edition, Dialogue]:
        """Give the edition that answers now, and the dialogue over it: always of one another."""
        opened = self._opened()
        return opened.edition, opened.dialogue

    def _opened(self) -> _Open:
        current = self._open
        if current is None:
            with self._lock:  # nobody can be answered before the first one is there
                if self._open is None:
                    self._answer_from(self._load())
                current = self._open
                assert current is not None  # set two lines above
        standing = self._standing(current)
        if standing is None:
            return current
        if self._lock.acquire(blocking=False):
            try:
                self._follow(current, standing.number)
                opened = self._open or current
                self._open = opened.standing(standing.off, self._pinned(opened, standing.pins))
            finally:
                self._lock.release()
        # Every turn takes what it has read itself, whatever others have read meanwhile: it has no
        # pinned answer while another thread reads those that changed.
        opened = self._open or current
        pinned = opened.dialogue.engine.pinned
        fresh = pinned if pinned is not None and pinned.stamp == standing.pins else None
        return opened.standing(standing.off, fresh)

    def bot_off(self) -> bool:
        """Say whether the whole bot is off for members; what was known last when nobody can say."""
        try:
            return self.store.standing().off.bot
        except sa.exc.SQLAlchemyError:
            return self._open is not None and self._open.dialogue.off.bot

    def follow(self) -> None:
        """Take a newer edition now, if members are answered here, so that none of them waits."""
        if self._open is not None:
            self._opened()

    @property
    def edition_problem(self) -> str | None:
        """Why the newest edition does not answer, in a sentence; None when it does."""
        return self._failed.problem if self._failed else None

    def edition(self) -> Edition:
        """Give the edition that answers now."""
        return self._opened().edition

    def shown(self) -> tuple[Version, ...]:
        """Give the documents that members may see now: those of the edition that are not off."""
        opened = self._opened()
        off = opened.dialogue.off
        return tuple(one for one in opened.edition.versions if not off.hides(one.document))

    def close(self) -> None:
        """Close the database."""
        self.store.close()

    def today(self) -> dt.date:
        """Give the day in the union's time zone."""
        return self.now().astimezone(self.contacts.time_zone).date()

    def messages(self) -> MessageModel:
        """Give the message model, exported if need be and loaded at the first call."""
        if self._messages is None:
            export_message_model(self.settings.message_model_folder)
            self._messages = MessageModel(self.settings.message_model_folder)
        return self._messages

    def models(self) -> Models:
        """Give the models that judge, loaded at the first call."""
        if self._models is None:
            self._models = Models(self.messages(), load_coverage())
        return self._models

    def reader_model(self) -> ReaderModel:
        """Give the reader, loaded at the first call."""
        if self._reader_model is None:
            self._reader_model = ReaderModel()
        return self._reader_model

    def remembering_reader(self) -> RememberingReader:
        """Give the reader that compares editions, and remembers what it has read."""
        if self._remembering is None:
            self._remembering = RememberingReader(self.reader_model())
        return self._remembering

    def finder(self, index: Index) -> Finder:
        """Give what finds the passages of an index that answer a question."""
        searcher = Searcher(index, self.embedder(), self.tuning.search)
        return Finder(searcher, self.reader_model(), self.tuning.finding)

    def rules(self) -> Rules:
        """Give the rules over members' text, loaded at the first call."""
        if self._rules is None:
            self._rules = Rules(
                urgent=self._urgent,
                nonsense=Nonsense.load(self.tuning.letters),
                follow_ups=FollowUps.load(self.tuning.follow_ups),
                member=MemberRules.load(),
            )
        return self._rules

    def first_aid(self, text: str) -> tuple[Reply, ...] | None:
        """Give the replies to an urgent message, or None; asks neither the store nor an edition."""
        message = self._reader.read(text)
        judged = self.messages().judge(message.mended)
        return self._people_first(text, self._urgent.check(message, judged))

    def safety(self, text: str) -> tuple[Reply, ...] | None:
        """Give the same where a life may depend on it, by words alone, without the model."""
        return self._people_first(text, self._urgent.by_words(self._reader.read(text)))

    def _people_first(self, text: str, urgent: Urgent | None) -> tuple[Reply, ...] | None:
        if urgent is None or not urgent.happening:
            return None
        answer = Answer(
            "urgent", f"urgent.{urgent.kind}", text, contacts=urgent.contacts, step="first_aid"
        )
        return self.composer.answer(answer)

    def engine(self) -> Engine:
        """Make an engine over the edition that answers now."""
        return self._engine_over(self.library.open()[1])

    def _engine_over(self, index: Index) -> Engine:
        tuning = self.tuning
        return Engine(
            self.finder(index),
            MessageReader(self._words, spelling_of(self._words, tuning.spelling, index)),
            self.rules(),
            self.models(),
            self.today,
            tuning.ranking,
            tuning.quoting,
            tuning.coverage,
            tuning.kinds,
        )

    def try_out(self, change: Change, progress: Progress | None = None) -> Dialogue:
        """Give the dialogue over what a change would publish; nothing is published.

        What is switched off, and which answers are pinned, is as it is now.
        """
        standing, outcome = self.store.standing(), change.apply(self.store.state())
        key = (standing, *(version.digest for version in outcome.versions.values()))
        tried = self._tried
        if tried is not None and tried[0] == key:  # another question to the same draft edition
            return tried[1]
        dialogue = self._dialogue_over(self.library.index_of(outcome.versions.values(), progress))
        engine = dialogue.engine
        pinned = self._read_pins(engine, standing.pins)
        tried = key, dialogue.over(engine.standing(standing.off, pinned))
        self._tried = tried
        return tried[1]

    def _load(self) -> _Open:
        edition, index = self.library.open()
        return _Open(edition, self._dialogue_over(index))

    def _dialogue_over(self, index: Index) -> Dialogue:
        eligibility = EligibilityRules.load()
        return Dialogue(self._engine_over(index), self.composer, eligibility, self.tuning.dialogue)

    def _pinned(self, opened: _Open, stamp: int) -> PinnedAnswers | None:
        """Give the pinned answers as they are since the last change; none when that fails."""
        engine = opened.dialogue.engine
        if engine.pinned is not None and engine.pinned.stamp == stamp:
            return engine.pinned
        try:
            return self._read_pins(engine, stamp)
        except Exception as error:  # members are answered without them
            logger.error("Pinned answers cannot be read: %s", type(error).__name__)
            return None

    def _read_pins(self, engine: Engine, stamp: int) -> PinnedAnswers:
        held: list[Held] = []
        if stamp:
            with self.store.engine.connect() as connection:
                held = hold(approved_pins(connection, self.today()), engine.index.entries)
        embedder = self.embedder()
        vectors_of = partial(self.store.embedded.embed, embedder)
        return PinnedAnswers(stamp, held, engine.reader, embedder, vectors_of, self.tuning.pinned)

    def _answer_from(self, opened: _Open) -> None:
        self._open, self._failed = opened, None
        logger.info("Edition %s answers now.", opened.edition.number)

    def _standing(self, current: _Open) -> Standing | None:
        """Read the newest edition's number and what is off; None when the database fails."""
        try:
            return self.store.standing()
        except Exception as error:
            self._keep(current, None, error)
            return None

    def _follow(self, current: _Open, number: int | None) -> None:
        """Load the newest edition if it is another one; keep the current one if that fails."""
        if number == current.edition.number:
            self._failed = None
            return
        failed = self._failed
        if failed and failed.number == number and self.now() < failed.again:
            return
        try:
            self._answer_from(self._load())
        except Exception as error:
            self._keep(current, number, error)

    def _keep(self, current: _Open, number: int | None, error: Exception) -> None:
        """Go on with the current edition: whatever failed, members must be answered."""
        # Our own errors are worded for whoever must act; others may hold anything.
        reason = str(error) if isinstance(error, AdviceError) else type(error).__name__
        what = f"Edition {number}" if number else "The newest edition"
        problem = (
            f"{what} cannot be loaded ({reason}). Edition {current.edition.number} goes on "
            "answering."
        )
        if self._failed is None or self._failed.problem != problem:
            logger.error("%s", problem)
        self._failed = _Failed(number, problem, self.now() + _AGAIN)


def _configured(path: str) -> tuple[Path, ...]:
    return (Path(path),) if path else ()
