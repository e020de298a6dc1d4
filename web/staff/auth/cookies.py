"""The cookie that holds a sign-in session's token, and what forms show besides it."""

import hashlib
import hmac

from fastapi import Request, Response

from people.staff_sessions import LONGEST
from web.staff.addresses import on_loopback

COOKIE = "staff_session"


def set_cookie(
    request: Request, response: Response, root: str, name: str, value: str, seconds: int
) -> None:
    """Set a cookie that only our own pages get back, over TLS unless we are on loopback.

    :param root: the folder that the site is under; empty for none.
    """
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path=root or "/",
        secure=not on_loopback(request),
        httponly=True,
        samesite="lax",
    )


def keep_session(request: Request, response: Response, root: str, token: str) -> None:
    """Give the browser a session's token."""
    set_cookie(request, response, root, COOKIE, token, int(LONGEST.total_seconds()))


def drop_session(response: Response, root: str) -> None:
    """Take the session's token from the browser."""
    response.delete_cookie(COOKIE, path=root or "/", httponly=True, samesite="lax")


def form_token(session: str) -> str:
    """Give what a session's forms send along: it proves that one of our pages made the form."""
    return hmac.new(session.encode("utf-8", "replace"), b"form", hashlib.sha256).hexdigest()
