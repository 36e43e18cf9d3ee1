"""`move`: move the data that an earlier installation kept beside the program, where an update would erase it."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click

from atelier.cli.common import BUSY, configured, main, why
from atelier.config import CODE, SECRET, Config, is_checkout
from atelier.journal.folder import SNAPSHOT, JournalFolder
from atelier.journal.locks import FolderBusy
from atelier.journal.protocol import Damaged
from atelier.retention.erasure_log import NAME as ERASED
from atelier.retention.quarantine import NAME as QUARANTINE

ARRIVING = ".arrive-"
OF_A_SERVER = (".serveur", ".secret.lock", ".echeances")
"""Files of a server that ran there: another one makes its own. What was due there is looked at twice again."""
UNWANTED = ("-shm", SNAPSHOT, ".tenu")


def left_behind(config: Config, code: Path | None = None) -> list[tuple[Path, Path]]:
    """Return the old folders beside an installed program that hold something, each with the one that took its place."""
    code = code or CODE
    if is_checkout(code):
        return []
    pairs = [(code / "sessions", config.sessions), (code / "exports", config.exports)]
    return [(old, new) for old, new in pairs if old != new and any(_wanted(old))]


def told(config: Config) -> str:
    """Return the sentence that says so, "" when there is nothing to say."""
    found = left_behind(config)
    if not found:
        return ""
    return (
        f"Une installation antérieure a laissé des ateliers dans « {found[0][0].parent} », où une mise à jour les "
        "effacerait. Pour les reprendre, serveur arrêté : atelier move"
    )


@main.command()
def move() -> None:
    """Reprendre les ateliers qu’une installation antérieure gardait avec le programme."""
    config = configured()
    found = left_behind(config)
    if not found:
        click.echo("Rien à reprendre : il n’y a pas d’atelier à côté du programme.")
        return
    try:
        with _alone(config.sessions), _alone(CODE / "sessions", make=False):
            stayed = [entry for old, new in found for entry in _moved(old, new)]
    except FolderBusy:
        raise click.ClickException(BUSY) from None
    except OSError as error:
        raise click.ClickException(
            f"Tout n’a pas pu être repris ({why(error)}). Rien n’est perdu : "
            "faites de la place, ou donnez ce droit, puis recommencez."
        ) from None
    for _, new in found:
        click.echo(f"Repris dans {new}")
    for path in stayed:
        click.echo(f"Laissé où il était, car ce nom est déjà pris : {path}{_consequence(path)}", err=True)
    if stayed:
        raise SystemExit(1)


def _consequence(path: Path) -> str:
    return " ; refaites les liens d’animation avec « atelier link CODE »" if path.name == SECRET else ""


@contextmanager
def _alone(sessions: Path, *, make: bool = True) -> Iterator[None]:
    """Keep servers out of a folder. Raises FolderBusy."""
    if not (make or sessions.is_dir()):
        yield
        return
    folder = JournalFolder(sessions)
    folder.hold()
    try:
        yield
    finally:
        folder.release()


def _moved(old: Path, new: Path) -> list[Path]:
    """Move what is in `old`; return what could not be, since `new` has it already. Raises OSError."""
    new.mkdir(parents=True, exist_ok=True)
    _fold_logs(old)
    stayed = (
        _moved(old / QUARANTINE, new / QUARANTINE)
        if all((each / QUARANTINE).is_dir() for each in (old, new))
        else []
    )
    taken = {path.stem for path in new.glob("*.db")}
    return stayed + [entry for entry in sorted(_wanted(old)) if not _taken_over(entry, new, taken)]


def _fold_logs(old: Path) -> None:
    """Checkpoint the write-ahead logs, so that each journal is one file."""
    folder = JournalFolder(old)
    for code in folder.codes():
        try:
            with closing(folder.open(code)):
                pass
        except Damaged:
            continue  # moved as it is, log included


def _taken_over(entry: Path, new: Path, taken: set[str]) -> bool:
    target = new / entry.name
    if entry.name.endswith(UNWANTED):
        entry.unlink()
        return True
    if entry.name == ERASED:
        _append(entry, target)
        return True
    if entry.name.partition(".")[0] in taken or (target.exists() and not _same(entry, target)):
        return False
    _carry(entry, target)
    return True


def _same(entry: Path, target: Path) -> bool:
    return entry.is_file() and target.is_file() and entry.read_bytes() == target.read_bytes()


def _append(entry: Path, target: Path) -> None:
    """Append the old folder's erasure log to the new one, so that restores respect both."""
    with target.open("a", encoding="utf-8") as file:
        file.write(entry.read_text(encoding="utf-8"))
        file.flush()
        os.fsync(file.fileno())
    target.chmod(0o600)
    entry.unlink()


def _carry(entry: Path, target: Path) -> None:
    """Rename; across disks, copy under a temporary name first."""
    try:
        entry.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        arriving = target.with_name(f"{ARRIVING}{target.name}")
        if entry.is_dir():
            shutil.copytree(entry, arriving, dirs_exist_ok=True)
            arriving.replace(target)
            shutil.rmtree(entry)
            return
        shutil.copy2(entry, arriving)
        with arriving.open("rb") as file:
            os.fsync(file.fileno())
        arriving.replace(target)
        entry.unlink()


def _wanted(folder: Path) -> Iterator[Path]:
    for entry in folder.iterdir() if folder.is_dir() else ():
        emptied = entry.name == QUARANTINE and not any(entry.iterdir())
        if entry.name != ".gitkeep" and not emptied and not entry.name.startswith(OF_A_SERVER):
            yield entry
