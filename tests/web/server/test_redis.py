"""Rasa keeps its locks in Redis, over TLS, with a password that has signs of its own."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from knowledge.settings import Settings
from tests.product import Running, started
from tests.redis_server import RedisServer, redis_server
from web.server.training import BOT_FOLDER, BOT_PYTHON, bot_environment

pytestmark = pytest.mark.servers

# What Rasa does with its endpoints at the start, and for each message.
LOCK = """
import sys
from rasa.core.lock_store import LockStore
from rasa.core.utils import AvailableEndpoints
store = LockStore.create(AvailableEndpoints.read_endpoints(sys.argv[1]).lock_store)
store.save_lock(store.get_or_create_lock("conversation"))
print(type(store).__name__, store.get_lock("conversation").conversation_id)
"""


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


def locked(url: str, certificate: Path | None) -> "subprocess.CompletedProcess[str]":
    """Take a lock as Rasa does, trusting a certificate."""
    trusted = {"SSL_CERT_FILE": str(certificate)} if certificate else {}
    environ = bot_environment(Settings(redis_url=url), {**os.environ, **trusted})
    command = [str(BOT_PYTHON), "-c", LOCK, str(BOT_FOLDER / "endpoints-redis.yml")]
    return subprocess.run(
        command, env=environ, cwd=BOT_FOLDER, capture_output=True, text=True, check=False
    )


def test_rasa_takes_its_lock_over_tls(redis: RedisServer) -> None:
    result = locked(redis.url, redis.certificate)
    assert result.stdout.split() == ["RedisLockStore", "conversation"], result.stderr


def test_rasa_trusts_no_certificate_that_nobody_vouches_for(redis: RedisServer) -> None:
    result = locked(redis.url, None)
    assert result.returncode != 0
    assert "CERTIFICATE_VERIFY_FAILED" in result.stderr


def test_rasa_speaks_tls_only_where_the_address_says_so(redis: RedisServer) -> None:
    result = locked(redis.url.replace("rediss://", "redis://"), redis.certificate)
    assert result.returncode != 0


def test_a_message_is_answered_under_a_lock_in_redis(
    redis: RedisServer, running: Running, tmp_path: Path
) -> None:
    left = shutil.ignore_patterns("conversations.db*", "*.log*", "*.pid", "*.lock")
    home = Path(shutil.copytree(running.home, tmp_path / "home", ignore=left))
    settings = {"ADVICE_REDIS_URL": redis.url, "SSL_CERT_FILE": str(redis.certificate)}
    with started(home, settings) as product:
        before = redis.calls("set")
        reply = httpx.post(f"{product.url}/chat", json={"message": "hello"}, timeout=60).json()
        assert reply["replies"][0]["status"] == "chat"
        assert redis.calls("set") > before
