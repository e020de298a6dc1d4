"""One line of HTML puts the widget on any page, and neither disturbs the other."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.product import Running, Website
from tests.web.member.browser.conftest import host_page
from tests.web.member.browser.member import ANSWERED, Chat

pytestmark = [pytest.mark.servers, pytest.mark.browser]

STRICT = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
ROUGH = """<style>* { color: red !important; font: 40px cursive !important; margin: 9px !important }
    button, p, dialog { display: none !important } html { font-size: 5px }</style>"""


def test_it_works_under_a_strict_content_security_policy(embedded: Callable[..., Chat]) -> None:
    chat = embedded(csp=STRICT, attributes='data-colour="#7a1fa2"')
    complaints: list[str] = []
    chat.page.on("console", lambda line: complaints.append(line.text))
    chat.page.on("pageerror", lambda error: complaints.append(str(error)))
    chat.page.reload()
    chat.open()
    answer = chat.ask(ANSWERED)
    chat.press("read_in_context", answer)
    expect(chat.sheet.locator("mark").first).to_be_visible()
    assert [line for line in complaints if "favicon" not in line] == []
    expect(chat.page.locator(".bar")).to_have_css("background-color", "rgb(122, 31, 162)")


def test_the_styles_of_the_page_do_not_reach_the_widget(embedded: Callable[..., Chat]) -> None:
    chat = embedded(head=ROUGH).open()
    expect(chat.input).to_be_visible()
    text = chat.page.locator(".log .welcome > p")
    expect(text).to_be_visible()
    expect(text).to_have_css("font-size", "16px")
    expect(text).to_have_css("color", "rgb(24, 34, 44)")


def test_the_widget_changes_nothing_of_the_page(embedded: Callable[..., Chat]) -> None:
    look = """() => ["h1", "main p", "a"].map(name => {
        const at = document.querySelector(name), style = getComputedStyle(at);
        return [at.getBoundingClientRect().toJSON(), style.color, style.font, document.title];
    })"""
    chat = embedded()
    chat.page.route("**/widget.js", lambda route: route.abort())
    chat.page.reload()
    without = chat.page.evaluate(look)
    chat.page.unroute("**/widget.js")
    chat.page.reload()
    chat.open()
    assert chat.page.evaluate(look) == without
    added = chat.page.evaluate("[...document.body.children].map(one => one.localName)")
    assert added == ["main", "script", "advice-chat"]


def test_options_set_the_title_side_questions_and_contact(embedded: Callable[..., Chat]) -> None:
    chat = embedded(
        'data-title="Ask NAHT" data-position="left" data-questions="Who can join?|What is SEND?" '
        'data-contact-phone="01632 960000" data-contact-email="branch@example.org"'
    )
    expect(chat.launcher).to_have_text("Ask NAHT")
    chat.open()
    box = chat.panel.bounding_box()
    assert box is not None
    assert box["x"] < 100
    expect(chat.page.locator(".choices button")).to_have_text(["Who can join?", "What is SEND?"])
    chat.page.route("**/chat", lambda route: route.abort())
    chat.ask(ANSWERED)
    expect(chat.replies.locator("a[href='tel:01632960000']")).to_be_visible()
    expect(chat.replies.locator("a[href='mailto:branch@example.org']")).to_be_visible()


@pytest.mark.parametrize(
    ("colour", "ink"), [("#ffd400", "rgb(0, 0, 0)"), ("navy", "rgb(255, 255, 255)")]
)
def test_the_words_on_a_chosen_colour_can_be_read(
    embedded: Callable[..., Chat], colour: str, ink: str
) -> None:
    chat = embedded(f'data-colour="{colour}"')
    expect(chat.launcher).to_have_css("color", ink)


def test_a_colour_that_is_none_leaves_the_usual_one(embedded: Callable[..., Chat]) -> None:
    chat = embedded('data-colour="no such colour"')
    expect(chat.launcher).to_have_css("background-color", "rgb(15, 76, 92)")


def test_the_welsh_widget_says_each_word_in_welsh_or_english(
    embedded: Callable[..., Chat],
) -> None:
    chat = embedded('data-language="cy"').open()
    expect(chat.page.locator(".root")).to_have_attribute("lang", "cy")
    buttons = chat.panel.get_by_role("button").all()
    assert len(buttons) > 3
    for button in buttons:
        expect(button).not_to_have_text("")


def test_without_its_words_the_widget_says_whom_to_contact(embedded: Callable[..., Chat]) -> None:
    chat = embedded()
    chat.page.route("**/wording/*", lambda route: route.abort())
    chat.page.reload()
    chat.open()
    expect(chat.panel.locator("a[href='tel:03003030333']")).to_be_visible()
    chat.page.unroute("**/wording/*")
    chat.press("try_again")
    expect(chat.input).to_be_visible()


def test_the_line_may_be_there_twice(embedded: Callable[..., Chat], running: Running) -> None:
    chat = embedded(head=f'<script src="{running.url}/widget.js" defer></script>')
    expect(chat.launcher).to_have_count(1)


@pytest.mark.parametrize("kind", ['type="module"', 'type="module" async', "async"])
def test_it_loads_as_any_kind_of_script(embedded: Callable[..., Chat], kind: str) -> None:
    chat = embedded(f'{kind} data-title="Ask NAHT"')
    expect(chat.launcher).to_have_text("Ask NAHT")
    expect(chat.open().ask(ANSWERED).locator("blockquote").first).to_be_visible()


def test_it_loads_as_a_module_on_another_website(
    website: Website,
    running: Running,
    new_context: Callable[..., BrowserContext],
    words: dict[str, str],
) -> None:
    chat = on_another(website, running, new_context().new_page(), words, 'type="module"')
    expect(chat.ask(ANSWERED).locator("blockquote").first).to_be_visible()


def test_an_import_without_an_element_says_what_to_do(
    embedded: Callable[..., Chat], running: Running
) -> None:
    chat = embedded('type="application/json"')
    expect(chat.page.locator("h1")).to_be_visible()
    chat.page.evaluate(f"""() => import("{running.url}/widget.js").catch(e => window.why = e)""")
    chat.page.wait_for_function("window.why")
    assert "script element" in chat.page.evaluate("String(window.why)")


def test_the_full_page_fills_the_window_with_the_same_widget(
    running: Running, new_context: Callable[..., BrowserContext], words: dict[str, str]
) -> None:
    page = new_context().new_page()
    page.goto(running.url)
    chat = Chat(page, running.url, words)
    expect(chat.launcher).to_have_count(0)
    answer = chat.ask(ANSWERED)
    expect(answer.locator("blockquote").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_the_full_page_keeps_its_plain_form_when_the_widget_has_no_words(
    running: Running, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context().new_page()
    page.route("**/wording/*", lambda route: route.abort())
    page.goto(running.url)
    expect(page.locator("#message")).to_be_visible()
    expect(page.locator(".plain a[href^='tel:']").first).to_be_visible()


def on_another(
    website: Website, running: Running, page: Page, words: dict[str, str], attributes: str = ""
) -> Chat:
    """Open another website with the widget in its page."""
    website.page = host_page(running.url, attributes)
    page.goto(website.url)
    return Chat(page, running.url, words).open()


def test_another_website_of_the_union_embeds_it_with_the_same_line(
    website: Website,
    running: Running,
    new_context: Callable[..., BrowserContext],
    words: dict[str, str],
) -> None:
    chat = on_another(website, running, new_context().new_page(), words)
    answer = chat.ask(ANSWERED)
    chat.press("read_in_context", answer)
    expect(chat.sheet.locator("mark").first).to_be_visible()
    chat.page.keyboard.press("Escape")
    chat.press("yes", answer)
    chat.sees("thanks")
    chat.page.reload()
    expect(chat.turns).to_have_count(1)
    assert [turn["message"] for turn in chat.on_server()] == [ANSWERED]


def test_a_website_that_is_not_listed_is_told_whom_to_contact(
    running: Running, new_context: Callable[..., BrowserContext], words: dict[str, str]
) -> None:
    with Website() as stranger:
        chat = on_another(stranger, running, new_context().new_page(), words)
        expect(chat.log.locator("a[href^='tel:']").first).to_be_visible()
        expect(chat.input).to_have_count(0)
