"""What has been kept for long enough is deleted, each kind by itself."""

import asyncio

import pytest
import sqlalchemy as sa

from web.server.logs import PrivateFormatter
from web.server.upkeep import Upkeep


def test_a_job_that_fails_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []

    def fails() -> int:
        raise sa.exc.OperationalError("DELETE … 'a secret'", {}, Exception())

    def works() -> int:
        done.append("feedback")
        return 1

    asyncio.run(Upkeep({"cases": fails, "feedback": works}).run())
    assert done == ["feedback"]
    logged = "\n".join(PrivateFormatter("%(message)s").format(each) for each in caplog.records)
    assert "cases" in logged
    assert "OperationalError at " in logged
    assert "secret" not in logged


def test_it_begins_at_once_and_ends_with_the_site() -> None:
    done: list[int] = []

    async def open_and_close() -> None:
        async with Upkeep({"things": lambda: len(done) or done.append(1) or 1}).running():
            while not done:
                await asyncio.sleep(0.01)

    asyncio.run(asyncio.wait_for(open_and_close(), 10))
    assert done == [1]
