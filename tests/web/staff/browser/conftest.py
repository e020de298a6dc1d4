"""Somebody who is signed in, at the site of a test."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.web.staff.browser.at_work import Opening
from web.server.site import Site
from web.staff.auth.cookies import COOKIE


@pytest.fixture
def opened(site: Site, new_context: Callable[..., BrowserContext]) -> Opening:
    """Open a path as somebody who is signed in; give the page."""

    def open(name: str, path: str, **options: object) -> Page:
        address = f"http://127.0.0.1:{site.settings.port}"
        user = site.staff.users.find(name)
        assert user
        context = new_context(base_url=address, **options)
        token = site.staff.sessions.begin(user)
        context.add_cookies([{"name": COOKIE, "value": token, "url": address}])
        page = context.new_page()
        page.goto(path)
        return page

    return open
