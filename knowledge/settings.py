"""Settings, read once from the environment and passed in."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from knowledge.addresses import (
    BadAddress,
    check_database,
    check_network,
    check_origin,
    check_path,
    check_redis,
    for_rasa,
)
from knowledge.errors import SettingError
from knowledge.mail_settings import check_sender, check_site, check_smtp
from knowledge.sign_in import RoleRule, check_issuer, check_role_rule, read_role_rule

GUIDANCE_FOLDER = Path(__file__).with_name("guidance")


@dataclass(frozen=True)
class Settings:
    """Everything an operator can set. Each field's variable is `ADVICE_` and its name.

    :param home: the data folder: database, index files, trained model, secret, logs.
    :param host: the address the public port listens on.
    :param port: the one public port.
    :param rasa_port: Rasa's port; loopback only.
    :param action_port: the actions' port; loopback only.
    :param database_url: SQLAlchemy address of the store; empty means SQLite in the data folder.
    :param tracker_url: the same for Rasa's conversations; empty means SQLite in the data folder.
    :param redis_url: Redis for Rasa's locks, needed by more than one Rasa server; empty means
        locks in memory.
    :param model: a sentence-transformers model folder; empty means the pinned model.
    :param guidance: the folder of guidance that is published at the first start.
    :param contacts: the contacts file; empty means the bundled one.
    :param origins: web sites that may embed the widget, as https://… separated by commas.
    :param message_limit: the longest message, in characters.
    :param rate: messages a minute in one conversation.
    :param address_rate: messages a minute from one network address; a whole school can share one.
    :param conversation_hours: how long a conversation is kept after its last message.
    :param case_days: how long a case is kept after it was sent.
    :param feedback_days: how long feedback is kept after it was given.
    :param question_days: how long what was asked is kept, without personal data, for staff.
    :param answer_seconds: how long the page waits for Rasa before it gives contact details.
    :param trusted_proxies: addresses whose X-Forwarded-For is believed, separated by commas.
    :param root_path: the folder of a website that we are under, such as /advice.
    :param public_url: where members reach us, such as https://advice.example.org.
    :param staff_port: a port for the pages of staff alone; 0 leaves them on the public one.
    :param staff_addresses: networks that may reach the pages of staff; empty means all.
    :param staff_url: where staff reach their pages, for links in mails; empty means the public
        address, where it has these pages.
    :param smtp_url: the mail server, as smtp://user:password@host:587; empty means no mail.
    :param mail_from: the address that mails come from.
    :param oidc_issuer: an OpenID Connect provider at which staff can sign in.
    :param oidc_client_id: what the provider calls us.
    :param oidc_client_secret: what shows the provider that it is us.
    :param oidc_roles: which role which value of a claim gives, as claim=value:role.
    """

    home: Path = Path(".advice")
    host: str = "127.0.0.1"
    port: int = 8000
    rasa_port: int = 5005
    action_port: int = 5055
    database_url: str = ""
    tracker_url: str = ""
    redis_url: str = ""
    model: str = ""
    guidance: Path = GUIDANCE_FOLDER
    contacts: str = ""
    origins: str = ""
    message_limit: int = 1000
    rate: int = 20
    address_rate: int = 600
    conversation_hours: int = 24
    case_days: int = 365
    feedback_days: int = 365
    question_days: int = 90
    answer_seconds: int = 15
    trusted_proxies: str = ""
    root_path: str = ""
    public_url: str = ""
    staff_port: int = 0
    staff_addresses: str = ""
    staff_url: str = ""
    smtp_url: str = field(default="", repr=False)
    mail_from: str = ""
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = field(default="", repr=False)
    oidc_roles: str = ""

    @property
    def store_url(self) -> str:
        """The store's SQLAlchemy address."""
        return self.database_url or f"sqlite:///{(self.home / 'advice.db').resolve()}"

    @property
    def tracker_address(self) -> str:
        """The SQLAlchemy address of Rasa's conversations."""
        return self.tracker_url or f"sqlite:///{(self.home / 'conversations.db').resolve()}"

    @property
    def tracker_for_rasa(self) -> str:
        """The same address as Rasa needs it."""
        return for_rasa(self.tracker_address)

    @property
    def encoder_folder(self) -> Path:
        """The folder of the exported embedding model, which both processes read."""
        return self.home / "encoder"

    @property
    def message_model_folder(self) -> Path:
        """The folder of the exported message model."""
        return self.home / "message-model"

    @property
    def model_folder(self) -> Path | None:
        """The configured model folder, or None for the pinned model."""
        return Path(self.model) if self.model else None

    @property
    def allowed_origins(self) -> tuple[str, ...]:
        """The web sites that may embed the widget."""
        return _items(self.origins.lower())

    @property
    def public_origin(self) -> str:
        """Our own origin as browsers send it, or nothing when it is the host they ask for."""
        return self.public_url.lower().rstrip("/")

    @property
    def proxies(self) -> tuple[str, ...]:
        """The addresses of the proxies that are believed."""
        return _items(self.trusted_proxies)

    @property
    def sub_path(self) -> str:
        """The folder we are under, with a slash before it and none after it; empty for none."""
        folder = self.root_path.strip("/")
        return f"/{folder}" if folder else ""

    @property
    def staff_networks(self) -> tuple[str, ...]:
        """The networks that may reach the pages of staff; empty for all."""
        return _items(self.staff_addresses)

    @property
    def staff_site(self) -> str:
        """Where staff reach their pages, without a slash at its end; empty when nobody said."""
        if self.staff_url:
            return self.staff_url.rstrip("/")
        if self.public_origin and not self.staff_port:
            return self.public_origin + self.sub_path
        return ""

    @property
    def issuer(self) -> str:
        """The provider at which staff can sign in, without a slash at its end."""
        return self.oidc_issuer.rstrip("/")

    @property
    def oidc_rules(self) -> tuple[RoleRule, ...]:
        """Which role the provider's claims give."""
        return tuple(read_role_rule(item) for item in _items(self.oidc_roles))

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Settings":
        """Read every setting.

        :raises SettingError: if one cannot be used, or an ADVICE_ variable is not a setting.
        """
        values: dict[str, Any] = {}
        known = {}
        for item in fields(cls):
            key = f"ADVICE_{item.name.upper()}"
            known[key] = item
            text = environ.get(key, "").strip()
            if text:
                values[item.name] = _read(key, text, type(item.default))
                _check(item.name, key, text)
        for key in environ:
            if key.startswith("ADVICE_") and key not in known and key not in _OTHER_VARIABLES:
                names = ", ".join(known)
                raise SettingError(key, environ[key], f"there is no such setting; we know {names}")
        settings = cls(**values)
        settings._check_together()
        return settings

    def _check_together(self) -> None:
        """Refuse settings of which each is right, and which do not go together.

        :raises SettingError: if there are such.
        """
        if self.staff_port in (self.port, self.rasa_port, self.action_port):
            raise SettingError(
                "ADVICE_STAFF_PORT", str(self.staff_port), "another part has this port"
            )
        if self.smtp_url and not self.mail_from:
            raise SettingError(
                "ADVICE_MAIL_FROM", "", "ADVICE_SMTP_URL is set, so this is needed too"
            )
        if self.smtp_url and not self.staff_site:
            raise SettingError(
                "ADVICE_STAFF_URL",
                "",
                "ADVICE_SMTP_URL is set and mails hold links, so this is needed too, as "
                "https://staff.example.org",
            )
        for name in ("oidc_client_id", "oidc_roles"):
            if self.oidc_issuer and not getattr(self, name):
                key = f"ADVICE_{name.upper()}"
                raise SettingError(key, "", "ADVICE_OIDC_ISSUER is set, so this is needed too")


# Read by other parts: by Rasa's own files, which cannot import this one, and by the tests.
_OTHER_VARIABLES = frozenset({"ADVICE_ENCODER", "ADVICE_ACTION_URL", "ADVICE_CHROMIUM"})


_WHOLE: dict[str, Callable[[str], None]] = {
    "database_url": check_database,
    "tracker_url": check_database,
    "redis_url": check_redis,
    "root_path": check_path,
    "oidc_issuer": check_issuer,
    "staff_url": check_site,
    "smtp_url": check_smtp,
    "mail_from": check_sender,
}
_LISTS: dict[str, Callable[[str], None]] = {
    "origins": check_origin,
    "public_url": check_origin,
    "trusted_proxies": check_network,
    "staff_addresses": check_network,
    "oidc_roles": check_role_rule,
}


def _check(name: str, key: str, text: str) -> None:
    if name not in _WHOLE and name not in _LISTS:
        return
    check = _WHOLE.get(name) or _LISTS[name]
    for item in (text,) if name in _WHOLE else _items(text):
        try:
            check(item)
        except BadAddress as problem:
            raise SettingError(key, _without_secrets(item), str(problem)) from None


def _without_secrets(text: str) -> str:
    """Hide all of an address in which a password can stand, wherever its writer put it."""
    scheme, mark, _ = text.partition("://")
    if mark and re.fullmatch(r"[a-z0-9+]+", scheme):
        return f"{scheme}{mark}…"
    return "…" if mark or ":" in text or "@" in text else text


def _read(key: str, text: str, kind: type) -> Any:
    if kind is int:
        if not text.isdecimal() or int(text) == 0:
            raise SettingError(key, text, "it must be a whole number above 0")
        number = int(text)
        if key.endswith("PORT") and number > 65535:
            raise SettingError(key, text, "a port is at most 65535")
        return number
    if issubclass(kind, Path):
        return Path(text).expanduser()
    return text


def _items(text: str) -> tuple[str, ...]:
    return tuple(item.strip().rstrip("/") for item in text.split(",") if item.strip())
