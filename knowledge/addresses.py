"""Checks of the addresses an operator sets: databases, Redis, web sites, proxies."""

import ipaddress
import re
from urllib.parse import SplitResult, unquote, urlsplit

import sqlalchemy as sa

_POSTGRES = ("postgresql", "postgresql+psycopg", "postgresql+psycopg2")
_PATH = re.compile(r"(/[A-Za-z0-9._~-]+)+")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?|[0-9A-Fa-f:.]+")


class BadAddress(ValueError):
    """An address cannot be used; the text says why, with no part of the address in it."""


def check_database(text: str) -> None:
    """Check the address of a database.

    :raises BadAddress: if it is not one that we can open.
    """
    try:
        url = sa.make_url(text)
    except (sa.exc.ArgumentError, ValueError):
        raise BadAddress(
            "it must look like sqlite:////folder/file.db or "
            "postgresql://user:password@host:5432/database"
        ) from None
    if url.drivername == "sqlite":
        if url.host or not url.database:
            raise BadAddress("a SQLite file needs its whole path, as sqlite:////folder/file.db")
    elif url.drivername in _POSTGRES:
        if not (url.host or url.query.get("host")):
            raise BadAddress("it names no host")
        _check_port(url.port)
        if not url.database:
            raise BadAddress("it names no database")
    else:
        raise BadAddress("it must begin with sqlite:// or postgresql://")


def for_rasa(text: str) -> str:
    """Give a database's address as Rasa needs it; its driver for Postgres is not ours."""
    scheme, mark, rest = text.partition("://")
    return f"postgresql{mark}{rest}" if scheme in _POSTGRES else text


def check_redis(text: str) -> None:
    """Check the address of a Redis server.

    :raises BadAddress: if it is none.
    """
    parts = _split(text, ("redis", "rediss"))
    database = parts.path.strip("/")
    if database and not (database.isascii() and database.isdigit()):
        raise BadAddress("its database must be a number, as in redis://host:6379/0")
    if parts.query or parts.fragment:
        raise BadAddress("nothing can follow the database's number")


def redis_parts(text: str) -> dict[str, str]:
    """Give the parts of a Redis address by name, with user and password as they are meant."""
    parts = urlsplit(text)
    return {
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or 6379),
        "DB": parts.path.strip("/") or "0",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # Rasa takes any text for yes, and the empty one for no.
        "TLS": "yes" if parts.scheme == "rediss" else "",
    }


def check_origin(text: str) -> None:
    """Check the address of a web site, without a path.

    :raises BadAddress: if it is none, or more than that.
    """
    parts = _split(text, ("https", "http"))
    if parts.path or parts.query or parts.fragment or parts.username is not None:
        raise BadAddress("it must end after the host or port, as https://www.example.org")


def check_network(text: str) -> None:
    """Check an address or network, such as 10.0.0.1 or 10.0.0.0/8.

    :raises BadAddress: if it is neither.
    """
    try:
        ipaddress.ip_network(text, strict=False)
    except ValueError:
        raise BadAddress("each must be an address or a network, as 10.0.0.0/8") from None


def check_path(text: str) -> None:
    """Check the path under which a proxy serves us.

    :raises BadAddress: if it is none.
    """
    if not _PATH.fullmatch(text) or {".", ".."} & set(text.split("/")):
        raise BadAddress("it must look like /advice, with no slash at its end")


def _split(text: str, schemes: tuple[str, ...]) -> SplitResult:
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise BadAddress("its host or port cannot be read") from None
    if parts.scheme not in schemes:
        raise BadAddress(f"it must begin with {' or '.join(f'{name}://' for name in schemes)}")
    if not host or not _HOST.fullmatch(host):
        raise BadAddress("it names no host")
    _check_port(port)
    return parts


def _check_port(port: int | None) -> None:
    if port is not None and not 0 < port < 65536:
        raise BadAddress("its port must be between 1 and 65535")
