"""Finds the programs that tests run beside the product, or has them installed.

    python -m tests.services

Set-up calls this, so that a missing program is said before the tests start and never skipped over.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

# The program, the package of Debian and Ubuntu that holds it, and where that puts it.
PROGRAMS = (("nginx", "nginx-light", "/usr/sbin"),)


class NoProgram(Exception):
    """A program can neither be found nor installed; the text says what to do."""


def find_program(name: str) -> str:
    """Give the path of a program.

    :raises NoProgram: if it is not on this machine.
    """
    folders = [os.environ.get("PATH", ""), *(place for own, _, place in PROGRAMS if own == name)]
    found = shutil.which(name, path=os.pathsep.join(folders))
    if found is None:
        package = next(package for own, package, _ in PROGRAMS if own == name)
        raise NoProgram(
            f"The tests need {name}. Install it (Debian and Ubuntu: `apt-get install {package}`)."
        )
    return found


def get_program(name: str, package: str) -> str:
    """Give the path of a program, installed now if it is not there.

    :raises NoProgram: if it can be had in no way.
    """
    try:
        return find_program(name)
    except NoProgram:
        if not shutil.which("apt-get") or os.geteuid() != 0:
            raise
    print(f"There is no {name} on this machine; asking the package manager…", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", package]):
        subprocess.run(["apt-get", "-qq", *command], env=quiet, stdout=subprocess.DEVNULL)
    return find_program(name)


def main() -> int:
    """Say which programs the tests will run; 1 if one is missing."""
    try:
        for name, package, _ in PROGRAMS:
            print(f"The tests will run {Path(get_program(name, package))}.", flush=True)
    except NoProgram as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
