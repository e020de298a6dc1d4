"""Looking guidance up in a real Chromium: while typing, by keyboard, for everybody."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest
import uvicorn
from argon2 import PasswordHasher
from playwright.sync_api import BrowserContext, Page, expect

from people.audit import Actor
from tests.product import free_ports
from tests.web.member.browser.member import problems
from tests.web.staff.person import PASSWORD
from web.server.app import create_app
from web.server.site import Site

pytestmark = pytest.mark.browser

ZOOMED = {"width": 320, "height": 256}  # 1280 by 1024 at 400%
PATHS = (
    "/adviser",
    "/adviser?q=travel+leave+SENCO&topic=employment&past_review=1",
    "/adviser?q=%22no+such+words%22",
    "/adviser/told?q=travel+leave",
    "/adviser/documents/leave?find=travel",
)
Context = Callable[..., BrowserContext]


@pytest.fixture
def address(guided: Site) -> Iterator[str]:
    """Serve three small documents to one adviser; give the address."""
    (port,) = free_ports(1)
    token = guided.staff.users.add("cat", "adviser", Actor("test"))
    guided.staff.users.set_password(token, PasswordHasher().hash(PASSWORD))
    server = uvicorn.Server(uvicorn.Config(create_app(guided), port=port, log_config=None))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


def opened(context: BrowserContext, address: str, path: str = "/adviser") -> Page:
    """Sign in, and give a page."""
    page = context.new_page()
    page.goto(address + path)
    page.get_by_label("Name").fill("cat")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(address + path)
    return page


def test_a_call_by_keyboard_alone(address: str, new_context: Context) -> None:
    context = new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    page = opened(context, address)
    hits = page.locator(".hit")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("how much travel leave", delay=20)
    # Found while typing; read, announced and put into the address when typing stops.
    expect(hits.first).to_contain_text("two days of travel leave")
    expect(hits.first.locator("mark")).to_be_visible()
    expect(page.locator("#said")).to_have_text("Passages: 5")
    assert page.url.endswith("/adviser?q=how+much+travel+leave&edition=1")

    page.keyboard.press("ArrowDown")
    expect(hits.first.locator(".open")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(hits.nth(1).locator(".open")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("c")
    expect(page.locator("#copied")).to_have_text("Copied.")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("> Leaders can take two days of travel leave")
    assert "Edition 1" in text
    rich = page.evaluate(
        "navigator.clipboard.read().then(([one]) => one.getType('text/html'))"
        ".then((blob) => blob.text())"
    )
    assert "<blockquote>" in rich
    assert f'href="{address}/guidance/leave"' in rich
    page.keyboard.press("m")
    page.wait_for_function("navigator.clipboard.read().then(([one]) => one.types.length === 1)")

    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("copy the passage with its source")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("t")
    expect(page.locator("#told")).to_contain_text("The bot's own answer")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Leave for school trips")
    expect(page.locator("section:target mark").first).to_be_visible()
    page.go_back()
    expect(hits.first).to_contain_text("two days of travel leave")


def test_what_is_outdated_is_cancelled_and_never_shown(address: str, new_context: Context) -> None:
    page = opened(new_context(), address)
    page.evaluate(
        "() => { const real = window.fetch;"
        " window.fetch = (...all) => new Promise((done, fail) => {"
        " all[1].signal?.addEventListener('abort', () => fail(all[1].signal.reason));"
        " setTimeout(() => real(...all).then(done, fail), all[0].includes('keys') ? 0 : 700); }); }"
    )
    page.locator("#q").fill("travel")
    page.locator("#q").fill("keys")
    expect(page.locator(".hit").first).to_contain_text("site manager")
    page.wait_for_timeout(1200)
    expect(page.locator(".hit").first).to_contain_text("site manager")


def test_letters_are_no_keys_once_they_are_switched_off(address: str, new_context: Context) -> None:
    page = opened(new_context(), address)
    page.get_by_role("button", name="Press ? for the keys").click()
    page.get_by_label("Use single letters as keys").uncheck()
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.reload()
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_without_a_clipboard_the_text_is_marked_to_be_copied(
    address: str, new_context: Context
) -> None:
    page = opened(new_context(), address, "/adviser?q=keys")
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.get_by_role("button", name="Copy:").first.click()
    expect(page.locator("#copied")).to_contain_text("did not let us copy")
    chosen = page.evaluate(
        "(() => { const at = document.activeElement;"
        " return at.value.slice(at.selectionStart, at.selectionEnd); })()"
    )
    assert chosen.startswith("> ")
    assert "[Keys to the building](" in chosen


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_problem_and_nothing_is_wider_than_a_zoomed_window(
    address: str, new_context: Context, scheme: str
) -> None:
    page = opened(new_context(color_scheme=scheme, viewport=ZOOMED), address)
    for path in PATHS:
        page.goto(address + path)
        assert problems(page) == [], path
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= ZOOMED["width"], path
    page.goto(f"{address}/adviser?q=keys")
    page.locator("h1").click()
    page.keyboard.press("?")
    assert problems(page) == []


def test_without_scripts_everything_is_there(address: str, new_context: Context) -> None:
    page = opened(new_context(java_script_enabled=False), address)
    page.get_by_label("What does the member want to know?").fill(
        "who keeps the keys of the building"
    )
    page.get_by_role("button", name="Look up").click()
    expect(page.locator(".hit").first.locator("mark")).to_be_visible()
    expect(page.get_by_role("button", name="Copy:")).to_have_count(0)
    page.get_by_text("Text to copy yourself").first.click()
    expect(page.get_by_label("Text to copy:").first).to_have_value(
        "> The site manager keeps the keys and writes down who borrows them.\n\n"
        f"[Keys to the building]({address}/guidance/keys)  \n"
        "The union · Published 1 February 2026 · Edition 1\n"
    )
    page.get_by_role("link", name="What would the member have been told?").click()
    expect(page.locator("main")).to_contain_text("The site manager keeps the keys")


def test_what_is_printed_is_the_guidance_alone(address: str, new_context: Context) -> None:
    page = opened(new_context(), address, "/adviser?q=who+has+the+keys")
    page.emulate_media(media="print")
    expect(page.locator(".hit").first).to_be_visible()
    expect(page.locator(".printed")).to_have_text("who has the keys")
    for hidden in ("header", "nav", "#search", ".acts >> nth=0", ".by-hand >> nth=0"):
        expect(page.locator(hidden)).to_be_hidden()
