"""A real OpenID Connect provider, run in a thread, and a person who signs in at it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import httpx

from tests.web.staff.person import Person


@contextmanager
def provider(*users: dict[str, Any]) -> Iterator[str]:
    """Run a provider that knows these people, each with `sub` and claims; give its address."""
    from oidc_provider_mock import User, run_server_in_thread

    known = [
        User(sub=user["sub"], claims={k: v for k, v in user.items() if k != "sub"})
        for user in users
    ]
    with run_server_in_thread(user_claims=known, require_nonce=True) as server:
        yield f"http://localhost:{server.server_port}"


def go_to_provider(person: Person, path: str = "") -> str:
    """Begin sign-in; give the provider's address to which the browser is sent."""
    response = person.open(f"/staff/oidc?next={path}")
    assert response.status_code == 302, response.text
    return response.headers["location"]


def say_who(address: str, sub: str) -> str:
    """Say at the provider who one is; give the path at our site to which it sends the browser."""
    response = httpx.post(address, data={"sub": sub})
    assert response.status_code == 302, response.text
    back = urlsplit(response.headers["location"])
    return f"{back.path}?{back.query}"


def sign_in_at(person: Person, sub: str, path: str = "") -> httpx.Response:
    return person.open(say_who(go_to_provider(person, path), sub))
