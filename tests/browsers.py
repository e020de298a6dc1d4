"""Finds the Chromium that the browser tests drive, or has one installed.

    python -m tests.browsers

Set-up calls this, so that a missing browser is said before the tests start and never skipped over.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
WHAT_TO_DO = (
    "No browser for the tests. Install Chromium or Chrome (Debian and Ubuntu: "
    "`apt-get install chromium`), or run `playwright install chromium`, or set ADVICE_CHROMIUM "
    "to the path of one."
)


class NoBrowser(Exception):
    """No browser can be had; the text says what to do."""


def find_browser(environ: Mapping[str, str]) -> str | None:
    """Give the path of an installed Chromium or Chrome; None leaves the choice to Playwright.

    :raises NoBrowser: if ADVICE_CHROMIUM names no file.
    """
    if chosen := environ.get("ADVICE_CHROMIUM"):
        if not Path(chosen).is_file():
            raise NoBrowser(f"ADVICE_CHROMIUM is '{chosen}', which is not a file.")
        return chosen
    path = environ.get("PATH")
    return next((place for name in NAMES if (place := shutil.which(name, path=path))), None)


def find_playwright_browser() -> str | None:
    """Give the path of the Chromium that Playwright has downloaded, if it has."""
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def get_browser(environ: Mapping[str, str]) -> str:
    """Give the path of a browser, installed now if there is none.

    :raises NoBrowser: if none can be had.
    """
    found = find_browser(environ) or find_playwright_browser()
    if found:
        return found
    _say("There is no Chromium on this machine; asking Playwright to download one…")
    _try([sys.executable, "-m", "playwright", "install", "chromium"])
    found = find_playwright_browser()
    if found:
        return found
    if shutil.which("apt-get") and os.geteuid() == 0:
        _say("Playwright could not; asking the system's package manager…")
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        _try(["apt-get", "update", "-qq"], quiet)
        _try(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], quiet)
        found = find_browser(environ)
        if found:
            return found
    raise NoBrowser(WHAT_TO_DO)


def _try(command: list[str], environ: Mapping[str, str] | None = None) -> None:
    """Run a command; whether it helped is seen by looking for the browser again."""
    subprocess.run(command, env=environ, check=False, stdout=subprocess.DEVNULL)


def _say(text: str) -> None:
    print(text, flush=True)


def main() -> int:
    """Say which browser the tests will drive; 1 if there is none."""
    try:
        _say(f"The browser tests will drive {get_browser(os.environ)}.")
    except NoBrowser as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
