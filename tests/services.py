"""Finds the PostgreSQL and Redis that some tests start, or has them installed.

    python -m tests.services

Set-up calls this, so that a missing server is said before the tests start and never skipped over.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

WHAT_TO_DO = (
    "No {names} for the tests. Install what is missing "
    "(Debian and Ubuntu: `apt-get install postgresql redis-server`)."
)


def find_postgres() -> Path | None:
    """Give the folder of PostgreSQL's programs; Debian keeps them off the path."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    folders = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max((path.parent for path in folders), key=_version, default=None)


def find_redis() -> Path | None:
    """Give the path of the Redis server."""
    found = shutil.which("redis-server")
    return Path(found) if found else None


def missing() -> list[str]:
    """Give the packages, by their names in Debian, whose server is not there."""
    found = {"postgresql": find_postgres(), "redis-server": find_redis()}
    return [name for name, place in found.items() if place is None]


def _version(folder: Path) -> int:
    number = re.search(r"\d+", folder.parent.name)
    return int(number[0]) if number else 0


def main() -> int:
    """Install what is missing; 1 if something still is."""
    names = missing()
    if names and shutil.which("apt-get") and os.geteuid() == 0:
        print(f"Installing {' and '.join(names)} for the tests…", flush=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *names]
        for command in (["apt-get", "update", "-qq"], install):
            subprocess.run(command, env=quiet, check=False, stdout=subprocess.DEVNULL)
        names = missing()
    if names:
        print(WHAT_TO_DO.format(names=" and no ".join(names)), file=sys.stderr)
        return 1
    print(f"The tests will start the PostgreSQL of {find_postgres()} and {find_redis()}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
