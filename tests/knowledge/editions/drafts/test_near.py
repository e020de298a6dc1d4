"""Passages that say much the same are found, and those whose figures differ are told apart."""

from dataclasses import replace

from knowledge.documents.document import Document
from knowledge.documents.edited import read_edited
from knowledge.editions.drafts.near import near_passages
from knowledge.editions.edition import Version
from knowledge.editions.reading import make_version

TRIP = "Leaders can take two days of travel leave before a school trip abroad in term time."
PAY = "Teachers get £30 a day for trips abroad, and heads get a little more than that for each."


def version(name: str, text: str) -> Version:
    return make_version(Document(name, name.title()), read_edited(text).blocks, f"{name}.md")


def test_near_passages_are_found_with_their_documents() -> None:
    draft = version("new", f"## Trips\n\n{TRIP} Ask first.\n\n## Pay\n\n{PAY}")
    found = near_passages(draft, [version("old", TRIP), version("other", "Bells ring at noon.")])
    assert [(near.document.id, near.figures_differ) for near in found] == [("old", False)]
    assert found[0].share > 0.9


def test_other_figures_may_be_a_contradiction() -> None:
    (near,) = near_passages(version("new", PAY.replace("30", "45")), [version("old", PAY)])
    assert near.figures_differ


def test_a_document_is_not_near_to_itself_nor_to_what_leaves() -> None:
    draft, old = version("new", TRIP), version("old", TRIP)
    own = replace(old, document=draft.document)
    assert near_passages(draft, [own, old], apart_from=["old"]) == ()
