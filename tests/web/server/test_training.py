"""Rasa's model is trained anew only when something that it depends on changed."""

import io
import os
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from knowledge.errors import ServiceError
from knowledge.search.embedding import ABOUT_FILE
from knowledge.service import Service
from knowledge.settings import Settings
from web.server import training
from web.server.site import Site
from web.server.training import _digest, bot_environment, run_rasa, train, write_domain


@pytest.fixture
def bot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of the bot's folder, in use instead of the real one."""
    folder = tmp_path / "copy"
    shutil.copytree(training.BOT_FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(training, "BOT_FOLDER", folder)
    return folder


@pytest.fixture
def prepared(site: Site, bot: Path) -> Service:
    """Give a service whose data folder has the encoder's mark."""
    site.settings.encoder_folder.mkdir(parents=True)
    (site.settings.encoder_folder / ABOUT_FILE).write_text("0" * 64)
    return site.service


def digest(service: Service) -> str:
    return _digest(service.settings, write_domain(service.settings, service.composer))


def test_the_digest_stays_while_nothing_changes(prepared: Service) -> None:
    assert digest(prepared) == digest(prepared)


@pytest.mark.parametrize("name", ["data/nlu/chat.yml", "data/rules/asking.yml", "domain/slots.yml"])
def test_the_digest_changes_with_the_bots_data(prepared: Service, bot: Path, name: str) -> None:
    before = digest(prepared)
    with (bot / name).open("a") as file:
        file.write("# changed\n")
    assert digest(prepared) != before


def test_the_digest_changes_with_our_components(prepared: Service, bot: Path) -> None:
    before = digest(prepared)
    (bot / "components" / "more.py").write_text("")
    assert digest(prepared) != before


def test_the_digest_changes_with_the_embedding_model(prepared: Service) -> None:
    before = digest(prepared)
    (prepared.settings.encoder_folder / ABOUT_FILE).write_text("1" * 64)
    assert digest(prepared) != before


def archive(path: Path) -> None:
    """Write what passes for a model of Rasa's."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(path, "w:gz") as archive:
        for name, content in (("metadata.json", b"{}"), ("weights", os.urandom(50_000))):
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))


@pytest.fixture
def model(prepared: Service) -> Path:
    """Give the file of the model that the product would train."""
    return prepared.settings.home / "models" / f"{digest(prepared)}.tar.gz"


class FakeRasa:
    """Stands in for Rasa's trainer: writes a file, and says what became of it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path], None]) -> None:
        self.calls, self._write = 0, write
        monkeypatch.setattr(training, "run_rasa", self.run)

    def run(self, settings: Settings, command: list[str], environ: object) -> str:
        self.calls += 1
        options = dict(zip(command[1::2], command[2::2], strict=True))
        out = Path(options["--out"])
        out.mkdir(parents=True)
        self._write(out / f"{options['--fixed-model-name']}.tar.gz")
        return "Rasa's own words"


def test_a_model_of_the_same_data_is_not_trained_again(
    prepared: Service, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rasa = FakeRasa(monkeypatch, archive)
    assert train(prepared.settings, prepared.composer, {}) == (model, True)
    assert train(prepared.settings, prepared.composer, {}) == (model, False)
    assert rasa.calls == 1
    assert list(model.parent.iterdir()) == [model], "the draft was left"


@pytest.mark.parametrize("kept", [0, 20, 0.5, 0.99])
def test_a_damaged_model_is_trained_again(
    prepared: Service, model: Path, monkeypatch: pytest.MonkeyPatch, kept: float
) -> None:
    rasa = FakeRasa(monkeypatch, archive)
    archive(model)
    whole = model.read_bytes()
    model.write_bytes(whole[: int(kept * len(whole)) if kept < 1 else int(kept)])
    assert train(prepared.settings, prepared.composer, {}) == (model, True)
    assert rasa.calls == 1


def test_a_training_that_leaves_half_a_model_leaves_none_and_keeps_the_old_one(
    prepared: Service, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = model.with_name("old.tar.gz")
    archive(old)

    def half(path: Path) -> None:
        archive(path)
        os.truncate(path, path.stat().st_size // 2)

    FakeRasa(monkeypatch, half)
    with pytest.raises(ServiceError, match="Rasa's own words"):
        train(prepared.settings, prepared.composer, {})
    assert list(model.parent.iterdir()) == [old]
    assert "own words" in (prepared.settings.home / "rasa.log").read_text()


def test_what_a_failed_command_of_rasa_printed_is_in_its_log_and_one_line_of_it_is_shown(
    prepared: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rasa = tmp_path / "rasa"
    rasa.write_text("#!/bin/sh\necho Traceback of many lines\necho Disk full\nexit 1\n")
    rasa.chmod(0o700)
    monkeypatch.setattr(training, "BOT_PYTHON", rasa)
    with pytest.raises(ServiceError, match="Disk full") as caught:
        run_rasa(prepared.settings, ["train"], os.environ)
    assert "\n" not in str(caught.value)
    assert "Traceback" in (prepared.settings.home / "rasa.log").read_text()


def test_without_rasa_training_says_what_to_do(
    prepared: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "BOT_PYTHON", tmp_path / "nowhere")
    with pytest.raises(ServiceError, match="make setup"):
        run_rasa(prepared.settings, ["train"], {})


def test_the_domain_holds_what_is_said_when_the_app_is_down(prepared: Service) -> None:
    folder = write_domain(prepared.settings, prepared.composer)
    domain = yaml.safe_load((folder / "unavailable.yml").read_text(encoding="utf-8"))
    (response,) = domain["responses"]["utter_unavailable"]
    reply = response["custom"]
    line = prepared.contacts.card(("advice_line",), prepared.composer.wording, prepared.now())
    assert line is not None
    assert reply["status"] == "unavailable"
    assert reply["contact"]["phone"] == line["phone"]
    assert reply["contact"]["email"] == line["email"]
    # True when it was written is not true when it is said.
    assert reply["contact"]["opening"] is None


def test_the_domain_holds_the_bots_own_files_and_no_older_ones(
    prepared: Service, bot: Path
) -> None:
    folder = write_domain(prepared.settings, prepared.composer)
    (folder / "removed_since.yml").touch()
    write_domain(prepared.settings, prepared.composer)
    names = {path.name for path in folder.iterdir()}
    assert names == {path.name for path in (bot / "domain").iterdir()} | {"unavailable.yml"}


def test_rasa_sends_no_telemetry_and_knows_where_everything_is(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, action_port=5999, redis_url="redis://user:word@cache:6380/2")
    environ = bot_environment(settings, {"LANG": "C"})
    assert environ["LANG"] == "C"
    assert environ["RASA_TELEMETRY_ENABLED"] == "false"
    assert environ["ADVICE_ACTION_URL"] == "http://127.0.0.1:5999/webhook"
    assert environ["ADVICE_TRACKER_URL"].endswith("conversations.db")
    assert {key: value for key, value in environ.items() if "REDIS" in key} == {
        "ADVICE_REDIS_HOST": "cache",
        "ADVICE_REDIS_PORT": "6380",
        "ADVICE_REDIS_DB": "2",
        "ADVICE_REDIS_USER": "user",
        "ADVICE_REDIS_PASSWORD": "word",
        "ADVICE_REDIS_TLS": "",
    }


def test_rasa_hears_no_password_that_it_does_not_need(tmp_path: Path) -> None:
    secrets = {"ADVICE_OIDC_CLIENT_SECRET": "a", "ADVICE_SMTP_URL": "smtp://b:c@mail.example.org"}
    environ = bot_environment(Settings(home=tmp_path), secrets)
    assert environ.keys().isdisjoint(secrets)
