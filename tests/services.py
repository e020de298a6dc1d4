"""Finds the programs that tests run beside the product, or has them installed.

    python -m tests.services

Set-up calls this, so that a missing program is said before the tests start and never skipped over.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Program:
    """A program that tests run.

    :param package: the package of Debian and Ubuntu that holds it.
    :param elsewhere: where that puts it when it is not on the path, as a pattern.
    """

    name: str
    package: str
    elsewhere: str


NGINX = Program("nginx", "nginx-light", "usr/sbin/nginx")
POSTGRES = Program("initdb", "postgresql", "usr/lib/postgresql/*/bin/initdb")
REDIS = Program("redis-server", "redis-server", "usr/bin/redis-server")
OPENSSL = Program("openssl", "openssl", "usr/bin/openssl")
PROGRAMS = (NGINX, POSTGRES, REDIS, OPENSSL)


class NoProgram(Exception):
    """A program can neither be found nor installed; the text says what to do."""


def find_program(program: Program) -> Path:
    """Give the path of a program; of several the newest.

    :raises NoProgram: if it is not on this machine.
    """
    if found := shutil.which(program.name):
        return Path(found).resolve()
    places = sorted(Path("/").glob(program.elsewhere), key=lambda path: (len(str(path)), path))
    if not places:
        raise NoProgram(
            f"The tests need {program.name}. Install it (Debian and Ubuntu: "
            f"`apt-get install {program.package}`)."
        )
    return places[-1]


def get_program(program: Program) -> Path:
    """Give the path of a program, installed now if it is not there.

    :raises NoProgram: if it can be had in no way.
    """
    try:
        return find_program(program)
    except NoProgram:
        if not shutil.which("apt-get") or os.geteuid() != 0:
            raise
    print(f"There is no {program.name} on this machine; asking the package manager…", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", program.package]):
        subprocess.run(
            ["apt-get", "-qq", *command], env=quiet, check=False, stdout=subprocess.DEVNULL
        )
    return find_program(program)


def main() -> int:
    """Say which programs the tests will run; 1 if one is missing."""
    try:
        for program in PROGRAMS:
            print(f"The tests will run {get_program(program)}.", flush=True)
    except NoProgram as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
