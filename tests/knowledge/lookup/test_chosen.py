import datetime as dt

import pytest

from knowledge.documents.document import Document
from knowledge.lookup.chosen import Chosen

LEAVE = Document(
    "leave",
    "Leave",
    publisher="The union",
    published=dt.date(2026, 5, 31),
    topics=("employment",),
    audience=("own-job",),
    nations=("Wales",),
)


@pytest.mark.parametrize(
    ("chosen", "fits"),
    [
        (Chosen(), True),
        (Chosen(topic="employment"), True),
        (Chosen(topic="send"), False),
        (Chosen(nation="Wales"), True),
        (Chosen(nation="England"), False),
        (Chosen(audience="pupils"), False),
        (Chosen(publisher="The union"), True),
        (Chosen(publisher="Acas"), False),
        (Chosen(document="keys"), False),
        (Chosen(since=dt.date(2026, 5, 31), until=dt.date(2026, 5, 31)), True),
        (Chosen(since=dt.date(2026, 6, 1)), False),
        (Chosen(until=dt.date(2026, 5, 30)), False),
    ],
)
def test_a_document_fits_every_filter_or_is_not_found(chosen: Chosen, fits: bool) -> None:
    assert chosen.fits(LEAVE, "live") is fits


def test_a_document_that_names_no_nation_and_no_audience_is_for_all() -> None:
    assert Chosen(nation="Scotland", audience="school").fits(Document("a", "A"), "live")


def test_a_document_without_a_date_is_not_found_between_dates() -> None:
    assert not Chosen(since=dt.date(2000, 1, 1)).fits(Document("a", "A"), "live")


def test_what_is_not_live_is_found_only_when_it_is_asked_for() -> None:
    assert not Chosen().fits(LEAVE, "past_review")
    assert Chosen(also=frozenset({"past_review"})).fits(LEAVE, "past_review")
    assert not Chosen(also=frozenset({"past_review"})).fits(LEAVE, "withdrawn")
