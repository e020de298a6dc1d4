import os
import stat
import subprocess
import sys
from pathlib import Path


def rights(home: Path) -> dict[str, int]:
    places = [home, *home.rglob("*")]
    return {str(place.relative_to(home)): stat.S_IMODE(place.stat().st_mode) for place in places}


def test_nobody_else_can_read_a_data_folder_not_even_an_older_one(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "index" / "1").mkdir(parents=True)
    (home / "index" / "1" / "old.json").write_text("{}")
    for place in home.rglob("*"):
        place.chmod(0o777)
    environ = {**os.environ, "ADVICE_HOME": str(home)}
    command = [sys.executable, "-m", "web.cli", "cases"]
    subprocess.run(command, env=environ, check=True, umask=0o022)
    found = rights(home)
    assert {"advice.db", "index/1/old.json"} <= set(found)
    wrong = {
        name: oct(mode)
        for name, mode in found.items()
        if mode != (0o700 if (home / name).is_dir() else 0o600)
    }
    assert wrong == {}
