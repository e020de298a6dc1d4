"""Whatever a start fails at, the operator reads one line that says so."""

import os
import resource
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.product import ROOT


def failed(home: Path, command: str, largest: int | None = None) -> str:
    """Run a command that fails; give its last words. `largest` is a file's largest size."""

    def limit() -> None:
        if largest is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    environ = {**os.environ, "ADVICE_HOME": str(home)}
    result = subprocess.run(
        [sys.executable, "-m", "web.cli", command],
        cwd=ROOT,
        env=environ,
        preexec_fn=limit,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1, result.stderr
    return result.stderr


@pytest.mark.parametrize("largest", [0, 1_000, 200_000, 2_000_000])
def test_a_disk_that_is_full_gives_one_line(tmp_path: Path, largest: int) -> None:
    said = failed(tmp_path / "home", "serve", largest)
    assert said.startswith("Error: ")
    assert said.count("\n") == 1, said


def test_a_data_folder_that_cannot_be_made_gives_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said = failed(tmp_path / "file" / "home", "serve")
    assert said.startswith("Error: ")
    assert str(tmp_path / "file") in said
    assert said.count("\n") == 1, said


def test_a_taken_port_is_named_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        monkeypatch.setenv("ADVICE_PORT", port)
        said = failed(tmp_path / "home", "serve")
    assert f"Port {port} cannot be used" in said
    assert not list((tmp_path / "home").rglob("*.onnx"))
