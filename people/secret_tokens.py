"""Secrets that are handed out once, and of which only a digest is kept."""

import hashlib
import secrets

_BYTES = 32


def new_token() -> str:
    """Give a secret that nobody can guess, fit for a cookie or an address."""
    return secrets.token_urlsafe(_BYTES)


def digest_of(token: str) -> str:
    """Give what is kept of a secret: 32 random bytes cannot be found from it."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
