"""Passwords: kept as slow hashes, compared on threads of their own."""

import asyncio
import base64
import os
import unicodedata
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from people.errors import WeakPassword

SHORTEST = 12
_LONGEST = 1000
# A comparison takes a core for a tenth of a second and 64 MiB: members must not wait for many.
_THREADS = 2


def check_password(password: str, name: str) -> None:
    """Refuse a password that is too short or too long, or the account's own name.

    Nothing else is asked of it: rules of composition make passwords worse.

    :raises WeakPassword: if it is refused; its code says why.
    """
    plain = _plain(password)
    if len(plain) < SHORTEST:
        raise WeakPassword("too_short")
    if len(plain) > _LONGEST:
        raise WeakPassword("too_long")
    if plain.strip().casefold() in (name, name.partition("@")[0]):
        raise WeakPassword("name")


class Passwords:
    """Hashes passwords, and compares them with hashes."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher()
        self._pool = ThreadPoolExecutor(_THREADS, "passwords")
        # Nobody's: an unknown name takes as long as a wrong password.
        self._nobody = _made_up(self._hasher)

    def close(self) -> None:
        """End the threads."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def hash(self, password: str) -> str:
        """Give what is kept of a password."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, self._hasher.hash, _plain(password))

    async def matches(self, password: str, kept: str | None) -> bool:
        """Say whether this is the password of which a hash is kept.

        :param kept: None when there is no such account: the work is done all the same.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, self._matches, _plain(password), kept)

    def is_old(self, kept: str) -> bool:
        """Say whether a hash was made with less work than is asked for now."""
        return self._hasher.check_needs_rehash(kept)

    def _matches(self, password: str, kept: str | None) -> bool:
        try:
            self._hasher.verify(kept or self._nobody, password)
        except (Argon2Error, InvalidHashError):
            return False
        return kept is not None


def _plain(password: str) -> str:
    """Give the same text for the same keys, whichever keyboard wrote it."""
    composed = unicodedata.normalize("NFKC", password)
    return composed.encode("utf-8", "ignore").decode("utf-8")


def _made_up(hasher: PasswordHasher) -> str:
    """Give a hash that no known password has, with the same work to compare."""

    def part(size: int) -> str:
        return base64.b64encode(os.urandom(size)).decode("ascii").rstrip("=")

    work = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${work}${part(hasher.salt_len)}${part(hasher.hash_len)}"
