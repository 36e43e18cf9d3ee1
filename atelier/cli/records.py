"""`list`, `journal` and `export`: what was recorded, read beside a running server or without one."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import click

from atelier import story, wording
from atelier.access.addresses import Addresses
from atelier.cli.common import UNREADABLE, Code, configured, kept, main, place_of, reading, snapshot_of
from atelier.cli.relocation import told
from atelier.cli.retention import tell_doubts, tell_set_aside
from atelier.domain.retention import announced_from, erased_on, set_aside_on
from atelier.export.report import LAYOUTS
from atelier.journal.protocol import Damaged
from atelier.library.items import Kind
from atelier.library.library import Library
from atelier.local_time import STARTS, is_hour
from atelier.retention.purge import today
from atelier.runtime.control import served_port
from atelier.service.service import Service, StorageFailed, UnknownWorkshop

FORMATS = {
    "xlsx": "tableaux",
    "csv": "csv",
    "json": "donnees",
    "json-schema": "schema",
    "open-data": "ouvertes",
    "docx": "compte-rendu",
    "odt": "compte-rendu-odt",
    "md": "markdown",
    "png": "images",
    "html": "page",
    "ics": "agenda",
    "txt": "remerciements",
    "charter": "charte",
    "prefecture": "prefecture",
    "prefecture-pdf": "prefecture-pdf",
    "zip": "tout",
    "kit": "kit",
    "blank-sheets": "vierge",
    "missions": "missions",
    "table-signs": "panneaux",
    "poster": "affiche",
    "script": "deroule",
    "notice": "notice",
}
"""What `--format` asks for, by the name of the document."""
EXPLAINED = {
    "pdf": "les fiches : tout l’atelier, ou un groupe",
    "docx, odt, md": "le compte-rendu, à reprendre",
    "prefecture, prefecture-pdf": "deux pages pour la préfecture",
    "xlsx, csv, json": "les résultats en tableaux ; « import » relit le dernier",
    "json-schema": "ce que contient ce dernier",
    "open-data": "les tableaux sans texte libre",
    "charter": "un projet de charte entre les deux réseaux",
    "html": "la page de résultats, qui s’ouvre sans serveur",
    "png": "chaque fiche en image",
    "ics, txt": "les échéances ; le courriel de remerciement",
    "zip": "tout ce qui précède",
    "kit": "tout ce qui s’imprime avant",
    "blank-sheets, missions": "les feuilles à remplir, une à une",
    "table-signs, poster": "les panneaux de table, l’affiche",
    "script, notice": "le déroulé minuté, la notice sur les données",
}
FORMATS_EXPLAINED = "\n".join(
    ["\b", "Formats :", *(f"  {names:<28}{what}" for names, what in EXPLAINED.items())]
)


_ITEMS = {
    Kind.DOCTRINE: ("fiche", "fiches"),
    Kind.RESULTS: ("résultat gardé sans noms", "résultats gardés sans noms"),
    Kind.PAGE: ("page de territoire", "pages de territoire"),
    Kind.DAY: ("journée", "journées"),
}


@main.command("list")
def list_workshops() -> None:
    """Lister les ateliers de cet ordinateur."""
    said = told(configured())
    if said:
        click.echo(said, err=True)
    service = reading()
    codes = service.codes()
    if not codes:
        click.echo(f"Aucun atelier dans {place_of(configured())}.")
    for code in codes:
        try:
            setup = service.read(code).state.prepared
        except (Damaged, UnknownWorkshop):
            click.echo(f"{code}  fichier abîmé")
            continue
        except StorageFailed:
            click.echo(f"{code}  {UNREADABLE}")
            continue
        click.echo(f"{code}  {setup.date}  {setup.title}" + (f" · {setup.place}" if setup.place else ""))
        if announced_from(erased_on(setup)) <= today():
            click.echo(f"        {wording.ends_soon(set_aside_on(erased_on(setup)), erased_on(setup))}")
    storage = kept(configured(), read_only=True)
    _tell_library(storage.library)
    tell_set_aside(storage.records)
    tell_doubts(storage.records)


def _tell_library(library: Library) -> None:
    """Say how much is kept beyond the workshops, by kind."""
    try:
        counts = {kind: len(library.items(kind)) for kind in Kind}
    except Damaged:
        click.echo("bibliothèque  fichier abîmé")
        return
    told = [wording.plural(count, *_ITEMS[kind]) for kind, count in counts.items() if count]
    if told:
        click.echo(f"bibliothèque  {', '.join(told)}")


@main.command()
@click.argument("code", type=Code())
@click.option("--json", "as_json", is_flag=True, help="Une ligne JSON par fait.")
def journal(code: str, as_json: bool) -> None:
    """Raconter un atelier, ligne par ligne."""
    service = reading()
    snapshot = snapshot_of(service, code)
    for recorded in service.history(snapshot.code):
        click.echo(
            json.dumps(story.as_json(recorded), ensure_ascii=False)
            if as_json
            else story.line(snapshot, recorded)
        )


@main.command(epilog=FORMATS_EXPLAINED)
@click.argument("code", type=Code(), required=False)
@click.option(
    "--format",
    "kind",
    type=click.Choice(["pdf", *FORMATS]),
    metavar="FORMAT",
    default="pdf",
    show_default=True,
    help="Quel document ; la liste est plus bas.",
)
@click.option("--group", "wanted", default="", help="Numéro du groupe ; sinon tout l’atelier.")
@click.option("--blank", is_flag=True, help="Les feuilles vierges, comme --format blank-sheets.")
@click.option("--starts", default=STARTS, show_default=True, help="Heure de début, pour le déroulé.")
@click.option(
    "--paper",
    type=click.Choice(["a3", "a4"]),
    default="a3",
    show_default=True,
    help="Papier des fiches et des feuilles.",
)
@click.option("--below", is_flag=True, help="Les initiatives sous chaque action, pas sous les barres.")
@click.option("--output", type=click.Path(path_type=Path), help="Fichier à écrire.")
@click.option(
    "--all",
    "into",
    type=click.Path(file_okay=False, path_type=Path),
    help="Ce document de tous les ateliers, ici.",
)
def export(
    code: str | None,
    kind: str,
    wanted: str,
    blank: bool,
    starts: str,
    paper: str,
    below: bool,
    output: Path | None,
    into: Path | None,
) -> None:
    """Écrire un document : PDF d’un groupe ou de tout l’atelier, compte-rendu, tableaux, kit papier, ou tout (ZIP)."""
    if bool(code) is bool(into):
        raise click.ClickException(
            "Donnez le code d’un atelier, ou --all et un dossier pour tous les ateliers."
        )
    what, layout = "vierge" if blank else FORMATS.get(kind, "ensemble"), LAYOUTS[int(below)]
    _check(kind, wanted, only_sheets=blank or below, starts=starts)
    if into is not None:
        if wanted or output:
            raise click.ClickException(
                "--group et --output ne vont pas avec --all : ils sont d’un seul atelier."
            )
        _export_all(into, what, paper, layout, starts)
        return
    service = reading()
    state = snapshot_of(service, str(code)).state
    if wanted and not (wanted.isdigit() and 1 <= int(wanted) <= len(state.groups)):
        raise click.ClickException(f"Cet atelier n’a pas de groupe « {wanted} ».")
    if wanted:
        what = f"{'groupe' if what == 'ensemble' else what}-{int(wanted)}"
    path = _written(service, str(code), what, paper, layout, starts)
    click.echo(str(path if output is None else _moved(path, output)))


def _check(kind: str, wanted: str, *, only_sheets: bool, starts: str) -> None:
    """Refuse options that do not go together."""
    from atelier.export.api import A_GROUP

    of_group = kind == "pdf" or FORMATS[kind] in A_GROUP
    if (only_sheets and kind != "pdf") or (wanted and not of_group):
        raise click.ClickException(
            "--blank et --below ne vont qu’avec un PDF, --group avec un PDF ou ce qui s’imprime pour une table."
        )
    if not is_hour(starts):
        raise click.ClickException(f"« {starts} » n’est pas une heure : écrivez par exemple 14:00.")


def _written(service: Service, code: str, what: str, paper: str, layout: str, starts: str = STARTS) -> Path:
    from atelier.doctrines.loading import doctrine_of
    from atelier.export.api import boxed, export_pdf, photos_for
    from atelier.export.failures import ExportFailed
    from atelier.export.kit import Entry

    state, config = service.read(code).state, configured()
    addresses = Addresses(replace(config, port=served_port(config.sessions) or config.port))
    try:
        path = export_pdf(
            code, state, doctrine_of(state.prepared), service.now(), what, paper, config.exports, layout=layout,
            entry=Entry(url=addresses.join(code), spoken=addresses.spoken()), publisher=config.publisher, starts=starts,
            photos=photos_for(service, code, state, what),
        )  # fmt: skip
    except ExportFailed as failed:
        raise click.ClickException(failed.sentence) from None
    if said := wording.boxed_text(boxed(state, what)):
        click.echo(f"{code}  {said}", err=True)
    return path


def _export_all(into: Path, what: str, paper: str, layout: str, starts: str) -> None:
    """Write a document of every workshop that can be read; say which could not."""
    service, left_out = reading(), 0
    into.mkdir(parents=True, exist_ok=True)
    for code in service.codes():
        try:
            made = _written(service, code, what, paper, layout, starts)
            # Away from where an erasure looks: whoever takes a copy keeps it, and answers for it.
            click.echo(str(_moved(made, into / made.name.removeprefix("atelier-"))))
        except (Damaged, UnknownWorkshop, StorageFailed, click.ClickException) as error:
            told = error.message if isinstance(error, click.ClickException) else UNREADABLE
            click.echo(f"{code}  pas écrit : {told}", err=True)
            left_out += 1
    if left_out:
        raise SystemExit(1)
    click.echo("Ces fichiers sont à vous : l’effacement d’un atelier ne les retrouvera pas.", err=True)


def _moved(path: Path, output: Path) -> Path:
    try:
        return Path(shutil.move(path, output))
    except OSError:
        raise click.ClickException(
            f"Le document n’a pas pu être écrit dans « {output} » : vérifiez que ce dossier existe. Il est ici : {path}"
        ) from None
