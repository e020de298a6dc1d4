"""What a proxy in front of us changes in a request, put right before anybody reads it."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware


class Proxies:
    """ASGI middleware: a request as it came to the outermost proxy, from those that are trusted.

    X-Forwarded-For, -Proto and -Host are believed when they come from a trusted address, and from
    no other.

    :param trusted: addresses and networks of proxies.
    """

    def __init__(self, app: ASGIApp, trusted: tuple[str, ...]) -> None:
        self.app = app
        self._address = ProxyHeadersMiddleware(app, list(trusted))  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, as the member sent it."""
        if scope["type"] == "http":
            client = scope.get("client")
            host = Headers(scope=scope).get("x-forwarded-host", "").rpartition(",")[2].strip()
            if host and client and client[0] in self._address.trusted_hosts:
                scope = {**scope, "headers": [*scope["headers"]]}
                MutableHeaders(scope=scope)["host"] = host
        await self._address(scope, receive, send)  # type: ignore[arg-type]


class SubPath:
    """ASGI middleware: the site is a folder of a website, whether the proxy strips it or not.

    :param root: the folder, such as /advice; empty for none.
    """

    def __init__(self, app: ASGIApp, root: str) -> None:
        self.app, self.root = app, root

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with the folder in its path as ASGI wants it."""
        if scope["type"] == "http" and self.root:
            path = scope["path"]
            if path != self.root and not path.startswith(f"{self.root}/"):
                path = self.root + path
            scope = {**scope, "path": path, "root_path": self.root}
        await self.app(scope, receive, send)
