"""Shared parts of the commands: configuration, read-only service, French error messages."""

import errno
import http.client
import logging
from pathlib import Path
from typing import Any

import click

from atelier.cli.french import speak_french
from atelier.config import BadConfig, Config, from_environment
from atelier.journal.protocol import Damaged
from atelier.network.adapters import cards
from atelier.runtime.logs import reason, set_up
from atelier.service.service import Service, StorageFailed, UnknownWorkshop
from atelier.service.workshop import Snapshot
from atelier.storage import DatabaseUnusable, Storage, storage_of

BUSY = "Un serveur de l’Atelier travaille déjà sur ce dossier. Arrêtez-le d’abord, ou donnez un autre ATELIER_SESSIONS."

NO_NETWORK = (
    "(aucun réseau : reliez cet ordinateur au Wi-Fi de la salle, son adresse apparaîtra au poste d’animation)"
)


log = logging.getLogger("atelier.cli")

speak_french()


class Code(click.ParamType):
    """A workshop's code as people write it: « k7m 2xp », « K7M-2XP »."""

    name = "code"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the normalised code."""
        from atelier.domain.codes import normal_code

        return normal_code(value)


DAMAGED = "Un fichier est abîmé : « atelier list » dit lequel."
UNREADABLE_FOLDER = "Un atelier ne peut pas être lu ou écrit : le disque est plein, protégé ou absent."
UNEXPECTED = (
    "Une erreur que l’Atelier n’attendait pas ; rien de ce qui était enregistré n’est perdu. "
    "Signalez-la avec les lignes qui précèdent : elles ne disent rien de personne."
)
UNREADABLE = "disque plein, protégé ou absent"


_WHY = {
    errno.EACCES: "droits insuffisants",
    errno.EPERM: "droits insuffisants",
    errno.EROFS: "disque protégé",
    errno.ENOSPC: "disque plein",
    getattr(errno, "EDQUOT", -1): "quota atteint",  # not on Windows
    errno.ENOENT: "dossier absent",
    errno.ENOTDIR: "ce n’est pas un dossier",
    errno.EISDIR: "c’est un dossier",
    errno.EEXIST: "ce nom est déjà pris",
    errno.EBUSY: "occupé par un autre programme",
    errno.EIO: "le disque ne répond pas",
    errno.EHOSTUNREACH: "la base de données ne répond pas",
    errno.ETIMEDOUT: "la base de données tarde trop à répondre",
}


def why(error: OSError | int) -> str:
    """Return in French why the storage refuses: what the system says of it is in its own language."""
    number = error if isinstance(error, int) else error.errno or 0
    return _WHY.get(number, errno.errorcode.get(number, "cause inconnue"))


class Commands(click.Group):
    """Command group in which every error ends as a French sentence, never as a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was typed."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except DatabaseUnusable as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            raise click.ClickException(_storage_sentence(error)) from error
        except Damaged as error:
            raise click.ClickException(f"{DAMAGED} ({reason(error)})") from error
        except StorageFailed as error:
            raise click.ClickException(f"{UNREADABLE_FOLDER} ({reason(error)})") from error
        except Exception as error:
            log.exception("command.failed")
            raise click.ClickException(UNEXPECTED) from error


def _storage_sentence(error: OSError) -> str:
    if error.errno in (errno.EHOSTUNREACH, errno.ETIMEDOUT):
        return f"{why(error).capitalize()}."
    named = f" « {error.filename} »" if error.filename else ""
    return f"Le disque refuse{named} : {why(error)}."


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    subcommand_metavar="COMMANDE [ARGUMENTS]…",
)
def main() -> None:
    """L’Atelier : préparer, projeter et garder un atelier d’articulation."""
    set_up()


def configured(**flags: object) -> Config:
    """Return the configuration from flags and environment, or end with a French sentence."""
    try:
        return from_environment(**flags)
    except BadConfig as bad:
        raise click.ClickException(str(bad)) from None


def cannot_listen(config: Config, error: Exception) -> str:
    """Say in French what `CannotListen` is about, and what to do."""
    from atelier.serving.listening import NoSuchAddress, PortForbidden

    if isinstance(error, NoSuchAddress):
        own = ", ".join(str(each.ip) for card in cards() for each in card.addresses if not each.is_link_local)
        told = f"Elle a : {own}." if own else "Elle n’est reliée à aucun réseau."
        return f"Cette machine n’a pas l’adresse « {config.host} ». {told}"
    if isinstance(error, PortForbidden):
        return f"Le système réserve le port {config.port} à son administrateur. Essayez « --port 8000 »."
    if running(config.port):
        return f"L’Atelier tourne déjà sur cet ordinateur : {config.desk_address}"
    return (
        f"Le port {config.port} est déjà pris par un autre programme. Essayez « --port {config.port + 1} »."
    )


def running(port: int) -> bool:
    """Tell whether an Atelier answers on this port."""
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=3)
    try:
        asked.request("GET", "/etat")
        return b'"workshops"' in asked.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()


def reading() -> Service:
    """Return a service that only reads, beside a running server or not, until the command ends.

    End with a French sentence without a folder.
    """
    service = Service(kept(configured(), read_only=True).store)
    click.get_current_context().call_on_close(service.close)
    return service


def kept(config: Config, *, read_only: bool = False) -> Storage:
    """Return where workshops are kept, or end with a French sentence where no workshop was."""
    if not config.database_url:
        existing(config.sessions)
    return opened(config, read_only=read_only)


def opened(config: Config, *, read_only: bool = False) -> Storage:
    """Return where workshops are kept, until the command ends."""
    storage = storage_of(config, read_only=read_only)
    click.get_current_context().call_on_close(storage.release)
    return storage


def place_of(config: Config) -> str:
    """Return in French where workshops are kept, without the password of a database."""
    return "la base de données" if config.database_url else f"« {config.sessions} »"


def only_of_folders(config: Config, instead: str) -> None:
    """End with a French sentence where workshops are in a database."""
    if config.database_url:
        raise click.ClickException(
            f"Les ateliers sont dans une base PostgreSQL (ATELIER_DATABASE_URL). {instead}"
        )


def existing(folder: Path) -> Path:
    """Return `folder`, or end with a French sentence: a mistyped one looks like lost workshops."""
    if not folder.exists():
        raise click.ClickException(
            f"Le dossier « {folder} » n’existe pas : aucun atelier n’y a encore été préparé, "
            "ou ATELIER_SESSIONS devrait en désigner un autre."
        )
    if not folder.is_dir():
        raise click.ClickException(f"« {folder} » n’est pas un dossier : corrigez ATELIER_SESSIONS.")
    return folder


def snapshot_of(service: Service, code: str) -> Snapshot:
    """Return the workshop, or end with a French sentence."""
    try:
        return service.read(code)
    except UnknownWorkshop:
        raise click.ClickException(f"Aucun atelier n’a le code « {code} ».") from None
    except Damaged:
        raise click.ClickException(f"Le fichier de l’atelier {code} est abîmé.") from None
    except StorageFailed:
        raise click.ClickException(
            f"Le fichier de l’atelier {code} ne peut pas être lu : {UNREADABLE}."
        ) from None
