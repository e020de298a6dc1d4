"""Set-up finds the Pythons a user has, and installs nothing twice."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from web.server.environments import SetupError, candidates, find_python, install, works

VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Take every Python away: an empty PATH and an empty pyenv. Gives the folder of both."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    return tmp_path


def script(path: Path, code: int) -> str:
    """Write a program that does nothing and ends with a code."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\nexit {code}\n")
    path.chmod(0o755)
    return str(path)


def real_python(path: Path) -> str:
    """Put a Python that works at a path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    path.chmod(0o755)
    return str(path)


def test_a_python_of_the_right_version_works() -> None:
    assert works(sys.executable, VERSION)


def test_a_python_of_another_version_a_broken_one_and_none_do_not_work(tmp_path: Path) -> None:
    assert not works(sys.executable, "2.7")
    assert not works(script(tmp_path / "python", 1), VERSION)
    assert not works(str(tmp_path / "nowhere"), VERSION)


def test_python_is_found_on_the_path(bare: Path) -> None:
    python = real_python(bare / "bin" / f"python{VERSION}")
    assert find_python(script(bare / "uv", 1), (VERSION,)) == python


def test_python_is_found_among_pyenvs_versions_even_when_its_shim_is_not_active(
    bare: Path,
) -> None:
    script(bare / "bin" / f"python{VERSION}", 127)  # a shim whose version is not active
    version = bare / "pyenv" / "versions" / f"{VERSION}.9"
    python = real_python(version / "bin" / f"python{VERSION}")
    assert find_python(script(bare / "uv", 1), (VERSION,)) == python


def test_python_is_found_among_uvs_own(bare: Path) -> None:
    uv = bare / "uv"
    uv.write_text("#!/bin/sh\necho /opt/managed/python\n")
    uv.chmod(0o755)
    assert candidates(str(uv), VERSION) == ["/opt/managed/python"]


def test_the_first_version_asked_for_is_taken_first(bare: Path) -> None:
    python = real_python(bare / "bin" / f"python{VERSION}")
    assert find_python(script(bare / "uv", 1), ("3.99", VERSION)) == python


def test_a_python_that_cannot_be_had_is_named_with_what_to_do(
    bare: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SetupError, match=r"Python 3\.99 was not found.*pyenv install 3\.99"):
        find_python(script(bare / "uv", 1), ("3.99",))
    assert "asking uv to fetch it" in capfd.readouterr().out


@pytest.fixture
def environment(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Make an environment that holds what two requirement files pin. Gives it and both files."""
    folder = tmp_path / ".venv-example"
    real_python(folder / "bin" / "python")
    plain, test = tmp_path / "app.txt", tmp_path / "test.txt"
    plain.write_text("click==8.0\n")
    test.write_text("pytest==9.0\n")
    install(shutil.which("true") or "", folder, (VERSION,), [plain, test])
    return folder, plain, test


def test_nothing_is_installed_when_the_requirements_are_the_same(
    environment: tuple[Path, Path, Path], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder, plain, test = environment
    capfd.readouterr()
    install(str(tmp_path / "no such uv"), folder, (VERSION,), [plain, test])
    assert capfd.readouterr().out == ""


def test_an_environment_with_the_tests_packages_serves_a_plain_run(
    environment: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    folder, plain, _ = environment
    install(str(tmp_path / "no such uv"), folder, (VERSION,), [plain])


def test_changed_requirements_are_installed_and_a_failure_is_said(
    environment: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    folder, plain, test = environment
    plain.write_text("click==8.1\n")
    failing = script(tmp_path / "uv", 2)
    with pytest.raises(SetupError, match="This command failed"):
        install(failing, folder, (VERSION,), [plain, test])
    # What failed is tried again: it was not noted as done.
    with pytest.raises(SetupError):
        install(failing, folder, (VERSION,), [plain, test])


def test_set_up_needs_nothing_that_must_be_installed_first() -> None:
    source = Path(sys.modules[install.__module__].__file__ or "")
    imported = {
        line.split()[1].split(".")[0]
        for line in source.read_text(encoding="utf-8").splitlines()
        if line.startswith(("import ", "from "))
    }
    assert imported <= sys.stdlib_module_names
    assert os.path.basename(source) == "environments.py"
