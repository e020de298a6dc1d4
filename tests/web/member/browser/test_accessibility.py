"""WCAG 2.2 AA: axe-core on every state, and what axe cannot see."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.web.member.browser.member import ANSWERED, HANDED_OVER, URGENT, Chat, problems

pytestmark = [pytest.mark.servers, pytest.mark.browser]

ZOOMED = {"width": 320, "height": 256}  # 1280 by 1024 at 400%


def closed(chat: Chat) -> None:
    expect(chat.launcher).to_be_visible()


def opened(chat: Chat) -> None:
    chat.open()


def options(chat: Chat) -> None:
    chat.open()
    chat.press("options")


def thinking(chat: Chat) -> None:
    held: list[Route] = []
    chat.open()
    chat.page.route("**/chat", lambda route: held.append(route))
    chat.ask(ANSWERED, wait=False)
    chat.sees("thinking")


def answer(chat: Chat) -> None:
    chat.open().ask(ANSWERED)


def in_context(chat: Chat) -> None:
    chat.open()
    chat.press("read_in_context", chat.ask(ANSWERED))
    expect(chat.sheet).to_be_visible()


def comment(chat: Chat) -> None:
    chat.open()
    turn = chat.ask(ANSWERED)
    chat.press("yes", turn)
    expect(turn.locator("textarea")).to_be_focused()


def urgent(chat: Chat) -> None:
    chat.open().ask(URGENT)


def contact(chat: Chat) -> None:
    chat.open().ask(HANDED_OVER)


def call_back(chat: Chat) -> None:
    chat.open()
    chat.press("call_back", chat.ask(HANDED_OVER))
    chat.press("send_case")
    expect(chat.sheet.locator(".notice")).to_be_focused()


def warning(chat: Chat) -> None:
    chat.open()
    chat.input.fill("My pupil's mother is jo.bloggs@example.com")
    chat.input.press("Enter")
    expect(chat.sheet).to_be_visible()


def error(chat: Chat) -> None:
    chat.open()
    chat.page.route("**/chat", lambda route: route.abort())
    chat.ask(ANSWERED)


def offline(chat: Chat) -> None:
    chat.open()
    chat.page.context.set_offline(True)
    chat.ask(ANSWERED, wait=False)
    chat.sees("offline")


def too_long(chat: Chat) -> None:
    chat.open()
    chat.input.fill("a" * 1001)
    chat.input.press("Enter")
    expect(chat.page.locator("#problem")).to_be_visible()


STATES = [
    closed, opened, options, thinking, answer, in_context, comment, urgent, contact, call_back,
    warning, error, offline, too_long,
]  # fmt: skip
LOOKS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "zoomed": {"viewport": ZOOMED},
}
WIDE_STATES = [opened, options, answer, in_context, contact, call_back, warning, error]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_axe_finds_no_problem(
    embedded: Callable[..., Chat], state: Callable[[Chat], None], look: str
) -> None:
    chat = embedded(**LOOKS[look])
    state(chat)
    assert problems(chat.page) == []


@pytest.mark.parametrize("state", WIDE_STATES, ids=lambda state: state.__name__)
def test_nothing_is_lost_at_320_pixels_and_400_percent(
    embedded: Callable[..., Chat], state: Callable[[Chat], None]
) -> None:
    chat = embedded(viewport=ZOOMED)
    state(chat)
    assert chat.page.evaluate("document.documentElement.scrollWidth") <= 320
    wide = chat.page.evaluate(
        """() => [...document.querySelector("advice-chat").shadowRoot.querySelectorAll("*")]
            .filter(one => !one.closest(".sr") && one.checkVisibility())
            .filter(one => one.getBoundingClientRect().right > 320.5 || one.scrollWidth > 321)
            .map(one => one.outerHTML.slice(0, 80))"""
    )
    assert wide == []


def test_in_forced_colours_every_message_and_button_keeps_its_edge(
    embedded: Callable[..., Chat],
) -> None:
    chat = embedded(forced_colors="active").open()
    turn = chat.ask(ANSWERED)
    for part in (turn.locator(".me"), turn.locator(".bot"), chat.button("yes", turn), chat.input):
        expect(part).to_have_css("border-top-style", "solid")
        expect(part).to_have_css("border-top-width", "1px")
    assert problems(chat.page) == []


def test_at_400_percent_everything_can_be_scrolled_into_sight(
    embedded: Callable[..., Chat],
) -> None:
    chat = embedded(viewport=ZOOMED).open()
    turn = chat.ask(ANSWERED)
    for part in (turn.locator("cite").first, chat.button("yes", turn), chat.input):
        part.scroll_into_view_if_needed()
        expect(part).to_be_in_viewport()


@pytest.mark.parametrize("state", WIDE_STATES, ids=lambda state: state.__name__)
def test_every_target_is_at_least_24_pixels_high_and_wide(
    embedded: Callable[..., Chat], state: Callable[[Chat], None]
) -> None:
    chat = embedded()
    state(chat)
    small = chat.page.evaluate(
        """() => [...document.querySelector("advice-chat").shadowRoot
            .querySelectorAll("button, input, textarea, a")]
            .filter(one => one.checkVisibility() && !one.closest("cite, p:not(.contact p), li"))
            .map(one => [one.textContent, one.getBoundingClientRect()])
            .filter(([, box]) => box.width < 24 || box.height < 24).map(([text]) => text)"""
    )
    assert small == []


def test_the_keyboard_alone_is_enough(embedded: Callable[..., Chat]) -> None:
    chat = embedded()
    expect(chat.launcher).to_be_visible()
    keys = chat.page.keyboard
    keys.press("Tab")  # the link of the page
    keys.press("Tab")
    expect(chat.launcher).to_be_focused()
    keys.press("Enter")
    expect(chat.input).to_be_focused()
    keys.type(ANSWERED)
    keys.press("Enter")
    expect(chat.replies.locator("blockquote").first).to_be_visible()
    expect(chat.input).to_be_focused()
    seen = []
    while "Options" not in seen:
        keys.press("Shift+Tab")
        seen.append(chat.focused())
        assert len(seen) < 40
    assert chat.words["no"] in seen
    assert seen.index(chat.words["no"]) < seen.index(chat.words["copy_answer"])
    keys.press("Escape")
    expect(chat.launcher).to_be_focused()


def test_the_focus_can_be_seen_wherever_it_is(embedded: Callable[..., Chat]) -> None:
    chat = embedded().open()
    chat.ask(ANSWERED)
    chat.page.keyboard.press("Shift+Tab")
    for _ in range(8):
        width = chat.page.evaluate(
            """() => {
                const focused = document.activeElement.shadowRoot.activeElement;
                return getComputedStyle(focused).outlineWidth;
            }"""
        )
        assert width == "3px", chat.focused()
        chat.page.keyboard.press("Shift+Tab")


def test_closing_gives_the_focus_back_to_the_launcher(chat: Chat) -> None:
    chat.press("close")
    expect(chat.launcher).to_be_focused()
    expect(chat.panel).to_be_hidden()


def test_escape_closes_the_options_before_the_panel(chat: Chat) -> None:
    chat.press("options")
    expect(chat.button("copy_all")).to_be_focused()
    chat.page.keyboard.press("Escape")
    expect(chat.button("options")).to_be_focused()
    expect(chat.panel).to_be_visible()
    chat.page.keyboard.press("Escape")
    expect(chat.panel).to_be_hidden()


def test_on_a_phone_the_page_behind_is_out_of_reach(embedded: Callable[..., Chat]) -> None:
    chat = embedded(viewport={"width": 390, "height": 844}).open()
    for _ in range(25):
        chat.page.keyboard.press("Tab")
        assert chat.focused() != "A link"
    chat.page.keyboard.press("Escape")
    expect(chat.launcher).to_be_focused()


@pytest.mark.parametrize("width", [320, 1280])
def test_after_a_suggestion_the_focus_is_on_the_answer(
    embedded: Callable[..., Chat], width: int
) -> None:
    chat = embedded(viewport={"width": width, "height": 800}).open()
    chat.page.locator(".choices button").first.press("Enter")
    expect(chat.log).to_be_focused()
    expect(chat.replies.first).to_be_focused()
    expect(chat.live).to_contain_text(chat.words["bot_said"])


def test_a_member_who_goes_on_typing_is_not_moved_to_the_answer(chat: Chat) -> None:
    chat.page.locator(".choices button").first.press("Enter")
    chat.input.focus()
    expect(chat.replies.first).to_be_visible()
    expect(chat.page.locator(".thinking")).to_have_count(0)
    expect(chat.input).to_be_focused()


def test_a_new_message_alone_is_announced(chat: Chat) -> None:
    chat.ask(ANSWERED)
    first = chat.replies.locator("blockquote").first.inner_text().split("\n")[0]
    chat.hears(first)
    chat.ask("Thank you")
    chat.hears(chat.replies.last.locator(".text").inner_text().split("\n")[0])
    expect(chat.live).not_to_contain_text(first)
    assert chat.page.locator("[aria-live], [role=log], [role=alert], [role=status]").count() == 1


def test_history_is_not_announced_after_a_reload(chat: Chat) -> None:
    chat.ask(ANSWERED)
    chat.page.reload()
    expect(chat.replies.locator("blockquote").first).to_be_visible()
    chat.page.wait_for_timeout(300)
    expect(chat.live).to_have_text("")


def test_nothing_moves_for_those_who_asked_for_less_motion(
    embedded: Callable[..., Chat],
) -> None:
    chat = embedded(reduced_motion="reduce")
    thinking(chat)
    expect(chat.page.locator(".thinking i").first).to_have_css("animation-name", "none")


def test_every_field_has_a_visible_label(embedded: Callable[..., Chat]) -> None:
    chat = embedded()
    call_back(chat)
    fields = chat.page.locator("textarea, input:not([type=hidden])").all()
    assert len(fields) > 6
    for field in fields:
        label = field.evaluate("one => one.labels[0]?.textContent")
        assert label
