"""What several tests share: a data folder with published guidance, and the running product."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.embedding import Embedder, load_embedder
from knowledge.encoder import export_encoder
from knowledge.service import Service
from knowledge.settings import Settings
from tests.product import Running, Website, started


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run quick tests first and the browser's last: its event loop stays open to the end."""
    items.sort(key=lambda item: [bool(item.get_closest_marker(m)) for m in ("browser", "servers")])


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory, exported: Path) -> Path:
    """Give the data folder that the whole session shares, so that guidance is embedded once."""
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(exported, Settings(home=home).encoder_folder)
    return home


@pytest.fixture(scope="session")
def exported(pytestconfig: pytest.Config) -> Path:
    """Give the exported embedding model; the next session finds it in pytest's cache."""
    folder = pytestconfig.cache.mkdir("encoder")  # type: ignore[union-attr]  # the plugin is on
    export_encoder(None, folder)
    return folder


@pytest.fixture(scope="session")
def embedder(exported: Path) -> Embedder:
    """Give the real embedding model."""
    return load_embedder(exported)


@pytest.fixture(scope="session")
def service(home: Path) -> Iterator[Service]:
    """Give the answer service over the bundled guidance."""
    service = Service(Settings(home=home))
    service.library.add([service.settings.guidance], bundled=True)
    yield service
    service.close()


@pytest.fixture(scope="session")
def website() -> Iterator[Website]:
    """Give another website, which may embed the widget."""
    with Website() as website:
        yield website


@pytest.fixture(scope="session")
def running(home: Path, service: Service, website: Website) -> Iterator[Running]:
    """Start both processes once, over the session's data folder."""
    with started(home, {"ADVICE_ORIGINS": website.url}) as running:
        yield running
