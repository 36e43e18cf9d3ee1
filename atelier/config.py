"""Configuration from flags and `ATELIER_…` variables: parsed once, typed, refused when it contradicts itself."""

import ipaddress
import os
import secrets
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import platformdirs
from filelock import FileLock

from atelier.limits import CREATE_KEY_CHARACTERS
from atelier.network.scope import is_private
from atelier.publisher import Publisher, from_variables
from atelier.runtime.private_file import replace_private

EVERYWHERE = ("", "::", "[::]")
ALL_IPV4 = "0.0.0.0"  # noqa: S104 - phones of the room must reach it
CODE = Path(__file__).resolve().parent.parent
SECRET = ".secret"  # noqa: S105 - the name of a file
SECRET_BYTES = 32
CREATE_KEY_FILE = ".cle-de-creation"
_READ_ALOUD = "23456789abcdefghjkmnpqrstuvwxyz"

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
LOOPBACK: tuple[Network, ...] = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128"))


class DataFolders(NamedTuple):
    """Default folders of workshops and documents."""

    sessions: Path
    exports: Path


def is_checkout(code: Path = CODE) -> bool:
    """Tell whether the program runs from its sources, rather than from where packages are installed."""
    return (code / "pyproject.toml").is_file()


def data_folders(code: Path = CODE) -> DataFolders:
    """Return the default folders: beside the sources of a checkout, else the user's, which no update touches."""
    if is_checkout(code):
        return DataFolders(code / "sessions", code / "exports")
    return DataFolders(
        platformdirs.user_data_path("atelier", appauthor=False) / "sessions",
        platformdirs.user_documents_path() / "Atelier",
    )


class BadConfig(Exception):  # noqa: N818 - the configuration is bad
    """The configuration cannot work; the message is a French sentence for whoever starts the server."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything the program was told. `public_url` is empty on a laptop: the LAN address is found by itself.

    `host`: empty for all addresses of both families; one address is also the one that is given to phones.
    `behind_nginx`: nginx says which workshop it routed here, and other processes share the folders.
    `database_url`: the PostgreSQL database that holds the workshops; empty for files in `sessions`.
    `trusted_proxy`: the only addresses of which forwarded headers are believed; this machine's own behind nginx.
    """

    host: str = ""
    port: int = 8000
    public_url: str = ""
    sessions: Path = field(default_factory=lambda: data_folders().sessions)
    exports: Path = field(default_factory=lambda: data_folders().exports)
    create_key: str = ""
    lan_create: bool = False
    behind_nginx: bool = False
    trusted_proxy: tuple[Network, ...] = ()
    json_logs: bool = False
    database_url: str = field(default="", repr=False)
    secret: bytes = b""
    publisher: Publisher = field(default_factory=Publisher)

    @property
    def hosted(self) -> bool:
        """True on a server: at a public address, or behind a proxy. A laptop's address only its network knows."""
        private = is_private(urlsplit(self.public_url).hostname or "")
        return bool(self.public_url) and (not private or bool(self.proxies))

    @property
    def unsigned(self) -> tuple[str, ...]:
        """What a public server must still be told of the body that deploys it before anybody creates a workshop."""
        return self.publisher.missing if self.hosted else ()

    @property
    def only_origin(self) -> str:
        """The address that all pages come from; empty on a laptop, which has several."""
        return self.public_url if self.hosted else ""

    @property
    def desk_address(self) -> str:
        """Where workshops are prepared and facilitated: a public server takes forms at its own address only."""
        return self.only_origin or f"http://localhost:{self.port}"

    @property
    def only_address(self) -> str:
        """The one address or name to listen on and to give to phones, without brackets; empty when there is none."""
        return "" if self.host in (*EVERYWHERE, ALL_IPV4) else self.host.strip("[]")

    @property
    def proxies(self) -> tuple[Network, ...]:
        """The networks of the proxies that say for whom they ask."""
        return self.trusted_proxy or (LOOPBACK if self.behind_nginx else ())

    @property
    def hides_people(self) -> bool:
        """True when a proxy must be in front, since nothing here speaks https, and is not named: all look like one."""
        return self.secure_cookies and not self.proxies

    @property
    def secure_cookies(self) -> bool:
        """True when people arrive through https."""
        return self.public_url.startswith("https://")


def from_environment(**flags: object) -> Config:
    """Return the configuration: a flag that is not None wins over its ATELIER_… variable. Raises BadConfig."""
    given = {name: flags.get(name) if flags.get(name) is not None else _variable(name) for name in _READERS}
    values = {name: _READERS[name](value) for name, value in given.items() if value is not None}
    config = Config(**values, publisher=from_variables(dict(os.environ)))
    _check(config)
    return config


def secret_of(folder: Path) -> bytes:
    """Return the secret that signs cookies, made at first start beside the journals, readable by its owner only.

    Raises OSError.
    """
    if not (folder / SECRET).exists():
        keep_secret(folder, new_secret())
    return (folder / SECRET).read_bytes()


def create_key_of(config: Config) -> str:
    """Return the creation key: the one that was given, or on a public server one made at its first start.

    It is kept beside the journals, readable by its owner only. Empty on a laptop. Raises OSError.
    """
    if config.create_key or not config.hosted:
        return config.create_key
    kept = config.sessions / CREATE_KEY_FILE
    if not kept.exists():
        keep_secret(config.sessions, new_create_key().encode(), CREATE_KEY_FILE)
    return kept.read_text().strip()


def new_secret() -> bytes:
    """Return a fresh random secret of 32 bytes."""
    return secrets.token_bytes(SECRET_BYTES)


def new_create_key() -> str:
    """Return a random key of 118 bits: 24 unambiguous letters and digits, in groups of four."""
    letters = "".join(secrets.choice(_READ_ALOUD) for _ in range(24))
    return "-".join(letters[n : n + 4] for n in range(0, 24, 4))


def keep_secret(folder: Path, secret: bytes, name: str = SECRET) -> None:
    """Write one of the folder's secrets, unless there is one. Raises OSError."""
    path = folder / name
    # Processes that start together on a new folder must all find the same one, and find it whole.
    with FileLock(folder / f"{name}.lock"):
        if path.exists():
            return
        replace_private(path, secret)


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
    if text and not _is_site(text):
        raise BadConfig(f"L’adresse publique « {text} » doit ressembler à https://atelier.exemple.fr.")
    return text


def _is_site(text: str) -> bool:
    try:
        parts = urlsplit(text)
        has_host = parts.hostname and (parts.port is None or parts.port)
    except ValueError:
        return False
    return bool(has_host) and parts.scheme in ("http", "https") and not parts.path


def _create_key(value: object) -> str:
    text = str(value)
    if text and len(text) < CREATE_KEY_CHARACTERS:
        raise BadConfig(
            "La clé de création (ATELIER_CREATE_KEY) est trop courte : donnez-en une d’au moins "
            f"{CREATE_KEY_CHARACTERS} caractères, que personne ne devine, ou aucune : l’Atelier en fera une."
        )
    return text


def _database(value: object) -> str:
    text = str(value)
    if text and not text.startswith(("postgresql://", "postgres://")):
        raise BadConfig(
            "ATELIER_DATABASE_URL doit ressembler à postgresql://atelier:motdepasse@base.exemple.fr/atelier."
        )
    if text and find_spec("psycopg") is None:
        raise BadConfig(
            "ATELIER_DATABASE_URL demande un paquet de plus : « make install-server », ou « pip install "
            "atelier[postgres] »."
        )
    return text


def _networks(value: object) -> tuple[Network, ...]:
    return tuple(_network(text) for text in str(value).replace(",", " ").split())


def _network(text: str) -> Network:
    try:
        network = ipaddress.ip_network(text)
    except ValueError:
        raise BadConfig(
            f"« {text} » n’est ni une adresse ni un réseau : donnez à ATELIER_TRUSTED_PROXY l’adresse de votre proxy, "
            "par exemple 10.0.0.5 ou 10.0.0.0/24 ; plusieurs se séparent par des virgules."
        ) from None
    if network.prefixlen == 0:
        raise BadConfig(
            f"ATELIER_TRUSTED_PROXY ne peut pas être « {text} » : n’importe qui pourrait se dire n’importe qui. "
            "Donnez l’adresse de votre proxy."
        )
    return network


_READERS: dict[str, Callable[[object], Any]] = {
    "host": str,
    "port": _port,
    "public_url": _url,
    "sessions": lambda value: Path(str(value)).resolve(),
    "exports": lambda value: Path(str(value)).resolve(),
    "create_key": _create_key,
    "lan_create": _flag,
    "behind_nginx": _flag,
    "trusted_proxy": _networks,
    "json_logs": _flag,
    "database_url": _database,
}


def _check(config: Config) -> None:
    if config.behind_nginx and (not config.hosted or sys.platform == "win32"):
        raise BadConfig(
            "ATELIER_BEHIND_NGINX demande une adresse publique (ATELIER_PUBLIC_URL), et un autre système que Windows."
        )
    if config.trusted_proxy and not config.hosted:
        raise BadConfig(
            "ATELIER_TRUSTED_PROXY demande une adresse publique (ATELIER_PUBLIC_URL) : celle à laquelle "
            "votre proxy répond."
        )
    if config.lan_create and config.hosted:
        raise BadConfig(
            "ATELIER_LAN_CREATE ne vaut que sur un ordinateur portable : sur un serveur public, "
            "on crée un atelier avec la clé de création. Retirez l’un des deux réglages."
        )
    if config.sessions == config.exports:
        raise BadConfig("ATELIER_SESSIONS et ATELIER_EXPORTS doivent désigner deux dossiers différents.")
