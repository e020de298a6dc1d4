"""What happens when a request fails through a fault of ours."""

import logging
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

logger = logging.getLogger(__name__)


class Faults:
    """ASGI middleware: a fault is logged by its place, and answered in plain words.

    It stands inside the guard: what stands outside gives an answer without the guard's headers.

    :param answer: gives the answer to a request that failed.
    """

    def __init__(self, app: ASGIApp, answer: Callable[[Request], Response]) -> None:
        self.app, self.answer = app, answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; answer for it when that fails."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def send_and_note(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, send_and_note)
        except Exception:
            # The route as we wrote it: a path can hold what a member looked at.
            route = getattr(scope.get("route"), "path", "a request")
            logger.exception("%s %s failed", scope["method"], route)
            if begun:
                raise
            await self.answer(Request(scope))(scope, receive, send)
