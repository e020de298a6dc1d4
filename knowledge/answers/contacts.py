"""The people a member can reach, and whether they are there now."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from knowledge.answers.wording import Wording
from knowledge.errors import RulesError
from knowledge.language.rule_files import field, read_rules, texts

CONTACTS_FILE = Path(__file__).with_name("contacts.yml")
# Answers and rules send members to these: a file without one would fail when it matters most.
NEEDED = ("advice_line", "joinus", "samaritans", "emergency", "nspcc")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True)
class Opening:
    """When a contact answers.

    :param hours: for each open weekday (0 is Monday), from when until when.
    :param closed: dates on which nobody answers, such as bank holidays.
    """

    hours: Mapping[int, tuple[dt.time, dt.time]]
    closed: frozenset[dt.date] = frozenset()

    def on(self, day: dt.date) -> tuple[dt.time, dt.time] | None:
        """Give the hours of one day, or None when closed all day."""
        return None if day in self.closed else self.hours.get(day.weekday())


@dataclass(frozen=True)
class Contact:
    """A way to reach people."""

    id: str
    name: str
    phone: str | None = None
    email: str | None = None
    prepare: tuple[str, ...] = ()
    opening: Opening | None = None


@dataclass(frozen=True)
class Contacts:
    """All contacts, and the union's time zone."""

    by_id: Mapping[str, Contact]
    time_zone: ZoneInfo
    call_back: str

    def __getitem__(self, contact_id: str) -> Contact:
        """Give one contact; the identifiers are checked when rules are loaded."""
        return self.by_id[contact_id]

    def card(
        self, contact_ids: tuple[str, ...], wording: Wording, now: dt.datetime
    ) -> dict[str, Any] | None:
        """Give the contact card of a reply: the first contact whole, the others beside it."""
        if not contact_ids:
            return None
        first, *others = (self.by_id[contact_id] for contact_id in contact_ids)
        return {
            "id": first.id,
            "name": first.name,
            "phone": first.phone,
            "email": first.email,
            "prepare": list(first.prepare),
            "opening": self._opening(first, wording, now),
            "also": [
                {"id": c.id, "name": c.name, "phone": c.phone, "email": c.email} for c in others
            ],
        }

    def hours(self, wording: Wording, now: dt.datetime) -> dict[str, str]:
        """Say of each contact with opening hours, by its identifier, whether it answers now."""
        openings = {one.id: self._opening(one, wording, now) for one in self.by_id.values()}
        return {contact_id: opening["text"] for contact_id, opening in openings.items() if opening}

    def _opening(
        self, contact: Contact, wording: Wording, now: dt.datetime
    ) -> dict[str, Any] | None:
        if contact.opening is None:
            return None
        local = now.astimezone(self.time_zone)
        hours = contact.opening.on(local.date())
        if hours is not None and hours[0] <= local.time() < hours[1]:
            text = wording.say("opening.open", time=_clock(hours[1]))
            return {"open": True, "text": text}
        for ahead in range(8 * 7):
            day = local.date() + dt.timedelta(days=ahead)
            hours = contact.opening.on(day)
            if hours is None or (ahead == 0 and local.time() >= hours[0]):
                continue
            # A weekday alone would mislead when it is more than a week away.
            name = wording.say(f"days.{_DAYS[day.weekday()]}")
            when = name if ahead < 7 else f"{name} {day.day} {wording.say(f'months.{day.month}')}"
            key = "opening.today" if ahead == 0 else "opening.closed"
            return {"open": False, "text": wording.say(key, day=when, time=_clock(hours[0]))}
        return {"open": False, "text": wording.say("opening.unknown")}


def load_contacts(path: Path = CONTACTS_FILE) -> Contacts:
    """Read the contacts file.

    :raises RulesError: if a contact has no way to be reached, or a field cannot be used.
    """
    rules = read_rules(path)
    rows = field(rules, path, "contacts")
    if not isinstance(rows, dict):
        raise RulesError(path, "'contacts' must hold one field a contact")
    contacts = {str(name): _contact(str(name), values, path) for name, values in rows.items()}
    missing = [contact_id for contact_id in NEEDED if contact_id not in contacts]
    if missing:
        raise RulesError(path, f"these contacts are missing: {', '.join(missing)}")
    zone = str(field(rules, path, "time_zone"))
    try:
        time_zone = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise RulesError(path, f"'{zone}' is not a time zone, such as Europe/London") from None
    return Contacts(contacts, time_zone, str(field(rules, path, "call_back")))


def _contact(contact_id: str, values: Any, path: Path) -> Contact:
    if not isinstance(values, dict):
        raise RulesError(path, f"the contact '{contact_id}' needs a name and a way to reach it")
    phone, email = values.get("phone"), values.get("email")
    for value in (phone, email):
        if value is not None and not isinstance(value, str):
            # YAML would take the first zero off a number, without a word.
            raise RulesError(path, f"the contact '{contact_id}': put {value} in quotation marks")
    if not phone and not email:
        raise RulesError(path, f"the contact '{contact_id}' needs a phone number or an email")
    return Contact(
        id=contact_id,
        name=str(field(values, path, "name")),
        phone=phone or None,
        email=email or None,
        prepare=tuple(texts(values, path, "prepare")) if values.get("prepare") else (),
        opening=_read_opening(contact_id, values, path),
    )


def _read_opening(contact_id: str, values: Mapping[str, Any], path: Path) -> Opening | None:
    rows, closed = values.get("opening"), values.get("closed") or []
    if rows is None:
        return None
    if not isinstance(rows, dict):
        raise RulesError(path, f"'{contact_id}' opening: write a row a day, as the file explains")
    if not isinstance(closed, list) or not all(type(day) is dt.date for day in closed):
        raise RulesError(path, f"'{contact_id}' closed: write dates, such as [2026-12-25]")
    hours = {}
    for day, times in rows.items():
        try:
            start, end = (dt.time.fromisoformat(time) for time in times)
            hours[_DAYS.index(day)] = (start, end)
        except (ValueError, TypeError):
            raise RulesError(
                path,
                f"'{contact_id}' opening {day}: {times} is wrong; write Mon: ['09:00', '17:00']",
            ) from None
        if start >= end:
            raise RulesError(path, f"'{contact_id}' opening {day}: it must close after it opens")
    return Opening(hours, frozenset(closed))


def _clock(time: dt.time) -> str:
    hour = time.hour % 12 or 12
    minutes = f":{time.minute:02}" if time.minute else ""
    return f"{hour}{minutes}{'am' if time.hour < 12 else 'pm'}"
