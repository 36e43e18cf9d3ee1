"""`list`, `journal` and `export`: what was recorded, read beside a running server or without one."""

import json
import shutil
from pathlib import Path

import click

from atelier import story, wording
from atelier.cli.common import UNREADABLE, Code, configured, main, reading, snapshot_of
from atelier.cli.relocation import told
from atelier.cli.retention import tell_doubts, tell_set_aside
from atelier.domain.retention import announced_from, erased_on, set_aside_on
from atelier.journal.protocol import Damaged
from atelier.retention.purge import today
from atelier.service.service import StorageFailed, UnknownWorkshop

FORMATS = {
    "xlsx": "tableaux",
    "csv": "csv",
    "json": "donnees",
    "docx": "compte-rendu",
    "odt": "compte-rendu-odt",
    "md": "markdown",
    "png": "images",
    "html": "page",
    "ics": "agenda",
    "txt": "remerciements",
    "prefecture": "prefecture",
    "prefecture-pdf": "prefecture-pdf",
    "zip": "tout",
}
"""What `--format` asks for, by the name of the document."""


@main.command("list")
def list_workshops() -> None:
    """Lister les ateliers de cet ordinateur."""
    said = told(configured())
    if said:
        click.echo(said, err=True)
    service = reading()
    codes = service.codes()
    if not codes:
        click.echo(f"Aucun atelier dans « {configured().sessions} ».")
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
    tell_set_aside(configured())
    tell_doubts(configured())


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


@main.command()
@click.argument("code", type=Code())
@click.option("--format", "kind", type=click.Choice(["pdf", *FORMATS]), default="pdf", show_default=True)
@click.option("--group", "wanted", default="", help="Numéro du groupe ; sinon tout l’atelier.")
@click.option("--blank", is_flag=True, help="La fiche vierge, à distribuer.")
@click.option("--paper", type=click.Choice(["a3", "a4"]), default="a3", show_default=True)
@click.option("--output", type=click.Path(path_type=Path), help="Fichier à écrire.")
def export(code: str, kind: str, wanted: str, blank: bool, paper: str, output: Path | None) -> None:
    """Écrire un document : PDF d’un groupe ou de tout l’atelier, compte-rendu, tableaux, ou tout en un fichier ZIP."""
    from atelier.doctrines.loading import doctrine_of
    from atelier.export.api import export_pdf
    from atelier.export.failures import ExportFailed

    service = reading()
    state = snapshot_of(service, code).state
    if wanted and not (wanted.isdigit() and 1 <= int(wanted) <= len(state.groups)):
        raise click.ClickException(f"Cet atelier n’a pas de groupe « {wanted} ».")
    if kind != "pdf" and (wanted or blank):
        raise click.ClickException("--group et --blank ne vont qu’avec un PDF.")
    what = f"groupe-{int(wanted)}" if wanted else ("vierge" if blank else FORMATS.get(kind, "ensemble"))
    try:
        doctrine = doctrine_of(state.prepared)
        path = export_pdf(code, state, doctrine, service.now(), what, paper, configured().exports)
    except ExportFailed as failed:
        raise click.ClickException(failed.sentence) from None
    if output is not None:
        path = _moved(path, output)
    click.echo(str(path))


def _moved(path: Path, output: Path) -> Path:
    try:
        return Path(shutil.move(path, output))
    except OSError:
        raise click.ClickException(
            f"Le document n’a pas pu être écrit dans « {output} » : vérifiez que ce dossier existe. Il est ici : {path}"
        ) from None
