"""One server for one data folder."""

import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.errors import ServiceError
from tests.product import ROOT
from web.server.lock import hold

# Holds a folder, starts a child, and says that it does.
HOLDER = """
import subprocess, sys, time
from pathlib import Path
from web.server.lock import hold
with hold(Path(sys.argv[1])):
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    print(child.pid, flush=True)
    time.sleep(600)
"""


def test_a_folder_is_free_again_after_its_server(tmp_path: Path) -> None:
    for _ in range(2):
        with hold(tmp_path / "home"):
            pass


def test_a_second_server_is_refused_until_the_first_was_killed_though_its_child_lives(
    tmp_path: Path,
) -> None:
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        child = int(holder.stdout.readline())
        try:
            with pytest.raises(ServiceError, match="ADVICE_HOME"), hold(tmp_path):
                pass
            holder.kill()
            holder.wait()
            with hold(tmp_path):
                pass
        finally:
            holder.kill()
            subprocess.run(["kill", "-9", str(child)], check=True)
