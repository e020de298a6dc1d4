import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.answers.contacts import CONTACTS_FILE, NEEDED, Contacts, load_contacts
from knowledge.answers.wording import Wording, load_wording
from knowledge.errors import RulesError
from knowledge.messages.urgent import RULES_FOLDER

WEEK = {day: ["09:00", "17:30"] for day in ("Mon", "Tue", "Wed", "Thu", "Fri")}


@pytest.fixture(scope="module")
def wording() -> Wording:
    return load_wording()


def file_with(tmp_path: Path, **advice_line: Any) -> Path:
    """Write a contacts file whose advice line has these fields."""
    rules = yaml.safe_load(CONTACTS_FILE.read_text(encoding="utf-8"))
    rules["contacts"]["advice_line"].update(advice_line)
    path = tmp_path / "contacts.yml"
    path.write_text(yaml.safe_dump(rules), encoding="utf-8")
    return path


def opening(contacts: Contacts, wording: Wording, *now: int) -> tuple[bool, str]:
    """Say what the advice line's card shows at a time in London."""
    time = dt.datetime(*now, tzinfo=contacts.time_zone)  # type: ignore[arg-type, misc]
    card = contacts.card(("advice_line",), wording, time.astimezone(dt.UTC))
    assert card is not None
    return card["opening"]["open"], card["opening"]["text"]


# 21 November 2026 is a Saturday.
@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ((2026, 11, 20, 9, 0), (True, "Open now, until 5:30pm")),
        ((2026, 11, 20, 17, 29), (True, "Open now, until 5:30pm")),
        ((2026, 11, 20, 8, 59), (False, "Closed now, opens today at 9am")),
        ((2026, 11, 20, 17, 30), (False, "Closed now, opens Monday at 9am")),
        ((2026, 11, 19, 23, 59), (False, "Closed now, opens Friday at 9am")),
        ((2026, 11, 21, 12, 0), (False, "Closed now, opens Monday at 9am")),
        # Summer time: nine o'clock in London is eight in UTC.
        ((2026, 7, 1, 9, 0), (True, "Open now, until 5:30pm")),
    ],
)
def test_the_card_says_when_the_contact_answers(
    tmp_path: Path, wording: Wording, now: tuple[int, ...], expected: tuple[bool, str]
) -> None:
    contacts = load_contacts(file_with(tmp_path, opening=WEEK))
    assert opening(contacts, wording, *now) == expected


def test_nobody_answers_on_a_closed_date(tmp_path: Path, wording: Wording) -> None:
    closed = [dt.date(2026, 12, 25), dt.date(2026, 12, 28)]
    contacts = load_contacts(file_with(tmp_path, opening=WEEK, closed=closed))
    assert opening(contacts, wording, 2026, 12, 25, 10, 0) == (
        False,
        "Closed now, opens Tuesday at 9am",
    )


def test_a_day_more_than_a_week_ahead_is_given_with_its_date(
    tmp_path: Path, wording: Wording
) -> None:
    closed = [dt.date(2026, 12, 21) + dt.timedelta(days=n) for n in range(12)]
    contacts = load_contacts(file_with(tmp_path, opening=WEEK, closed=closed))
    assert opening(contacts, wording, 2026, 12, 21, 10, 0) == (
        False,
        "Closed now, opens Monday 4 January at 9am",
    )


def test_a_contact_that_never_opens_is_closed(tmp_path: Path, wording: Wording) -> None:
    contacts = load_contacts(file_with(tmp_path, opening={}))
    assert opening(contacts, wording, 2026, 12, 21, 10, 0) == (False, "Closed now")


def test_the_first_contact_comes_whole_and_the_others_beside_it(wording: Wording) -> None:
    contacts = load_contacts()
    card = contacts.card(("samaritans", "emergency"), wording, dt.datetime.now(dt.UTC))
    assert card == {
        "id": "samaritans",
        "name": "Samaritans",
        "phone": "116 123",
        "email": None,
        "prepare": [],
        "opening": None,
        "also": [{"id": "emergency", "name": "Emergency services", "phone": "999", "email": None}],
    }


def test_without_contacts_there_is_no_card(wording: Wording) -> None:
    assert load_contacts().card((), wording, dt.datetime.now(dt.UTC)) is None


def test_the_advice_line_has_what_to_prepare() -> None:
    line = load_contacts()["advice_line"]
    assert (line.phone, line.email) == ("0300 30 30 333", "info@naht.org.uk")
    assert line.prepare


def test_every_contact_that_the_urgent_rules_name_is_needed() -> None:
    rules = yaml.safe_load((RULES_FOLDER / "urgent.yml").read_text(encoding="utf-8"))
    assert rules["matters"]
    for name, matter in rules["matters"].items():
        named = {*matter["contacts"], *matter.get("danger", {}).get("contacts", [])}
        assert named <= set(NEEDED), name


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"phone": None, "email": None}, "'advice_line' needs a phone number or an email"),
        ({"phone": 3003030333}, "quotation marks"),
        ({"name": None}, "'name' is missing"),
        ({"prepare": "your number"}, "'prepare' must be a list"),
        ({"opening": ["Mon"]}, "a row a day"),
        ({"opening": {"Monday": ["09:00", "17:00"]}}, "opening Monday"),
        ({"opening": {"Mon": ["9", "17:00"]}}, "opening Mon"),
        ({"opening": {"Mon": "09:00"}}, "opening Mon"),
        ({"opening": {"Mon": [540, 1020]}}, "opening Mon"),
        ({"opening": {"Mon": ["17:00", "09:00"]}}, "close after it opens"),
        ({"opening": WEEK, "closed": ["2026-12-25"]}, "closed: write dates"),
        ({"opening": WEEK, "closed": dt.date(2026, 12, 25)}, "closed: write dates"),
    ],
)
def test_a_wrong_field_is_refused(tmp_path: Path, fields: dict[str, Any], problem: str) -> None:
    path = file_with(tmp_path, **fields)
    with pytest.raises(RulesError, match=problem) as raised:
        load_contacts(path)
    assert str(path) in str(raised.value)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "must hold named fields"),
        ("contacts: [", "not valid YAML"),
        ("contacts: [advice_line]", "one field a contact"),
        ("contacts: {advice_line: null}", "'advice_line' needs a name"),
        ("contacts: {advice_line: {name: A, phone: '1'}}", "joinus, samaritans, emergency, nspcc"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "contacts.yml"
    path.write_text(text)
    with pytest.raises(RulesError, match=problem):
        load_contacts(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="missing"):
        load_contacts(tmp_path / "contacts.yml")


def test_an_unknown_time_zone_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "contacts.yml"
    path.write_text(CONTACTS_FILE.read_text(encoding="utf-8").replace("Europe/London", "London"))
    with pytest.raises(RulesError, match="'London' is not a time zone"):
        load_contacts(path)
