"""Session tokens: only ours are taken."""

import stat
import string
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.member.sessions import BadSession, Sessions, load_secret

SESSIONS = Sessions("a secret of the tests", hours=1)


def test_a_token_names_its_conversation() -> None:
    name = SESSIONS.new_id()
    assert SESSIONS.read(SESSIONS.token(name)) == name


def test_no_two_conversations_have_the_same_name() -> None:
    assert len({SESSIONS.new_id() for _ in range(1000)}) == 1000


def test_a_name_is_long_and_holds_only_characters_that_every_store_takes() -> None:
    name = SESSIONS.new_id()
    assert len(name) == 32
    assert set(name) <= set(string.ascii_letters + string.digits + "-_")


def test_a_token_signed_with_another_secret_is_refused() -> None:
    other = Sessions("another secret", hours=1)
    with pytest.raises(BadSession):
        SESSIONS.read(other.token(other.new_id()))


def test_a_token_that_is_too_old_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    token = SESSIONS.token(SESSIONS.new_id())
    later = time.time() + 3602
    monkeypatch.setattr(time, "time", lambda: later)
    with pytest.raises(BadSession):
        SESSIONS.read(token)


def test_a_token_with_any_character_altered_is_refused() -> None:
    token = SESSIONS.token("conversation")
    # Of the last character only four bits count, so some of its changes mean the same signature.
    for place in range(len(token) - 1):
        altered = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        with pytest.raises(BadSession):
            SESSIONS.read(altered)


def test_a_name_without_a_signature_is_refused() -> None:
    with pytest.raises(BadSession):
        SESSIONS.read(SESSIONS.new_id())


@given(st.text(st.characters(), max_size=300))
def test_whatever_is_sent_as_a_token_is_refused_and_nothing_worse(token: str) -> None:
    with pytest.raises(BadSession):
        SESSIONS.read(token)


def test_the_secret_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    first = load_secret(tmp_path / "home")
    assert len(first) >= 32
    assert load_secret(tmp_path / "home") == first
    mode = (tmp_path / "home" / "session.key").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_two_sites_have_different_secrets(tmp_path: Path) -> None:
    assert load_secret(tmp_path / "one") != load_secret(tmp_path / "two")


@pytest.mark.parametrize("left", [b"", b"\n", b"abc", b"\xff\0\xff", b"\0" * 64, b"0" * 64])
def test_a_damaged_secret_is_made_anew_and_said_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, left: bytes
) -> None:
    (tmp_path / "session.key").write_bytes(left)
    secret = load_secret(tmp_path)
    assert len(secret) >= 32
    assert load_secret(tmp_path) == secret
    assert [record.getMessage() for record in caplog.records] == [
        f"{tmp_path / 'session.key'} was damaged and is made anew."
    ]
