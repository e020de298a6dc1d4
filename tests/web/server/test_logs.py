"""A member's words never reach a log."""

import asyncio
import gc
import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from web.server.logs import PrivateFormatter, rotate

SECRET = "my head has suspended me"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Give what is logged, as the product writes it."""
    output = io.StringIO()
    handler = logging.StreamHandler(output)
    handler.setFormatter(PrivateFormatter("%(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    yield output
    logging.getLogger().removeHandler(handler)


def fail() -> None:
    raise ValueError(SECRET)


def test_an_error_is_logged_by_its_kind_and_place_without_its_text(log: io.StringIO) -> None:
    try:
        fail()
    except ValueError:
        logging.getLogger("web").exception("A reply failed")
    written = log.getvalue()
    assert "A reply failed" in written
    assert "ValueError" in written
    assert "test_logs.py" in written
    assert SECRET not in written


def test_an_errors_cause_is_not_written_either(log: io.StringIO) -> None:
    try:
        try:
            fail()
        except ValueError as error:
            raise RuntimeError(f"because: {SECRET}") from error
    except RuntimeError:
        logging.getLogger("web").exception("A reply failed")
    assert "RuntimeError" in log.getvalue()
    assert SECRET not in log.getvalue()


def test_a_task_that_nobody_waited_for_does_not_write_the_text_of_its_error(
    log: io.StringIO,
) -> None:
    async def failing() -> None:
        fail()

    async def forgetful() -> None:
        task = asyncio.create_task(failing())
        await asyncio.sleep(0.01)
        del task
        gc.collect()

    asyncio.run(forgetful())
    assert "never retrieved" in log.getvalue()
    assert SECRET not in log.getvalue()


def test_an_ordinary_line_is_written_whole(log: io.StringIO) -> None:
    logging.getLogger("web").warning("Deleted %d conversations", 3)
    assert log.getvalue() == "WARNING web: Deleted 3 conversations\n"


def test_a_log_that_is_too_long_begins_anew_and_its_writer_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "rasa.log"
    rotate(path)  # there is none yet
    with path.open("ab", buffering=0) as writer:
        writer.write(b"first\n")
        rotate(path, longest=6)
        assert path.read_bytes() == b"first\n", "not too long yet"
        writer.write(b"second\n")
        rotate(path, longest=6)
        writer.write(b"third\n")
    assert path.read_bytes() == b"third\n"
    assert path.with_name("rasa.log.1").read_bytes() == b"first\nsecond\n"
