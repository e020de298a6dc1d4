"""Runs the product: the app in this process, Rasa as its child."""

import asyncio
import contextlib
import signal
import socket
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from pathlib import Path

import uvicorn

from actions.server import create_action_app
from knowledge.editions.publish import Progress
from knowledge.editions.report import Report
from knowledge.errors import ServiceError
from knowledge.messages.adapter import export_message_model
from knowledge.search.encoder import export_encoder
from knowledge.service import Service
from knowledge.settings import Settings
from web.server.app import create_app, create_staff_app
from web.server.child import end_leftover
from web.server.site import Site
from web.server.supervision import Child, Keeper
from web.server.training import (
    BOT_FOLDER,
    BOT_PYTHON,
    RASA_LOG,
    bot_environment,
    model_folder,
    train,
)
from web.staff.due_words import warnings

_LOOPBACK = "127.0.0.1"
_HEALTHY_SECONDS = 120
_PID_FILE = "rasa.pid"
# How long a start that was told to stop may take to end; then the system ends it.
_END_SECONDS = 10

_FIRST_ADMIN = (
    "No admin has been made yet. This prints a link to set a password with: "
    ".venv/bin/advice users add NAME --role admin"
)

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
    if export_message_model(settings.message_model_folder):
        say("Exported the message model.")
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


@contextlib.contextmanager
def stopping(say: Say) -> Iterator[None]:
    """Let SIGTERM and Ctrl-C end a start wherever it is; then the block ends without an error.

    All that a start writes is moved into place when it is whole, so nothing is left half done.
    """

    def stop(number: int, frame: object) -> None:
        # Code that is called by the interpreter itself loses an error, and some of a library's
        # takes long to hear of it: then this alarm, which nobody waits for, ends the process.
        signal.alarm(_END_SECONDS)
        for each in earlier:
            signal.signal(each, signal.SIG_IGN)  # a second one would disturb the end
        raise KeyboardInterrupt

    earlier = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        for number in earlier:
            signal.signal(number, stop)
        yield
    except KeyboardInterrupt:
        say("Stopping…")
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)


def claim_ports(settings: Settings, say: Say) -> None:
    """See that the ports are free, before anything that takes long; end a Rasa left on one.

    :raises ServiceError: if a port is taken.
    """
    if end_leftover(settings.home / _PID_FILE, str(model_folder(settings).resolve())):
        say("Ended the Rasa of a server that was killed.")
    for host, port, key in (
        (settings.host, settings.port, "ADVICE_PORT"),
        *([(settings.host, settings.staff_port, "ADVICE_STAFF_PORT")] * bool(settings.staff_port)),
        (_LOOPBACK, settings.rasa_port, "ADVICE_RASA_PORT"),
        (_LOOPBACK, settings.action_port, "ADVICE_ACTION_PORT"),
    ):
        _check_free(host, port, key)


def serve(service: Service, model: Path, environ: Mapping[str, str], say: Say) -> None:
    """Run both processes until somebody stops them with Ctrl-C or SIGTERM.

    :raises ServiceError: if the processes do not become healthy.
    """
    asyncio.run(_serve(service, model, environ, say))


async def _serve(service: Service, model: Path, environ: Mapping[str, str], say: Say) -> None:
    settings = service.settings
    stop, stop_rasa = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    keeper = Keeper(_rasa(settings, model, environ))
    rasa = asyncio.create_task(keeper.keep(stop_rasa))
    servers: list[_Server] = []
    tasks: list[asyncio.Task[None]] = []
    try:
        site = Site(settings, service)
        await _unless(stop, asyncio.to_thread(_load, site))
        if stop.is_set():
            return
        servers += [
            _Server(_config(create_app(site), settings.host, settings.port)),
            _Server(_config(create_action_app(service), _LOOPBACK, settings.action_port)),
        ]
        if settings.staff_port:
            app = create_staff_app(site)
            servers.append(_Server(_config(app, settings.host, settings.staff_port)))
        tasks += [asyncio.create_task(server.serve()) for server in servers]
        await _unless(stop, _until_healthy(site))
        if not stop.is_set():
            say(f"Ready: http://{settings.host}:{settings.port}")
            if settings.staff_port:
                say(f"Staff: http://{settings.host}:{settings.staff_port}/staff")
            if not site.staff.users.has_admin():
                say(_FIRST_ADMIN)
            if told := warnings(service, site.staff.wording):
                say(f"Guidance: {' '.join(told)} 'advice due' lists them.")
        await stop.wait()
    finally:
        say("Stopping…")
        for server in servers:
            server.should_exit = True
        await asyncio.gather(*tasks, return_exceptions=True)
        stop_rasa.set()  # after the last request was answered
        await rasa


async def _unless(stop: asyncio.Event, work: Awaitable[None]) -> None:
    """Wait for some work, but not longer than until `stop` is set."""
    working, stopped = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    await asyncio.wait({working, stopped}, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if not stop.is_set():
        return await working
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)


def _load(site: Site) -> None:
    """Load all that takes seconds, while Rasa starts, so that no member waits for it."""
    site.service.dialogue()
    site.entities()


async def _until_healthy(site: Site) -> None:
    started = time.monotonic()
    while True:
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


def _rasa(settings: Settings, model: Path, environ: Mapping[str, str]) -> Child:
    return Child(
        name="Rasa",
        command=_rasa_command(settings, model),
        folder=settings.home / "bot",
        environ=bot_environment(settings, environ),
        log=settings.home / RASA_LOG,
        pid_file=settings.home / _PID_FILE,
        url=f"http://{_LOOPBACK}:{settings.rasa_port}",
    )


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
