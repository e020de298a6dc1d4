import io
import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from knowledge.errors import EditionError, QuestionFileError, UnknownDocument
from knowledge.service import Service
from people.audit import Audit, Filters
from tests.knowledge.documents.readers.pdf.making import Page, make
from tests.small import SmallService
from web.cli.guidance import knowledge_commands, progress_bars
from web.staff.reasons import NoReason

WHY = ("--reason", "wrong dates")
COMMANDS = {command.name: command for command in knowledge_commands()}
REPLY = {"text", "status", "reason", "sources", "contact", "notice", "buttons", "decided"}


def run(service: Service, name: str, *arguments: object) -> Result:
    """Run a command as the shell does; its errors are raised."""
    return CliRunner().invoke(
        COMMANDS[name], [str(a) for a in arguments], obj=service, catch_exceptions=False
    )


@pytest.mark.parametrize("command", COMMANDS.values(), ids=list(COMMANDS))
def test_every_command_has_help_with_an_example(command: click.Command) -> None:
    result = CliRunner().invoke(command, ["--help"])
    assert result.exit_code == 0
    assert "Example:" in result.output
    assert f"advice {command.name}" in result.output


def test_add_says_what_was_created_and_what_stayed(small: SmallService, folder: Path) -> None:
    first = run(small, "add", folder)
    assert "created   keys" in first.output
    assert "3 created, 0 updated, 0 unchanged, 0 removed" in first.output
    again = run(small, "add", folder)
    assert "0 created, 0 updated, 3 unchanged, 0 removed; 0 texts embedded" in again.output


def test_remove_takes_a_document_out(small: SmallService, folder: Path) -> None:
    run(small, "add", folder)
    assert "removed   keys" in run(small, "remove", "keys", *WHY).output
    assert "keys" not in run(small, "list").output
    with pytest.raises(UnknownDocument):
        run(small, "remove", "keys", *WHY)


def test_each_change_is_in_the_audit_from_edition_to_edition(
    small: SmallService, folder: Path
) -> None:
    run(small, "add", folder)
    run(small, "add", folder)  # changes nothing
    run(small, "remove", "keys", *WHY)
    run(small, "restore", 1, *WHY)
    rows = [row.act for row in Audit(small.store.engine).rows(Filters(), 10)]
    told = [(act.action, act.subject, act.edition_from, act.edition_to, act.reason) for act in rows]
    assert told == [
        ("edition_restored", "1", 2, 3, "wrong dates"),
        ("guidance_removed", "keys", 1, 2, "wrong dates"),
        ("guidance_added", str(folder), None, 1, ""),
    ]


def test_what_takes_guidance_from_members_needs_a_reason(small: SmallService, folder: Path) -> None:
    run(small, "add", folder)
    for words in (("remove", "keys"), ("restore", 1)):
        assert run(small, *words).exit_code == 2  # type: ignore[arg-type]
        with pytest.raises(NoReason):
            run(small, *words, "--reason", " ")  # type: ignore[arg-type]
    assert small.store.latest_number() == 1


def test_history_tells_what_became_of_a_document(small: SmallService, folder: Path) -> None:
    run(small, "add", folder)
    run(small, "remove", "keys", *WHY)
    run(small, "restore", 1, *WHY)
    lines = run(small, "history", "keys").output.splitlines()
    assert [line.split()[0] for line in lines] == ["3", "2", "1"]
    assert "removed" in lines[1]
    assert lines[1].endswith("(command): Removed keys. wrong dates")
    rows = [
        json.loads(line) for line in run(small, "history", "keys", "--json").output.split("\n")[:3]
    ]
    assert [row["what"] for row in rows] == ["returned", "removed", "created"]
    with pytest.raises(UnknownDocument):
        run(small, "history", "no-such")


def test_compare_shows_the_words_that_differ(small: SmallService, folder: Path) -> None:
    run(small, "add", folder)
    file = folder / "keys.md"
    file.write_text(file.read_text().replace("change the locks", "ring the office"))
    (folder / "bells.md").unlink()
    run(small, "add", folder)
    output = run(small, "compare", 1, 2).output
    assert "removed   bells" in output
    assert "changed   keys\n  Lost keys\n" in output
    assert "same day, and [-change the locks.-]{+ring the office.+}" in output
    assert output.endswith("0 created, 1 changed, 1 removed from edition 1 to 2.\n")
    with pytest.raises(EditionError, match="no edition 7"):
        run(small, "compare", 1, 7)


def test_list_gives_one_object_a_document(small: SmallService, folder: Path) -> None:
    run(small, "add", folder)
    rows = [json.loads(line) for line in run(small, "list", "--json").output.splitlines()]
    assert [row["id"] for row in rows] == ["bells", "keys", "leave"]
    assert rows[2] == {
        "id": "leave",
        "title": "Leave for school trips",
        "published": "2026-01-10",
        "review_by": "2027-06-10",
        "passages": 2,
    }
    assert "3 documents in edition 1." in run(small, "list").output


def test_editions_lists_what_was_published_and_restore_brings_one_back(
    small: SmallService, folder: Path
) -> None:
    run(small, "add", folder)
    run(small, "remove", "keys", *WHY)
    assert "created   keys" in run(small, "restore", 1, *WHY).output
    rows = [json.loads(line) for line in run(small, "editions", "--json").output.splitlines()]
    assert [(row["number"], row["documents"], row["base"]) for row in rows] == [
        (3, 3, 2),
        (2, 2, 1),
        (1, 3, None),
    ]
    assert set(rows[0]) == {
        "number", "published", "note", "by", "base", "digest", "documents", "bytes",
    }  # fmt: skip
    lines = run(small, "editions").output.splitlines()
    assert lines[0].endswith("(command): Edition 1 brought back. wrong dates")
    assert len(lines) == 3
    with pytest.raises(EditionError, match="no edition 9"):
        run(small, "restore", 9, *WHY)


def test_rebuild_publishes_the_same_documents(small: SmallService, folder: Path) -> None:
    run(small, "add", folder)
    assert "3 unchanged" in run(small, "rebuild").output


def test_commands_say_what_to_do_when_nothing_is_published(small: SmallService) -> None:
    for arguments in (("list",), ("search", "keys"), ("ask", "keys"), ("rebuild",)):
        with pytest.raises(EditionError, match="advice add"):
            run(small, *arguments)


def test_search_finds_the_passage_and_gives_it_in_the_documented_shape(
    small: SmallService, folder: Path
) -> None:
    run(small, "add", folder)
    result = run(small, "search", "who must I tell when I lose a key?", "--json", "--limit", 2)
    row = json.loads(result.output)
    assert set(row) == {"question", "hits"}
    assert len(row["hits"]) == 2
    best = row["hits"][0]
    assert best.pop("score") > 0
    assert best == {
        "passage_id": "keys#lost-keys",
        "title": "Keys to the building",
        "headings": ["Lost keys"],
        "text": "Tell the site manager about lost keys on the same day, and change the locks.",
        "page": None,
        "published": "2026-02-01",
        "url": "/guidance/keys",
    }


def test_search_and_ask_name_the_page_of_a_file_that_has_pages(
    small: SmallService, tmp_path: Path
) -> None:
    first, second = Page(), Page()
    first.lines(780, "Keys to the building", size=20, bold=True)
    first.lines(740, "The site manager keeps the keys and writes down who has borrowed them.")
    second.lines(780, "Lost keys", size=16, bold=True)
    second.lines(740, "Tell the site manager about lost keys on the same day, at any hour.")
    (tmp_path / "keys.pdf").write_bytes(make(first, second))
    run(small, "add", tmp_path / "keys.pdf")
    found = json.loads(run(small, "search", "lost keys", "--json", "--limit", 1).output)
    assert found["hits"][0]["page"] == 2
    assert "Keys to the building > Lost keys, page 2" in run(small, "search", "lost keys").output


def test_search_in_words_shows_the_heading_trail(small: SmallService, folder: Path) -> None:
    run(small, "add", folder)
    output = run(small, "search", "lost keys").output
    assert "Keys to the building > Lost keys  [keys#lost-keys]" in output


def test_ask_gives_a_chat_reply_a_line(service: Service, tmp_path: Path) -> None:
    file = tmp_path / "questions.txt"
    file.write_text("What is off-rolling?\n\nI want to talk to a person\n")
    result = run(service, "ask", "--input", file, "--json")
    answer, person = (json.loads(line) for line in result.output.splitlines())
    assert set(answer) >= {"session", "replies"}
    for reply in (*answer["replies"], *person["replies"]):
        assert set(reply) == REPLY
    assert answer["replies"][0]["status"] == "answered"
    assert set(answer["replies"][0]["sources"][0]) >= {
        "title", "publisher", "published", "reviewed", "url", "passage_id", "headings",
    }  # fmt: skip
    assert person["replies"][0]["contact"]["id"] == "advice_line"


def test_ask_in_words_shows_the_quotation_and_its_source(service: Service) -> None:
    output = run(service, "ask", "What is off-rolling?").output
    assert "[answered]" in output
    assert "/guidance/off-rolling-meaning" in output


@pytest.mark.parametrize("name", ["ask", "search"])
def test_a_question_and_a_file_together_or_neither_are_refused(service: Service, name: str) -> None:
    for arguments in ([], ["a question", "--input", "file.txt"]):
        result = run(service, name, *arguments)
        assert result.exit_code == 2
        assert "--input FILE" in result.output


def test_a_file_of_questions_that_is_missing_is_refused(service: Service, tmp_path: Path) -> None:
    with pytest.raises(QuestionFileError, match="cannot be read"):
        run(service, "ask", "--input", tmp_path / "nothing.txt")


def test_evaluate_prints_measures_writes_the_report_and_fails_below_a_floor(
    service: Service, tmp_path: Path
) -> None:
    row = {"id": "x", "topic": "none", "question": "asdfghjkl", "status": "answered"}
    (tmp_path / "questions.jsonl").write_text(json.dumps(row))
    report = tmp_path / "report.html"
    result = run(service, "evaluate", tmp_path, "--html", report)
    assert result.exit_code == 0
    assert "status.answered" in result.output
    assert "expected answered; got out_of_scope" in result.output
    assert "asdfghjkl" in report.read_text()
    (tmp_path / "floors.yml").write_text("status.answered: 0.5")
    below = run(service, "evaluate", tmp_path, "--no-failures")
    assert below.exit_code == 1
    assert "below its floor" in below.output
    assert "got out_of_scope" not in below.output


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_long_work_shows_one_bar_a_step_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with progress_bars() as progress:
        assert progress is not None
        for done in range(1, 4):
            progress("reading", done, 3)
    assert terminal.getvalue().count("  0%") == 1
    monkeypatch.setattr("sys.stderr", io.StringIO())
    with progress_bars() as progress:
        assert progress is None
