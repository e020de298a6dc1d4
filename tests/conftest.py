"""What several tests share: a data folder with published guidance, and the running product."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from knowledge.answers.dialogue import Dialogue
from knowledge.editions.publish import Library
from knowledge.editions.store import Store
from knowledge.evaluation.bots import EngineBot
from knowledge.evaluation.evaluate import Result, evaluate, read_golden
from knowledge.messages.adapter import export_message_model
from knowledge.messages.model import MessageModel
from knowledge.reading.reader_model import ReaderModel
from knowledge.search.embedding import Embedder, load_embedder
from knowledge.search.encoder import export_encoder
from knowledge.service import Service
from knowledge.settings import Settings
from tests.product import Running, Website, started
from tests.small import BELLS, KEYS, LEAVE, SmallService


def pytest_configure() -> None:
    """Set up Hypothesis for all: no test may depend on being fast, nor on what ran before it.

    The first example of a test may load a model or start the product. Fixtures are shared by all
    examples of a test, which is right for rules and services that keep nothing.
    """
    lenient = [
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ]
    settings.register_profile(
        "project", max_examples=60, deadline=None, suppress_health_check=lenient
    )
    settings.load_profile("project")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run quick tests first and the browser's last: its event loop stays open to the end."""
    items.sort(key=lambda item: [bool(item.get_closest_marker(m)) for m in ("browser", "servers")])


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory, exported: Path, exported_messages: Path) -> Path:
    """Give the data folder that the whole session shares, so that guidance is embedded once."""
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(exported, Settings(home=home).encoder_folder)
    shutil.copytree(exported_messages, Settings(home=home).message_model_folder)
    return home


@pytest.fixture(scope="session")
def exported(pytestconfig: pytest.Config) -> Path:
    """Give the exported embedding model; the next session finds it in pytest's cache."""
    folder = pytestconfig.cache.mkdir("encoder")  # type: ignore[union-attr]  # the plugin is on
    export_encoder(None, folder)
    return folder


@pytest.fixture(scope="session")
def exported_messages(pytestconfig: pytest.Config) -> Path:
    """Give the exported message model, kept like the embedding model."""
    folder = pytestconfig.cache.mkdir("message-model")  # type: ignore[union-attr]  # it is on
    export_message_model(folder)
    return folder


@pytest.fixture(scope="session")
def messages(exported_messages: Path) -> MessageModel:
    """Give the real message model."""
    return MessageModel(exported_messages)


@pytest.fixture(scope="session")
def reader_model() -> ReaderModel:
    """Give the real reader."""
    return ReaderModel()


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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder of three small documents."""
    folder = tmp_path / "guidance"
    folder.mkdir()
    for name, text in (("leave", LEAVE), ("keys", KEYS), ("bells", BELLS)):
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def library(tmp_path: Path, embedder: Embedder) -> Iterator[Library]:
    """Give an empty library with the session's model."""
    store = Store(f"sqlite:///{tmp_path / 'advice.db'}")
    yield Library(store, tmp_path / "index", lambda: embedder)
    store.close()


@pytest.fixture
def small(tmp_path: Path, service: Service) -> Iterator[SmallService]:
    """Give a service with nothing published."""
    small = SmallService(tmp_path / "home", service)
    yield small
    small.close()


@pytest.fixture(scope="session")
def dialogue(service: Service) -> Dialogue:
    """Give the dialogue over the bundled guidance."""
    return service.dialogue()


@pytest.fixture(scope="session")
def golden(dialogue: Dialogue) -> dict[str, Result]:
    """Put every golden question of both halves to the engine, once; seconds."""
    folder = Path(__file__).with_name("golden")
    return {
        name: evaluate(read_golden(folder / name), EngineBot(dialogue))
        for name in ("tune", "held_out")
    }
