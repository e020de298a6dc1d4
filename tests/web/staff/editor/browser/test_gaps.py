"""The pages of gaps in a real Chromium: for everybody, zoomed, by keyboard, without scripts."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from argon2 import PasswordHasher
from playwright.sync_api import BrowserContext, Page, expect

from knowledge.service import Service
from knowledge.settings import Settings
from people.audit import Actor
from people.gaps import Retest
from people.grouping import Grouping
from tests.people.asking import asked_by
from tests.people.meanings import by_first_word
from tests.product import free_ports
from tests.web.member.browser.member import problems
from tests.web.staff.person import PASSWORD
from web.server.app import create_app
from web.server.site import Site

pytestmark = pytest.mark.browser

ZOOMED = {"width": 320, "height": 256}  # 1280 by 1024 at 400%
SHOTS = Path("test-output")


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Serve a site with two editors and two gaps, without Rasa; give its address."""
    port, rasa_port = free_ports(2)
    settings = Settings(home=tmp_path, port=port, rasa_port=rasa_port)
    service = Service(settings)
    site = Site(settings, service)
    for name in ("ann", "ben"):
        token = site.staff.users.add(name, "editor", Actor("test"))
        site.staff.users.set_password(token, PasswordHasher().hash(PASSWORD))
    for number in range(4):
        site.asked.add(asked_by(f"c{number}", f"raffle tickets for [school], wording {number}?"))
    site.asked.add(asked_by("c9", "parking in term time"))
    Grouping(site.asked.engine, by_first_word).run()
    site.gap_work.gaps.save(1, Retest(2, tested=4, answered=1))
    server = uvicorn.Server(uvicorn.Config(create_app(site), port=port, log_config=None))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()
    service.close()


def sign_in(page: Page, address: str, name: str, path: str = "/editor/gaps") -> None:
    page.goto(address + path)
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_problem_and_nothing_is_wider_than_a_zoomed_window(
    address: str, new_context: Callable[..., BrowserContext], scheme: str
) -> None:
    page = new_context(color_scheme=scheme, viewport=ZOOMED).new_page()
    sign_in(page, address, "ann")
    expect(page.locator("h1")).to_have_text("What members asked in vain")
    for path in ("/editor/gaps", "/editor/gaps/1", "/editor/gaps/2"):
        page.goto(address + path)
        if path.endswith("2"):  # one that has ended
            page.get_by_role("button", name="Begin a draft").click()
        assert problems(page) == [], path
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= ZOOMED["width"], path
    page.set_viewport_size({"width": 1280, "height": 800})
    SHOTS.mkdir(exist_ok=True)
    for name, path in (("list", "/editor/gaps"), ("gap", "/editor/gaps/1")):
        page.goto(address + path)
        page.screenshot(path=SHOTS / f"gaps-{name}-{scheme}.png", full_page=True)


def test_of_two_editors_the_second_is_told_and_loses_nothing_without_scripts(
    address: str, new_context: Callable[..., BrowserContext]
) -> None:
    ann, ben = (new_context(java_script_enabled=False).new_page() for _ in range(2))
    for page, name in ((ann, "ann"), (ben, "ben")):
        sign_in(page, address, name)
        page.get_by_role("link", name="raffle tickets").click()
    ann.get_by_role("button", name="Begin a draft").click()
    expect(ann.locator("main")).to_contain_text("ann began a draft for this.")
    expect(ann.get_by_role("link", name="Go on to the draft")).to_have_attribute(
        "href", "/editor/add?gap=1"
    )
    ben.get_by_label("Why?").fill("no matter of the union")
    ben.get_by_role("button", name="It is out of scope").click()
    expect(ben.get_by_role("alert")).to_contain_text("ann changed this just now")
    expect(ben.get_by_label("Why?")).to_have_value("no matter of the union")
    ben.get_by_role("button", name="It is out of scope").click()
    expect(ben.locator("main")).to_contain_text("ben said that this is out of scope.")


def test_an_editor_filters_and_ends_a_gap_by_keyboard_alone(
    address: str, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context().new_page()
    sign_in(page, address, "ann")
    page.get_by_label("Assigned to").focus()
    page.keyboard.press("ArrowDown")  # me
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Show").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}/editor/gaps?state=open&who=me&topic=&days=30")
    expect(page.locator("main")).to_contain_text("Nothing was asked in vain that fits.")
    page.goto(f"{address}/editor/gaps/2")
    page.get_by_label("Why?").focus()
    page.keyboard.type("no matter of the union")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("ann said that this is out of scope.")
