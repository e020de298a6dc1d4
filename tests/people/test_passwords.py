"""Passwords: long ones of any kind, kept as slow hashes; an unknown name costs the same work."""

import asyncio
import time
from collections.abc import Iterator

import pytest

from people.errors import WeakPassword
from people.passwords import Passwords, check_password

GOOD = "four words in a row"


@pytest.fixture
def passwords() -> Iterator[Passwords]:
    passwords = Passwords()
    yield passwords
    passwords.close()


@pytest.mark.parametrize(
    "password", [GOOD, "aaaaaaaaaaaa", "            ", "ключ от замка", "😭" * 12]
)
def test_a_long_password_of_any_kind_is_taken(password: str) -> None:
    check_password(password, "ann")


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "too_short"),
        ("eleven char", "too_short"),
        ("x" * 1001, "too_long"),
        ("Ann.Margaret.Lee", "name"),
        (" ann.margaret.lee ", "name"),
        ("ann.margaret.lee@example.org", "name"),
    ],
)
def test_a_password_that_is_too_easy_is_refused_with_the_reason(password: str, code: str) -> None:
    name = "ann.margaret.lee@example.org"
    with pytest.raises(WeakPassword) as refused:
        check_password(password, name)
    assert refused.value.code == code


def test_a_password_matches_its_own_hash_alone(passwords: Passwords) -> None:
    async def run() -> list[bool]:
        kept = await passwords.hash(GOOD)
        assert GOOD not in kept
        return [
            await passwords.matches(word, kept) for word in (GOOD, GOOD + " ", "", GOOD.upper())
        ]

    assert asyncio.run(run()) == [True, False, False, False]


def test_the_same_letters_match_however_the_keyboard_writes_them(passwords: Passwords) -> None:
    async def run() -> bool:
        return await passwords.matches(
            "caf\u00e9 au lait, two", await passwords.hash("cafe\u0301 au lait, two")
        )

    assert asyncio.run(run())


@pytest.mark.parametrize("kept", ["", "no hash", "$argon2id$v=19$m=1,t=1,p=1$AA$AA"])
def test_what_is_no_hash_matches_nothing(passwords: Passwords, kept: str) -> None:
    assert not asyncio.run(passwords.matches("", kept))


def test_an_unknown_name_takes_as_long_as_a_wrong_password(passwords: Passwords) -> None:
    async def seconds(kept: str | None) -> float:
        begin = time.process_time()
        assert not await passwords.matches("wrong", kept)
        return time.process_time() - begin

    async def run() -> tuple[float, float]:
        kept = await passwords.hash(GOOD)
        return (
            min([await seconds(kept) for _ in range(4)]),
            min([await seconds(None) for _ in range(4)]),
        )

    wrong, unknown = asyncio.run(run())
    assert 0.5 < unknown / wrong < 2


def test_a_hash_of_less_work_is_seen_as_old(passwords: Passwords) -> None:
    assert not passwords.is_old(asyncio.run(passwords.hash(GOOD)))
    assert passwords.is_old("$argon2id$v=19$m=1024,t=1,p=1$c29tZXNhbHRoZXJl$" + "A" * 43)
