"""Grouping what was not answered, and putting it to the guidance again after each publish."""

import logging
import time
from collections.abc import Callable, Sequence

from knowledge.answers.conversation import Conversation
from knowledge.answers.dialogue import Dialogue
from knowledge.answers.outcome import is_answered
from knowledge.messages.masking import readable
from knowledge.service import Service
from people.asked import Kept
from people.gaps import Gaps, Retest
from people.grouping import Grouping, Vectors

# So many wordings of one gap are put to the guidance, the newest ones.
MOST_TESTED = 50

logger = logging.getLogger(__name__)


class GapWork:
    """The work on gaps that needs the models, for the app and for commands."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.gaps = Gaps(service.store.engine)
        self._grouping = Grouping(service.store.engine, self._embed)

    def group(self) -> int:
        """Put into gaps what is in none yet; give how many questions that were."""
        self.gaps.delete_empty()
        return self._grouping.run()

    def untested(self) -> Sequence[int]:
        """Give the gaps that were not put to the newest edition yet."""
        newest = self.service.store.latest_number()
        return self.gaps.untested(newest) if newest is not None else ()

    def retest(self, number: int, rest: Callable[[float], bool] | None = None) -> Retest | None:
        """Put a gap's wordings to the edition that answers now, and keep how many it answers.

        :param rest: called after each wording with the seconds that it took; gives whether to stop.
        :return: None when there was nothing to ask, or it was stopped.
        """
        edition, dialogue = self.service.answering()
        newest = {kept.wording: kept for kept in reversed(self.gaps.questions(number))}
        some = list(newest.values())[-MOST_TESTED:]
        answered = 0
        for kept in some:
            begun = time.monotonic()
            answered += _now_answered(kept, dialogue)
            if rest is not None and rest(time.monotonic() - begun):
                return None
        if not some:
            return None
        retest = Retest(edition.number, len(some), answered)
        self.gaps.save(number, retest)
        return retest

    def follow(self, rest: Callable[[float], bool]) -> None:
        """Do what there is to do: group, and retest when there is a new edition."""
        self.group()
        untested = self.untested()
        if untested and self.service.answering()[0].number != self.service.store.latest_number():
            return  # the newest edition cannot be loaded: it is tried again with the next message
        for number in untested:
            retest = self.retest(number, rest)
            if retest is None:
                return
            logger.info(
                "Gap %d: edition %d answers %d of %d wordings.",
                *(number, retest.edition, retest.answered, retest.tested),
            )

    def _embed(self, wordings: Sequence[str]) -> Vectors:
        return self.service.embedder().encode_many([readable(wording) for wording in wordings])


def _now_answered(kept: Kept, dialogue: Dialogue) -> bool:
    """Say whether a question is answered now; with other words, if the last ones did not help."""
    turn = dialogue.answer(dialogue.check(readable(kept.wording)), Conversation())
    if not is_answered(reply.status for reply in turn.replies):
        return False
    shown = {source.passage_id for reply in turn.replies for source in reply.sources}
    return kept.lack != "not_helped" or shown != set(kept.shown)
