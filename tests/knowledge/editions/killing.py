"""Kills `Library.add` with SIGKILL, at each step that changes the disk or at random moments.

Run as a process of its own, it forks: what must be imported is there already, and what a killed
child holds ends with it.
"""

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from knowledge.editions.publish import Library
from knowledge.editions.store import Store
from knowledge.search.embedding import load_embedder


def watch(store: Store, step: Callable[[], object]) -> None:
    """Call `step` before everything that changes the disk from now on."""

    def statement(_c: object, _k: object, text: str, *_: object) -> None:
        if not text.startswith("SELECT"):
            step()

    sa.event.listen(store.engine, "before_cursor_execute", statement)
    sa.event.listen(store.engine, "commit", lambda _connection: step())
    sync, rename, remove, make = os.fsync, os.rename, os.rmdir, os.mkdir

    def stepped(act: Callable[..., None]) -> Callable[..., None]:
        def wrapped(*arguments: object, **named: object) -> None:
            step()
            act(*arguments, **named)

        return wrapped

    os.fsync, os.rename, os.rmdir, os.mkdir = map(stepped, (sync, rename, remove, make))


def add(home: Path, encoder: Path, guidance: Path, step: Callable[[], object]) -> None:
    """Add guidance, calling `step` before everything that changes the disk, and at the end."""
    store = Store(f"sqlite:///{home / 'advice.db'}")
    watch(store, step)
    Library(store, home / "index", lambda: load_embedder(encoder)).add([guidance])
    step()


def killed_at(number: int) -> Callable[[], None]:
    """Give a step that ends its process at the call with this number."""
    left = [number]

    def step() -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return step


def forked(act: Callable[[], None]) -> int:
    """Run something in a child process; give the child's number."""
    child = os.fork()
    if child == 0:
        try:
            act()
        finally:
            os._exit(0 if sys.exc_info()[0] is None else 1)
    return child


def main(base: Path, places: Path, encoder: Path, guidance: Path, rounds: int) -> None:
    """Leave one data folder a kill in `places`: each step's, then those of the random moments."""
    killed, number, took = True, 0, 0.0
    while killed:
        number += 1
        home = places / f"step-{number}"
        shutil.copytree(base, home)
        began, step = time.monotonic(), killed_at(number)
        child = forked(lambda h=home, s=step: add(h, encoder, guidance, s))  # type: ignore[misc]
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        killed, took = code == -signal.SIGKILL, time.monotonic() - began
        assert killed or code == 0, "the child failed by itself"
    for moment in range(rounds):
        home = places / f"moment-{moment}"
        shutil.copytree(base, home)
        child = forked(lambda h=home: add(h, encoder, guidance, lambda: None))  # type: ignore[misc]
        time.sleep(random.uniform(0, took))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:5]), int(sys.argv[5]))
