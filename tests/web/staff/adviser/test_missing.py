"""An adviser says that no guidance answers: editors see it, without personal data."""

import sqlalchemy as sa

from people.asked import asked_table
from people.audit import Filters
from tests.web.staff.person import Person, words
from web.server.site import Site


def test_a_question_that_no_guidance_answers_becomes_one_that_was_asked_in_vain(
    adviser: Person, editor: Person, guided: Site
) -> None:
    text = "may Jane Miller on 07700 900123 park at school"
    response = adviser.send("/adviser/missing", {"q": text})
    assert response.headers["location"].endswith("&done=missing")
    assert "The editors will see it" in words(adviser.open(response.headers["location"]))
    with guided.service.store.engine.connect() as connection:
        (row,) = connection.execute(sa.select(asked_table)).all()
    assert (row.lack, row.reason) == ("adviser", "no_guidance")
    assert "park at school" in row.wording
    assert "07700" not in row.wording
    assert "Jane" not in row.wording
    (act,) = guided.staff.audit.rows(Filters(action="gap_reported"), 9)
    assert (act.actor.name, act.act.subject) == ("cat", "")
    assert guided.gap_work.group() == 1
    assert "An adviser said that no guidance exists." in words(editor.open("/editor/gaps/1"))


def test_nothing_typed_is_no_gap(adviser: Person, guided: Site) -> None:
    adviser.send("/adviser/missing", {"q": " - "})
    with guided.service.store.engine.connect() as connection:
        assert connection.execute(sa.select(asked_table)).all() == []


def test_a_form_of_another_website_is_refused(adviser: Person) -> None:
    sent = adviser.send("/adviser/missing", {"q": "x"}, origin="https://elsewhere.example")
    assert sent.status_code == 403
