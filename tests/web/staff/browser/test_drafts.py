"""The life of a document in two real browsers: by two editors, without scripts, for everybody."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import BrowserContext, Page, Route, expect

from knowledge.service import Service
from knowledge.settings import Settings
from people.audit import Actor
from tests.product import free_ports
from tests.small import SmallService, say
from tests.web.member.browser.member import problems
from web.server.app import create_app
from web.server.site import Site
from web.staff.auth.cookies import COOKIE
from web.staff.drafting import begin_from_document, kept

pytestmark = pytest.mark.browser

ZOOMED = {"width": 320, "height": 256}  # 1280 by 1024 at 400%
PICTURES = Path(__file__).resolve().parents[4] / "test-output"
LUNCH = (
    "# Lunch duty\n\nTeachers need not supervise lunch. Call Mrs Patel on 07700 900123.\n\n"
    "## Breaks\n\nEvery teacher has a break of 30 minutes between noon and two.\n"
)


@dataclass(frozen=True)
class Served:
    """A site that runs, with three small documents and two editors."""

    site: Site
    address: str

    def sign_in(self, context: BrowserContext, name: str) -> Page:
        """Give a page of somebody who is signed in."""
        user = self.site.staff.users.find(name)
        assert user
        session = self.site.staff.sessions.begin(user)
        context.add_cookies([{"name": COOKIE, "value": session, "url": self.address}])
        return context.new_page()


@pytest.fixture
def served(tmp_path: Path, rules: Service, folder: Path) -> Iterator[Served]:
    port, rasa_port = free_ports(2)
    settings = Settings(home=tmp_path / "home", port=port, rasa_port=rasa_port)
    small = SmallService(settings.home, rules, settings=settings)
    small.library.add([folder], bundled=True)
    small.dialogue()
    site = Site(settings, small)
    site.entities()  # as at a start
    for name in ("ann", "bob"):
        site.staff.users.add(name, "editor", Actor("test"))
    server = uvicorn.Server(uvicorn.Config(create_app(site), port=port, log_config=None))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield Served(site, f"http://127.0.0.1:{port}")
    server.should_exit = True
    thread.join()
    small.close()


def change_text(page: Page, old: str, new: str) -> None:
    text = page.get_by_role("textbox", name="Text", exact=True)
    text.fill(text.input_value().replace(old, new))


def picture(page: Page, name: str) -> None:
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"drafts-{name}.png", full_page=True)


def test_the_whole_life_of_a_document_by_two_editors(
    served: Served, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    file = tmp_path / "lunch.md"
    file.write_text(LUNCH)
    ann, bob = (served.sign_in(new_context(), name) for name in ("ann", "bob"))
    ann.goto(f"{served.address}/editor/add")
    ann.get_by_label("Choose files").set_input_files(file)
    ann.get_by_role("button", name="Add these files").click()
    expect(ann.locator("h1")).to_have_text("Lunch duty")
    expect(ann.get_by_text("The day it was published is missing.")).to_be_visible()
    # What members will see follows what is typed.
    change_text(ann, "between noon and two", "at noon")
    expect(ann.locator("#view")).to_contain_text("a break of 30 minutes at noon.")
    picture(ann, "write")
    # Bob has it open too, and saves first.
    bob.goto(ann.url)
    bob.get_by_label("Published on").fill("03/05/2024")
    change_text(bob, "need not supervise lunch", "need not supervise lunch at all")
    bob.get_by_role("button", name="Save", exact=True).click()
    expect(bob.get_by_role("status").first).to_have_text(
        "Saved. Members do not see it until it is published."
    )
    ann.get_by_role("button", name="Save", exact=True).click()
    expect(ann.get_by_role("alert")).to_contain_text("bob saved this draft after you had opened it")
    expect(ann.locator("ins")).to_contain_text("at all")
    picture(ann, "both")
    both = ann.get_by_role("textbox", name="Text", exact=True).input_value()
    assert "lunch at all" in both
    assert "minutes at noon" in both
    ann.get_by_label("Published on").fill("3 May 2024")
    ann.get_by_label("To be reviewed by").fill("3 May 2099")
    ann.get_by_role("button", name="Save and check").click()
    expect(ann.locator("main")).to_contain_text("Mrs Patel, 07700 900123")
    picture(ann, "check")
    ann.get_by_role("link", name="Write").click()
    change_text(ann, " Call Mrs Patel on 07700 900123.", "")
    ann.get_by_role("button", name="Save and check").click()
    expect(ann.locator("main")).to_contain_text("Nothing was found that looks like somebody's own")
    ann.get_by_role("link", name="Go on to publishing").click()
    ann.get_by_label("Why?").fill("new in the contract")
    picture(ann, "publish")
    ann.get_by_role("button", name="Publish now").click()
    expect(ann.get_by_text("This draft is published.")).to_be_visible()
    turn = say(served.site.service.dialogue(), "How long is a teacher's break at lunch?")
    assert "30 minutes at noon" in turn.replies[0].text
    bob.goto(f"{served.address}/editor/drafts?state=published")
    expect(bob.get_by_role("link", name="Lunch duty")).to_be_visible()
    picture(bob, "list")


def test_a_dropped_connection_loses_nothing_that_was_typed(
    served: Served, new_context: Callable[..., BrowserContext]
) -> None:
    context = new_context()
    page = served.sign_in(context, "ann")
    number = _begin(served)
    page.goto(f"{served.address}/editor/drafts/{number}")
    change_text(page, "two days", "three days")
    context.set_offline(True)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("[data-state]")).to_contain_text("Your text is still here")
    assert "three days" in page.get_by_role("textbox", name="Text", exact=True).input_value()
    context.set_offline(False)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved. Members do not see it")).to_be_visible()
    assert "three days" in served.site.staff.drafts.find(number).content.text


def test_an_upload_whose_connection_drops_can_be_sent_again(
    served: Served, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    file = tmp_path / "lunch.md"
    file.write_text(LUNCH)
    page = served.sign_in(new_context(), "ann")
    page.goto(f"{served.address}/editor/add")
    page.get_by_label("Choose files").set_input_files(file)
    tries: list[str] = []

    def drop_first(route: Route) -> None:
        tries.append(route.request.method)
        if len(tries) == 1:
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/editor/add", drop_first)
    page.get_by_role("button", name="Add these files").click()
    expect(page.locator("[data-state]")).to_contain_text("your files are still chosen")
    page.get_by_role("button", name="Add these files").click()
    expect(page.locator("h1")).to_have_text("Lunch duty")
    assert len(served.site.staff.drafts.rows()) == 1


def test_somebody_who_was_signed_out_signs_in_elsewhere_and_saves(
    served: Served, new_context: Callable[..., BrowserContext]
) -> None:
    context = new_context()
    page = served.sign_in(context, "ann")
    number = _begin(served)
    page.goto(f"{served.address}/editor/drafts/{number}")
    change_text(page, "two days", "three days")
    context.clear_cookies()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("[data-state]")).to_contain_text("You were signed out")
    served.sign_in(context, "ann")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved. Members do not see it")).to_be_visible()
    assert "three days" in served.site.staff.drafts.find(number).content.text


def test_without_scripts_a_draft_is_written_and_published(
    served: Served, new_context: Callable[..., BrowserContext]
) -> None:
    page = served.sign_in(new_context(java_script_enabled=False), "ann")
    page.goto(f"{served.address}/editor/add")
    page.get_by_label("The text").fill(LUNCH)
    page.get_by_label("What kind of text is it?").select_option("Markdown")
    page.get_by_role("button", name="Add this text").click()
    for _ in range(100):
        if page.locator("h1").inner_text() == "Lunch duty":
            break
        page.wait_for_timeout(100)
        page.reload()
    change_text(page, "30 minutes", "45 minutes")
    page.get_by_role("button", name="Show it now").click()
    expect(page.locator("#view")).to_contain_text("45 minutes")
    page.get_by_role("button", name="Save and check").click()
    page.get_by_role("link", name="Go on to publishing").click()
    page.get_by_role("button", name="Publish now").click()
    for _ in range(100):
        if "This draft is published." in page.locator("main").inner_text():
            break
        page.wait_for_timeout(100)
        page.reload()
    assert "lunch-duty" in served.site.service.store.latest().documents


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_problem_and_nothing_is_wider_than_a_zoomed_window(
    served: Served, new_context: Callable[..., BrowserContext], scheme: str
) -> None:
    number = _begin(served)
    other = _begin(served, "keys", "Leaders can take three days of travel leave before a school "
                   "trip abroad. Ask Ms Jane Okafor, jokafor@hillside.example.")  # fmt: skip
    page = served.sign_in(new_context(color_scheme=scheme, viewport=ZOOMED), "ann")
    one = f"/editor/drafts/{number}"
    for path in (
        "/editor/add", "/editor/drafts", one, f"{one}/preview", f"{one}/publish",
        f"{one}/throw-away", f"/editor/drafts/{other}/preview", f"/editor/drafts/{other}",
    ):  # fmt: skip
        page.goto(served.address + path)
        assert problems(page) == [], path
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= ZOOMED["width"], path
    picture(page, f"zoomed-{scheme}")


def _begin(served: Served, document_id: str = "leave", text: str = "") -> int:
    """Begin a draft of a published document, perhaps with another text."""
    drafts, ann = served.site.staff.drafts, Actor("ann", "editor")
    number = begin_from_document(served.site.service, drafts, document_id, ann)
    if text:
        content = replace(drafts.find(number).content, text=text)
        drafts.save(number, 1, content, "ann", kept(ann, "draft_changed"))
    return number
