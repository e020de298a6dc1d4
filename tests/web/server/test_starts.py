"""A start that is told to stop ends soon, and leaves no process."""

import signal
import subprocess
import time
from pathlib import Path

import psutil
import pytest

from tests.product import ROOT, SERVE, environment, processes_over

END_SECONDS = 20


@pytest.mark.parametrize(
    ("after", "number"),
    [(0.5, signal.SIGTERM), (2, signal.SIGINT), (5, signal.SIGTERM), (12, signal.SIGTERM)],
)
def test_a_signal_at_any_moment_of_a_start_ends_it_and_its_children(
    tmp_path: Path, after: float, number: int
) -> None:
    home = tmp_path / "home"
    process = subprocess.Popen(
        SERVE, cwd=ROOT, env=environment(home, {}), stdout=subprocess.DEVNULL
    )
    try:
        time.sleep(after)
        assert processes_over(home), "the start is under way"
        process.send_signal(number)
        process.wait(END_SECONDS)
        psutil.wait_procs(processes_over(home), timeout=5)
        assert processes_over(home) == []
    finally:
        process.kill()
        process.wait()
