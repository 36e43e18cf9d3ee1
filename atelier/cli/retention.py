"""`link`, `backup`, `restore`, `purge`: what looks after the workshops of this machine."""

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from atelier.cli.parts import BUSY, Code, configured, existing, main, reading, snapshot_of
from atelier.config import Config, secret_of
from atelier.domain import commands as c
from atelier.domain.values import Holder
from atelier.journal.folder import JournalFolder
from atelier.journal.protocol import Damaged
from atelier.journal.sharing import FolderBusy
from atelier.retention.backup import NotRestored, back_up, expired, look_at, participants_to_erase, restore
from atelier.retention.purge import Keeper, today
from atelier.runtime.control import Unanswered, request
from atelier.service import HOST, Service
from atelier.web.addresses import Addresses
from atelier.web.keys import hash_of, new_key_id, secret_for
from atelier.web.operations import new_op

NAMED_CODE = click.Path(exists=True, path_type=Path)


@main.command()
@click.argument("code", type=Code())
def link(code: str) -> None:
    """Refaire un lien d’animation, quand il a été perdu."""
    config = configured()
    existing(config.sessions)
    port = config.port
    try:
        with _alone(config) as service:
            snapshot_of(service, code)
            key_id = new_key_id()
            secret = secret_for(secret_of(config.sessions), code, key_id)
            service.handle(
                code, c.IssueKey(holder=Holder.FACILITATOR, key_hash=hash_of(secret)), HOST, key_id
            )
            path = f"/animer/{code}?cle={secret}"
    except FolderBusy:
        told = _asked(config, "lien", code=code)
        path, port = told["path"], told["port"]
    addresses = Addresses(replace(config, port=port))
    for base in dict.fromkeys(filter(None, (addresses.own(), addresses.base()))):
        click.echo(f"{base}{path}")


@main.command()
@click.option("--to", "into", type=click.Path(path_type=Path), default=Path("sauvegardes"), show_default=True)
def backup(into: Path) -> None:
    """Copier tous les ateliers, serveur en marche ou non, et effacer les copies arrivées à leur terme."""
    config = configured()
    existing(config.sessions)
    gone = len(list(expired(into, today()))) if into.exists() else 0
    try:
        copies, damaged = back_up(config.sessions, into, dt.datetime.now().astimezone())
    except OSError as error:
        raise click.ClickException(f"La copie n’a pas pu être écrite : {error.strerror}.") from None
    for copy in copies:
        click.echo(f"{copy.code}  {copy.position.seq} faits  à garder jusqu’au {copy.purge_on}")
    for code in damaged:
        click.echo(f"{code}  fichier abîmé : pas copié", err=True)
    if not copies and not damaged:
        click.echo(f"Aucun atelier à copier dans « {config.sessions} ».")
    if copies:
        click.echo(f"Copié et relu dans {copies[0].path.parent}")
    if gone:
        click.echo(f"{gone} ancienne(s) copie(s) effacée(s), leur atelier étant arrivé à son terme.")
    if damaged:
        raise SystemExit(1)


@main.command("restore")
@click.argument("source", type=NAMED_CODE)
@click.argument("code", type=Code(), required=False)
@click.option("--force", is_flag=True, help="Même si l’atelier en place en sait plus que la copie.")
def put_back(source: Path, code: str | None, force: bool) -> None:
    """Remettre en place les ateliers d’une sauvegarde (serveur arrêté)."""
    config = configured()
    paths = sorted(source.glob(f"{code or '*'}.db")) if source.is_dir() else [source]
    if not paths:
        raise click.ClickException(_nothing_in(source, code))
    try:
        with _alone(config) as service:
            failed = [path.stem for path in paths if not _restored(path, config, service, force)]
    except FolderBusy:
        raise click.ClickException(BUSY) from None
    _bring_secret(source if source.is_dir() else source.parent, config)
    if failed:
        raise SystemExit(1)


@main.command()
@click.argument("code", type=Code(), required=False)
@click.option("--dry-run", is_flag=True, help="Dire ce qui serait effacé, sans rien effacer.")
@click.option("--yes", is_flag=True, help="Ne pas demander de confirmation.")
def purge(code: str | None, dry_run: bool, yes: bool) -> None:
    """Effacer les ateliers arrivés à leur terme, ou celui que l’on nomme, documents compris."""
    config = configured()
    service = reading()
    keeper = Keeper(service, config.sessions, config.exports)
    if code and code not in service.codes():
        raise click.ClickException(f"Aucun atelier n’a le code « {code} ».")
    codes = [code] if code else list(keeper.due(today()))
    for each in codes:
        click.echo(f"{each}  {_title(service, each)}")
    if dry_run or not codes:
        click.echo("Rien à effacer." if not codes else "Rien n’a été effacé.")
        return
    if not yes:
        click.confirm("Effacer définitivement ?", abort=True)
    for each in codes:
        _erase(config, each)
    click.echo(f"Effacé : {', '.join(codes)}.")


def _nothing_in(source: Path, code: str | None) -> str:
    dated = sorted(path.parent for path in source.glob(f"*/{code or '*'}.db"))
    if dated:
        return f"Ce dossier rassemble des sauvegardes : nommez l’une d’elles. La plus récente : {dated[-1]}"
    return (
        f"Cette sauvegarde ne contient pas l’atelier {code}." if code else "Il n’y a pas de sauvegarde ici."
    )


def _title(service: Service, code: str) -> str:
    try:
        setup = service.read(code).state.prepared
    except Damaged:
        return "fichier abîmé"
    return f"{setup.date}  {setup.title}"


def _erase(config: Config, code: str) -> None:
    try:
        with _alone(config) as service:
            Keeper(service, config.sessions, config.exports).erase(code)
    except FolderBusy:
        _asked(config, "purge", code=code)


def _restored(path: Path, config: Config, service: Service, force: bool) -> bool:
    try:
        copy = look_at(path)
        aside = restore(copy, config.sessions, force=force)
    except NotRestored as no:
        click.echo(str(no), err=True)
        return False
    except (Damaged, LookupError):
        click.echo(f"{path.name}  la copie est abîmée", err=True)
        return False
    for participant in participants_to_erase(copy, config.sessions):
        service.handle(copy.code, c.EraseParticipant(participant=participant), HOST, new_op())
    click.echo(f"{copy.code}  {copy.position.seq} faits  remis en place")
    if aside is not None:
        click.echo(f"        l’ancien fichier est gardé sous {aside.name}")
    return True


def _bring_secret(source: Path, config: Config) -> None:
    """On a new machine, the links of these workshops work again only with the secret they were made with."""
    kept, place = source / ".secret", config.sessions / ".secret"
    if kept.exists() and not place.exists():
        place.write_bytes(kept.read_bytes())
        place.chmod(0o600)
    elif kept.exists() and kept.read_bytes() != place.read_bytes():
        click.echo("Cette machine a un autre secret : refaites un lien avec « atelier link CODE ».", err=True)


@contextmanager
def _alone(config: Config) -> Iterator[Service]:
    """A service that writes, while no server holds the folder. Raises FolderBusy."""
    folder = JournalFolder(config.sessions)
    folder.hold()
    service = Service(folder)
    try:
        yield service
    finally:
        service.close()
        folder.release()


def _asked(config: Config, what: str, **fields: str) -> dict[str, Any]:
    try:
        return request(config.sessions, what, **fields)
    except Unanswered as error:
        raise click.ClickException(_message_in(str(error)) or BUSY) from None


def _message_in(text: str) -> str:
    try:
        return str(json.loads(text)["message"])
    except (ValueError, LookupError, TypeError):
        return ""
