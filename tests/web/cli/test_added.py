"""`advice add` says what became of each document, and what an editor should look at."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.knowledge.documents.readers.word_files import paragraph, properties, run, word_file
from tests.small import KEYS, SmallService
from web.cli.guidance import add

PAGE = "<html><body><main><h1>Leave</h1><p>Ask for <del>six</del> <del>two</del> ten days of leave."
HALF = "# Leave\nAsk the board for ten days.\n\n```\n" + "a word that is code\n" * 20 + "```\n"


def added(small: SmallService, *arguments: object) -> Result:
    return CliRunner().invoke(add, [str(a) for a in arguments], obj=small, catch_exceptions=False)


def test_a_document_that_is_replaced_is_named_with_its_date(
    small: SmallService, folder: Path
) -> None:
    added(small, folder)
    (folder / "keys.md").write_text(KEYS.replace("same day", "next day"))
    output = added(small, folder).output
    assert 'replaces  keys: "Keys to the building" (published 1 February 2026)' in output
    assert "unchanged bells" in output


def test_what_was_left_out_is_counted_and_shown_on_demand(
    small: SmallService, tmp_path: Path
) -> None:
    (tmp_path / "leave.html").write_text(PAGE)
    output = added(small, tmp_path / "leave.html").output
    assert "left out: 2 struck passages" in output
    assert "six" not in output
    assert (
        "struck passage (line 1): six" in added(small, tmp_path / "leave.html", "--explain").output
    )


def test_tracked_insertions_of_a_word_file_are_counted(small: SmallService, tmp_path: Path) -> None:
    inserted = f'<w:ins w:id="1">{run("ten")}</w:ins>'
    text = paragraph(run("Ask the board for ") + inserted + run(" days of leave."))
    said = properties("Leave for carers", "The union", "2024-05-03T10:00:00Z")
    (tmp_path / "leave.docx").write_bytes(word_file(text, members=said))
    output = added(small, tmp_path / "leave.docx").output
    assert "kept: 1 tracked insertion" in output
    assert (
        "published, review_by are missing: write 'review_by: 2027-05-31' in leave.docx.yml beside "
        "it; the file was last saved on 3 May 2024" in output
    )


def test_fields_written_beside_a_file_are_its_metadata(small: SmallService, tmp_path: Path) -> None:
    path = tmp_path / "leave.docx"
    path.write_bytes(word_file(paragraph("Leave", "Title"), paragraph("Ask for ten days.")))
    (tmp_path / "leave.docx.yml").write_text(
        "publisher: The union\npublished: 2026-05-31\nreview_by: 2027-05-31\n"
    )
    assert "missing" not in added(small, path).output
    assert str(small.store.latest().documents["leave"].review_by) == "2027-05-31"


def test_one_bad_file_is_named_and_the_others_are_published(
    small: SmallService, folder: Path
) -> None:
    (folder / "bad.docx").write_bytes(b"no Word file")
    result = added(small, folder)
    assert result.exit_code == 1
    assert "3 created" in result.output
    assert f"not added {folder / 'bad.docx'}" in result.output
    assert added(small, folder / "keys.md").exit_code == 0


def test_a_page_that_loses_much_is_refused_until_it_is_accepted(
    small: SmallService, tmp_path: Path
) -> None:
    path = tmp_path / "leave.md"
    path.write_text(HALF)
    refused = added(small, path, "--explain")
    assert refused.exit_code == 1
    assert "of its words" in refused.output
    assert "piece of code (line 4): a word that is code" in refused.output
    assert small.store.latest_number() is None
    accepted = added(small, path, "--accept")
    assert (accepted.exit_code, "created   leave" in accepted.output) == (0, True)


def test_documents_much_alike_are_named_with_both_dates(
    small: SmallService, tmp_path: Path
) -> None:
    text = " ".join(f"Leaders ask for day {n} before week {n} is over." for n in range(12))
    more = " ".join(f"Rule {n} says something else." for n in range(40))
    for name, date, body in (("one", "2024-05-03", text), ("two", "2025-06-04", f"{text} {more}")):
        (tmp_path / f"{name}.md").write_text(
            f"---\ntitle: {name}\npublished: {date}\n---\n{body}\n"
        )
    added(small, tmp_path / "one.md")
    output = " ".join(added(small, tmp_path / "two.md").output.split())
    assert (
        'much like one: 100% of the shorter one stands in both; this is "two" (published 4 June '
        '2025), that is "one" (published 3 May 2024)' in output
    )


def test_a_document_that_is_past_its_review_is_named(small: SmallService, tmp_path: Path) -> None:
    (tmp_path / "leave.html").write_text(PAGE.replace("<p>", "<p>Next review: 3 May 2020</p><p>"))
    output = added(small, tmp_path / "leave.html").output
    assert "past its review on 3 May 2020: members do not see it" in output


def test_a_month_without_a_day_is_shown_and_is_no_date(small: SmallService, tmp_path: Path) -> None:
    (tmp_path / "leave.html").write_text(PAGE.replace("<p>", "<p>Published May 2024</p><p>"))
    output = added(small, tmp_path / "leave.html").output
    assert "published, review_by are missing" in output
    assert "the text says May 2024" in output


def test_a_welsh_page_is_marked_welsh(small: SmallService, tmp_path: Path) -> None:
    welsh = "Mae gan eich ysgol bolisi, ac mae rhaid i chi ofyn i'r bwrdd cyn cymryd yr amser hwn."
    (tmp_path / "amser.html").write_text(f"<main><h1>Amser</h1><p>{welsh}</p></main>")
    added(small, tmp_path / "amser.html")
    assert small.store.latest().documents["amser"].language == "cy"


def test_an_old_word_file_in_a_folder_is_named_and_not_passed_over(
    small: SmallService, folder: Path
) -> None:
    (folder / "travel.doc").write_bytes(b"old")
    (folder / "~$travel.doc").write_bytes(b"the name of who has it open")
    result = added(small, folder)
    assert (result.exit_code, result.output.count("not added")) == (1, 1)
    assert "travel.doc: ends in .doc" in result.output


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("leave.md", "between the two '---' on top"),
        ("leave.txt", "in leave.txt.yml beside it"),
    ],
)
def test_a_file_without_a_title_is_refused_with_where_to_write_one(
    small: SmallService, tmp_path: Path, name: str, place: str
) -> None:
    (tmp_path / name).write_text("Ask the board of governors before you take ten days of leave.\n")
    refused = added(small, tmp_path / name)
    assert refused.exit_code == 1
    assert f"has no title: begin its text with a heading, or write 'title: …' {place}" in (
        refused.output
    )


def test_two_files_that_hold_the_same_are_said_to(small: SmallService, tmp_path: Path) -> None:
    for name in ("one.html", "two.html"):
        (tmp_path / name).write_text(PAGE)
    output = added(small, tmp_path).output
    assert output.count("created   leave") == 1
    assert "two.html holds the same as one.html: leave stands for both" in output
