"""Staff pages in a real Chromium: by keyboard, for everybody, at 400% zoom."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from knowledge.service import Service
from knowledge.settings import Settings
from tests.product import free_ports
from tests.web.member.browser.member import problems
from tests.web.staff.browser.at_work import ZOOMED, served, sign_in, tab_to
from tests.web.staff.person import PASSWORD
from web.server.site import Site

pytestmark = pytest.mark.browser

PAGES = ["/staff", "/admin/users", "/admin/users?name=ann", "/admin/audit", "/editor/off"]


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Serve a site with one admin, without Rasa; give its address."""
    port, rasa_port = free_ports(2)
    settings = Settings(home=tmp_path, port=port, rasa_port=rasa_port)
    service = Service(settings)
    with served(Site(settings, service), "admin") as address:
        yield address
    service.close()


def test_one_signs_in_looks_round_and_signs_out_by_keyboard_alone(
    address: str, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(java_script_enabled=True).new_page()
    sign_in(page, address)
    expect(page.locator("h1")).to_have_text("Hello, ann")
    tab_to(page, "Staff accounts")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Staff accounts")
    tab_to(page, "Sign out")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("You are signed out.")
    page.goto(f"{address}/admin/users")
    expect(page.locator("h1")).to_have_text("Sign in")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_problem_and_nothing_is_wider_than_a_zoomed_window(
    address: str, new_context: Callable[..., BrowserContext], scheme: str
) -> None:
    page = new_context(color_scheme=scheme, viewport=ZOOMED).new_page()
    page.goto(f"{address}/staff")
    assert problems(page) == []
    sign_in(page, address)
    expect(page.locator("h1")).to_have_text("Hello, ann")
    for path in PAGES:
        page.goto(address + path)
        assert problems(page) == [], path
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= ZOOMED["width"], path


def test_without_scripts_everything_works(
    address: str, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{address}/editor/off")
    page.get_by_label("Name").fill("ann")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("h1")).to_have_text("Switch things off")
    page.get_by_label("Why?").first.fill("wrong dates")
    page.get_by_role("button", name="Switch the bot off").click()
    expect(page.locator("main")).to_contain_text("The bot is off.")
    page.get_by_role("button", name="Switch on again: The whole bot").click()
    expect(page.locator("main")).to_contain_text("The bot is on.")
