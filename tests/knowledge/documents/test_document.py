import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents.document import Document, Source, Timing, metadata_of, parse_metadata
from knowledge.errors import DocumentError

WHOLE: dict[str, Any] = {
    "title": "Keys",
    "publisher": "The union",
    "source": {"title": "The key book", "date": "2024-05", "url": "https://example.org/keys"},
    "published": dt.date(2026, 1, 2),
    "reviewed": "2026-02-03",
    "review_by": dt.date(2027, 1, 2),
    "owner": "Site team",
    "topics": ["employment", "wellbeing"],
    "audience": ["own-job"],
    "roles": ["head"],
    "nations": ["Wales"],
    "timing": [
        {"kind": "over", "notice": "It is over.", "from": "2026-03-01", "heading": "Lost keys"}
    ],
}


def parse(**values: Any) -> Document:
    return parse_metadata({"title": "Keys", **values}, "keys", "keys.md")


def test_every_field_is_read() -> None:
    document = parse_metadata(WHOLE, "keys", "keys.md")
    assert document.source == Source("The key book", "2024-05", "https://example.org/keys")
    assert document.reviewed == dt.date(2026, 2, 3)
    assert document.nations == ("Wales",)
    timing = Timing("over", "It is over.", start=dt.date(2026, 3, 1), heading="Lost keys")
    assert document.timing == (timing,)


def test_metadata_is_the_inverse_of_reading() -> None:
    document = parse_metadata(WHOLE, "keys", "keys.md")
    assert parse_metadata(metadata_of(document), "keys", "keys.md") == document


def test_a_title_alone_is_enough() -> None:
    assert parse() == Document("keys", "Keys")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", None),
        ("title", True),
        ("title", ["Keys"]),
        ("published", "yesterday"),
        ("topics", ["keys"]),
        ("topics", {"employment": 1}),
        ("audience", ["everyone"]),
        ("nations", "France"),
        ("source", "The key book"),
        ("source.title", None),
        ("source.url", "javascript:alert(1)"),
        ("source.date", "last year"),
        ("source.page", 4),
        ("timing", "over"),
        ("timing", ["over"]),
        ("timing[1].kind", "finished"),
        ("timing[1].notice", ""),
        ("timing[1].until", "2026-02-28"),
        ("timing[1].colour", "red"),
        ("topic", ["employment"]),
        ("review_by", dt.date(2026, 1, 1)),
    ],
)
def test_a_wrong_value_is_refused_and_its_field_named(field: str, value: Any) -> None:
    values: dict[str, Any] = {**WHOLE, "source": {**WHOLE["source"]}}
    values["timing"] = [{**WHOLE["timing"][0]}]
    outer, dot, inner = field.partition(".")
    if not dot:
        values[field] = value
    elif outer == "source":
        values["source"][inner] = value
    else:
        values["timing"][0][inner] = value
    with pytest.raises(DocumentError, match=r"keys\.md") as raised:
        parse_metadata(values, "keys", "keys.md")
    assert raised.value.field == field
    assert field in str(raised.value)


@pytest.mark.parametrize("name", ["", "Keys", "lost keys", "../keys", "keys-", "a--b", "keys\n"])
def test_an_identifier_that_cannot_be_in_an_address_is_refused(name: str) -> None:
    with pytest.raises(DocumentError, match="cannot be an identifier"):
        parse_metadata({"title": "Keys"}, name, "keys.md")


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=8) | st.booleans() | st.integers(), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(
    st.dictionaries(st.sampled_from([*WHOLE, "title"]) | st.booleans() | st.integers(), ANYTHING)
)
def test_any_front_matter_is_read_or_refused(values: dict[Any, Any]) -> None:
    try:
        document = parse_metadata(values, "keys", "keys.md")
    except DocumentError:
        return
    assert parse_metadata(metadata_of(document), "keys", "keys.md") == document


def test_a_document_is_past_review_the_day_after_its_review_by_date() -> None:
    document = parse(review_by="2026-11-21")
    assert not document.past_review(dt.date(2026, 11, 21))
    assert document.past_review(dt.date(2026, 11, 22))
    assert not parse().past_review(dt.date(2999, 1, 1))


def test_a_document_without_an_address_of_its_source_is_cited_on_our_page() -> None:
    assert parse().url == "/guidance/keys"
    assert parse(source={"title": "T", "url": "https://example.org"}).url == "https://example.org"


def test_a_notice_holds_on_both_its_first_and_last_day() -> None:
    timing = Timing("over", "Over.", dt.date(2026, 3, 1), dt.date(2026, 3, 31))
    days = [dt.date(2026, 2, 28), dt.date(2026, 3, 1), dt.date(2026, 3, 31), dt.date(2026, 4, 1)]
    assert [timing.holds(day, ()) for day in days] == [False, True, True, False]


def test_a_notice_with_a_heading_holds_only_under_it() -> None:
    timing = Timing("over", "Over.", heading="Lost keys")
    today = dt.date(2026, 3, 1)
    assert timing.holds(today, ("Keys", "Lost keys"))
    assert not timing.holds(today, ("Keys",))


def test_a_document_in_english_is_saved_as_before_there_were_two_languages() -> None:
    assert "language" not in metadata_of(parse())
    assert metadata_of(parse(language="cy"))["language"] == "cy"
    with pytest.raises(DocumentError, match="'fr' is not one of: en, cy"):
        parse(language="fr")
