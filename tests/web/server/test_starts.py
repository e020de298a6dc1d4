"""A start that is told to stop ends soon, and leaves no process."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.product import ROOT, free_ports, processes_over

END_SECONDS = 20


@pytest.mark.parametrize(
    ("after", "number"),
    [(0.5, signal.SIGTERM), (2, signal.SIGINT), (5, signal.SIGTERM), (12, signal.SIGTERM)],
)
def test_a_signal_at_any_moment_of_a_start_ends_it_and_its_children(
    tmp_path: Path, after: float, number: int
) -> None:
    public, rasa, action = free_ports(3)
    home = tmp_path / "home"
    environ = {
        **os.environ,
        "ADVICE_HOME": str(home),
        "ADVICE_PORT": str(public),
        "ADVICE_RASA_PORT": str(rasa),
        "ADVICE_ACTION_PORT": str(action),
    }
    command = [sys.executable, "-m", "web.cli", "serve"]
    process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL)
    try:
        time.sleep(after)
        assert processes_over(home), "the start is under way"
        process.send_signal(number)
        process.wait(END_SECONDS)
        _, alive = psutil.wait_procs(processes_over(home), timeout=5)
        assert alive == []
    finally:
        process.kill()
        process.wait()
