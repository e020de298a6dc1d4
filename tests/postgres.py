"""A PostgreSQL server of the tests' own, on loopback, gone when they end."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.services import POSTGRES, find_program

PASSWORD = "p@ss%word/1"
IN_ADDRESS = "p%40ss%25word%2F1"


@contextmanager
def postgres() -> Iterator[str]:
    """Run a server; give the address of an empty database, its password percent-encoded."""
    binaries = find_program(POSTGRES).parent
    folder = Path(tempfile.mkdtemp(prefix="postgres"))
    (folder / "password").write_text(PASSWORD)
    # PostgreSQL refuses to run as root.
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        for place in (folder, folder / "password"):
            shutil.chown(place, user)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = folder / "data"

    def run(*command: str) -> None:
        result = subprocess.run(
            [str(binaries / command[0]), *command[1:]],
            user=user,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        assert result.returncode == 0, result.stderr

    try:
        run("initdb", "-D", str(data), "-U", "advice", "--pwfile", str(folder / "password"),
            "-A", "scram-sha-256", "--no-sync", "-E", "UTF8", "--locale", "C")  # fmt: skip
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        run("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"postgresql://advice:{IN_ADDRESS}@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
