"""Kills the publishing of a draft with SIGKILL at each step that changes the disk.

Run as a process of its own, it forks: what must be imported is there already.
"""

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from knowledge.editions.drafts.drafts import Drafts
from knowledge.service import Service
from knowledge.settings import Settings
from people.audit import Actor
from tests.knowledge.editions.killing import forked, killed_at, watch
from web.staff.drafting import publish_draft


def publish(home: Path, step: Callable[[], object]) -> None:
    """Publish draft 1, as the page does, calling `step` before what changes the disk."""
    service = Service(Settings(home=home))
    watch(service.store, step)
    drafts = Drafts(service.store.engine)
    publish_draft(service, drafts, drafts.find(1), Actor("ann", "editor"))
    step()


def main(base: Path, places: Path) -> None:
    """Leave one data folder a step in `places`, as a kill at that step left it."""
    killed, number = True, 0
    while killed:
        number += 1
        home = places / f"step-{number:03}"
        shutil.copytree(base, home, symlinks=True)
        step = killed_at(number)
        child = forked(lambda h=home, s=step: publish(h, s))  # type: ignore[misc]
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        killed = code == -signal.SIGKILL
        assert killed or code == 0, "the child failed by itself"


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
