"""The pages around the widget: without JavaScript, a guidance document, an error."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.product import Running
from tests.web.chromium import DESKTOP, PHONE
from tests.web.member.browser.member import ANSWERED, HANDED_OVER, problems

pytestmark = [pytest.mark.servers, pytest.mark.browser]


@pytest.fixture
def plain(running: Running, new_context: Callable[..., BrowserContext]) -> Page:
    """The first page in a browser without JavaScript."""
    page = new_context(java_script_enabled=False).new_page()
    page.goto(running.url)
    return page


def send(page: Page, message: str, words: dict[str, str]) -> None:
    page.get_by_label(words["message"], exact=True).fill(message)
    page.get_by_role("button", name=words["send"], exact=True).click()


def test_without_javascript_a_member_asks_and_reads_a_cited_answer(
    plain: Page, words: dict[str, str]
) -> None:
    send(plain, ANSWERED, words)
    expect(plain.locator("blockquote").first).to_contain_text("roll")
    expect(plain.locator(".source cite").first).not_to_be_empty()
    plain.locator(".source cite a").first.click()
    expect(plain.locator("h1")).not_to_be_empty()


def test_without_javascript_the_conversation_goes_on(plain: Page, words: dict[str, str]) -> None:
    send(plain, ANSWERED, words)
    send(plain, HANDED_OVER, words)
    expect(plain.locator(".me")).to_have_count(2)
    expect(plain.locator("#last a[href='tel:03003030333']").first).to_be_visible()


def test_without_javascript_a_suggested_question_can_be_pressed(plain: Page) -> None:
    first = plain.locator(".choices button").first
    question = first.inner_text()
    first.click()
    expect(plain.locator(".me")).to_contain_text(question)


def test_without_javascript_the_privacy_notice_and_the_phone_number_are_there(
    plain: Page, words: dict[str, str]
) -> None:
    expect(plain.locator(".privacy p")).not_to_be_empty()
    expect(plain.locator("a[href='tel:03003030333']").first).to_be_visible()
    expect(plain.locator("noscript p")).to_contain_text(words["no_script"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_problem_on_the_plain_page(
    running: Running,
    new_context: Callable[..., BrowserContext],
    words: dict[str, str],
    scheme: str,
) -> None:
    # axe itself is JavaScript, so only the widget's script is kept from running here.
    page = new_context(color_scheme=scheme).new_page()
    page.route("**/widget.js", lambda route: route.abort())
    page.goto(running.url)
    assert problems(page) == []
    send(page, ANSWERED, words)
    assert problems(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/guidance/off-rolling-meaning", "/guidance/no-such"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP, {"width": 320, "height": 256}])
def test_axe_finds_no_problem_on_the_pages(
    running: Running,
    new_context: Callable[..., BrowserContext],
    scheme: str,
    path: str,
    size: dict[str, int],
) -> None:
    page = new_context(color_scheme=scheme, viewport=size).new_page()
    page.goto(running.url + path, wait_until="networkidle")
    assert problems(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_a_document_has_its_passages_under_anchors_with_dates_and_publisher(
    running: Running, new_context: Callable[..., BrowserContext], words: dict[str, str]
) -> None:
    page = new_context().new_page()
    page.goto(f"{running.url}/guidance/off-rolling-meaning")
    expect(page.locator("h1")).to_have_text("What off-rolling means")
    expect(page.locator("article")).to_contain_text(words["published"].split("{")[0])
    link = page.locator("nav a").first
    anchor = link.get_attribute("href") or ""
    assert anchor.startswith("#")
    expect(page.locator(f'[id="{anchor[1:]}"] h2')).to_have_text(link.inner_text())


def test_a_page_that_is_not_there_says_so_and_leads_back(
    running: Running, new_context: Callable[..., BrowserContext], words: dict[str, str]
) -> None:
    page = new_context().new_page()
    answer = page.goto(f"{running.url}/guidance/no-such-document")
    assert answer is not None
    assert answer.status == 404
    expect(page.locator("h1")).to_have_text(words["error_title"])
    page.get_by_role("link", name=words["back_to_chat"]).click()
    expect(page).to_have_url(f"{running.url}/")
