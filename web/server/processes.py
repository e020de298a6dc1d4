"""Runs the product: the app in this process, Rasa as its child."""

import asyncio
import contextlib
import logging
import signal
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import uvicorn

from actions.server import create_action_app
from knowledge.editions.publish import Progress, Report
from knowledge.errors import ServiceError
from knowledge.search.encoder import export_encoder
from knowledge.service import Service
from knowledge.settings import Settings
from web.server.app import create_app
from web.server.site import Site
from web.server.training import BOT_FOLDER, BOT_PYTHON, bot_environment, train

_LOOPBACK = "127.0.0.1"
_HEALTHY_SECONDS = 120
_STOP_SECONDS = 15
_LONGEST_PAUSE = 30.0

logger = logging.getLogger(__name__)
Say = Callable[[str], None]


def prepare(
    service: Service, environ: Mapping[str, str], say: Say, progress: Progress | None = None
) -> Path:
    """Make everything that the two processes need and that is not there yet.

    :return: the file of Rasa's model.
    :raises AdviceError: if something cannot be made; the text says what to do.
    """
    settings = service.settings
    if export_encoder(settings.model_folder, settings.encoder_folder):
        say("Exported the embedding model.")
    report: Report = service.library.add([settings.guidance], progress, bundled=True)
    if report.created or report.updated or report.removed:
        say(
            f"Guidance: {len(report.created)} created, {len(report.updated)} updated, "
            f"{len(report.removed)} removed."
        )
    model, trained = train(settings, service.composer, environ)
    if trained:
        say("Trained the Rasa model.")
    return model


def serve(service: Service, model: Path, environ: Mapping[str, str], say: Say) -> None:
    """Run both processes until somebody stops them with Ctrl-C or SIGTERM.

    :raises ServiceError: if a port is taken, or the processes do not become healthy.
    """
    settings = service.settings
    for host, port, key in (
        (settings.host, settings.port, "ADVICE_PORT"),
        (_LOOPBACK, settings.rasa_port, "ADVICE_RASA_PORT"),
        (_LOOPBACK, settings.action_port, "ADVICE_ACTION_PORT"),
    ):
        _check_free(host, port, key)
    asyncio.run(_serve(service, model, environ, say))


async def _serve(service: Service, model: Path, environ: Mapping[str, str], say: Say) -> None:
    settings = service.settings
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    rasa = asyncio.create_task(_keep_rasa(settings, model, environ, stop))
    site = Site(settings, service)
    loading = asyncio.create_task(asyncio.to_thread(_load, site))
    await asyncio.wait(
        {loading, asyncio.create_task(stop.wait())}, return_when=asyncio.FIRST_COMPLETED
    )
    servers = [
        _Server(_config(create_app(site), settings.host, settings.port)),
        _Server(_config(create_action_app(service), _LOOPBACK, settings.action_port)),
    ]
    tasks = [asyncio.create_task(server.serve()) for server in servers]
    try:
        await loading
        await _until_healthy(site, stop)
        if not stop.is_set():
            say(f"Ready: http://{settings.host}:{settings.port}")
        await stop.wait()
        say("Stopping…")
    finally:
        stop.set()
        for server in servers:
            server.should_exit = True
        await asyncio.gather(*tasks, rasa, return_exceptions=True)


def _load(site: Site) -> None:
    """Load all that takes seconds, while Rasa starts, so that no member waits for it."""
    site.service.dialogue()
    site.entities()


async def _until_healthy(site: Site, stop: asyncio.Event) -> None:
    started = time.monotonic()
    problems: dict[str, str] = {}
    while not stop.is_set():
        problems = await site.health.problems()
        if not problems:
            return
        if time.monotonic() - started > _HEALTHY_SECONDS:
            said = "; ".join(f"{part}: {words}" for part, words in problems.items())
            raise ServiceError(
                f"Not ready after {_HEALTHY_SECONDS} seconds: {said}. Rasa's own words are in "
                f"{site.settings.home / 'rasa.log'}."
            )
        await asyncio.sleep(0.25)


async def _keep_rasa(
    settings: Settings, model: Path, environ: Mapping[str, str], stop: asyncio.Event
) -> None:
    """Run Rasa, and start it again when it ends by itself: one hostile request can end it."""
    pause = 1.0
    while not stop.is_set():
        started = time.monotonic()
        with (settings.home / "rasa.log").open("wb") as log:
            process = await asyncio.create_subprocess_exec(
                *_rasa_command(settings, model),
                cwd=settings.home / "bot",
                env=bot_environment(settings, environ),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Ctrl-C goes to us; we stop Rasa after the app has answered its last request.
                start_new_session=True,
            )
            ended = asyncio.create_task(process.wait())
            stopping = asyncio.create_task(stop.wait())
            await asyncio.wait({ended, stopping}, return_when=asyncio.FIRST_COMPLETED)
            stopping.cancel()
            if stop.is_set():
                await _end(process, ended)
                return
        pause = 1.0 if time.monotonic() - started > 60 else min(2 * pause, _LONGEST_PAUSE)
        logger.error("Rasa ended with code %s; starting it again.", process.returncode)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause)


async def _end(process: asyncio.subprocess.Process, ended: "asyncio.Task[int]") -> None:
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(asyncio.shield(ended), _STOP_SECONDS)
    except TimeoutError:
        process.kill()
        await ended


def _rasa_command(settings: Settings, model: Path) -> list[str]:
    endpoints = "endpoints-redis.yml" if settings.redis_url else "endpoints.yml"
    return [
        *(str(BOT_PYTHON), "-m", "rasa", "run"),
        *("-i", _LOOPBACK, "-p", str(settings.rasa_port)),
        *("--model", str(model.resolve())),
        *("--endpoints", str(BOT_FOLDER / endpoints)),
        *("--credentials", str(BOT_FOLDER / "credentials.yml")),
        *("--logging-config-file", str(BOT_FOLDER / "logging.yml")),
        *("--response-timeout", str(settings.answer_seconds)),
    ]


class _Server(uvicorn.Server):
    """A server that leaves signals to us: two of them run in one process."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


def _config(app: object, host: str, port: int) -> uvicorn.Config:
    return uvicorn.Config(
        app,  # type: ignore[arg-type]  # an ASGI app
        host=host,
        port=port,
        log_config=None,
        access_log=False,  # paths can hold what a member looked at
        server_header=False,
        proxy_headers=False,  # the app reads them itself: proxies.py
        timeout_graceful_shutdown=5,
    )


def _check_free(host: str, port: int, key: str) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ServiceError(
                f"Port {port} cannot be used ({error.strerror}). Stop what uses it, or set {key}."
            ) from None
