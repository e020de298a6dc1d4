"""The contact card and the call back say when the advice line is open."""

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from playwright.sync_api import BrowserContext, expect

from knowledge.answers.contacts import CONTACTS_FILE
from knowledge.service import Service
from tests.product import Running, started
from tests.web.member.browser.member import HANDED_OVER, Chat
from tests.web.member.browser.test_call_back import fill_in

pytestmark = [pytest.mark.servers, pytest.mark.browser]

OPENS = dt.datetime.now(ZoneInfo("Europe/London")) + dt.timedelta(days=3)
CLOSED = f"Closed now, opens {OPENS:%A} at 9am"
EARLIER = "Open now until 5pm"


@pytest.fixture(scope="module")
def product(
    tmp_path_factory: pytest.TempPathFactory, home: Path, service: Service
) -> Iterator[Running]:
    """The product with an advice line that is closed now."""
    folder = tmp_path_factory.mktemp("closed")
    copy = folder / "home"
    shutil.copytree(home, copy, ignore=shutil.ignore_patterns("conversations.db*", "*.log"))
    rows = yaml.safe_load(CONTACTS_FILE.read_text("utf-8"))
    rows["contacts"]["advice_line"]["opening"] = {f"{OPENS:%a}": ["09:00", "17:00"]}
    contacts = folder / "contacts.yml"
    contacts.write_text(yaml.safe_dump(rows), encoding="utf-8")
    with started(copy, {"ADVICE_CONTACTS": str(contacts)}) as product:
        yield product


@pytest.fixture
def chat(
    product: Running, words: dict[str, str], new_context: Callable[..., BrowserContext]
) -> Chat:
    """Its first page, with a member who asked for a person."""
    page = new_context().new_page()
    page.goto(product.url)
    chat = Chat(page, product.url, words)
    chat.ask(HANDED_OVER)
    return chat


def ask_for_a_call_back(chat: Chat) -> None:
    chat.press("call_back")
    fill_in(chat)
    chat.press("send_case")
    expect(chat.page.locator(".ref")).to_be_visible()


def of_earlier(turn: dict[str, Any]) -> dict[str, Any]:
    """Give a turn as it was kept when the line was open."""
    for reply in turn.get("replies", []):
        reply["contact"]["opening"] = {"open": True, "text": EARLIER}
    if "case" in turn:
        turn["case"]["expect"] = EARLIER
    return turn


def test_out_of_hours_the_member_hears_when_the_line_opens(chat: Chat) -> None:
    expect(chat.turns.locator(".contact")).to_contain_text(CLOSED)
    ask_for_a_call_back(chat)
    expect(chat.turns.last).to_contain_text(CLOSED)


def test_a_kept_conversation_says_after_a_reload_how_it_is_now(chat: Chat) -> None:
    ask_for_a_call_back(chat)
    chat.keep(turns=[of_earlier(turn) for turn in chat.kept()["turns"]])
    chat.page.reload()
    expect(chat.turns.first.locator(".contact")).to_contain_text(CLOSED)
    expect(chat.turns.last).to_contain_text(CLOSED)
    expect(chat.log).not_to_contain_text(EARLIER)


def test_a_page_that_stayed_open_says_how_it_is_now_with_the_next_answer(chat: Chat) -> None:
    chat.page.route(
        "**/wording/en.json",
        lambda route: route.fulfill(
            json={**route.fetch().json(), "hours": {"advice_line": EARLIER}}
        ),
    )
    chat.page.reload()
    expect(chat.turns.locator(".contact")).to_contain_text(EARLIER)
    chat.page.unroute("**/wording/en.json")
    chat.page.evaluate("() => { const now = Date.now(); Date.now = () => now + 600000; }")
    chat.ask("Hello")
    expect(chat.turns.first.locator(".contact")).to_contain_text(CLOSED)
