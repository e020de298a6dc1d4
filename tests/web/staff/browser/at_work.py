"""Somebody of staff at work in a real browser, at a site that is really served."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from argon2 import PasswordHasher
from playwright.sync_api import Page

from people.accounts import Role
from people.audit import Actor
from tests.web.member.browser.member import problems
from tests.web.staff.person import PASSWORD
from web.server.app import create_app
from web.server.site import Site

Opening = Callable[..., Page]
ZOOMED = {"width": 320, "height": 256}  # 1280 by 1024 at 400%


@contextmanager
def served(site: Site, role: Role) -> Iterator[str]:
    """Serve a site at its own port, with the account `ann` in a role; give its address."""
    token = site.staff.users.add("ann", role, Actor("test"))
    site.staff.users.set_password(token, PasswordHasher().hash(PASSWORD))
    port = site.settings.port
    server = uvicorn.Server(uvicorn.Config(create_app(site), port=port, log_config=None))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


def tab_to(page: Page, name: str) -> None:
    """Press Tab until something of this name has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "() => { const at = document.activeElement;"
            " return (at.labels?.[0]?.textContent || at.textContent || '').trim(); }"
        )
        if focused == name:
            return
    pytest.fail(f"'{name}' cannot be reached by keyboard")


def sign_in(page: Page, address: str, path: str = "/staff") -> None:
    page.goto(address + path)
    tab_to(page, "Name")
    page.keyboard.type("ann")
    tab_to(page, "Password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")


def is_right(page: Page) -> None:
    """Check a page for everybody: axe finds nothing, and nothing is wider than the window."""
    assert problems(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= ZOOMED["width"], page.url
