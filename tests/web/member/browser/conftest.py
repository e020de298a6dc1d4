"""A real Chromium for the tests of the member's pages, and a member who uses it."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, BrowserContext, Error, Playwright, expect, sync_playwright

from knowledge.service import Service
from tests.browsers import WHAT_TO_DO, NoBrowser, find_browser
from tests.product import Running
from tests.web.member.browser.member import Chat

ROOT = Path(__file__).parents[4]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
WAIT = 15_000  # milliseconds: longer than the widget takes to call an answer slow


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=WAIT)
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    try:
        browser = playwright.chromium.launch(executable_path=find_browser(os.environ), args=FLAGS)
    except (Error, NoBrowser) as problem:
        pytest.fail(f"{WHAT_TO_DO}\n{problem}")
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def words() -> dict[str, str]:
    """The wording of the widget and its pages, by key."""
    wording = yaml.safe_load(
        (ROOT / "knowledge/answers/wording/en.yml").read_text(encoding="utf-8")
    )
    return {**wording["widget"], **wording["pages"]}


@pytest.fixture
def own_home(tmp_path: Path, home: Path, service: Service) -> Path:
    """Give a data folder with the guidance, for a product of the test's own."""
    copy = tmp_path / "home"
    shutil.copytree(home, copy, ignore=shutil.ignore_patterns("conversations.db*", "*.log"))
    return copy


@pytest.fixture
def new_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Make browser profiles that know nothing of each other; all close with the test."""
    contexts: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        context = browser.new_context(**{"viewport": DESKTOP, **options})
        context.set_default_timeout(WAIT)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()


def host_page(url: str, attributes: str = "", head: str = "") -> str:
    """Give a page of any website with the widget's one line in it."""
    return f"""<!doctype html><html lang="en"><head><title>A website</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">{head}</head>
    <body><main><h1>A website</h1><p>Welcome. <a href="#top">A link</a></p></main>
    <script src="{url}/widget.js" defer {attributes}></script></body></html>"""


@pytest.fixture
def embedded(
    running: Running, words: dict[str, str], new_context: Callable[..., BrowserContext]
) -> Callable[..., Chat]:
    """Open a host page with the widget's one line in it.

    `attributes` go into that line, `head` into the page, `csp` into its header; a `context`
    makes it another tab of that browser, anything else sets up a new one.
    """

    def open_page(
        attributes: str = "",
        head: str = "",
        csp: str | None = None,
        context: BrowserContext | None = None,
        **options: Any,
    ) -> Chat:
        page = (context or new_context(**options)).new_page()
        page.route(
            f"{running.url}/host-page",
            lambda route: route.fulfill(
                content_type="text/html",
                headers={"Content-Security-Policy": csp} if csp else {},
                body=host_page(running.url, attributes, head),
            ),
        )
        page.goto(f"{running.url}/host-page")
        return Chat(page, running.url, words)

    return open_page


@pytest.fixture
def chat(embedded: Callable[..., Chat]) -> Chat:
    """The widget on a host page, opened."""
    return embedded().open()


@pytest.fixture
def output() -> Path:
    """The folder for screenshots."""
    folder = ROOT / "test-output"
    folder.mkdir(exist_ok=True)
    return folder
