"""Somebody at a browser, as the pages of staff see them."""

import re
from typing import Any

import httpx
from starlette.testclient import TestClient

from web.staff.auth.cookies import COOKIE, form_token

OWN = "http://127.0.0.1"
PASSWORD = "four words in a row"


class Person:
    """Opens pages, and sends forms as a browser does: with the page's origin and its token."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def keep(self, session: str) -> None:
        """Put a session's token into the browser."""
        self.client.cookies.set(COOKIE, session)

    @property
    def session(self) -> str:
        """The session's token; empty without one."""
        return self.client.cookies.get(COOKIE) or ""

    def open(self, path: str) -> httpx.Response:
        return self.client.get(path)

    def send(
        self, path: str, data: dict[str, Any] | None = None, origin: str | None = OWN
    ) -> httpx.Response:
        values = {"form_token": form_token(self.session), **(data or {})}
        headers = {"origin": origin} if origin else {}
        return self.client.post(path, data=values, headers=headers)

    def sign_in(self, name: str, password: str = PASSWORD, path: str = "") -> httpx.Response:
        values = {"name": name, "password": password, "next": path}
        return self.client.post("/staff/sign-in", data=values, headers={"origin": OWN})


def words(page: httpx.Response) -> str:
    """Give the words of a page, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))
