import datetime as dt
from pathlib import Path

import pytest

from knowledge.answers.notices import notice_for, say_date
from knowledge.answers.wording import Wording, load_wording
from knowledge.documents.document import Document, Timing
from knowledge.documents.readers import read
from knowledge.editions.reading import read_file
from knowledge.settings import GUIDANCE_FOLDER

TODAY = dt.date(2026, 11, 21)


@pytest.fixture(scope="module")
def wording() -> Wording:
    return load_wording()


def bundled(name: str, folder: Path = GUIDANCE_FOLDER) -> Document:
    (reading,) = read_file(folder / f"{name}.md", read)
    return reading.version.document


def test_the_unfair_dismissal_notice_changes_with_the_law_on_1_january_2027(
    wording: Wording,
) -> None:
    document = bundled("employment-unfair-dismissal")
    before = notice_for(document, (), dt.date(2026, 12, 31), wording)
    after = notice_for(document, (), dt.date(2027, 1, 1), wording)
    assert before is not None
    assert after is not None
    assert before.startswith("From 1 January 2027")
    assert after.startswith("The rule changed on 1 January 2027")


def test_visits_that_are_over_say_so(wording: Wording) -> None:
    notice = notice_for(bundled("send-interim-visits"), (), TODAY, wording)
    assert notice is not None
    assert "over" in notice


def test_notices_that_hold_together_are_shown_together(wording: Wording) -> None:
    timing = (Timing("over", "One."), Timing("changed", "Two."), Timing("over", "No.", heading="X"))
    assert notice_for(Document("a", "A", timing=timing), ("Y",), TODAY, wording) == "One. Two."


@pytest.mark.parametrize(
    ("published", "reviewed", "shown"),
    [
        (dt.date(2018, 3, 1), None, True),
        (dt.date(2018, 3, 1), dt.date(2026, 1, 1), False),
        (dt.date(2026, 3, 1), None, False),
        (None, None, False),
    ],
)
def test_an_old_page_that_nobody_checked_says_so(
    wording: Wording, published: dt.date | None, reviewed: dt.date | None, shown: bool
) -> None:
    document = Document("a", "A", published=published, reviewed=reviewed)
    notice = notice_for(document, (), TODAY, wording)
    assert (notice is not None) is shown
    assert not shown or "1 March 2018" in (notice or "")


def test_a_date_is_said_in_words(wording: Wording) -> None:
    assert say_date(TODAY, wording) == "21 November 2026"
