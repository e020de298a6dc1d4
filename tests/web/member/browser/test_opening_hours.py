"""The contact card and the call back say when the advice line is open."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from playwright.sync_api import BrowserContext, expect

from knowledge.answers.contacts import CONTACTS_FILE
from tests.product import started
from tests.web.member.browser.member import HANDED_OVER, Chat
from tests.web.member.browser.test_call_back import fill_in

pytestmark = [pytest.mark.servers, pytest.mark.browser]


def test_out_of_hours_the_member_hears_when_the_line_opens(
    tmp_path: Path,
    own_home: Path,
    words: dict[str, str],
    new_context: Callable[..., BrowserContext],
) -> None:
    day = dt.datetime.now(ZoneInfo("Europe/London")) + dt.timedelta(days=3)
    rows = yaml.safe_load(CONTACTS_FILE.read_text("utf-8"))
    rows["contacts"]["advice_line"]["opening"] = {f"{day:%a}": ["09:00", "17:00"]}
    contacts = tmp_path / "contacts.yml"
    contacts.write_text(yaml.safe_dump(rows), encoding="utf-8")
    closed = f"Closed now, opens {day:%A} at 9am"
    with started(own_home, {"ADVICE_CONTACTS": str(contacts)}) as product:
        page = new_context().new_page()
        page.goto(product.url)
        chat = Chat(page, product.url, words)
        turn = chat.ask(HANDED_OVER)
        expect(turn.locator(".contact")).to_contain_text(closed)
        chat.press("call_back", turn)
        fill_in(chat)
        chat.press("send_case")
        expect(page.locator(".ref")).to_be_visible()
        expect(chat.turns.last).to_contain_text(closed)
