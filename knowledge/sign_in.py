"""Checks of what an operator sets about sign-in at another provider."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from knowledge.addresses import BadAddress

_RULE = re.compile(r"(?P<claim>[^=]+)=(?P<value>.+):(?P<role>adviser|editor|admin)")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class RoleRule:
    """Who has this value in this claim has this role."""

    claim: str
    value: str
    role: str


def check_issuer(text: str) -> None:
    """Check the address of an OpenID Connect provider.

    :raises BadAddress: if it is none that can be trusted with a sign-in.
    """
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise BadAddress("its host or port cannot be read") from None
    if not host or parts.query or parts.fragment or parts.username is not None:
        raise BadAddress("it must look like https://login.example.org/organisation")
    if parts.scheme != "https" and not (parts.scheme == "http" and host in _LOOPBACK):
        raise BadAddress("it must begin with https://")


def check_role_rule(text: str) -> None:
    """Check one rule, such as groups=advice-editors:editor.

    :raises BadAddress: if it is none.
    """
    if not _RULE.fullmatch(text):
        raise BadAddress(
            "each must look like claim=value:role, with the role adviser, editor or admin, "
            "as in groups=advice-editors:editor"
        )


def read_role_rule(text: str) -> RoleRule:
    """Read a rule that was checked."""
    found = _RULE.fullmatch(text)
    if found is None:
        raise BadAddress("a rule is not as it should be")
    return RoleRule(found["claim"].strip(), found["value"].strip(), found["role"])
