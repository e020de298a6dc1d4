"""The pages on which questions are tried, compared and pinned, in a real Chromium."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from knowledge.settings import Settings
from people.audit import Actor
from tests.product import free_ports
from tests.small import SmallService
from tests.web.staff.browser.at_work import ZOOMED, Opening, is_right, served, tab_to
from web.server.site import Site

pytestmark = pytest.mark.browser

TRAVEL = "How much travel leave can leaders take before a school trip?"
SHOTS = Path(__file__).resolve().parents[4] / "test-output"  # for people to look at
QUESTION = "Where are the building keys at the weekend?"


@pytest.fixture
def site(small: SmallService, folder: Path) -> Iterator[Site]:
    """Serve a site over three small documents, with two editors."""
    port, rasa_port = free_ports(2)
    settings = Settings(home=small.settings.home, port=port, rasa_port=rasa_port)
    small.library.add([folder])
    small.dialogue()
    site = Site(settings, small)
    site.staff.users.add("bob", "editor", Actor("test"))
    with served(site, "editor"):
        yield site


def ask(page: Page, question: str) -> None:
    page.get_by_label("Question", exact=True).fill(question)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("heading", name="What a member would see")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_problem_and_nothing_is_wider_than_a_zoomed_window(
    opened: Opening, scheme: str
) -> None:
    page = opened("ann", "/editor/try?change=withdraw:leave", color_scheme=scheme, viewport=ZOOMED)
    is_right(page)
    ask(page, TRAVEL)
    is_right(page)
    page.goto("/editor/try")
    ask(page, TRAVEL)
    is_right(page)
    page.get_by_role("button", name="This passage should answer it").first.click()
    expect(page.get_by_role("status")).to_contain_text("This is a golden question now.")
    page.goto("/editor/golden")
    expect(page.locator("main")).to_contain_text(TRAVEL)
    is_right(page)
    page.goto("/editor/pinned/new")
    page.get_by_label("The question").fill(QUESTION)
    page.get_by_role("button", name="Find passages").click()
    is_right(page)
    page.get_by_role("radio").first.check()
    page.get_by_label("Last day").fill("yesterday")
    page.get_by_role("button", name="Propose it").click()
    expect(page.get_by_role("alert")).to_contain_text("Please give the last day")
    is_right(page)
    page.get_by_label("Last day").fill(f"{page.evaluate('new Date().getFullYear() + 1')}-01-01")
    page.get_by_role("button", name="Propose it").click()
    expect(page.get_by_role("status")).to_contain_text("It is proposed.")
    is_right(page)
    page.goto("/editor/impact?change=withdraw:leave")
    is_right(page)
    page.get_by_role("button", name="Ask the questions", exact=True).click()
    expect(page.locator("main")).to_contain_text("Golden questions lost: 1.", timeout=60_000)
    is_right(page)
    page.screenshot(path=SHOTS / f"impact-{scheme}.png", full_page=True)


def test_a_question_is_tried_and_pinned_by_keyboard_alone(opened: Opening) -> None:
    page = opened("ann", "/editor/try")
    tab_to(page, "Question")
    page.keyboard.type(QUESTION)
    tab_to(page, "Ask")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What was found")).to_be_visible()
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "Pin this passage":
            break
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Propose a pinned answer")
    expect(page.get_by_label("The question")).to_have_value(QUESTION)
    expect(page.get_by_role("radio").first).to_be_checked()


def test_two_editors_pin_an_answer_without_scripts(opened: Opening, site: Site) -> None:
    page = opened("ann", "/editor/pinned/new", java_script_enabled=False)
    page.get_by_label("The question").fill(QUESTION)
    page.get_by_role("button", name="Find passages").click()
    page.get_by_role("radio").first.check()
    page.get_by_label("Last day").fill(f"1 January {site.service.today().year + 1}")
    page.get_by_role("button", name="Propose it").click()
    page.get_by_role("button", name=f"Approve: {QUESTION}").click()
    expect(page.get_by_role("alert")).to_contain_text("another editor has to approve it")
    other = opened("bob", "/editor/pinned", java_script_enabled=False)
    other.get_by_role("button", name=f"Approve: {QUESTION}").click()
    expect(other.get_by_role("status")).to_contain_text("It is approved.")
    other.goto("/editor/try")
    ask(other, QUESTION)
    expect(other.locator("main")).to_contain_text("This is pinned answer 1.")
    other.screenshot(path=SHOTS / "question-tried.png", full_page=True)


def test_an_impact_shows_itself_without_scripts(opened: Opening) -> None:
    page = opened("ann", "/editor/impact", java_script_enabled=False)
    page.get_by_role("button", name="Ask the questions without this document").click()
    page.wait_for_url("**/editor/impact/*")
    for _ in range(60):
        if page.locator("progress").count() == 0:
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(page.locator("main")).to_contain_text("No golden question is lost.")
