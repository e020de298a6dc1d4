"""Withdrawing a document and bringing it back: at once for members, and in the audit."""

import pytest

from people.audit import Act, Filters
from tests.small import SmallService, documents, say
from tests.web.staff.editor.guidance.conftest import QUESTION
from tests.web.staff.person import Person, words
from web.server.site import Site

PAGE = "/editor/documents/leave"


def acts(site: Site) -> list[tuple[str, Act]]:
    rows = site.staff.audit.rows(Filters(subject="leave"), 10)
    return [(row.actor.name, row.act) for row in rows]


def test_the_page_before_says_what_happens_and_changes_nothing(
    ann: Person, guidance: SmallService
) -> None:
    said = words(ann.open(f"{PAGE}/withdraw"))
    assert "Withdraw: Leave for school trips" in said
    assert "passages: 2" in said
    assert guidance.store.latest_number() == 1


def test_a_withdrawn_document_leaves_the_next_answer_and_comes_back_with_a_button(
    ann: Person, answering: Site, guidance: SmallService
) -> None:
    assert documents(say(guidance.dialogue(), QUESTION)) == ["leave"]
    response = ann.send(f"{PAGE}/withdraw", {"reason": "It is wrong."})
    assert response.headers["location"] == f"{PAGE}?done=withdrawn"
    assert "leave" not in documents(say(guidance.dialogue(), QUESTION))
    said = words(ann.open(f"{PAGE}?done=withdrawn"))
    assert "The document is withdrawn. Members do not see it any more." in said
    assert "ann took it out · Edition 2 Removed leave. It is wrong." in said

    response = ann.send(f"{PAGE}/return", {"reason": "It was right."})
    assert response.headers["location"] == f"{PAGE}?done=returned"
    assert documents(say(guidance.dialogue(), QUESTION)) == ["leave"]
    assert "ann brought it back · Edition 3 Brought leave back." in words(ann.open(PAGE))
    assert acts(answering) == [
        ("ann", Act("guidance_returned", "leave", "It was right.", 2, 3)),
        ("ann", Act("guidance_removed", "leave", "It is wrong.", 1, 2)),
    ]


@pytest.mark.parametrize("reason", ["", " \n", "x" * 1001])
def test_without_a_reason_nothing_is_withdrawn_and_what_was_typed_stays(
    ann: Person, answering: Site, guidance: SmallService, reason: str
) -> None:
    response = ann.send(f"{PAGE}/withdraw", {"reason": reason})
    assert response.status_code == 422
    assert "Please say why" in response.text
    assert reason.strip() in response.text
    assert guidance.store.latest_number() == 1
    assert acts(answering) == []


def test_what_somebody_else_withdrew_just_now_is_said(
    ann: Person, answering: Site, guidance: SmallService
) -> None:
    guidance.library.remove("leave")
    response = ann.send(f"{PAGE}/withdraw", {"reason": "It is wrong."})
    assert response.status_code == 422
    assert "Somebody else may have withdrawn it just now." in response.text
    assert acts(answering) == []


def test_bringing_back_what_is_there_publishes_nothing(ann: Person, answering: Site) -> None:
    ann.send(f"{PAGE}/return", {"reason": ""})
    assert answering.service.store.latest_number() == 1
    assert acts(answering) == []
