"""What every public request must pass: size, origin, rate; and the headers of every response."""

import time
from collections.abc import Awaitable, Callable

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from knowledge.answers.wording import Wording
from web.server.problems import Problem

LARGEST_BODY = 64 * 1024  # a case with a long conversation; messages are far smaller
# What editors send is larger. Only who is signed in as one has it read: see web/staff/auth.
LARGEST_UPLOAD = 250 * 1024 * 1024  # several files; a file has a limit of its own
LARGEST_DRAFT = 8 * 1024 * 1024  # the longest guidance has 1 MB of text, and a form triples signs

# The widget is a script on the host's page, not a frame, so our own pages need no framing.
_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}


class Guard:
    """ASGI middleware: refuses bodies that are too large and requests from other sites' pages.

    :param origins: the websites whose pages may send, besides our own.
    """

    def __init__(self, app: ASGIApp, origins: tuple[str, ...], wording: Wording) -> None:
        self.app, self.origins, self.wording = app, origins, wording

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        send = _with_headers(send)
        headers = Headers(scope=scope)
        if scope["method"] not in ("GET", "HEAD") and not self._may_send(headers):
            await self._refuse(403, "bad_origin")(scope, receive, send)
            return
        length, largest = headers.get("content-length", "0"), _largest(scope)
        if not length.isdecimal() or int(length) > largest:
            await self._refuse(413, "too_large")(scope, receive, send)
            return
        limited = _Limited(receive, largest)
        await self.app(scope, limited, send)

    def _may_send(self, headers: Headers) -> bool:
        origin = headers.get("origin")
        if origin is None:
            return True  # not a browser's page; the session token still protects a conversation
        own = {f"{scheme}://{headers.get('host', '')}" for scheme in ("http", "https")}
        return origin in own or origin in self.origins

    def _refuse(self, status: int, code: str) -> JSONResponse:
        message = self.wording.say(f"errors.{code}")
        return JSONResponse({"error": {"code": code, "message": message}, "contact": None}, status)


class BodyTooLarge(Exception):
    """A body without a stated length went on for too long."""


class _Limited:
    """Counts the bytes of a body whose length was not stated."""

    def __init__(self, receive: Receive, largest: int) -> None:
        self.receive, self.largest, self.total = receive, largest, 0

    async def __call__(self) -> Message:
        message = await self.receive()
        self.total += len(message.get("body", b""))
        if self.total > self.largest:
            raise BodyTooLarge
        return message


def _largest(scope: Scope) -> int:
    path = str(scope["path"]).removeprefix(str(scope.get("root_path", "")))
    if path == "/editor/add":
        return LARGEST_UPLOAD
    return LARGEST_DRAFT if path.startswith("/editor/drafts/") else LARGEST_BODY


def _with_headers(send: Send) -> Callable[[Message], Awaitable[None]]:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            if "etag" not in headers:
                # Not a file of ours: it can hold a conversation, which nobody else may keep.
                headers.setdefault("cache-control", "no-store")
        await send(message)

    return send_with_headers


class Rates:
    """How often one conversation, and one network address, may send in a minute."""

    def __init__(self, a_conversation: int, an_address: int) -> None:
        self._storage = MemoryStorage()
        self._limiter = MovingWindowRateLimiter(self._storage)
        self._conversation = RateLimitItemPerMinute(a_conversation)
        self._address = RateLimitItemPerMinute(an_address)
        self._forgot = time.time()

    def allow(self, address: str, session: str | None) -> bool:
        """Count one message; say whether it may pass.

        A whole school shares one address, so a conversation has a limit of its own and the
        address a far higher one.
        """
        self._forget()
        if session is not None and not self._limiter.hit(self._conversation, "session", session):
            return False
        return self._limiter.hit(self._address, "address", address)

    def count(self, request: Request, session: str | None) -> None:
        """Count a request.

        :raises Problem: if there were too many.
        """
        if not self.within(request, session):
            raise Problem(429, "too_many")

    def within(self, request: Request, session: str | None) -> bool:
        """Count a request; say whether it is within the limits."""
        return self.allow(_address(request), session)

    def allow_check(self, address: str) -> bool:
        """Count one check for personal data; it takes nothing from the messages of an address."""
        self._forget()
        return self._limiter.hit(self._address, "check", address)

    def count_check(self, request: Request) -> None:
        """Count a request that asks for a check.

        :raises Problem: if there were too many.
        """
        if not self.allow_check(_address(request)):
            raise Problem(429, "too_many")

    def _forget(self) -> None:
        """Forget who sends no more: the storage drops what it counted, but keeps each name."""
        now = time.time()
        if now - self._forgot < self._address.get_expiry():
            return
        self._forgot = now
        for name, counted in list(self._storage.events.items()):
            if not counted or counted[0].expiry <= now:
                self._storage.clear(name)


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"
