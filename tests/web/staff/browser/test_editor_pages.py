"""The pages of editors in a real Chromium: by keyboard, for everybody, at 400% zoom."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from knowledge.service import Service
from knowledge.settings import Settings
from people.audit import Actor
from tests.product import ROOT, free_ports
from tests.small import LEAVE, SmallService
from tests.web.member.browser.member import problems
from tests.web.staff.browser.at_work import ZOOMED, served, sign_in, tab_to
from web.server.site import Site
from web.staff.publishing import library_of
from web.staff.switching import Target, switch_off

pytestmark = pytest.mark.browser

PAGES = {
    "list": "/editor",
    "list-filtered": "/editor?words=school&status=withdrawn",
    "document": "/editor/documents/leave",
    "document-withdrawn": "/editor/documents/bells",
    "withdraw": "/editor/documents/leave/withdraw",
    "compare-document": "/editor/documents/leave/compare?from=1&to=2",
    "editions": "/editor/editions",
    "compare-editions": "/editor/editions/compare?from=1&to=3",
    "restore": "/editor/editions/1/restore",
    "off": "/editor/off",
    "no-document": "/editor/documents/no-such",
}
TIMED = LEAVE.replace(
    "topics: [employment]",
    "topics: [employment]\ntiming:\n- kind: changing\n  notice: This changes in spring.",
)


@pytest.fixture
def guidance(tmp_path: Path, service: Service, folder: Path) -> Iterator[SmallService]:
    """Publish three editions: the second has other words, the third lacks the bells."""
    port, rasa_port = free_ports(2)
    settings = Settings(home=tmp_path / "home", port=port, rasa_port=rasa_port)
    small = SmallService(settings.home, service, settings=settings)
    library = library_of(small, Actor("bob"), "guidance_added", "guidance")
    library.add([folder])
    (folder / "leave.md").write_text(TIMED.replace("two days", "up to three days"))
    library.add([folder])
    library.remove("bells", "They do not ring any more.")
    small.dialogue()
    yield small
    small.close()


@pytest.fixture
def address(guidance: SmallService) -> Iterator[str]:
    """Serve that guidance with one editor; give the site's address."""
    with served(Site(guidance.settings, guidance), "editor") as address:
        yield address


def go_by_key(page: Page, name: str, heading: str) -> None:
    """Press Enter on something of this name, and wait for the page it leads to."""
    tab_to(page, name)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(heading)


def write_by_key(page: Page, name: str, words: str) -> None:
    tab_to(page, name)
    page.keyboard.type(words)


def test_a_document_is_withdrawn_and_its_edition_restored_by_keyboard_alone(
    address: str, guidance: SmallService, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context().new_page()
    sign_in(page, address, "/editor")
    expect(page.locator("h1")).to_have_text("Guidance")
    go_by_key(page, "Leave for school trips", "Leave for school trips")
    go_by_key(page, "Withdraw this document…", "Withdraw: Leave for school trips")
    write_by_key(page, "Why?", "The days are wrong.")
    go_by_key(page, "Withdraw it now", "Leave for school trips")
    expect(page.get_by_role("status")).to_contain_text("The document is withdrawn.")
    assert "leave" not in guidance.store.latest().documents

    go_by_key(page, "Editions", "Editions")
    go_by_key(page, "Bring edition 1 back…", "Bring edition 1 back")
    write_by_key(page, "Why?", "It was right then.")
    go_by_key(page, "Bring edition 1 back now", "Editions")
    expect(page.get_by_role("status")).to_contain_text("It answers now as edition 5.")
    assert guidance.store.latest().versions == guidance.store.edition(1).versions


def test_filters_are_chosen_by_keyboard_and_stand_in_the_address(
    address: str, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context().new_page()
    sign_in(page, address, "/editor")
    expect(page.locator("h1")).to_have_text("Guidance")
    write_by_key(page, "Words in the title or the text", "keys")
    page.keyboard.press("Enter")
    expect(page.locator(".rows h2")).to_have_text(["Keys to the building"])
    assert "words=keys" in page.url
    page.go_back()
    expect(page.locator(".rows h2")).to_have_count(3)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_problem_and_nothing_is_wider_than_a_zoomed_window(
    address: str, new_context: Callable[..., BrowserContext], scheme: str
) -> None:
    zoomed = new_context(color_scheme=scheme, viewport=ZOOMED).new_page()
    sign_in(zoomed, address, "/editor")
    expect(zoomed.locator("h1")).to_have_text("Guidance")
    output = ROOT / "test-output"
    output.mkdir(exist_ok=True)
    for name, path in PAGES.items():
        zoomed.goto(address + path)
        assert problems(zoomed) == [], path
        width = zoomed.evaluate("document.documentElement.scrollWidth")
        assert width <= ZOOMED["width"], path
        zoomed.screenshot(path=output / f"editor-{name}-{scheme}-320.png", full_page=True)
        zoomed.set_viewport_size({"width": 1280, "height": 900})
        assert problems(zoomed) == [], path
        zoomed.screenshot(path=output / f"editor-{name}-{scheme}.png", full_page=True)
        zoomed.set_viewport_size({"width": ZOOMED["width"], "height": ZOOMED["height"]})


@pytest.mark.parametrize("scripts", [True, False])
def test_while_the_bot_is_off_the_chat_says_so_before_anybody_types(
    address: str,
    guidance: SmallService,
    new_context: Callable[..., BrowserContext],
    scripts: bool,
) -> None:
    switch_off(guidance, Target(), "the rules changed", Actor("ann"))
    page = new_context().new_page()
    if not scripts:  # axe itself is JavaScript, so only the widget's script is kept from running
        page.route("**/widget.js", lambda route: route.abort())
    page.goto(address)
    if scripts:
        expect(page.locator("advice-chat")).to_be_visible()
    expect(page.get_by_text("The bot is switched off for now").first).to_be_visible()
    expect(page.get_by_role("link", name="0300 30 30 333").first).to_be_visible()
    expect(page.get_by_text("You could start with")).to_be_hidden()
    expect(page.get_by_label("Your question")).to_be_visible()
    assert problems(page) == []
