"""Rasa's model: what it is trained from, and training it when that changed."""

import contextlib
import gzip
import hashlib
import os
import shutil
import signal
import subprocess
import tarfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import yaml

from knowledge.addresses import redis_parts
from knowledge.answers.replies import Composer
from knowledge.errors import ServiceError
from knowledge.search.embedding import ABOUT_FILE
from knowledge.settings import Settings
from web.server.child import launched

ROOT = Path(__file__).resolve().parents[2]
BOT_FOLDER = ROOT / "bot"
BOT_PYTHON = ROOT / ".venv-bot" / "bin" / "python"
CONFIG_FILE = ROOT / "config.yml"
RASA_LOG = "rasa.log"
_DRAFT = ".training"


# Rasa signs nobody in.
_NOT_FOR_RASA = ("ADVICE_OIDC_CLIENT_SECRET", "ADVICE_SMTP_URL")


def bot_environment(settings: Settings, environ: Mapping[str, str]) -> dict[str, str]:
    """Give the environment variables that Rasa and our parts inside it need."""
    return {
        **{name: value for name, value in environ.items() if name not in _NOT_FOR_RASA},
        "PYTHONPATH": str(BOT_FOLDER),
        "ADVICE_ENCODER": str(settings.encoder_folder.resolve()),
        "ADVICE_ACTION_URL": f"http://127.0.0.1:{settings.action_port}/webhook",
        "ADVICE_TRACKER_URL": settings.tracker_for_rasa,
        **_redis(settings.redis_url),
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        # One core is left for the app; more threads do not make one message faster.
        "OMP_NUM_THREADS": "1",
        "LOG_LEVEL": "WARNING",
    }


def _redis(url: str) -> dict[str, str]:
    """Give Rasa's lock store the parts of a Redis address; it takes no whole one."""
    return {f"ADVICE_REDIS_{name}": value for name, value in redis_parts(url).items()}


def model_folder(settings: Settings) -> Path:
    """Give the folder of Rasa's models: only ours are run from there."""
    return settings.home / "models"


def write_domain(settings: Settings, composer: Composer) -> Path:
    """Write the whole domain: the bot's own, and what Rasa says when the app is down.

    Contacts and wording live in their own files, so this one response is made from them.
    """
    folder = settings.home / "bot" / "domain"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(BOT_FOLDER / "domain", folder)
    reply = composer.unavailable().to_json()
    if reply["contact"]:
        reply["contact"]["opening"] = None  # true when it was written, perhaps not when it is said
    domain = {"version": "3.1", "responses": {"utter_unavailable": [{"custom": reply}]}}
    text = yaml.safe_dump(domain, allow_unicode=True, sort_keys=False)
    (folder / "unavailable.yml").write_text(text, encoding="utf-8")
    return folder


def train(settings: Settings, composer: Composer, environ: Mapping[str, str]) -> tuple[Path, bool]:
    """Give Rasa's model, trained anew only if anything it depends on has changed.

    :return: the model's file, and whether it was trained now.
    :raises ServiceError: if training fails; Rasa's own words are in its log.
    """
    domain = write_domain(settings, composer)
    name = _digest(settings, domain)
    models = model_folder(settings)
    model = models / f"{name}.tar.gz"
    if _is_whole(model):
        return model, False
    draft = models / _DRAFT
    shutil.rmtree(draft, ignore_errors=True)
    command = [
        "train",
        *("--config", str(CONFIG_FILE)),
        *("--domain", str(domain)),
        *("--data", str(BOT_FOLDER / "data")),
        *("--out", str(draft)),
        *("--fixed-model-name", name),
    ]
    try:
        printed = run_rasa(settings, command, environ)
        if not _is_whole(draft / model.name):
            raise _failed(settings, "train", printed)
        with (draft / model.name).open("rb") as file:
            os.fsync(file.fileno())
        (draft / model.name).replace(model)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    for old in models.glob("*.tar.gz"):
        if old != model:
            old.unlink()
    return model, True


def run_rasa(settings: Settings, command: list[str], environ: Mapping[str, str]) -> str:
    """Run one of Rasa's commands to its end; give what it printed.

    :raises ServiceError: if Rasa is not installed or the command fails.
    """
    if not BOT_PYTHON.exists():
        raise ServiceError(f"{BOT_PYTHON} does not exist. Run 'make setup'.")
    work = settings.home / "bot"
    work.mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen(
        launched([str(BOT_PYTHON), "-m", "rasa", *command]),
        cwd=work,  # Rasa keeps a cache beside where it runs
        env=bot_environment(settings, environ),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        printed, _ = process.communicate()
    except BaseException:  # we were told to stop: so is all that it started
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise
    if process.returncode != 0:
        raise _failed(settings, command[0], printed)
    return printed


def _failed(settings: Settings, command: str, printed: str) -> ServiceError:
    log = settings.home / RASA_LOG
    with contextlib.suppress(OSError), log.open("a", encoding="utf-8") as file:
        file.write(printed)
    lines = [line.strip() for line in printed.splitlines() if line.strip()]
    said = lines[-1][:300] if lines else "nothing"
    return ServiceError(f"'rasa {command}' failed. Rasa said: {said} (all of it is in {log}).")


def _is_whole(model: Path) -> bool:
    """Say whether a file is a model of Rasa's, readable to its end."""
    try:
        with gzip.open(model) as file, tarfile.open(fileobj=file) as archive:
            names = archive.getnames()
            while file.read(1 << 20):  # the check sum stands at the end
                pass
    except (OSError, EOFError, zlib.error, tarfile.TarError):
        return False
    return any(PurePosixPath(name).name == "metadata.json" for name in names)


def _digest(settings: Settings, domain: Path) -> str:
    files = [CONFIG_FILE, ROOT / "requirements" / "bot.txt"]
    for folder in (BOT_FOLDER / "data", BOT_FOLDER / "components", domain):
        files += sorted(path for path in folder.rglob("*") if path.suffix in (".yml", ".py"))
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    digest.update((settings.encoder_folder / ABOUT_FILE).read_bytes())
    return digest.hexdigest()[:16]
