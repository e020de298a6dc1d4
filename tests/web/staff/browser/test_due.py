"""Review dates, owners and mail in a real Chromium: by keyboard, for everybody, at 400% zoom."""

import datetime as dt
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from argon2 import PasswordHasher
from playwright.sync_api import BrowserContext, Page, expect

from knowledge.documents.document import Document
from knowledge.service import Service
from knowledge.settings import Settings
from people.audit import Actor
from people.outbox.mail import Mail, queue
from tests.product import ROOT, free_ports
from tests.small import KEYS, SmallService
from tests.web.member.browser.member import problems
from tests.web.staff.browser.test_keyboard import ZOOMED, sign_in, tab_to
from tests.web.staff.person import PASSWORD
from web.server.app import create_app
from web.server.site import Site

pytestmark = pytest.mark.browser

PICTURES = ROOT / "test-output" / "staff-due"
NOON = dt.datetime(2027, 5, 1, 12, tzinfo=dt.UTC)
PAGES = {
    "start": "/staff",
    "list": "/editor/due",
    "all": "/editor/due?show=all&ticked=all",
    "nothing": "/editor/due?show=overdue",
    "one": "/editor/due/review?id=leave",
    "several": "/editor/due/review?id=leave&id=keys&first=x&last=y",
    "owner": "/editor/due/owner?id=leave&id=keys",
    "owners": "/editor/due/owners",
    "outbox": "/admin/outbox",
}


@pytest.fixture
def guidance(tmp_path: Path, service: Service, folder: Path) -> Iterator[SmallService]:
    """Give a service over documents of which several fall due at once."""
    for number in range(4):
        text = KEYS.replace("published: 2026-02-01", "review_by: 2027-08-20")
        text = text.replace("Keys to the building", f"Keys to building {number}")
        (folder / f"more{number}.md").write_text(text.replace("site manager", f"Team {number}"))
    port, rasa_port = free_ports(2)
    settings = Settings(home=tmp_path / "home", port=port, rasa_port=rasa_port)
    small = SmallService(settings.home, service, lambda: NOON, settings)
    small.library.add([folder])
    yield small
    small.close()


@pytest.fixture
def address(guidance: SmallService) -> Iterator[str]:
    """Serve a site with one admin, without Rasa; give its address."""
    site = Site(guidance.settings, guidance)
    token = site.staff.users.add("ann", "admin", Actor("test"))
    site.staff.users.set_password(token, PasswordHasher().hash(PASSWORD))
    port = guidance.settings.port
    server = uvicorn.Server(uvicorn.Config(create_app(site), port=port, log_config=None))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


def published(service: SmallService, name: str) -> Document:
    return service.store.latest().documents[name]


def picture(page: Page, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def waiting_mail(service: SmallService) -> None:
    """Put a mail that could not be sent into the outbox."""
    with service.store.engine.begin() as connection:
        queue(connection, Mail("review", "team@example.org", "2 documents need your review", {}))
    site = Site(service.settings, service)
    kept = site.staff.outbox.claim()
    assert kept
    site.staff.outbox.note_failed(kept, "mail.example.org:587: it says 451 Come back later")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_problem_and_nothing_is_wider_than_a_zoomed_window(
    address: str,
    guidance: SmallService,
    new_context: Callable[..., BrowserContext],
    scheme: str,
) -> None:
    waiting_mail(guidance)
    page = new_context(color_scheme=scheme, viewport=ZOOMED).new_page()
    sign_in(page, address)
    expect(page.locator("h1")).to_have_text("Hello, ann")
    for name, path in PAGES.items():
        page.goto(address + path)
        assert problems(page) == [], path
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= ZOOMED["width"], path
        picture(page, f"{name}-{scheme}-zoomed")
        page.set_viewport_size({"width": 1280, "height": 800})
        picture(page, f"{name}-{scheme}")
        page.set_viewport_size(ZOOMED)  # type: ignore[arg-type]  # a width and a height


def test_a_document_is_reviewed_by_keyboard_alone(
    address: str, guidance: SmallService, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context().new_page()
    sign_in(page, address, "/editor/due")
    expect(page.locator("h1")).to_have_text("Review dates")
    tab_to(page, "Leave for school trips")
    page.keyboard.press("Space")
    page.keyboard.press("Shift+Tab")
    while page.evaluate("document.activeElement.textContent.trim()") != "Reviewed, no change …":
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Reviewed, no change")
    expect(page.locator("main")).to_contain_text("Leaders can take two days of travel leave")
    tab_to(page, "Next review by")
    page.keyboard.press("Control+A")
    page.keyboard.type("soon")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Some dates cannot be used")
    tab_to(page, "Next review by")
    page.keyboard.press("Control+A")
    page.keyboard.type("31 May 2028")
    tab_to(page, "I have read it. Mark as reviewed")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("1 document is marked as reviewed.")
    assert published(guidance, "leave").review_by == dt.date(2028, 5, 31)


def test_without_scripts_a_crowd_is_spread_and_gets_an_owner(
    address: str, guidance: SmallService, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{address}/editor/due")
    page.get_by_label("Name").fill("ann")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Show these documents, ticked").click()
    page.get_by_role("checkbox", name="Leave for school trips").uncheck()
    page.get_by_role("button", name="Reviewed, no change").click()
    page.get_by_text("Spread the dates", exact=True).click()
    page.get_by_label("First date").fill("1 November 2027")
    page.get_by_label("Last date").fill("1 May 2028")
    page.get_by_role("button", name="Propose dates").click()
    page.get_by_role("button", name="I have read them").click()
    expect(page.get_by_role("status")).to_have_text("4 documents are marked as reviewed.")
    expect(page.locator("main")).not_to_contain_text("Much falls due at once")
    assert len({published(guidance, f"more{number}").review_by for number in range(4)}) == 4
    page.get_by_role("checkbox", name="Keys to the building").check()
    page.get_by_role("button", name="Set the owner").click()
    page.get_by_label("Owner", exact=True).fill("Site team")
    page.get_by_role("button", name="Set the owner").click()
    page.get_by_label("E-mail address of Site team").fill("site@example.org")
    page.get_by_role("button", name="Save the address of Site team").click()
    expect(page.get_by_role("status")).to_have_text("The address is saved.")
    assert published(guidance, "keys").owner == "Site team"
