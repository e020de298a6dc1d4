"""Signed session tokens: nobody can guess or forge one, and only we name a conversation."""

import logging
import os
import secrets
from pathlib import Path

from itsdangerous import BadSignature, TimestampSigner

from web.server.problems import Problem

_SECRET_FILE = "session.key"
_SECRET_BYTES = 32
_SHORTEST_SECRET = 32  # characters
_FEWEST_LETTERS = 8
_ID_BYTES = 24  # 32 characters of A-Z, a-z, 0-9, - and _: safe for Rasa in every store

logger = logging.getLogger(__name__)


class BadSession(Exception):
    """A session token was not issued by us, or is too old."""


class Sessions:
    """Issues and reads session tokens.

    :param secret: signs the tokens; every server of one site needs the same.
    :param hours: how long a token is good for after it was issued.
    """

    def __init__(self, secret: str, hours: int) -> None:
        self._signer = TimestampSigner(secret, salt="member-session")
        self._seconds = hours * 3600

    def new_id(self) -> str:
        """Give a new conversation's name, which nobody can guess."""
        return secrets.token_urlsafe(_ID_BYTES)

    def token(self, session_id: str) -> str:
        """Give a fresh token for a conversation."""
        return self._signer.sign(session_id).decode("ascii")

    def read(self, token: str) -> str:
        """Give the conversation that a token names.

        :raises BadSession: if it was not issued by us, or is too old.
        """
        if len(token) > 200 or not token.isascii():
            raise BadSession
        try:
            return self._signer.unsign(token, max_age=self._seconds).decode("ascii")
        except BadSignature:
            raise BadSession from None

    def of(self, token: object) -> str:
        """Give the conversation that a request's token names.

        :raises Problem: if it is not one of ours, or too old.
        """
        try:
            return self.read(token if isinstance(token, str) else "")
        except BadSession:
            raise Problem(403, "bad_session") from None


def load_secret(home: Path) -> str:
    """Read the data folder's secret, made at the first start and readable by its owner alone.

    One that was cut short by a full disk could be guessed, so it is made anew; conversations that
    were begun with it are over then.
    """
    path = home / _SECRET_FILE
    secret = _read(path)
    if secret is not None and _is_whole(secret):
        return secret
    if secret is not None:
        logger.warning("%s was damaged and is made anew.", path)
    home.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.new")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    with draft.open("w", encoding="ascii") as file:
        file.write(secrets.token_hex(_SECRET_BYTES))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    return path.read_text(encoding="ascii").strip()


def _is_whole(secret: str) -> bool:
    """Say whether a secret is long and of many letters: a file can end up full of NULs or zeros."""
    return (
        len(secret) >= _SHORTEST_SECRET
        and len(set(secret)) >= _FEWEST_LETTERS
        and (secret.isprintable())
    )


def _read(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("ascii", errors="ignore").strip()
    except FileNotFoundError:
        return None
