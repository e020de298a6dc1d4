"""The impact of a change, with the real models, over three small documents."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.editions.changes import Change, Outcome, removal, restoring
from knowledge.editions.edition import State
from knowledge.editions.pinned import NewPin, approve_pin, propose_pin
from knowledge.errors import UnknownDocument
from knowledge.evaluation.impact import (
    Asked,
    Impact,
    Wanted,
    blocking,
    compare,
    read_impact,
)
from knowledge.language.sentences import split_sentences
from knowledge.reading.remembering import RememberingReader
from tests.small import LEAVE, SmallService

TRAVEL = "How much travel leave can leaders take before a school trip?"
KEYS = "Who keeps the keys of the building?"
BELLS = "When does the bell ring?"


@pytest.fixture
def guidance(small: SmallService, folder: Path) -> SmallService:
    small.library.add([folder])
    return small


def passage_of(guidance: SmallService, document: str) -> Wanted:
    (version,) = [one for one in guidance.edition().versions if one.document.id == document]
    first = version.passages[0]
    return Wanted(first.passage.id, first.digest)


def impact(guidance: SmallService, change: Change, *asked: Asked) -> Impact:
    reader = RememberingReader(guidance.reader_model())
    return compare(guidance.dialogue(), guidance.try_out(change), asked, reader)


def differences(found: Impact) -> list[tuple[str, str]]:
    return [(row.asked.id, row.difference) for row in found.rows]


def test_a_golden_question_is_lost_when_its_document_goes(guidance: SmallService) -> None:
    found = impact(
        guidance,
        removal("leave"),
        Asked("1", TRAVEL, "golden", passage_of(guidance, "leave")),
        Asked("2", KEYS, "golden", passage_of(guidance, "keys")),
    )
    assert differences(found) == [("1", "lost")]
    (lost,) = blocking(found)
    assert lost.before.answered
    assert not lost.after.answered
    assert found.counts["golden"] == {"lost": 1, "changed": 0, "gained": 0, "unchanged": 1}


def test_a_question_that_nothing_should_answer_is_won_when_the_answer_goes(
    guidance: SmallService,
) -> None:
    found = impact(guidance, removal("leave"), Asked("1", TRAVEL, "golden", Wanted()))
    assert differences(found) == [("1", "gained")]
    assert blocking(found) == ()


def test_other_words_of_the_same_passage_are_a_change_and_no_loss(
    guidance: SmallService, folder: Path
) -> None:
    wanted = passage_of(guidance, "leave")
    old = guidance.edition()
    (folder / "leave.md").write_text(LEAVE.replace("two days", "three days"), "utf-8")
    guidance.library.add([folder])
    found = impact(guidance, restoring(old), Asked("1", TRAVEL, "golden", wanted))
    assert differences(found) == [("1", "changed")]
    (row,) = found.rows
    assert "three days" in row.before.quotes[0].text
    assert "two days" in row.after.quotes[0].text


def test_a_passage_under_another_name_is_the_right_one_too(guidance: SmallService) -> None:
    wanted = Wanted("leave#as-it-was-called-once", passage_of(guidance, "leave").digest)
    found = impact(guidance, removal("bells"), Asked("1", TRAVEL, "golden", wanted))
    assert found.counts["golden"]["unchanged"] == 1
    found = impact(guidance, removal("leave"), Asked("1", TRAVEL, "golden", wanted))
    assert differences(found) == [("1", "lost")]


def test_what_members_asked_is_lost_when_it_is_answered_no_more(guidance: SmallService) -> None:
    found = impact(
        guidance, removal("leave"), Asked("7", TRAVEL, "real"), Asked("8", BELLS, "real")
    )
    assert differences(found) == [("7", "lost")]
    assert found.counts["real"]["unchanged"] == 1
    assert blocking(found) == ()


def test_a_pinned_answer_is_lost_when_its_passage_goes(guidance: SmallService) -> None:
    wanted = passage_of(guidance, "keys")
    new = NewPin(BELLS, wanted.passage_id, wanted.digest, guidance.today())
    with guidance.store.engine.begin() as connection:
        number = propose_pin(connection, new, "cat", guidance.now())
        approve_pin(connection, number, "ann", guidance.now())
    asked = Asked("1", BELLS, "pinned", wanted)
    found = impact(guidance, removal("keys"), asked, Asked("7", BELLS, "real"))
    assert ("1", "lost") in differences(found)
    assert found.rows[0].before.step == "pinned"
    # The member's question was answered by the pin too, so something changes for it.
    assert [row.difference for row in found.rows if row.asked.kind == "real"] == ["changed"]


def test_losses_come_first_and_golden_questions_before_others(guidance: SmallService) -> None:
    found = impact(
        guidance,
        removal("leave"),
        Asked("7", TRAVEL, "real"),
        Asked("2", TRAVEL, "golden", Wanted()),
        Asked("1", TRAVEL, "golden", passage_of(guidance, "leave")),
    )
    assert differences(found) == [("1", "lost"), ("2", "gained"), ("7", "lost")]


def test_nothing_is_published_and_only_what_is_new_is_embedded(
    guidance: SmallService, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts: list[str] = []
    encode = guidance.embedder().encode_whole

    def counting(some: Sequence[str], progress: Callable[[int], object] | None = None) -> object:
        texts.extend(some)
        return encode(some, progress)

    def mend(state: State) -> Outcome:
        after = dict(removal("bells").apply(state).versions)
        first, *others = after["leave"].passages
        passage = replace(first.passage, text=f"{first.passage.text} It is paid.")
        mended = replace(first, passage=passage, sentences=split_sentences(passage.text))
        after["leave"] = replace(after["leave"], passages=(mended, *others))
        return Outcome(after, frozenset())

    monkeypatch.setattr(guidance.embedder(), "encode_whole", counting)
    impact(guidance, Change("ann", "", mend), Asked("1", KEYS, "real"))
    assert len(texts) == 1
    assert "It is paid." in texts[0]
    assert guidance.edition().number == 1
    assert "bells" in guidance.edition().documents


def test_progress_says_how_many_questions_were_asked(guidance: SmallService) -> None:
    told: list[tuple[str, int, int]] = []
    reader = RememberingReader(guidance.reader_model())
    asked = [Asked("1", KEYS, "real"), Asked("2", BELLS, "real")]
    live, draft = guidance.dialogue(), guidance.try_out(removal("leave"))
    compare(live, draft, asked, reader, lambda *step: told.append(step))
    assert told == [("comparing", 1, 2), ("comparing", 2, 2)]


def test_an_impact_is_kept_without_the_words_of_members(guidance: SmallService) -> None:
    found = impact(
        guidance,
        removal("leave"),
        Asked("7", TRAVEL, "real"),
        Asked("1", TRAVEL + " ", "golden", passage_of(guidance, "leave")),
    )
    saved = json.loads(json.dumps(found.saved()))
    assert [row["asked"]["wording"] for row in saved["rows"]] == [TRAVEL + " ", ""]
    assert read_impact(saved, {"7": TRAVEL}) == found
    assert read_impact(saved, {}).rows[1].asked.wording == ""


def test_a_change_to_a_document_that_is_gone_says_so(guidance: SmallService) -> None:
    with pytest.raises(UnknownDocument):
        guidance.try_out(removal("no-such"))
