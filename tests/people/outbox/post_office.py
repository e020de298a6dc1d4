"""A real mail server of the tests' own: it can refuse, hang, ask for encryption and a password."""

import datetime as dt
import email.policy
import ipaddress
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from people.outbox.mail import Mail
from people.outbox.smtp import MailServer
from tests.product import free_ports

USER, PASSWORD = "advice", "p@ss/word"


class PostOffice:
    """Takes mails, and keeps them.

    :param port: where it listens.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self.got: list[Message] = []
        self.says: list[str] = []  # to the next mails, instead of taking them

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address.endswith("@nowhere.example"):
            return "550 Nobody has this address"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if self.says:
            return self.says.pop(0)
        self.got.append(message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 Taken"

    def authenticate(self, *arguments: Any) -> AuthResult:
        data = arguments[-1]
        assert isinstance(data, LoginPassword)
        good = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        # handled=False has the server say itself that it was wrong.
        return AuthResult(success=good, handled=False)

    def without_tls(self, seconds: float = 10) -> MailServer:
        """Give the way to it as to one on this machine."""
        return MailServer("127.0.0.1", self.port, "none", seconds=seconds)


@contextmanager
def post_office(**options: Any) -> Iterator[PostOffice]:
    """Run a mail server; its options are aiosmtpd's."""
    (port,) = free_ports(1)
    office = PostOffice(port)
    if options.get("auth_required"):
        options["authenticator"] = office.authenticate
    controller = Controller(office, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


def certificate(folder: Path) -> Path:
    """Write a certificate for 127.0.0.1 with its key; give the file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(1))
        .not_valid_after(now + dt.timedelta(1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


def server_context(file: Path) -> ssl.SSLContext:
    """Give what a mail server with that certificate needs."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def letter(number: int = 1) -> Mail:
    return Mail("review", "team@example.org", f"Letter {number}", {"text": f"Hello {number}"})


def wait_for(office: PostOffice, count: int, seconds: float = 20) -> None:
    """Wait until so many mails have come."""
    end = time.monotonic() + seconds
    while len(office.got) < count:
        assert time.monotonic() < end, f"only {len(office.got)} of {count} mails came"
        time.sleep(0.05)
