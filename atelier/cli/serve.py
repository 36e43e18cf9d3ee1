"""The commands `serve` and `demo`."""

import contextlib
import sys
import tempfile
import threading
import webbrowser
from collections.abc import Iterator

import click

from atelier.access.addresses import Addresses
from atelier.cli.common import BUSY, NO_NETWORK, cannot_listen, configured, main, opened, running, why
from atelier.cli.relocation import told
from atelier.cli.synchronisation import warnings
from atelier.config import CREATE_KEY_FILE, SECRET, Config, is_checkout
from atelier.deferred import DeferredWrites
from atelier.journal.locks import FolderBusy
from atelier.retention.purge import doubts
from atelier.runtime.storage import obstacle
from atelier.web.http import sentences
from atelier.wording import date_doubt


@main.command()
@click.option("--host", help="Adresse d’écoute, mise dans le QR (ATELIER_HOST ; toutes par défaut).")
@click.option("--port", help="Port (ATELIER_PORT ; 8000 par défaut).")
@click.option("--public-url", help="Adresse du site, mise dans le QR (ATELIER_PUBLIC_URL).")
@click.option(
    "--lan-create/--no-lan-create", default=None, help="Créer depuis le réseau (ATELIER_LAN_CREATE)."
)
@click.option(
    "--open/--no-open",
    "opened",
    default=True,
    envvar="ATELIER_OPEN",
    help="Ouvrir le navigateur (ATELIER_OPEN).",
)
def serve(
    host: str | None, port: str | None, public_url: str | None, lan_create: bool | None, opened: bool
) -> None:
    """Faire tourner l’Atelier, et dire les adresses à ouvrir et à projeter."""
    from atelier.serving import CannotListen, serve_forever

    config = configured(host=host, port=port, public_url=public_url, lan_create=lan_create)
    desk = "Animer" if config.hosted else "Animer, sur cet ordinateur"

    def ready() -> None:
        click.echo("L’Atelier tourne. Pour l’arrêter : Ctrl + C.")
        click.echo(f"  {desk:<30}{config.desk_address}")
        click.echo(f"  Participer, sur les téléphones {Addresses(config).base() or NO_NETWORK}")
        synchronised = (f"  {sentence}" for _, sentence in warnings(config))
        for line in (*_for_the_host(config), *_about_storage(config), *synchronised):
            click.echo(line)
        sys.stdout.flush()
        if opened and not config.hosted:
            threading.Thread(target=webbrowser.open, args=(config.desk_address,), daemon=True).start()

    try:
        serve_forever(config, ready)
    except FolderBusy:
        raise click.ClickException(BUSY) from None
    except CannotListen as no:
        _not_reached(config, no, opened)
    except OSError as error:
        raise click.ClickException(_unwritable(error)) from None


@main.command()
@click.option(
    "--speed", default="60", show_default=True, help="60 : une heure en une minute ; « max » : sans attendre."
)
@click.option(
    "--until",
    type=click.Choice(["missions", "articulations", "restitution", "synthese"]),
    default=None,
    help="S’arrêter avant ce moment : vous animez la suite, les groupes suivent.",
)
@click.option(
    "--answers-first", is_flag=True, help="Chacun·e répond d’abord, puis les tables révèlent et placent."
)
@click.option("--port", help="Port (ATELIER_PORT ; 8000 par défaut).")
@click.option(
    "--open/--no-open",
    "opened",
    default=True,
    envvar="ATELIER_OPEN",
    help="Ouvrir le navigateur (ATELIER_OPEN).",
)
def demo(speed: str, until: str | None, answers_first: bool, port: str | None, opened: bool) -> None:
    """Jouer une répétition : un atelier entier, avec 29 personnes simulées."""
    from atelier.demo.process import rehearse
    from atelier.serving import CannotListen

    if speed != "max" and not speed.replace(".", "", 1).isdigit():
        raise click.ClickException("La vitesse est un nombre, ou « max ».")
    with tempfile.TemporaryDirectory(prefix="atelier-") as folder:
        config = configured(
            port=port, sessions=f"{folder}/sessions", exports=f"{folder}/exports", database_url=""
        )
        try:
            rehearse(config, 0.0 if speed == "max" else float(speed), opened, until or "", answers_first)
        except CannotListen as no:
            raise click.ClickException(cannot_listen(config, no)) from None


def _not_reached(config: Config, error: Exception, opened: bool) -> None:
    """Open the running server when it is started twice; otherwise exit with a French sentence."""
    from atelier.serving import PortTaken

    said = cannot_listen(config, error)
    if not (isinstance(error, PortTaken) and running(config.port)):
        raise click.ClickException(said)
    click.echo(said)
    if opened and not config.hosted:
        webbrowser.open(config.desk_address)


def _for_the_host(config: Config) -> Iterator[str]:
    """Yield what only those who start a public server may and must know."""
    if config.hosted and not config.create_key:
        where = "la base de données" if config.database_url else config.sessions / CREATE_KEY_FILE
        with contextlib.suppress(OSError):  # on a disk that takes nothing
            yield f"  Clé de création, gardée dans {where} : {opened(config).creation_key(DeferredWrites())}"
    if config.hides_people:
        yield sentences.PROXY_UNNAMED


def _about_storage(config: Config) -> Iterator[str]:
    """Where the workshops are, if nobody chose it, and what the disk does not take."""
    if config.database_url:
        yield "  Les ateliers sont gardés dans la base de données."
        return
    if not is_checkout():
        yield f"  Les ateliers sont gardés dans  {config.sessions}"
    if cause := obstacle(config.sessions):
        yield (
            f"  Rien ne peut être enregistré dans « {config.sessions} » ({why(cause)}) : on peut seulement regarder. "
            "Dès que ce sera possible, l’Atelier enregistrera à nouveau, sans être relancé."
        )
        if not (config.sessions / SECRET).exists():
            yield "  Si vous l’arrêtez avant, chacun·e devra revenir par le QR code ou par son lien."
    elif cause := obstacle(config.exports):
        yield f"  Les PDF ne peuvent pas être écrits dans « {config.exports} » ({why(cause)})."
    for doubt in doubts(config.sessions):
        yield f"  {date_doubt(*doubt)}"
    if said := told(config):
        yield f"  {said}"


def _unwritable(error: OSError) -> str:
    return (
        f"L’Atelier ne peut rien écrire dans « {error.filename} » ({why(error)}). "
        "Donnez-lui ce droit, ou un autre dossier (ATELIER_SESSIONS, ATELIER_EXPORTS)."
    )
