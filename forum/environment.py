"""The only reader of the process environment: two ways to run, and the unsafe does not start."""

import ipaddress
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent
FULL_ONLY = (
    "SECRET_KEY",
    "TAG_KEY",
    "DATABASE_URL",
    "REDIS_URL",
    "CACHE_URL",
    "PUBLIC_ORIGINS",
    "MAIL_URL",
    "MAIL_FROM",
    "KEY_STORE",
    "ATTACHMENTS",
)
MIN_SECRET_LENGTH = 32
REDIS_SCHEMES = ("redis", "rediss", "unix")
PORTS = {"http": 80, "https": 443}
MAIL_SCHEMES = ("smtp", "smtp+tls", "smtp+ssl")


@dataclass(frozen=True)
class Environment:
    """What the installation is told from outside; `redis_url` and `cache_url` are empty in the demo."""

    demo: bool
    data: Path
    secret_key: str
    tag_key: bytes
    key_store: Path | None
    attachments: Path
    database: dict
    redis_url: str
    cache_url: str
    public_origins: tuple[str, ...]
    mail: dict
    mail_from: str

    @property
    def secure(self) -> bool:
        return all(origin.startswith("https://") for origin in self.public_origins)

    @property
    def hosts(self) -> list[str]:
        return sorted({urlsplit(origin).hostname or "" for origin in self.public_origins})


def read_environment() -> Environment:
    """Return the environment of the mode FORUM_MODE names; raise ImproperlyConfigured with what to do."""
    mode = os.environ.get("FORUM_MODE", "demo")
    if mode == "demo":
        return _demo()
    if mode == "full":
        return _full()
    raise ImproperlyConfigured(f"FORUM_MODE is {mode!r}: set it to demo or full.")


def _demo() -> Environment:
    if configured := [name for name in FULL_ONLY if os.environ.get(name)]:
        raise ImproperlyConfigured(
            f"{', '.join(configured)}: that belongs to a production configuration, which the demo refuses: "
            "set FORUM_MODE=full, or unset them."
        )
    data = Path(os.environ.get("FORUM_DATA") or ROOT / "data").resolve()
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Environment(
        demo=True,
        data=data,
        secret_key=_made_at_first_start(data / "secret_key"),
        tag_key=_made_at_first_start(data / "tag_key").encode(),
        key_store=data / "keys",
        attachments=data / "attachments",
        database={"ENGINE": "django.db.backends.sqlite3", "NAME": data / "db.sqlite3"},
        redis_url="",
        cache_url="",
        public_origins=tuple(f"http://{host}:{_port()}" for host in ("localhost", "127.0.0.1")),
        mail={"BACKEND": "django.core.mail.backends.dummy.EmailBackend"},
        mail_from="주니어보드 <board@hanbit.example>",
    )


def _port() -> int:
    text = os.environ.get("PORT", "8000")
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise ImproperlyConfigured(f"PORT is {text!r}: set it to a number from 1 to 65535.")
    return int(text)


def _made_at_first_start(path: Path) -> str:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def _full() -> Environment:
    database_url = _address("DATABASE_URL", "a postgres:// address", "postgres", "postgresql")
    redis_url = _address("REDIS_URL", "the Redis address of the channel layer, redis://host:6379/0", *REDIS_SCHEMES)
    cache_url = _address("CACHE_URL", "another database number of Redis, redis://host:6379/1", *REDIS_SCHEMES)
    if redis_url == cache_url:
        raise ImproperlyConfigured(
            "CACHE_URL must be another Redis database than REDIS_URL: clearing a cache empties it."
        )
    key_store = os.environ.get("KEY_STORE")
    data = Path(os.environ.get("FORUM_DATA") or ROOT / "data").resolve()
    return Environment(
        demo=False,
        data=data,
        secret_key=_secret("SECRET_KEY"),
        tag_key=_secret("TAG_KEY").encode(),
        key_store=Path(key_store).resolve() if key_store else None,
        attachments=Path(os.environ.get("ATTACHMENTS") or data / "attachments").resolve(),
        database=environ.Env.db_url_config(database_url),
        redis_url=redis_url,
        cache_url=cache_url,
        public_origins=_origins(_required("PUBLIC_ORIGINS", "the addresses people type, https://board.example.kr")),
        mail=_mail(_address("MAIL_URL", "the mail server, smtp+tls://user:password@host:587", *MAIL_SCHEMES)),
        mail_from=_required("MAIL_FROM", "the sender of mails, board@example.kr"),
    )


def _required(name: str, what: str) -> str:
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is missing: set it to {what}.")
    return value


def _address(name: str, what: str, *schemes: str) -> str:
    """Return an address whose scheme is one of these; what else it says may be a password and is not repeated."""
    url = _required(name, what)
    if urlsplit(url).scheme not in schemes:
        raise ImproperlyConfigured(f"{name} does not begin with {'://, '.join(schemes)}://: set it to {what}.")
    return url


def _secret(name: str) -> str:
    value = _required(name, f"a random text of at least {MIN_SECRET_LENGTH} characters")
    if len(value) < MIN_SECRET_LENGTH or len(set(value)) < 8:
        raise ImproperlyConfigured(
            f"{name} is too easy to guess: set it to {MIN_SECRET_LENGTH} random characters or more."
        )
    return value


def _origins(text: str) -> tuple[str, ...]:
    """Return the origins as browsers send them: lower case, without the scheme's own port (RFC 6454, section 6.2)."""
    origins = tuple(_origin(part.strip()) for part in text.split(",") if part.strip())
    if not origins:
        raise ImproperlyConfigured(f"PUBLIC_ORIGINS is {text!r}: set it to whole origins, https://board.example.kr.")
    return origins


def _origin(text: str) -> str:
    try:
        parts = urlsplit(text.rstrip("/"))
        host, port = parts.hostname or "", parts.port
    except ValueError:  # a port that is no number, a broken IPv6 address
        host, port = "", None
    if not host.isascii():
        raise ImproperlyConfigured(f"PUBLIC_ORIGINS holds {text!r}: write the host as browsers send it, xn--….")
    if not host or parts.scheme not in PORTS or "@" in parts.netloc or _beyond(parts):
        raise ImproperlyConfigured(f"PUBLIC_ORIGINS holds {text!r}: write whole origins, https://board.example.kr.")
    if parts.scheme == "http" and not _is_loopback(host):
        raise ImproperlyConfigured(f"PUBLIC_ORIGINS holds {text!r}: use https:// for everything but this machine.")
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host}" + (f":{port}" if port not in (None, PORTS[parts.scheme]) else "")


def _beyond(parts: SplitResult) -> bool:
    """Whether an address says more than an origin does."""
    return bool(parts.path or parts.query or parts.fragment)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _mail(url: str) -> dict:
    config = environ.Env.email_url_config(url)
    options = {
        "host": config.get("EMAIL_HOST"),
        "port": config.get("EMAIL_PORT"),
        "username": config.get("EMAIL_HOST_USER"),
        "password": config.get("EMAIL_HOST_PASSWORD"),
        "use_tls": config.get("EMAIL_USE_TLS", False),
        "use_ssl": config.get("EMAIL_USE_SSL", False),
        "timeout": 10,
    }
    return {"BACKEND": config["EMAIL_BACKEND"], "OPTIONS": {key: value for key, value in options.items() if value}}
