"""The configuration, read once from flags and ATELIER_… variables, typed, refused loudly when it contradicts itself."""

import os
import secrets
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from filelock import FileLock

ROOT = Path(__file__).resolve().parent.parent
SECRET = ".secret"  # noqa: S105 - the name of a file
SECRET_BYTES = 32


class BadConfig(Exception):  # noqa: N818 - the configuration is bad
    """The configuration cannot work; the message is a French sentence for whoever starts the server."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything the program was told. `public_url` is empty on a laptop: the LAN address is found by itself.

    `behind_nginx`: a proxy says who asks and which workshop it routed here, and other processes share the folders.
    """

    host: str = "0.0.0.0"  # noqa: S104 - phones of the room must reach it
    port: int = 8000
    public_url: str = ""
    sessions: Path = ROOT / "sessions"
    exports: Path = ROOT / "exports"
    create_key: str = ""
    lan_create: bool = False
    behind_nginx: bool = False
    secret: bytes = b""

    @property
    def hosted(self) -> bool:
        """True on a public server, as opposed to a facilitator's laptop."""
        return bool(self.public_url)

    @property
    def secure_cookies(self) -> bool:
        """True when people arrive through https."""
        return self.public_url.startswith("https://")


def from_environment(**flags: object) -> Config:
    """Return the configuration: a flag that is not None wins over its ATELIER_… variable. Raises BadConfig."""
    told = {name: flags.get(name) if flags.get(name) is not None else _variable(name) for name in _READERS}
    values = {name: _READERS[name](value) for name, value in told.items() if value is not None}
    config = Config(**values)
    _check(config)
    return config


def secret_of(folder: Path) -> bytes:
    """Return the secret that signs cookies, made at first start beside the journals, readable by its owner only.

    Raises OSError.
    """
    if not (folder / SECRET).exists():
        keep_secret(folder, new_secret())
    return (folder / SECRET).read_bytes()


def new_secret() -> bytes:
    """Return a secret that nobody knows."""
    return secrets.token_bytes(SECRET_BYTES)


def keep_secret(folder: Path, secret: bytes) -> None:
    """Write the folder's secret, unless there is one. Raises OSError."""
    path = folder / SECRET
    # Processes that start together on a new folder must all find the same one, and find it whole.
    with FileLock(folder / f"{SECRET}.lock"):
        if path.exists():
            return
        fresh = path.with_name(f"{SECRET}.part")
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secret)
        fresh.replace(path)


def _variable(name: str) -> str | None:
    return os.environ.get(f"ATELIER_{name.upper()}")


def _port(value: object) -> int:
    text = str(value)
    if not text.isdigit() or not 1 <= int(text) <= 65_535:
        raise BadConfig(f"Le port « {text} » n’en est pas un : donnez un nombre de 1 à 65535.")
    return int(text)


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if str(value).lower() in ("1", "oui", "true", "yes"):
        return True
    if str(value).lower() in ("", "0", "non", "false", "no"):
        return False
    raise BadConfig(f"« {value} » : répondez par oui ou par non.")


def _url(value: object) -> str:
    text = str(value).rstrip("/")
    parts = urlsplit(text)
    if text and (parts.scheme not in ("http", "https") or not parts.netloc or parts.path):
        raise BadConfig(f"L’adresse publique « {text} » doit ressembler à https://atelier.exemple.fr.")
    return text


_READERS: dict[str, Callable[[object], Any]] = {
    "host": str,
    "port": _port,
    "public_url": _url,
    "sessions": lambda value: Path(str(value)).resolve(),
    "exports": lambda value: Path(str(value)).resolve(),
    "create_key": str,
    "lan_create": _flag,
    "behind_nginx": _flag,
}


def _check(config: Config) -> None:
    if config.hosted and not config.create_key:
        raise BadConfig(
            "Sur un serveur public, donnez une clé de création (ATELIER_CREATE_KEY) : "
            "sans elle, n’importe qui pourrait y ouvrir un atelier."
        )
    if config.behind_nginx and (not config.hosted or sys.platform == "win32"):
        raise BadConfig(
            "ATELIER_BEHIND_NGINX demande une adresse publique (ATELIER_PUBLIC_URL), et un autre système que Windows."
        )
    if config.sessions == config.exports:
        raise BadConfig("ATELIER_SESSIONS et ATELIER_EXPORTS doivent désigner deux dossiers différents.")
