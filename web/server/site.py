"""The parts that a running site consists of, made once and passed to the routes."""

import contextlib
from collections.abc import AsyncIterator

from database import open_tracker
from knowledge.answers.wording import Wording
from knowledge.messages.masking import mask
from knowledge.messages.personal_data import load_nlp
from knowledge.service import Service
from knowledge.settings import Settings
from people.asked import Asked
from people.cases import Cases
from people.feedback import FeedbackBox
from web.member.contact import AdviceLine
from web.member.conversations import Conversations
from web.member.first_aid import FirstAid
from web.member.questions import Questions
from web.member.sessions import Sessions, load_secret
from web.member.turns import Turns
from web.server.background import Background
from web.server.gap_rounds import GapRounds
from web.server.guard import Rates
from web.server.health import Health
from web.server.once import Once
from web.server.rasa import Rasa
from web.server.upkeep import Upkeep
from web.staff.case_news import CaseNews
from web.staff.gap_work import GapWork
from web.staff.mailing import Mailing
from web.staff.parts import StaffParts
from web.staff.scheduled import Scheduled

_PUBLISH_SECONDS = 15  # how soon after its time a draft is published
_IDLE_SECONDS = 60  # between two looks for cases that were taken and left lying


class Site:
    """Builds the parts that the public routes need, and holds them."""

    def __init__(self, settings: Settings, service: Service) -> None:
        composer = service.composer
        self.settings, self.service = settings, service
        self.wording: Wording = composer.wording
        self.advice_line = AdviceLine(service.contacts, self.wording, service.now)
        self.first_aid = FirstAid(service.first_aid, service.safety)
        self.secret = load_secret(settings.home)
        self.sessions = Sessions(self.secret, settings.conversation_hours)
        self.rasa = Rasa(f"http://127.0.0.1:{settings.rasa_port}", settings.answer_seconds)
        self.rates = Rates(settings.rate, settings.address_rate)
        self.tracker = open_tracker(settings.tracker_address)
        self.conversations = Conversations(
            service.store.engine, self.tracker, settings.conversation_hours
        )
        self.entities = Once(load_nlp)
        self.asked = Asked(service.store.engine, settings.question_days)
        self.questions = Questions(
            self.asked, lambda text: mask(text, self.entities()), self.secret
        )
        self.turns = Turns(
            self.rasa,
            self.conversations,
            lambda: composer.unavailable().to_json(),
            self.questions,
        )
        self.staff = StaffParts(service.store.engine, self.secret, settings.case_idle_hours)
        self.cases = Cases(
            service.store.engine,
            settings.case_days,
            tell=CaseNews(settings, self.staff.wording).tell,
        )
        self.feedback = FeedbackBox(service.store.engine, settings.feedback_days)
        self.gap_work = GapWork(service)
        self.gap_rounds = GapRounds(self.gap_work)
        self.mailing = Mailing(
            settings, service, self.staff.owners, self.staff.outbox, self.staff.wording
        )
        self.idle_cases = Background("idle cases", _IDLE_SECONDS, self.staff.desk.release_idle)
        self.scheduled = Scheduled(service, self.staff.drafts)
        self.publishing = Background(
            "drafts at their time", _PUBLISH_SECONDS, self.scheduled.publish_due
        )
        self.health = Health(service, self.rasa, self.conversations, self.sessions)
        self.upkeep = Upkeep(
            {
                "conversations": self.conversations.delete_expired,
                "cases": self.cases.delete_expired,
                "feedback": self.feedback.delete_expired,
                "questions": self.asked.delete_expired,
                "staff sessions": self.staff.sessions.delete_ended,
                "password links": self.staff.users.delete_old_links,
                "sign-in pauses": self.staff.pauses.delete_old,
                "jobs of staff": self.staff.jobs.delete_old,
                "sent mails": self.staff.outbox.delete_old,
                "drafts": self.staff.drafts.delete_old,
            }
        )

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Hold the parts open: what is past its time is deleted, and what is due published,
        until they are closed."""
        try:
            async with (
                self.upkeep.running(),
                self.gap_rounds.running(),
                self.mailing.running(),
                self.publishing.running(),
                self.idle_cases.running(),
            ):
                yield
        finally:
            await self.turns.close()
            self.first_aid.close()
            self.staff.close()
            await self.rasa.close()
            self.tracker.dispose()
