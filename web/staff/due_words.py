"""What is said of review dates, alike on the pages, by the commands and at the start."""

import datetime as dt

from knowledge.answers.wording import Wording
from knowledge.editions.crowds import Crowd, crowds
from knowledge.editions.due import WITHIN, Watched, counts
from knowledge.service import Service
from web.staff.amending import watched


def say_day(day: dt.date) -> str:
    """Give a day as people here write it, such as 21 November 2027."""
    return f"{day.day} {day:%B %Y}"


def state_lines(one: Watched, words: Wording) -> list[str]:
    """Say, in a sentence for each, what must be seen to of a document."""
    document, lines = one.document, []
    if document.review_by is None:
        lines.append(words.say("due.states.no_date"))
    elif "overdue" in one.matters:
        lines.append(words.say("due.states.overdue", day=say_day(document.review_by)))
    elif one.days == 0:
        lines.append(words.say("due.states.today"))
    elif one.days is not None:
        many = "one_day" if one.days == 1 else "days"
        lines.append(
            words.say(f"due.states.{many}", day=say_day(document.review_by), days=str(one.days))
        )
    for change in one.changes:
        what = "begins" if change.begins else "ends"
        lines.append(words.say(f"due.states.{what}", day=say_day(change.day), notice=change.notice))
    return lines


def crowd_line(crowd: Crowd, words: Wording) -> str:
    """Say that much falls due at once, and what members will see of it."""
    same_day = crowd.first == crowd.last
    when = words.say(
        "due.crowd.on" if same_day else "due.crowd.between",
        first=say_day(crowd.first),
        last=say_day(crowd.last),
    )
    of = words.say("due.crowd.of_topic", topic=crowd.topic) if crowd.topic else ""
    return words.say(
        "due.crowd.line",
        count=str(len(crowd.documents)),
        all=str(crowd.of),
        of=of,
        when=when,
    )


def warnings(service: Service, words: Wording) -> list[str]:
    """Say in a sentence for each what an editor must know about; nothing when all is well."""
    documents = watched(service, WITHIN)
    number = counts(documents)
    lines = []
    for matter in ("overdue", "due"):
        if number[matter]:
            slot = f"due.warnings.{matter}_one" if number[matter] == 1 else f"due.warnings.{matter}"
            lines.append(words.say(slot, count=str(number[matter])))
    found = crowds((one.document for one in documents), service.today())
    lines += [crowd_line(crowd, words) for crowd in found]
    return lines
