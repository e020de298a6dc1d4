"""Checks of what an operator sets about mail."""

import base64
import binascii
import ipaddress
import re
from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote, urlsplit

from knowledge.addresses import BadAddress

_SENDER = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_SECRET_PREFIX = "whsec_"
_SECRET_BYTES = range(24, 65)  # as the standard has it
_PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True)
class SmtpParts:
    """The parts of a mail server's address.

    :param tls: whether the connection is encrypted from its first byte.
    :param here: whether the server is on this machine, so that nobody can listen on the way.
    """

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    tls: bool = False
    here: bool = False


def check_smtp(text: str) -> None:
    """Check the address of a mail server.

    :raises BadAddress: if it is none; no part of it is in the text.
    """
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise BadAddress("its host or port cannot be read") from None
    if parts.scheme not in _PORTS:
        raise BadAddress("it must begin with smtp:// or smtps://")
    if not host or port == 0:
        raise BadAddress("it must look like smtp://user:password@mail.example.org:587")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise BadAddress(
            "nothing can follow the host and port; in a password write / ? # as %2F %3F %23"
        )
    if bool(parts.username) is not bool(parts.password):
        raise BadAddress("a user needs a password, and a password needs a user")


def smtp_parts(text: str) -> SmtpParts:
    """Give the parts of an address that was checked, with user and password as they are meant."""
    parts = urlsplit(text)
    host = parts.hostname or ""
    return SmtpParts(
        host,
        parts.port or _PORTS[parts.scheme],
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        parts.scheme == "smtps",
        _is_here(host),
    )


def check_sender(text: str) -> None:
    """Check the address that mails come from.

    :raises BadAddress: if it is none.
    """
    if not _SENDER.fullmatch(text):
        raise BadAddress("it must be one e-mail address, as advice-bot@example.org")


def check_recipient(text: str) -> None:
    """Check an address that mails go to.

    :raises BadAddress: if it is none.
    """
    if not _SENDER.fullmatch(text):
        raise BadAddress("it must be e-mail addresses, as desk@example.org, separated by commas")


def check_webhook(text: str) -> None:
    """Check where cases are announced by webhook.

    :raises BadAddress: if it is none.
    """
    parts = _web_address(text, "https")
    if parts.fragment or parts.username is not None or not text.isascii():
        raise BadAddress("it must look like https://desk.example.org/hooks")


def check_webhook_secrets(text: str) -> None:
    """Check the secrets that calls of the webhook are signed with.

    :raises BadAddress: if one cannot be used; no part of it is in the text.
    """
    for secret in read_webhook_secrets(text):
        try:
            key = base64.b64decode(secret.removeprefix(_SECRET_PREFIX), validate=True)
        except binascii.Error:
            key = b""
        if not secret.startswith(_SECRET_PREFIX) or len(key) not in _SECRET_BYTES:
            raise BadAddress("it must be whsec_ and 24 to 64 random bytes in Base64")


def read_webhook_secrets(text: str) -> tuple[str, ...]:
    """Give the secrets one by one."""
    return tuple(item.strip() for item in text.split(",") if item.strip())


def check_site(text: str) -> None:
    """Check where staff reach their pages: a web site, or a folder of one.

    :raises BadAddress: if it is none.
    """
    parts = _web_address(text, "https", "http")
    if parts.query or parts.fragment or parts.username is not None:
        raise BadAddress("it must look like https://staff.example.org or …/advice")


def _web_address(text: str, *schemes: str) -> SplitResult:
    """Take an address apart.

    :raises BadAddress: if it cannot be, names no host, or has another scheme.
    """
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise BadAddress("its host or port cannot be read") from None
    if parts.scheme not in schemes or not host:
        raise BadAddress("it must begin with https:// and name a host")
    return parts


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
