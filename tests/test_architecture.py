"""What holds for the whole project: who may import whom, small files, nothing of one machine."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from knowledge.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 400  # lines
OURS = {"web", "actions", "knowledge", "people", "database", "migrations", "bot"}
MAY_IMPORT = {
    "knowledge": {"knowledge", "database"},
    "people": {"people", "database"},
    "actions": {"actions", "knowledge"},
    "web": {"web", "actions", "knowledge", "people", "database"},
    "migrations": {"migrations"},
    "bot": set(),
}
# The rooms of `knowledge`, lowest first: each may import itself and what stands before it.
ROOMS = (
    "language", "documents", "search", "editions", "reading", "messages", "lookup", "answers",
    "evaluation", "training",
)  # fmt: skip
REGISTRIES = r"pypi\.org|pythonhosted\.org|download\.pytorch\.org|index[-]url|find[-]links"
# A developer's own folders; "advice" is the user in our examples.
PLACES = r"(?<![\w.])/(?:root|work|Users|home(?!/advice\b))/\w"

# Imports every module and prints what that did besides: files of ours read, connections made.
WATCHED_IMPORT = """
import importlib, json, os, sys
root, names = os.getcwd(), sys.argv[1:]
work = []
def watch(event, arguments):
    if event == "open" and isinstance(arguments[0], str):
        path = os.path.abspath(arguments[0])
        ours = path.startswith(root) and not path.startswith(os.path.join(root, ".venv"))
        if ours and not path.endswith(".py") and "__pycache__" not in path:
            work.append(path)
    elif event in ("socket.connect", "sqlite3.connect", "subprocess.Popen"):
        work.append(event)
sys.addaudithook(watch)
importlib.import_module("web.cli.main")
heavy = sorted({"torch", "sentence_transformers", "transformers"} & set(sys.modules))
for name in names:
    importlib.import_module(name)
print(json.dumps({"heavy": heavy, "work": work}))
"""


def tracked() -> list[Path]:
    """Give the files under version control that are there."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [path for line in listed.splitlines() if (path := ROOT / line).is_file()]


def modules(package: str) -> list[Path]:
    found = sorted((ROOT / package).rglob("*.py"))
    assert found, f"no modules in {package}"
    return found


def imported_modules(path: Path) -> Iterator[str]:
    """Give the modules that a file imports, inside its functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def imported(path: Path) -> Iterator[str]:
    """Give the top-level names of all that a file imports."""
    return (name.split(".")[0] for name in imported_modules(path))


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_go_one_way(package: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(package)
        for name in imported(path)
        if name in OURS and name not in MAY_IMPORT[package]
    ]
    assert wrong == []


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_of_knowledge_imports_only_lower_rooms(room: str) -> None:
    above = set(ROOMS[ROOMS.index(room) + 1 :]) | {"service"}
    assert modules(f"knowledge/{room}")
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(f"knowledge/{room}")
        for name in imported_modules(path)
        if name.startswith("knowledge.") and name.split(".")[1] in above
    ]
    assert wrong == []


def test_every_folder_of_knowledge_with_code_is_a_room() -> None:
    folders = {path.parent.relative_to(ROOT / "knowledge").parts for path in modules("knowledge")}
    assert {parts[0] for parts in folders if parts} == set(ROOMS)


def test_the_pages_of_members_and_of_staff_do_not_import_each_other() -> None:
    for room, other in (("member", "staff"), ("staff", "member")):
        for path in modules(f"web/{room}"):
            names = imported_modules(path)
            assert not any(name.startswith(f"web.{other}") for name in names), path


def test_people_know_nothing_of_http() -> None:
    for path in modules("people"):
        assert {"fastapi", "starlette", "authlib", "jinja2"}.isdisjoint(imported(path)), path


@pytest.mark.parametrize("package", ["knowledge", "people", "actions", "web", "bot"])
def test_no_test_or_benchmark_is_part_of_the_product(package: str) -> None:
    for path in modules(package):
        assert {"tests", "benchmarks", "pytest"}.isdisjoint(imported(path)), path


def test_importing_does_no_work_and_commands_start_without_the_model() -> None:
    names = [
        str(path.relative_to(ROOT).with_suffix("")).replace("/", ".")
        for package in ("knowledge", "people", "actions", "web")
        for path in modules(package)
        if path.name != "__init__.py"
    ]
    command = [sys.executable, "-c", WATCHED_IMPORT, *names]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    seen = json.loads(result.stdout.splitlines()[-1])
    assert seen["heavy"] == [], "'advice --help' would wait for the model's libraries"
    assert seen["work"] == []


def test_no_python_file_is_long() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in tracked()
        if path.suffix == ".py"
        and (lines := path.read_text(encoding="utf-8").count("\n")) > LONGEST
    }
    assert long == {}


def test_no_file_names_a_place_on_this_machine_or_a_registry() -> None:
    pattern = re.compile(f"{PLACES}|{REGISTRIES}")
    found = [
        f"{path.relative_to(ROOT)}:{number}: {match[0]}"
        for path in tracked()
        for number, line in enumerate(path.read_bytes().decode("utf-8", "ignore").splitlines(), 1)
        if (match := pattern.search(line))
    ]
    assert found == []


def test_requirements_are_exact() -> None:
    files = sorted((ROOT / "requirements").glob("*.txt"))
    assert files
    for path in files:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.lstrip().startswith("#"):
                assert re.match(r"[\w.\[\]-]+==[\w.+!-]+( ;.*| \\)?$", line), f"{path.name}: {line}"


def test_the_readme_names_every_setting() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    settings = [f"ADVICE_{item.name.upper()}" for item in fields(Settings)]
    assert [name for name in settings if f"`{name}`" not in readme] == []


def test_the_readme_shows_the_tested_nginx_file() -> None:
    tested = (ROOT / "docs" / "nginx.conf").read_text(encoding="utf-8")
    shown = re.search(r"```nginx\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert shown
    assert tested.endswith(shown[1])


def test_the_readme_gives_a_reason_for_every_dependency() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8").casefold()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    names = [re.split(r"[=<>~;\[ ]", item)[0] for group in groups for item in group]
    names.append("rasa")
    assert [name for name in names if f"`{name.casefold()}`" not in readme] == []
