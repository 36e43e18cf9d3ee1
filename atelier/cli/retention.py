"""The commands `link`, `backup`, `restore` and `purge`."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from atelier import wording
from atelier.access.addresses import Addresses
from atelier.access.keys import hash_of, new_key_id, secret_for
from atelier.access.operation_ids import new_op
from atelier.cli.common import (
    BUSY,
    UNREADABLE,
    Code,
    configured,
    kept,
    main,
    only_of_folders,
    opened,
    place_of,
    reading,
    snapshot_of,
    why,
)
from atelier.cli.french import confirm
from atelier.config import Config
from atelier.deferred import DeferredWrites
from atelier.domain import commands as c
from atelier.domain.codes import is_code, normal_code
from atelier.domain.retention import erased_on, set_aside_on
from atelier.domain.values import Holder
from atelier.journal.locks import FolderBusy
from atelier.journal.protocol import Damaged
from atelier.retention.backup import (
    BadKey,
    Copy,
    NotRestored,
    copies_in,
    identities_in,
    look_at,
    participants_to_erase,
    recipients_from,
    restore,
    secret_in,
)
from atelier.retention.clock import SystemClock
from atelier.retention.due_worker import ends
from atelier.retention.eraser import Eraser
from atelier.retention.library_backup import back_up_library, library_copies, restore_library
from atelier.retention.pruning import pruned
from atelier.retention.purge import Purge, doubts, today
from atelier.retention.purge import put_back as take_out
from atelier.retention.records import Records
from atelier.runtime.control import Unanswered, request
from atelier.service.service import HOST, Service, StorageFailed, UnknownWorkshop
from atelier.service.state_cache import StateCache
from atelier.storage import Storage

ELSEWHERE_NOW = (
    "Sur une autre machine, les liens d’animation et les codes de retour marchent encore ; "
    "un téléphone déjà connecté reprend sa place par « J’étais déjà là »."
)
NAMED_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@main.command()
@click.argument("code", type=Code())
def link(code: str) -> None:
    """Refaire un lien d’animation, quand il a été perdu."""
    config = configured()
    storage, port = kept(config), config.port
    try:
        with alone(storage) as service:
            snapshot_of(service, code)
            key_id = new_key_id()
            secret = secret_for(storage.signing_secret(DeferredWrites()), code, key_id)
            service.handle(
                code,
                c.IssueKey(holder=Holder.FACILITATOR, key_hash=hash_of(secret), name=wording.LINK_TYPED),
                HOST,
                key_id,
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
@click.option(
    "--recipient",
    "recipients",
    multiple=True,
    help="Chiffrer pour cette clé publique (age1…) ; peut se répéter.",
)
def backup(into: Path, recipients: tuple[str, ...]) -> None:
    """Copier tous les ateliers, serveur en marche ou non, et effacer les copies arrivées à leur terme."""
    config = configured()
    storage = kept(config, read_only=True)
    copies, damaged, items, folder, gone = _backed_up(storage, into, recipients)
    for copy in copies:
        click.echo(f"{copy.code}  {copy.position.seq} faits  à garder jusqu’au {copy.kept_until}")
    for code in damaged:
        click.echo(f"{code}  fichier abîmé : pas copié", err=True)
    if items:
        click.echo(f"bibliothèque  {items} {'élément' if items == 1 else 'éléments'}")
    if not copies and not damaged and not items:
        click.echo(f"Aucun atelier à copier dans {place_of(config)}.")
    if gone:
        click.echo(f"{gone} ancienne(s) copie(s) effacée(s), leur atelier étant arrivé à son terme.")
    tell_doubts(storage.records)
    if folder is not None:
        click.echo(f"{'Chiffré' if recipients else 'Copié'} et relu dans {folder}")
    if damaged:
        raise SystemExit(1)


def _backed_up(
    storage: Storage, into: Path, recipients: tuple[str, ...]
) -> tuple[list[Copy], list[str], int, Path | None, int]:
    """Return the copies, the codes that are damaged, how many items were copied, the folder, and what was deleted."""
    try:
        at, given = dt.datetime.now().astimezone(), recipients_from(recipients)
        copies, damaged = storage.back_up(into, at, given)
        beside = copies[0].path.parent if copies else None
        items, folder = back_up_library(storage.library, into, at, given, beside)
        gone = len(list(pruned(into, SystemClock()))) if into.exists() else 0
        return copies, damaged, items, folder, gone
    except BadKey as bad:
        raise click.ClickException(str(bad)) from None
    except OSError as error:
        raise click.ClickException(f"La copie n’a pas pu être écrite : {why(error)}.") from None


@main.command("restore")
@click.argument("source")
@click.argument("code", type=Code(), required=False)
@click.option("--force", is_flag=True, help="Même si l’atelier en place en sait plus que la copie.")
@click.option(
    "--identity", type=NAMED_FILE, help="Le fichier de votre identité age, si la copie est chiffrée."
)
def put_back(source: str, code: str | None, force: bool, identity: Path | None) -> None:
    """Remettre en place une sauvegarde, ou l’atelier CODE mis de côté à son terme (serveur arrêté)."""
    config, named = configured(), Path(source)
    if not named.exists():
        aside = opened(config, read_only=True).records.quarantine
        if not aside.holds(normal_code(source)):
            raise click.ClickException(f"Il n’y a ni sauvegarde ni atelier mis de côté sous « {source} ».")
        _out_of_quarantine(opened(config), normal_code(source))
        return
    only_of_folders(
        config,
        "Remettez la sauvegarde dans un dossier (sans ATELIER_DATABASE_URL), puis portez-la dans la base : "
        "« atelier copy --to-database ».",
    )
    library = _library_copies(named, code)
    paths = copies_in(named, code) if named.is_dir() else [each for each in [named] if each not in library]
    if not paths and not library:
        raise click.ClickException(_nothing_in(named, code))
    try:
        _restore_all(config, paths, library, force, identities_in(identity) if identity else [])
    except FolderBusy:
        raise click.ClickException(BUSY) from None
    except BadKey as bad:
        raise click.ClickException(str(bad)) from None


def _library_copies(named: Path, code: str | None) -> list[Path]:
    """Return the copies of the library that are meant: none where one workshop is named."""
    if code is not None:
        return []
    return [
        each
        for each in library_copies(named if named.is_dir() else named.parent)
        if named in (each, each.parent)
    ]


def _restore_all(
    config: Config, paths: list[Path], library: list[Path], force: bool, identities: Sequence[Any]
) -> None:
    storage = opened(config)
    with alone(storage) as service:
        restored = [_restored(each, config, service, force, identities) for each in paths]
        restored += [_library_restored(each, storage, identities) for each in library]
        _bring_secret([*paths, *library][0].parent, storage, identities)
        keep_states(storage, service, filter(is_code, restored))
    if not all(restored):
        raise SystemExit(1)


@main.command()
@click.argument("code", type=Code(), required=False)
@click.option("--dry-run", is_flag=True, help="Dire ce que cela effacerait, sans rien effacer.")
@click.option("--yes", is_flag=True, help="Ne pas demander de confirmation.")
def purge(code: str | None, dry_run: bool, yes: bool) -> None:
    """Effacer un atelier pour de bon ; sans CODE, mettre de côté ou effacer ceux qui sont à leur terme."""
    storage = kept(configured())
    if code is None:
        _end_what_is_due(storage, dry_run)
        return
    service = reading()
    if code not in service.codes() and not storage.records.quarantine.holds(code):
        raise click.ClickException(f"Aucun atelier n’a le code « {code} ».")
    click.echo(f"{code}  {_title(service, storage.records, code)}")
    if dry_run:
        click.echo("Rien n’est effacé.")
        return
    if not yes:
        confirm("Effacer définitivement ?")
    _erase(storage, code)
    click.echo(f"Effacé : {code}.")


def _end_what_is_due(storage: Storage, dry_run: bool) -> None:
    erased, records = list[str](), storage.records
    tell_doubts(records)
    if not dry_run:
        try:
            with alone(storage) as service:
                _, erased = Purge(
                    Eraser(service, records), storage.calendar(), library=storage.library
                ).look()
        except FolderBusy:
            raise click.ClickException(
                "Le serveur qui tourne s’en charge : il regarde plusieurs fois par jour ce qui est à son terme."
            ) from None
    for code, end in ends(records.source, today()).soon.items():
        click.echo(f"{code}  {wording.ends_soon(set_aside_on(end), end)}")
    tell_set_aside(records)
    click.echo(f"Effacé : {', '.join(erased)}." if erased else "Rien n’est effacé.")


def tell_set_aside(records: Records) -> None:
    """Say which workshops wait to be erased, and how to put them back."""
    quarantine = records.quarantine
    for code in quarantine.codes():
        state = quarantine.state(code)
        said = wording.set_aside_until(erased_on(state.prepared)) if state else "Mis de côté, mais illisible."
        click.echo(f"{code}  {said} Pour le remettre en place : atelier restore {code}")


def tell_doubts(records: Records) -> None:
    """Say on standard error when the date of this machine looks wrong."""
    for doubt in doubts(records.place):
        click.echo(wording.date_doubt(*doubt), err=True)


def _out_of_quarantine(storage: Storage, code: str) -> None:
    try:
        with alone(storage):
            copy = take_out(storage.records, code)
    except FolderBusy:
        raise click.ClickException(BUSY) from None
    except NotRestored as no:
        raise click.ClickException(str(no)) from None
    except (Damaged, LookupError, OSError):
        raise click.ClickException(f"L’atelier {code} n’a pas pu être remis en place.") from None
    click.echo(f"{code}  remis en place, documents compris")
    if set_aside_on(copy.kept_until) <= today():
        click.echo(
            f"        Son effacement était annoncé pour le {copy.kept_until} : il sera de nouveau mis de côté "
            "dans un jour au moins, puis effacé sept jours après. D’ici là, exportez ce qui doit rester."
        )


def _nothing_in(source: Path, code: str | None) -> str:
    dated = [each for each in sorted(source.glob("*")) if each.is_dir() and copies_in(each, code)]
    if dated:
        return f"Ce dossier rassemble des sauvegardes : nommez l’une d’elles. La plus récente : {dated[-1]}"
    return (
        f"Cette sauvegarde ne contient pas l’atelier {code}." if code else "Il n’y a pas de sauvegarde ici."
    )


def _title(service: Service, records: Records, code: str) -> str:
    aside = records.quarantine.state(code)
    try:
        setup = service.read(code).state.prepared
    except UnknownWorkshop:
        if aside is None:
            return "fichier abîmé"
        setup = aside.prepared
    except Damaged:
        return "fichier abîmé"
    except StorageFailed:
        return UNREADABLE
    return f"{setup.date}  {setup.title}"


def _erase(storage: Storage, code: str) -> None:
    try:
        with alone(storage) as service:
            Eraser(service, storage.records).erase(code)
    except FolderBusy:
        _asked(storage.config, "purge", code=code)
    except OSError:
        raise click.ClickException(wording.ERASURE_UNFINISHED) from None


def _restored(path: Path, config: Config, service: Service, force: bool, identities: Sequence[Any]) -> str:
    """Put a copy back; return the code of its workshop, "" when it was not."""
    try:
        copy = look_at(path, identities)
        aside = restore(copy, config.sessions, force=force)
    except NotRestored as no:
        click.echo(str(no), err=True)
        return ""
    except (Damaged, LookupError):
        click.echo(f"{path.name}  la copie est abîmée", err=True)
        return ""
    for participant in participants_to_erase(copy, config.sessions):
        service.handle(copy.code, c.EraseParticipant(participant=participant), HOST, new_op())
    click.echo(f"{copy.code}  {copy.position.seq} faits  remis en place")
    if aside is not None:
        click.echo(f"        l’ancien fichier est gardé sous {aside.name}")
    return copy.code


def _library_restored(path: Path, storage: Storage, identities: Sequence[Any]) -> str:
    """Put the items of a copy back that are not there; return the file's name, "" when it is damaged."""
    try:
        count = restore_library(path, storage.library, identities)
    except Damaged:
        click.echo(f"{path.name}  la copie est abîmée", err=True)
        return ""
    click.echo(f"bibliothèque  {count} {'élément remis' if count == 1 else 'éléments remis'} en place")
    return path.name


def _bring_secret(source: Path, storage: Storage, identities: Sequence[Any]) -> None:
    """On a new machine cookies stay valid only with the secret that signed them; links and return codes do anyway."""
    kept = secret_in(source, identities)
    if kept is None or not storage.take_secret(kept):
        click.echo(ELSEWHERE_NOW)


@contextmanager
def alone(storage: Storage) -> Iterator[Service]:
    """A service that writes, while no server holds the folder; beside the nodes of a database. Raises FolderBusy."""
    with storage.writing():
        service = Service(storage.store, storage.calendar().now_ms)
        service.erasing_by(Eraser(service, storage.records))
        try:
            yield service
        finally:
            service.close()


def keep_states(storage: Storage, service: Service, codes: Iterable[str]) -> None:
    """Keep the states of long journals that were just put in place: a server’s first opening is quick too."""
    cache = StateCache(storage.store, storage.signing_secret(DeferredWrites()))
    for code in codes:
        cache.keep_restored(service.read(code))


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
