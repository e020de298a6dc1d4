"""A member asks to be called back."""

import re

import pytest
from playwright.sync_api import Route, expect

from database import open_database
from people.audit import Actor
from people.desk.case import UnknownCase
from people.desk.desk import Desk
from tests.product import Running
from tests.web.member.browser.member import ANSWERED, HANDED_OVER, Chat

pytestmark = [pytest.mark.servers, pytest.mark.browser]


def fill_in(chat: Chat) -> None:
    chat.sheet.get_by_label(chat.words["urgency_this_week"]).check()
    chat.sheet.get_by_label(chat.words["name"], exact=True).fill("Sam Example")
    chat.sheet.get_by_label(chat.words["your_phone"]).fill("01632 960123")
    chat.sheet.get_by_label(chat.words["when"]).fill("After 4pm")
    chat.sheet.get_by_label(chat.words["consent"]).check()


@pytest.fixture
def form(chat: Chat) -> Chat:
    """The call-back form, opened after an answer and a handoff."""
    chat.ask(ANSWERED)
    chat.press("call_back", chat.ask(HANDED_OVER))
    expect(chat.sheet).to_be_visible()
    return chat


def test_the_form_shows_what_was_asked_and_what_the_bot_showed(form: Chat) -> None:
    question = form.sheet.get_by_label(form.words["case_question"], exact=True)
    shown = form.sheet.get_by_label(form.words["case_shown"])
    assert ANSWERED in question.input_value()
    assert form.page.locator("cite").first.inner_text() in shown.input_value()


def test_exactly_what_the_member_left_in_the_form_is_sent(form: Chat) -> None:
    sent = []
    form.page.on("request", lambda one: one.url.endswith("/cases") and sent.append(one))
    form.sheet.get_by_label(form.words["case_question"], exact=True).fill("Only this.")
    form.sheet.get_by_label(form.words["case_shown"]).fill("")
    fill_in(form)
    form.press("send_case")
    expect(form.page.locator(".ref")).to_be_visible()
    case = sent[0].post_data_json
    assert (case["question"], case["shown"], case["urgency"]) == ("Only this.", "", "this_week")
    assert (case["name"], case["phone"], case["email"]) == ("Sam Example", "01632 960123", None)
    assert (case["when"], case["consent"]) == ("After 4pm", True)


def test_the_member_gets_a_reference_and_hears_what_happens_next(form: Chat) -> None:
    fill_in(form)
    form.press("send_case")
    expect(form.page.locator(".ref")).to_have_text(re.compile(r"[A-Z0-9]{3}-[A-Z0-9]{4}"))
    form.hears(form.words["case_done"])
    expect(form.input).to_be_hidden()
    expect(form.button("resume")).to_be_focused()
    form.page.reload()
    expect(form.page.locator(".ref")).to_have_count(1)


def test_what_is_missing_is_listed_and_a_link_leads_to_it(form: Chat) -> None:
    form.press("send_case")
    list_of_problems = form.sheet.locator(".notice")
    expect(list_of_problems).to_be_focused()
    expect(list_of_problems.locator("li")).to_have_count(4)
    list_of_problems.get_by_role("link", name=form.words["name"]).click()
    expect(form.sheet.get_by_label(form.words["name"], exact=True)).to_be_focused()
    expect(form.page.locator(".ref")).to_have_count(0)


def test_a_request_that_was_not_sent_is_not_lost(form: Chat) -> None:
    fill_in(form)
    form.page.route("**/cases", lambda route: route.abort())
    form.press("send_case")
    expect(form.sheet.locator(".notice")).to_contain_text("0300 30 30 333")
    form.page.unroute("**/cases")
    form.press("send_case")
    expect(form.page.locator(".ref")).to_be_visible()


def test_a_request_whose_receipt_was_lost_is_stored_once(form: Chat) -> None:
    lost: list[str] = []

    def lose(route: Route) -> None:
        lost.append(route.fetch().json()["reference"])
        route.abort()

    fill_in(form)
    form.page.route("**/cases", lose)
    form.press("send_case")
    expect(form.sheet.locator(".notice")).to_be_visible()
    form.page.unroute("**/cases")
    form.press("cancel")
    form.press("call_back")
    form.sheet.get_by_label(form.words["consent"]).check()
    form.press("send_case")
    expect(form.page.locator(".ref")).to_contain_text(lost[0])


def test_a_cancelled_form_comes_back_as_it_was_left(form: Chat) -> None:
    fill_in(form)
    form.press("cancel")
    expect(form.sheet).to_have_count(0)
    expect(form.button("call_back").last).to_be_focused()
    form.press("call_back")
    expect(form.sheet.get_by_label(form.words["name"], exact=True)).to_have_value("Sam Example")
    expect(form.sheet.get_by_label(form.words["consent"])).not_to_be_checked()


def test_after_the_handoff_the_bot_stays_quiet_until_it_is_asked_again(form: Chat) -> None:
    fill_in(form)
    form.press("send_case")
    form.sees("handed_over")
    expect(form.input).to_be_hidden()
    expect(form.page.locator(".next:visible")).to_have_count(0)
    form.page.reload()
    expect(form.input).to_be_hidden()
    form.press("resume")
    expect(form.input).to_be_focused()
    form.ask(ANSWERED)
    form.ask("Is it against the law?")
    expect(form.input).to_be_visible()


def test_the_reference_says_how_the_case_stands_and_the_member_can_take_it_back(
    form: Chat, running: Running
) -> None:
    fill_in(form)
    form.press("send_case")
    card = form.page.locator(".bot", has=form.page.locator(".ref"))
    expect(card).to_contain_text(form.words["case_new"])
    reference = re.search(r"[A-Z]{3}-\d{4}", card.inner_text())
    assert reference
    engine = open_database(f"sqlite:///{running.home / 'advice.db'}")
    Desk(engine, idle_hours=8).take(reference[0], Actor("ann", "adviser"))
    form.page.reload()
    expect(card).to_contain_text(form.words["case_taken"])
    form.press("case_take_back", card)
    form.press("clear_yes", form.sheet)
    expect(card).to_contain_text(form.words["case_gone"])
    with pytest.raises(UnknownCase):
        Desk(engine, idle_hours=8).find(reference[0])
    expect(form.input).to_be_visible()
    engine.dispose()
