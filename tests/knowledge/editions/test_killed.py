"""A publisher that is killed leaves the old edition or the new one, and nothing in the way."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from knowledge.editions.publish import Library
from knowledge.editions.store import Store
from knowledge.search.embedding import Embedder
from knowledge.settings import Settings
from tests.small import BELLS, KEYS

ROOT = Path(__file__).resolve().parents[3]
NEW = KEYS.replace("change the locks", "ring the office")


@pytest.fixture
def places(tmp_path: Path, folder: Path, embedder: Embedder) -> Path:
    """Give a folder of data folders, each as a kill during an `add` left it."""
    base, places = tmp_path / "base", tmp_path / "places"
    base.mkdir()
    places.mkdir()
    store = Store(f"sqlite:///{base / 'advice.db'}")
    library = Library(store, base / "index", lambda: embedder)
    library.add([folder])
    library.remove("bells")
    library.remove("leave")
    store.close()
    (folder / "keys.md").write_text(NEW)
    (folder / "bells.md").write_text(BELLS.replace("rings", "sounds"))
    command = [sys.executable, "-m", "tests.knowledge.editions.killing"]
    paths = [str(path) for path in (base, places, embedder.folder, folder)]
    subprocess.run([*command, *paths, "12"], cwd=ROOT, check=True, timeout=500)
    return places


def test_a_kill_at_any_moment_leaves_the_old_edition_or_the_new_one(
    places: Path, folder: Path, embedder: Embedder
) -> None:
    seen = set()
    homes = sorted(places.iterdir(), key=lambda home: home.stat().st_mtime)
    assert len(homes) > 12 + 15  # so many steps there are at the least
    for home in homes:
        store = Store(f"sqlite:///{home / 'advice.db'}")
        library = Library(store, home / "index", lambda: embedder)
        edition, index = library.open()
        texts = " ".join(entry.passage.text for entry in index.entries)
        old = (edition.number, list(edition.documents), "ring the office" in texts) == (
            3, ["keys"], False,
        )  # fmt: skip
        new = (edition.number, list(edition.documents), "ring the office" in texts) == (
            4, ["bells", "keys", "leave"], True,
        )  # fmt: skip
        assert old != new, home.name
        assert set(store.withdrawn()) == ({"bells", "leave"} if old else set()), home.name
        seen.add(old)
        library.add([folder])
        edition, index = library.open()
        assert list(edition.documents) == ["bells", "keys", "leave"], home.name
        assert [name for name in os.listdir(library.folder) if name.startswith("draft")] == []
        store.close()
    assert seen == {True, False}


def test_an_advice_add_that_is_killed_again_and_again_is_made_good_by_the_next(
    tmp_path: Path, folder: Path, embedder: Embedder
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    Settings(home=home).encoder_folder.symlink_to(embedder.folder)
    command = [sys.executable, "-m", "web.cli", "add", str(folder)]
    environment = {**os.environ, "ADVICE_HOME": str(home)}
    began = time.monotonic()
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    took = time.monotonic() - began
    for number in range(4):
        (folder / f"more-{number}.md").write_text(f"# Number {number}\n\nCall line {number}.\n")
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(random.uniform(took / 2, took))
        process.kill()
        process.wait()
    store = Store(f"sqlite:///{home / 'advice.db'}")
    library = Library(store, home / "index", lambda: embedder)
    library.open()
    library.add([folder])
    assert len(library.open()[0].documents) == 3 + 4
    store.close()
