"""`check`: what this machine has and lacks, a line each, with what to do about it."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click

from atelier.access.addresses import Addresses
from atelier.cli.common import cannot_listen, configured, main, opened, running, why
from atelier.cli.firewall import firewall_advice
from atelier.cli.synchronisation import warnings
from atelier.config import Config
from atelier.export.failures import pango_advice
from atelier.retention.purge import doubts
from atelier.storage import DatabaseUnusable
from atelier.web.http import sentences
from atelier.wording import card_reason, date_doubt

FREE_MB = 500
FONTS = Path(__file__).resolve().parent.parent / "static" / "fonts"


class Found(NamedTuple):
    """One line. `good`: None for what is only good to know."""

    good: bool | None
    what: str

    def line(self) -> str:
        """The line as it is printed: a sign, and the same in words."""
        sign = {True: "✓ bon      ", False: "✗ à régler ", None: "• à savoir "}[self.good]
        return f"{sign} {self.what}"


@main.command()
@click.option("--port", help="Port (ATELIER_PORT ; 8000 par défaut).")
@click.option("--phone", is_flag=True, help="Essayer avec un téléphone : affiche un QR code et l’attend.")
@click.option("--wait", default=120, show_default=True, help="Secondes d’attente du téléphone.")
def check(port: str | None, phone: bool, wait: int) -> None:
    """Dire ce qui manque à cet ordinateur pour animer un atelier."""
    config = configured(port=port)
    found = []
    for each in everything(config):
        click.echo(each.line())
        found.append(each)
    if phone:
        from atelier.cli.phone_trial import tried

        found.append(Found(*tried(config, wait)))
        click.echo(found[-1].line())
    lacking = sum(each.good is False for each in found)
    click.echo("Tout est prêt." if not lacking else f"À régler : {lacking}.")
    sys.exit(1 if lacking else 0)


def everything(config: Config) -> Iterator[Found]:
    """Run every check; yield a result each."""
    yield pdf()
    yield fonts()
    yield port_free(config)
    yield database(config) if config.database_url else room(config.sessions)
    yield room(config.exports)
    for harms, sentence in warnings(config):
        yield Found(False if harms else None, f"Synchronisation : {sentence}")
    yield from address(config)
    for doubt in () if config.database_url else doubts(config.sessions):
        yield Found(False, f"Date : {date_doubt(*doubt)}")
    if config.hides_people:
        yield Found(False, f"Proxy : {sentences.PROXY_UNNAMED}")
    yield Found(None, firewall_advice(config.port))


def pdf() -> Found:
    """Check that WeasyPrint renders a page."""
    try:
        from weasyprint import HTML  # type: ignore[import-untyped]

        drawn = HTML(string="<p>Élodie, près de l’écran</p>").write_pdf()
    except Exception as error:  # a missing library shows in many ways
        return Found(
            False, f"PDF : il manque Pango, le reste marche. {pango_advice()} ({type(error).__name__})"
        )
    return Found(drawn.startswith(b"%PDF"), "PDF : une page d’essai est prête")


def fonts() -> Found:
    """Check that the two fonts of pages and PDF are there."""
    lacking = [weight for weight in ("400", "700") if not list(FONTS.glob(f"*{weight}.woff2"))]
    if lacking:
        return Found(False, "Police : il manque Atkinson Hyperlegible Next ; réinstallez l’Atelier")
    return Found(True, "Police : Atkinson Hyperlegible Next est là")


def port_free(config: Config) -> Found:
    """Try to bind the port; when it is taken, ask whether an Atelier answers there."""
    from atelier.serving.listening import CannotListen, PortTaken, close, listen

    try:
        close(listen(config.host, config.port))
    except CannotListen as no:
        if isinstance(no, PortTaken) and running(config.port):
            return Found(True, f"Port {config.port} : l’Atelier y tourne déjà")
        return Found(False, cannot_listen(config, no))
    return Found(True, f"Port {config.port} : libre")


def room(folder: Path) -> Found:
    """Check that a folder, or its nearest parent, is writable and has space left."""
    place = next(each for each in (folder, *folder.parents) if each.exists())
    try:
        with tempfile.TemporaryFile(dir=place) as file:
            file.write(b"atelier")
    except OSError as error:
        return Found(False, f"Dossier {folder} : on ne peut pas y écrire ({why(error)})")
    free = shutil.disk_usage(place).free // 1_000_000
    left = f"{free / 1000:.0f} Go libres" if free > 10_000 else f"{free} Mo libres"
    if free < FREE_MB:
        return Found(False, f"Dossier {folder} : {left} seulement ; il en faut {FREE_MB} Mo")
    return Found(True, f"Dossier {folder} : on peut y écrire, {left}")


def database(config: Config) -> Found:
    """Check that the database answers and can be written."""
    try:
        storage = opened(config, read_only=True)
    except DatabaseUnusable as no:
        return Found(False, f"Base de données : {no}")
    cause = storage.store.obstacle()
    if cause:
        return Found(False, f"Base de données : on ne peut pas y écrire ({why(cause)})")
    return Found(True, "Base de données : elle répond, on peut y écrire")


def address(config: Config) -> Iterator[Found]:
    """Say under which address phones will find this machine, and under which others they might."""
    addresses = Addresses(config)
    base, reach = addresses.base(), addresses.reach()
    if reach.only_here:
        yield Found(False, "Adresse : l’Atelier n’écouterait que cet ordinateur ; retirez ATELIER_HOST")
    elif not base:
        yield Found(
            False, "Adresse : cet ordinateur n’est relié à aucun réseau ; joignez le Wi-Fi de la salle"
        )
    elif reach.used is None:
        yield Found(True, f"Adresse pour les téléphones : {base}")
    else:
        used = reach.used
        told = f"Adresse pour les téléphones : {base}, « {used.card} » ({card_reason(used.reason.name)})"
        unlikely = " ; ils ne l’atteindront sans doute pas : Wi-Fi relié ? VPN coupé ?"
        yield Found(used.reason.likely, told + ("" if used.reason.likely else unlikely))
    others = [f"{each.address} (« {each.card} »)" for each in reach.candidates if each != reach.used]
    if others:
        yield Found(None, f"Autres adresses, à choisir dans « Inviter » : {', '.join(others)}")
