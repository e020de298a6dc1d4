"""Makes the two Python environments. Plain Python: it runs before anything is installed.

`.venv` holds the app (Python 3.11 or later), `.venv-bot` holds Rasa (Python 3.10).
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "requirements"
UV_ENVIRONMENT = ROOT / ".venv-uv"
STAMP = "installed.sha256"

# Torch's CPU builds are published for each of these; the newest that the lock was made for first.
APP_PYTHONS = ("3.11", "3.12", "3.13")
BOT_PYTHONS = ("3.10",)


class SetupError(Exception):
    """Set-up cannot go on; the text says what to do."""


def find_uv() -> str:
    """Give the path of uv; fetch it with pip into an environment of its own when it is missing."""
    found = shutil.which("uv")
    if found:
        return found
    own = UV_ENVIRONMENT / "bin" / "uv"
    if not own.exists():
        say("Fetching uv, which installs the packages…")
        run([sys.executable, "-m", "venv", str(UV_ENVIRONMENT)])
        pip = str(UV_ENVIRONMENT / "bin" / "python")
        run([pip, "-m", "pip", "install", "-q", "-r", str(REQUIREMENTS / "uv.txt")])
    return str(own)


def find_python(uv: str, versions: tuple[str, ...]) -> str:
    """Give a Python of one of these versions, in this order, or let uv fetch one.

    :raises SetupError: if there is none and none can be fetched.
    """
    for version in versions:
        for candidate in candidates(uv, version):
            if works(candidate, version):
                return candidate
    for version in versions:
        say(f"Python {version} is not on this machine; asking uv to fetch it…")
        if subprocess.run([uv, "python", "install", "-q", version], check=False).returncode == 0:
            for candidate in candidates(uv, version):
                if works(candidate, version):
                    return candidate
    raise SetupError(
        f"Python {versions[0]} was not found and could not be fetched. Install it (for example "
        f"'pyenv install {versions[0]}' or your system's python{versions[0]} package with its "
        f"venv module) and run this again."
    )


def candidates(uv: str, version: str) -> list[str]:
    """Give the places where a user may have this Python: PATH, pyenv's versions, uv's own."""
    places = [shutil.which(f"python{version}")]
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    # A pyenv shim on PATH fails unless its version is active, so look where the versions lie.
    places += [str(path) for path in sorted(pyenv.glob(f"{version}*/bin/python{version}"))]
    found = subprocess.run(
        [uv, "python", "find", "--no-project", "--managed-python", version],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    places.append(found.stdout.strip())
    return [place for place in places if place]


def works(python: str, version: str) -> bool:
    """Say whether this is a Python of this version that starts."""
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        result = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return result.returncode == 0 and result.stdout.strip() == version


def install(uv: str, folder: Path, versions: tuple[str, ...], files: list[Path]) -> None:
    """Make an environment hold exactly what its requirement files pin; nothing if it does."""
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    stamp = folder / STAMP
    python = folder / "bin" / "python"
    if python.exists() and stamp.is_file() and digest in stamp.read_text(encoding="ascii").split():
        return
    if not python.exists():
        run([uv, "venv", "-q", "--clear", "--python", find_python(uv, versions), str(folder)])
    say(f"Installing {', '.join(path.name for path in files)} into {folder.name}…")
    command = [uv, "pip", "install", "-q", "--python", str(python)]
    environment = dict(os.environ)
    links = environment.get("PIP_FIND_LINKS")
    if links:
        # uv does not read pip's own setting. A torch that lies there is the CPU build.
        environment.setdefault("UV_FIND_LINKS", links.replace(" ", ","))
    else:
        command += ["--torch-backend", "cpu"]
    for path in files:
        command += ["-r", str(path)]
    run(command, environment)
    if folder.name == ".venv":
        run([uv, "pip", "install", "-q", "--python", str(python), "--no-deps", "-e", str(ROOT)])
    # An environment with the tests' packages serves a plain run too: remember both.
    plain = hashlib.sha256(files[0].read_bytes()).hexdigest()
    stamp.write_text(f"{digest} {plain}", encoding="ascii")


def install_alone(uv: str, folder: Path, file: Path) -> None:
    """Add packages without what they ask for: only files that lie in them are read."""
    python = str(folder / "bin" / "python")
    run([uv, "pip", "install", "-q", "--python", python, "--no-deps", "-r", str(file)])


def run(command: list[str], environment: "dict[str, str] | None" = None) -> None:
    """Run a command and fail with its own words."""
    if subprocess.run(command, env=environment, check=False).returncode != 0:
        raise SetupError(f"This command failed; its reason is above: {' '.join(command)}")


def say(text: str) -> None:
    """Print one line at once."""
    print(text, flush=True)


def main(arguments: list[str]) -> int:
    """Make both environments; with `--test` also what the tests need, with `--train` training.

    With `--benchmark` make the one in which search is compared with its peers.
    """
    try:
        uv = find_uv()
        if "--benchmark" in arguments:
            # The peers want other versions of our own packages: they get a place of their own.
            install(uv, ROOT / ".venv-peers", APP_PYTHONS, [REQUIREMENTS / "benchmark.txt"])
            return 0
        files = [REQUIREMENTS / "app.txt"]
        if "--test" in arguments:
            files.append(REQUIREMENTS / "test.txt")
        install(uv, ROOT / ".venv", APP_PYTHONS, files)
        if "--test" in arguments or "--train" in arguments:
            install_alone(uv, ROOT / ".venv", REQUIREMENTS / "train.txt")
        install(uv, ROOT / ".venv-bot", BOT_PYTHONS, [REQUIREMENTS / "bot.txt"])
    except SetupError as error:
        print(f"Set-up stopped: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
