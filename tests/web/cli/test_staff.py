"""The commands about staff: accounts, the audit, and the kill switch."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from knowledge.documents.document import TOPICS
from knowledge.service import Service
from knowledge.settings import Settings
from people.users import Users
from web.cli.main import advice


def run(home: Path, *command: str, **settings: str) -> Result:
    environ = {"ADVICE_HOME": str(home), **settings}
    return CliRunner().invoke(advice, list(command), env=environ)


def test_a_new_account_gets_a_link_that_sets_its_password(tmp_path: Path) -> None:
    result = run(tmp_path, "users", "add", "Ann", "--role", "editor", ADVICE_PORT="8123")
    assert result.exit_code == 0, result.output
    address, mark, token = result.output.strip().splitlines()[-1].rpartition("/staff/password/")
    assert (address, mark) == ("http://127.0.0.1:8123", "/staff/password/")
    service = Service(Settings(home=tmp_path))
    assert Users(service.store.engine).owner_of_link(token) == "ann"
    service.close()


def test_the_link_is_where_staff_reach_the_site(tmp_path: Path) -> None:
    address = {"ADVICE_PUBLIC_URL": "https://union.example", "ADVICE_ROOT_PATH": "/advice"}
    result = run(tmp_path, "users", "add", "ann", "--role", "admin", **address)
    assert "https://union.example/advice/staff/password/" in result.output


def test_what_is_wrong_with_an_account_is_said_by_its_own_error(tmp_path: Path) -> None:
    run(tmp_path, "users", "add", "ann", "--role", "admin")
    result = run(tmp_path, "users", "off", "ann")
    assert result.exit_code != 0
    assert "the last admin" in str(result.exception)


def test_the_list_says_who_may_not_sign_in(tmp_path: Path) -> None:
    run(tmp_path, "users", "add", "ann", "--role", "editor")
    run(tmp_path, "users", "off", "ann")
    assert "SWITCHED OFF  NO PASSWORD YET" in run(tmp_path, "users", "list").output


def test_the_bot_is_switched_off_and_on_with_a_reason_in_the_audit(tmp_path: Path) -> None:
    result = run(tmp_path, "off", "--reason", "wrong dates")
    assert "off  bot" in result.output
    run(tmp_path, "off", "--topic", TOPICS[0], "--reason", "the law changed")
    assert "off  bot" not in run(tmp_path, "on").output
    rows = [json.loads(line) for line in run(tmp_path, "audit").output.splitlines()]
    assert [(row["what"], row["on"], row["reason"]) for row in rows] == [
        ("switched_on", "bot", ""),
        ("switched_off", f"topic {TOPICS[0]}", "the law changed"),
        ("switched_off", "bot", "wrong dates"),
    ]
    assert all(row["who"].endswith("command)") or row["who"] == "a command" for row in rows)


def test_switching_off_asks_for_a_reason_and_for_one_thing(tmp_path: Path) -> None:
    for words in (["off"], ["off", "--document", "a", "--topic", "b", "--reason", "x"]):
        assert run(tmp_path, *words).exit_code == 2
    assert run(tmp_path, "audit").output == ""
