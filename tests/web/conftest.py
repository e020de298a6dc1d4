"""A site without Rasa and without guidance, a client of the running product, and Chromium."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Playwright, expect, sync_playwright
from starlette.testclient import TestClient

from knowledge.service import Service
from knowledge.settings import Settings
from tests.browsers import WHAT_TO_DO, NoBrowser, find_browser
from tests.product import Running, free_ports
from tests.small import SmallService
from tests.web.chromium import DESKTOP, FLAGS, WAIT
from tests.web.faults import StandIn
from web.server.app import create_app
from web.server.rasa import Rasa
from web.server.site import Site


@pytest.fixture(scope="session")
def rules(home: Path) -> Iterator[Service]:
    """Give a service whose rules and model every site shares; nothing need be published."""
    service = Service(Settings(home=home))
    yield service
    service.close()


@pytest.fixture
def site(tmp_path: Path, rules: Service) -> Iterator[Site]:
    """Give a site whose Rasa does not listen, with the session's rules."""
    (rasa_port,) = free_ports(1)
    settings = Settings(home=tmp_path, rasa_port=rasa_port, origins="https://school.example")
    small = SmallService(tmp_path, rules, settings=settings)
    site = Site(settings, small)
    yield site
    site.tracker.dispose()
    small.close()


@pytest.fixture
def client(site: Site) -> Iterator[TestClient]:
    """Give a client of that site's app."""
    with TestClient(create_app(site)) as client:
        yield client


@pytest.fixture
def http(running: Running) -> Iterator[httpx.Client]:
    """Give a client of the running product."""
    with httpx.Client(base_url=running.url, timeout=60) as client:
        yield client


@pytest.fixture
def rasa(site: Site) -> Iterator[StandIn]:
    """Put a server in Rasa's place, for that site; it says hello."""
    with StandIn([{"text": "Hello.", "status": "chat", "reason": "greet"}]) as rasa:
        site.turns.rasa = site.health.rasa = Rasa(f"http://127.0.0.1:{rasa.port}", 30)
        yield rasa


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
