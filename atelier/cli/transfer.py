"""`copy`: workshops from the folder of this machine into the database, or back."""

from contextlib import closing

import click

from atelier.access.operation_ids import new_op
from atelier.cli.common import BUSY, Code, configured, existing, main, opened
from atelier.cli.retention import ELSEWHERE_NOW, keep_states
from atelier.deferred import DeferredWrites
from atelier.domain import commands as c
from atelier.journal.locks import FolderBusy
from atelier.journal.protocol import Damaged, Position
from atelier.library.copies import packed, put_back
from atelier.retention.backup import NotRestored
from atelier.retention.eraser import Eraser
from atelier.retention.erasure_log import noted
from atelier.retention.purge import today
from atelier.retention.transfer import carry_erasures, copy_workshop
from atelier.service.service import HOST, Service
from atelier.storage import FolderStorage, Storage


@main.command("copy")
@click.argument("codes", type=Code(), nargs=-1)
@click.option(
    "--to-database/--to-folder",
    "into_database",
    default=None,
    help="Du dossier vers la base, ou de la base vers le dossier.",
)
def copy(codes: tuple[str, ...], into_database: bool | None) -> None:
    """Copier des ateliers, tous par défaut, du dossier vers la base PostgreSQL ou retour (serveurs arrêtés)."""
    config = configured()
    if into_database is None:
        raise click.ClickException(
            "Dites dans quel sens : --to-database, du dossier vers la base, ou --to-folder."
        )
    if not config.database_url:
        raise click.ClickException("Dites où est la base : ATELIER_DATABASE_URL=postgresql://…")
    if into_database:
        existing(config.sessions)
    folder, database = FolderStorage(config), opened(config)
    source, target = (folder, database) if into_database else (database, folder)
    try:
        with folder.writing():
            failed = _copied(source, target, codes)
    except FolderBusy:
        raise click.ClickException(BUSY) from None
    if failed:
        raise SystemExit(1)


def _copied(source: Storage, target: Storage, codes: tuple[str, ...]) -> int:
    """Copy what was asked for, say how it went, and return how many workshops could not be."""
    carry_erasures(source.records, target.records)
    wanted: tuple[str, ...] = codes or tuple(source.store.codes())
    copied: list[str] = []
    service = Service(target.store, target.calendar().now_ms)
    service.erasing_by(Eraser(service, target.records))
    with closing(service):
        for code in wanted:
            try:
                position = _one(code, source, target, service)
            except NotRestored as no:
                click.echo(str(no), err=True)
            except FileNotFoundError:
                click.echo(f"Aucun atelier n’a le code « {code} ».", err=True)
            except (Damaged, LookupError):
                click.echo(f"{code}  fichier abîmé : pas copié", err=True)
            else:
                click.echo(f"{code}  {position.seq} faits")
                copied.append(code)
        if not codes:
            _copy_library(source, target)
        if not target.take_secret(source.signing_secret(DeferredWrites())):
            click.echo(ELSEWHERE_NOW)
        keep_states(target, service, copied)
    click.echo(f"Copiés : {len(copied)}. Les originaux restent en place ; n’y écrivez plus.")
    return len(wanted) - len(copied)


def _copy_library(source: Storage, target: Storage) -> None:
    copy = packed(source.library, today())
    if copy is not None:
        click.echo(f"bibliothèque  {put_back(copy.content, target.library)} sur {copy.items}")


def _one(code: str, source: Storage, target: Storage, service: Service) -> Position:
    """Copy a workshop and its drafts, without who was erased since."""
    erased = noted(target.records.place)
    position = copy_workshop(code, source.store, target.store, erased)
    for field, draft in source.records.drafts.of(code).items():
        target.records.drafts.keep(code, field, draft)
    people = set(service.read(code).state.people)
    for participant in sorted({each.participant for each in erased if each.code == code} & people):
        service.handle(code, c.EraseParticipant(participant=participant), HOST, new_op())
    return position
