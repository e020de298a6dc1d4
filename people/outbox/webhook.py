"""One signed call of a webhook, in the form of Standard Webhooks (standardwebhooks.com)."""

import base64
import hashlib
import hmac
import http.client
import ipaddress
import json
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from database import utc_now
from people.outbox.carrier import NotSent
from people.outbox.mail import Kept

_SECONDS = 15  # for each answer of the receiver
_MOST_SECONDS = 60  # for all of it, however slowly it drips
SECRET_PREFIX = "whsec_"

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def is_public(address: Address) -> bool:
    """Say whether an address is one of the open internet, and nothing of our own network."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None,))[0]
        if inner is not None:
            return is_public(inner)
        if address in _NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return address.is_global and not (address.is_multicast or address.is_reserved)


_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def signatures(secrets: Sequence[str], mark: str, timestamp: int, body: bytes) -> str:
    """Sign a call with every secret: during a rotation its receiver may know either."""
    signed = f"{mark}.{timestamp}.".encode() + body
    return " ".join(
        "v1," + base64.b64encode(hmac.digest(key_of(secret), signed, hashlib.sha256)).decode()
        for secret in secrets
    )


def key_of(secret: str) -> bytes:
    """Give the key of a secret as it is written: whsec_ and Base64."""
    return base64.b64decode(secret.removeprefix(SECRET_PREFIX), validate=True)


@dataclass(frozen=True)
class Webhook:
    """A receiver of calls.

    Every address that its name leads to is checked, and the call goes to one that was checked: a
    name cannot lead elsewhere in between. Redirects are not followed.

    :param secrets: one, or two while the receiver changes from one to the other.
    :param allowed: says which addresses may be called.
    :param context: what certificates are checked against; those the machine trusts.
    """

    url: str
    secrets: tuple[str, ...] = field(repr=False)
    allowed: Callable[[Address], bool] = is_public
    context: Callable[[], ssl.SSLContext] = ssl.create_default_context
    seconds: float = _SECONDS

    def carry(self, kept: Kept) -> None:
        """Send one call; it is signed afresh at each attempt, and keeps its identifier.

        :raises NotSent: if the receiver cannot be reached, may not be, or does not take it.
        """
        body = json.dumps(
            {
                "type": kept.mail.kind,
                "timestamp": kept.made.isoformat(timespec="seconds"),
                "data": dict(kept.mail.parameters),
            }
        ).encode()
        mark, now = f"msg_{kept.mark}", int(utc_now().timestamp())
        headers = {
            "content-type": "application/json",
            "user-agent": "advice-webhooks",
            "webhook-id": mark,
            "webhook-timestamp": str(now),
            "webhook-signature": signatures(self.secrets, mark, now, body),
        }
        try:
            status = self._post(body, headers)
        except (OSError, http.client.HTTPException) as error:
            raise NotSent(f"{self._host}: {self._reason(error)}") from None
        if not 200 <= status < 300:
            raise NotSent(f"{self._host}: it answers {status}")

    @property
    def _host(self) -> str:
        return urlsplit(self.url).hostname or ""

    def _post(self, body: bytes, headers: dict[str, str]) -> int:
        parts = urlsplit(self.url)
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        with closing(http.client.HTTPConnection(self._host, port, timeout=self.seconds)) as call:
            # The name stays for the headers and the certificate; the way is the checked address.
            way = socket.create_connection((str(self._checked(port)), port), self.seconds)
            call.sock = way
            cut = threading.Timer(_MOST_SECONDS, _cut, [way])
            cut.start()
            try:
                if secure:
                    call.sock = self.context().wrap_socket(way, server_hostname=self._host)
                shown = parts.netloc.rpartition("@")[2]
                call.request("POST", path, body, {"host": shown, **headers})
                return call.getresponse().status
            finally:
                cut.cancel()

    def _checked(self, port: int) -> Address:
        """Give the address to call.

        :raises NotSent: if one of the receiver's addresses may not be called.
        """
        found = socket.getaddrinfo(self._host, port, type=socket.SOCK_STREAM)
        addresses = [ipaddress.ip_address(str(one[4][0]).partition("%")[0]) for one in found]
        for address in addresses:
            if not self.allowed(address):
                raise NotSent(f"{self._host}: its address {address} is not one of the internet")
        return addresses[0]

    def _reason(self, error: Exception) -> str:
        if isinstance(error, TimeoutError):
            return f"it gave no answer for {self.seconds:g} seconds"
        if isinstance(error, ssl.SSLCertVerificationError):
            return f"its certificate cannot be trusted: {error.verify_message}"
        if isinstance(error, OSError) and error.strerror:
            return error.strerror
        return str(error) or type(error).__name__


def _cut(way: socket.socket) -> None:
    """End a connection from another thread."""
    try:
        way.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it has ended
