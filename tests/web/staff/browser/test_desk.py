"""The desk in real browsers: two advisers, one case; keyboard, zoom, and no scripts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from knowledge.settings import Settings
from people.accounts import Role
from people.asked import Question
from people.audit import Actor
from people.cases import read_case
from tests.people.test_cases import CASE
from tests.product import free_ports
from tests.small import SmallService
from tests.web.staff.browser.at_work import ZOOMED, Opening, is_right, served, tab_to
from web.server.site import Site

pytestmark = pytest.mark.browser

SHOTS = Path(__file__).resolve().parents[4] / "test-output"  # for people to look at
TRAVEL = "How much travel leave can leaders take before a school trip?"


@pytest.fixture
def site(small: SmallService, folder: Path) -> Iterator[Site]:
    """Serve a site over three small documents, with two advisers."""
    port, rasa_port = free_ports(2)
    settings = Settings(home=small.settings.home, port=port, rasa_port=rasa_port)
    small.library.add([folder])
    small.dialogue()
    site = Site(settings, small)
    role: Role = "adviser"
    site.staff.users.add("bob", role, Actor("test"))
    with served(site, role):
        yield site


@pytest.fixture
def reference(site: Site) -> str:
    return site.cases.add(read_case({**CASE, "question": TRAVEL, "urgency": "today"}), "session")


def test_two_advisers_take_the_same_case_and_one_is_told_who_has_it(
    opened: Opening, reference: str, site: Site
) -> None:
    path = f"/adviser/cases/{reference}"
    ann, bob = opened("ann", path), opened("bob", path)
    for page in (ann, bob):
        expect(page.get_by_role("button", name="Take this case")).to_be_visible()
    ann.get_by_role("button", name="Take this case").click()
    expect(ann.locator("main")).to_contain_text("taken, ann has it")
    bob.get_by_role("button", name="Take this case").click()
    expect(bob.get_by_role("alert")).to_contain_text("ann has this case now")
    expect(bob.get_by_role("button", name="Take this case")).to_have_count(0)
    assert site.staff.desk.find(reference).holder == "ann"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_problem_and_nothing_is_wider_than_a_zoomed_window(
    opened: Opening, reference: str, site: Site, scheme: str
) -> None:
    for number in range(9):
        question = Question(f"c{number}", None, TRAVEL, "answered", shown=("leave#how-to-ask",))
        site.asked.add(question)
    page = opened("ann", "/adviser/cases", color_scheme=scheme, viewport=ZOOMED)
    is_right(page)
    page.screenshot(path=SHOTS / f"cases-{scheme}.png", full_page=True)
    page.get_by_role("link", name=reference).click()
    is_right(page)
    page.get_by_role("button", name="Take this case").click()
    is_right(page)
    page.get_by_role("button", name="Close the case").click()
    expect(page.get_by_role("alert")).to_contain_text("Please choose how it ended.")
    is_right(page)
    page.screenshot(path=SHOTS / f"case-{scheme}.png", full_page=True)
    page.get_by_text("Delete the case").click()
    is_right(page)
    page.goto("/adviser/insight?days=7")
    is_right(page)
    page.get_by_text("Show it as a table").click()
    is_right(page)
    page.screenshot(path=SHOTS / f"insight-{scheme}.png", full_page=True)


def test_a_new_case_comes_to_the_list_without_a_reload(
    opened: Opening, reference: str, site: Site
) -> None:
    page = opened("ann", "about:blank")
    page.clock.install()
    page.goto("/adviser/cases")
    expect(page.get_by_role("link", name=reference)).to_be_visible()
    second = site.cases.add(read_case(CASE), "other")
    page.clock.run_for(21_000)
    expect(page.get_by_role("link", name=second)).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("The list was brought up to date.")
    # What has the focus stays where it is.
    page.get_by_role("link", name=reference).focus()
    third = site.cases.add(read_case(CASE), "another")
    page.clock.run_for(21_000)
    expect(page.get_by_role("status")).to_have_text("Something has changed at the desk.")
    expect(page.get_by_role("link", name=reference)).to_be_focused()
    page.get_by_role("button", name="Show it").click()
    expect(page.get_by_role("link", name=third)).to_be_visible()
    expect(page.get_by_role("link", name=reference)).to_be_focused()


def test_a_case_is_closed_by_a_passage_by_keyboard_alone(
    opened: Opening, reference: str, site: Site
) -> None:
    page = opened("ann", f"/adviser/cases/{reference}")
    tab_to(page, "Take this case")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("taken, ann has it")
    tab_to(page, "I have reached the member")
    page.keyboard.press("Enter")
    expect(page.locator("main")).not_to_contain_text("not yet")
    tab_to(page, "Answered by this passage")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    tab_to(page, "Close the case")
    page.keyboard.press("Enter")
    expect(page.locator(".done")).to_contain_text("Closed, answered by this passage.")
    expect(page.locator(".done")).to_contain_text("Leave for school trips")
    case = site.staff.desk.find(reference)
    assert case.passage.startswith("leave#")
    assert case.suggested
    assert case.contacted


def test_a_case_goes_to_the_editors_without_scripts(
    opened: Opening, reference: str, site: Site
) -> None:
    page = opened("bob", f"/adviser/cases/{reference}", java_script_enabled=False)
    page.get_by_role("button", name="Take this case").click()
    page.get_by_label("No guidance exists").check()
    page.get_by_label("Which question has no guidance?").fill("Who may borrow the school's bus?")
    page.get_by_role("button", name="Close the case").click()
    expect(page.locator(".done")).to_contain_text("The editors have it as a gap.")
    site.gap_work.group()
    assert [one.wording for one in site.gap_work.gaps.questions(1)] == [
        "Who may borrow the school's bus?"
    ]
