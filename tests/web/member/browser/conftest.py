"""A member who uses the pages and the widget in a real Chromium."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import BrowserContext

from knowledge.service import Service
from tests.product import Running
from tests.web.member.browser.member import Chat

ROOT = Path(__file__).parents[4]


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
