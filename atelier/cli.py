"""The command line. Each command calls the service or the export, like any other surface."""

import json
import logging
import shutil
import sys
import tempfile
import threading
import webbrowser
from pathlib import Path

import click

from atelier import story
from atelier.config import BadConfig, Config, from_environment, secret_of
from atelier.domain import commands as c
from atelier.domain.values import Holder
from atelier.journal.folder import FolderBusy, JournalFolder
from atelier.journal.protocol import Damaged
from atelier.room import Snapshot
from atelier.service import HOST, Service, UnknownWorkshop
from atelier.web.addresses import Addresses
from atelier.web.keys import hash_of, new_key_id, secret_for

BUSY = "Un serveur de l’Atelier travaille déjà sur ce dossier. Arrêtez-le d’abord, ou donnez un autre ATELIER_SESSIONS."


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """L’Atelier : préparer, projeter et garder un atelier d’articulation."""


def _config(**flags: object) -> Config:
    try:
        return from_environment(**flags)
    except BadConfig as bad:
        raise click.ClickException(str(bad)) from None


@main.command()
@click.option("--host", help="Adresse d’écoute (ATELIER_HOST ; 0.0.0.0 par défaut).")
@click.option("--port", help="Port (ATELIER_PORT ; 8000 par défaut).")
@click.option("--public-url", help="Adresse publique, mise dans le QR (ATELIER_PUBLIC_URL).")
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
    from atelier.serving import PortTaken, serve_forever

    config = _config(host=host, port=port, public_url=public_url, lan_create=lan_create)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    here = f"http://localhost:{config.port}"

    def ready() -> None:
        click.echo("L’Atelier tourne. Pour l’arrêter : Ctrl + C.")
        click.echo(f"  Animer, sur cet ordinateur    {here}")
        click.echo(f"  Participer, sur les téléphones {Addresses(config.public_url, config.port).base()}")
        sys.stdout.flush()
        if opened and not config.hosted:
            threading.Thread(target=webbrowser.open, args=(here,), daemon=True).start()

    try:
        serve_forever(config, ready)
    except FolderBusy:
        raise click.ClickException(BUSY) from None
    except PortTaken:
        raise click.ClickException(_port_taken(config)) from None


@main.command()
@click.option(
    "--speed", default="60", show_default=True, help="60 : une heure en une minute ; « max » : sans attendre."
)
@click.option("--port", help="Port (ATELIER_PORT ; 8000 par défaut).")
@click.option(
    "--open/--no-open",
    "opened",
    default=True,
    envvar="ATELIER_OPEN",
    help="Ouvrir le navigateur (ATELIER_OPEN).",
)
def demo(speed: str, port: str | None, opened: bool) -> None:
    """Jouer une répétition : un atelier entier, avec 29 personnes simulées."""
    from atelier.rehearsal.demo import rehearse
    from atelier.serving import PortTaken

    if speed != "max" and not speed.replace(".", "", 1).isdigit():
        raise click.ClickException("La vitesse est un nombre, ou « max ».")
    with tempfile.TemporaryDirectory(prefix="atelier-") as folder:
        config = _config(port=port, sessions=f"{folder}/sessions", exports=f"{folder}/exports")
        try:
            rehearse(config, 0.0 if speed == "max" else float(speed), opened)
        except PortTaken:
            raise click.ClickException(_port_taken(config)) from None


@main.command("list")
def list_workshops() -> None:
    """Lister les ateliers de cet ordinateur."""
    service = _reading()
    for code in service.codes():
        try:
            setup = service.read(code).state.prepared
        except (Damaged, UnknownWorkshop):
            click.echo(f"{code}  fichier abîmé")
            continue
        click.echo(f"{code}  {setup.date}  {setup.title}" + (f" · {setup.place}" if setup.place else ""))


@main.command()
@click.argument("code")
@click.option("--json", "as_json", is_flag=True, help="Une ligne JSON par fait.")
def journal(code: str, as_json: bool) -> None:
    """Raconter un atelier, ligne par ligne."""
    service = _reading()
    snapshot = _snapshot(service, code)
    for recorded in service.since(snapshot.code, 0, "") or ():
        click.echo(
            json.dumps(story.as_json(recorded), ensure_ascii=False)
            if as_json
            else story.line(snapshot, recorded)
        )


@main.command()
@click.argument("code")
@click.option("--format", "kind", type=click.Choice(["pdf"]), default="pdf", show_default=True)
@click.option("--group", "wanted", default="", help="Numéro du groupe ; sinon tout l’atelier.")
@click.option("--blank", is_flag=True, help="La fiche vierge, à distribuer.")
@click.option("--paper", type=click.Choice(["a3", "a4"]), default="a3", show_default=True)
@click.option("--output", type=click.Path(path_type=Path), help="Fichier à écrire.")
def export(code: str, kind: str, wanted: str, blank: bool, paper: str, output: Path | None) -> None:
    """Écrire le PDF d’un groupe ou de tout l’atelier."""
    from atelier.doctrines.loading import load
    from atelier.export.api import export_pdf
    from atelier.export.failures import ExportFailed

    service = _reading()
    state = _snapshot(service, code).state
    if wanted and not (wanted.isdigit() and 1 <= int(wanted) <= len(state.groups)):
        raise click.ClickException(f"Cet atelier n’a pas de groupe « {wanted} ».")
    what = f"groupe-{int(wanted)}" if wanted else ("vierge" if blank else "ensemble")
    try:
        doctrine = load(state.prepared.doctrine)
        path = export_pdf(code, state, doctrine, service.now(), what, paper, _config().exports)
    except ExportFailed as failed:
        raise click.ClickException(failed.sentence) from None
    if output is not None:
        path = Path(shutil.move(path, output))
    click.echo(str(path))


@main.command()
@click.argument("code")
def link(code: str) -> None:
    """Refaire un lien d’animation, quand il a été perdu (serveur arrêté)."""
    config = _config()
    folder = JournalFolder(config.sessions)
    try:
        folder.hold()
    except FolderBusy:
        raise click.ClickException(BUSY) from None
    service = Service(folder)
    key_id = new_key_id()
    secret = secret_for(secret_of(config.sessions), code, key_id)
    _snapshot(service, code)
    service.handle(code, c.IssueKey(holder=Holder.FACILITATOR, key_hash=hash_of(secret)), HOST, key_id)
    service.close()
    folder.release()
    click.echo(f"http://localhost:{config.port}/animer/{code}?cle={secret}")


def _port_taken(config: Config) -> str:
    return (
        f"Le port {config.port} est déjà pris par un autre programme. Essayez « --port {config.port + 1} »."
    )


def _reading() -> Service:
    return Service(JournalFolder(_config().sessions, read_only=True))


def _snapshot(service: Service, code: str) -> Snapshot:
    try:
        return service.read(code)
    except UnknownWorkshop:
        raise click.ClickException(f"Aucun atelier n’a le code « {code} ».") from None
    except Damaged:
        raise click.ClickException(f"Le fichier de l’atelier {code} est abîmé.") from None
