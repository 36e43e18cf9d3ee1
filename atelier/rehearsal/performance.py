"""The company's own process: plays for the server that started it, says where to watch, ends when that server does."""

import json
import os
import re
import signal
import sys
import threading
import webbrowser
from typing import NamedTuple

import click

from atelier.rehearsal.company import Company
from atelier.rehearsal.play import Cue
from atelier.web.addresses import Addresses

PHASES = {
    "cadres": "remits",
    "articulations": "articulations",
    "restitution": "report-back",
    "synthese": "synthesis",
}
"""As one types them, and as the journal calls them."""

ENOUGH = "enough"
"""The last word of a server that ends as it should."""

FAILED = 3
"""The exit status after the sentence that says what went wrong."""


class Part(NamedTuple):
    """What the company is told: `speed` 60 plays an hour in a minute; `until` is a key of `PHASES`, or ""."""

    port: int
    create_key: str
    speed: float
    opened: bool
    until: str


def main() -> None:
    """Read the part on standard input and play it; end with that input."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl + C is for the server, whose end is ours
    part = Part(**json.loads(sys.stdin.readline()))
    threading.Thread(target=_play_or_say, args=(part,), daemon=True).start()
    if sys.stdin.read().strip() != ENOUGH:
        click.echo("Le serveur s’est arrêté d’un coup : la répétition aussi.", err=True)
    os._exit(0)  # whatever thread still waits for an answer


def facilitators_link(company: Company) -> str:
    """Return a link by which somebody else may facilitate what the company plays."""
    company.desk.post(f"/animer/{company.code}/cles", {"holder": "facilitator"})
    page = company.desk.get(f"/animer/{company.code}/pret")
    links = re.findall(r'value="(http[^"]*/animer/[^"]*\?cle=[^"]*)"', page)
    return str(links[-1])


def _play_or_say(part: Part) -> None:
    try:
        _play(part)
    except Exception as error:
        click.echo(f"La répétition s’est arrêtée : {error} L’Atelier tourne encore.", err=True)
        os._exit(FAILED)


def _play(part: Part) -> None:
    here = f"http://localhost:{part.port}"
    company = Company(here, part.create_key)
    desk = here + "/animer/" + facilitators_link(company).partition("/animer/")[2]
    click.echo("La répétition commence. Pour l’arrêter : Ctrl + C.")
    click.echo(f"  Poste d’animation  {desk}")
    click.echo(f"  Écran à projeter   {here}/ecran/{company.code}  (après avoir ouvert le poste d’animation)")
    click.echo(f"  Participer aussi   {here}/r/{company.code}")
    click.echo(f"  … sur un téléphone {Addresses('', part.port).join(company.code)}")
    if part.opened:
        webbrowser.open(desk)
    company.run(part.speed, lambda cue: _opens(cue, part.until))
    if part.until:
        click.echo(
            f"À vous d’animer : ouvrez « {part.until.capitalize()} » au poste d’animation, les groupes suivront."
        )
        company.follow(part.speed)
    _conclude(company)


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


if __name__ == "__main__":
    main()
