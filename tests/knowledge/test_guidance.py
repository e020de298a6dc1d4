"""The bundled guidance: what every document must have."""

import datetime as dt

import pytest

from knowledge.documents.document import TOPICS
from knowledge.documents.readers import read
from knowledge.editions.edition import Version
from knowledge.editions.reading import read_file
from knowledge.settings import GUIDANCE_FOLDER

FILES = sorted(GUIDANCE_FOLDER.glob("*.md"))
REQUIRED = (
    "title", "publisher", "source", "published", "reviewed", "review_by", "owner", "topics",
    "audience", "nations",
)  # fmt: skip


@pytest.fixture(scope="module")
def versions() -> dict[str, Version]:
    assert FILES, f"no guidance in {GUIDANCE_FOLDER}"
    return {r.version.document.id: r.version for path in FILES for r in read_file(path, read)}


def test_every_file_is_one_document_with_the_name_of_its_file(versions: dict[str, Version]) -> None:
    assert sorted(versions) == [path.stem for path in FILES]


def test_there_are_at_least_30_documents_and_one_on_every_topic(
    versions: dict[str, Version],
) -> None:
    assert len(versions) >= 30
    topics = {topic for version in versions.values() for topic in version.document.topics}
    assert topics == set(TOPICS)


def test_every_document_has_all_of_its_metadata(versions: dict[str, Version]) -> None:
    for version in versions.values():
        missing = [name for name in REQUIRED if not getattr(version.document, name)]
        assert not missing, version.document.id


def test_no_document_is_past_its_review_date(versions: dict[str, Version]) -> None:
    today = dt.date.today()
    late = [v.document.id for v in versions.values() if v.document.past_review(today)]
    assert late == []


def test_every_passage_has_an_anchor_of_its_own(versions: dict[str, Version]) -> None:
    for version in versions.values():
        ids = [stored.passage.id for stored in version.passages]
        assert len(set(ids)) == len(ids)
        for identifier in ids:
            document_id, mark, anchor = identifier.partition("#")
            assert (document_id, mark) == (version.document.id, "#")
            assert anchor


def test_every_sentence_is_an_exact_part_of_its_passage(versions: dict[str, Version]) -> None:
    for version in versions.values():
        for stored in version.passages:
            assert stored.sentences
            for sentence in stored.sentences:
                assert stored.passage.text[sentence.start : sentence.end] == sentence.text


def test_every_notice_for_a_heading_names_one_that_exists(versions: dict[str, Version]) -> None:
    for version in versions.values():
        headings = {heading for p in version.passages for heading in p.passage.headings}
        wanted = {timing.heading for timing in version.document.timing if timing.heading}
        assert wanted <= headings, version.document.id


def test_guidance_on_a_change_that_is_coming_is_reviewed_by_then(
    versions: dict[str, Version],
) -> None:
    document = versions["employment-unfair-dismissal"].document
    assert {timing.kind for timing in document.timing} == {"changing", "changed"}
    assert document.review_by is not None
    assert document.review_by <= dt.date(2027, 6, 30)
