"""`atelier demo`: the server and its company in one process, and the addresses from which to watch or to facilitate."""

import re
import threading
import webbrowser

import click

from atelier.config import Config
from atelier.rehearsal.company import Company
from atelier.rehearsal.play import Cue
from atelier.serving import serve_forever

PHASES = {
    "missions": "remits",
    "articulations": "articulations",
    "restitution": "report-back",
    "synthese": "synthesis",
}
"""As one types them, and as the journal calls them."""


def rehearse(config: Config, speed: float, opened: bool, until: str = "") -> None:
    """Serve and play until told to stop; the workshop stays to be looked at after the last act.

    `speed`: 60 plays an hour in a minute, 0 does not wait. `until`: the phase from which on somebody else
    facilitates, "" for none.
    """
    serve_forever(
        config,
        lambda: threading.Thread(target=_play, args=(config, speed, opened, until), daemon=True).start(),
    )


def facilitators_link(company: Company) -> str:
    """Return a link by which somebody else may facilitate what the company plays."""
    company.desk.post(f"/animer/{company.code}/cles", {"holder": "facilitator"})
    page = company.desk.get(f"/animer/{company.code}/pret")
    links = re.findall(r'value="(http[^"]*/animer/[^"]*\?cle=[^"]*)"', page)
    return str(links[-1])


def _play(config: Config, speed: float, opened: bool, until: str) -> None:
    here = f"http://localhost:{config.port}"
    company = Company(here, config.create_key)
    desk = here + "/animer/" + facilitators_link(company).partition("/animer/")[2]
    click.echo("La répétition commence. Pour l’arrêter : Ctrl + C.")
    click.echo(f"  Poste d’animation  {desk}")
    click.echo(f"  Écran à projeter   {here}/ecran/{company.code}  (après avoir ouvert le poste d’animation)")
    click.echo(f"  Participer aussi   {here}/r/{company.code}")
    if opened:
        webbrowser.open(desk)
    try:
        company.run(speed, lambda cue: _opens(cue, until))
        if until:
            click.echo(
                f"À vous d’animer : ouvrez « {until.capitalize()} » au poste d’animation, les groupes suivront."
            )
            company.follow(speed)
        _conclude(company)
    except Exception as error:
        click.echo(f"La répétition s’est arrêtée : {error}", err=True)
        raise


def _opens(cue: Cue, phase: str) -> bool:
    return cue.command == "open-phase" and cue.fields["phase"] == PHASES.get(phase)


def _conclude(company: Company) -> None:
    wrong = company.differences()
    for sentence in company.refused:
        click.echo(f"  Refusé : {sentence}")
    for who, found in wrong.items():
        click.echo(f"  Différent du journal : {who} ({', '.join(found)})")
    same = "tous montrent" if not wrong else f"{len(company.phones) - len(wrong)} seulement montrent"
    click.echo(
        f"La répétition est finie : {company.saved()} actes confirmés sur {len(company.phones)} écrans, "
        f"{same} exactement ce que dit le journal. Tout reste à regarder."
    )
