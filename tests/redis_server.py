"""A Redis server of the tests' own that speaks TLS alone, on loopback, gone when they end."""

import contextlib
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.product import free_ports
from tests.services import OPENSSL, REDIS, find_program

PASSWORD = "p@ss%word/1"
IN_ADDRESS = "p%40ss%25word%2F1"
_SECONDS = 30


@dataclass(frozen=True)
class RedisServer:
    """A running server.

    :param certificate: signed by nobody else; whoever connects must be told to trust it.
    """

    port: int
    certificate: Path

    @property
    def url(self) -> str:
        """Its address, with the password percent-encoded."""
        return f"rediss://advice:{IN_ADDRESS}@127.0.0.1:{self.port}/2"

    def calls(self, command: str) -> int:
        """Say how often a command was called."""
        context = ssl.create_default_context(cafile=str(self.certificate))
        with (
            socket.create_connection(("127.0.0.1", self.port), timeout=_SECONDS) as plain,
            context.wrap_socket(plain, server_hostname="127.0.0.1") as connection,
        ):
            for line in (f"AUTH advice {PASSWORD}", "INFO commandstats", "QUIT"):
                connection.sendall(f"{line}\r\n".encode())
            with connection.makefile("rb") as file:
                answer = file.read().decode()
        found = [line for line in answer.splitlines() if line.startswith(f"cmdstat_{command}:")]
        return int(found[0].partition("calls=")[2].partition(",")[0]) if found else 0


@contextlib.contextmanager
def redis_server() -> Iterator[RedisServer]:
    """Run a server with one user and a certificate of its own."""
    (port,) = free_ports(1)
    with tempfile.TemporaryDirectory(prefix="redis") as name:
        folder = Path(name)
        certificate, key = folder / "certificate.pem", folder / "key.pem"
        make = (
            f"req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost "
            f"-addext subjectAltName=IP:127.0.0.1 -keyout {key} -out {certificate}"
        )
        openssl = str(find_program(OPENSSL))
        subprocess.run([openssl, *make.split()], check=True, capture_output=True)
        settings = {
            "bind": "127.0.0.1",
            "port": "0",  # none without TLS
            "tls-port": str(port),
            "tls-cert-file": str(certificate),
            "tls-key-file": str(key),
            "tls-ca-cert-file": str(certificate),
            "tls-auth-clients": "no",
            "dir": name,
            "user": f"advice on >{PASSWORD} ~* &* +@all",
        }
        written = folder / "redis.conf"
        written.write_text("".join(f"{key} {value}\n" for key, value in settings.items()))
        log = folder / "log"
        with log.open("wb") as output:
            # One program is the server and its tools: its first word says which.
            process = subprocess.Popen(
                ["redis-server", str(written)],
                executable=find_program(REDIS),
                stdout=output,
                stderr=output,
            )
        try:
            _wait_until_it_listens(port, process, log)
            yield RedisServer(port, certificate)
        finally:
            process.terminate()
            process.wait(_SECONDS)


def _wait_until_it_listens(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + _SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.05)
    raise AssertionError(log.read_text(encoding="utf-8"))
