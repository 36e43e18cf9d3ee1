"""`atelier demo`: the server and its company in one process, and the addresses from which to watch."""

import re
import threading
import webbrowser

import click

from atelier.config import Config
from atelier.rehearsal.company import Company
from atelier.serving import serve_forever


def rehearse(config: Config, speed: float, opened: bool) -> None:
    """Serve and play until told to stop; the workshop stays to be looked at after the last act."""
    serve_forever(
        config, lambda: threading.Thread(target=_play, args=(config, speed, opened), daemon=True).start()
    )


def facilitators_link(company: Company) -> str:
    """Return a link by which somebody else may facilitate what the company plays."""
    company.desk.post(f"/animer/{company.code}/cles", {"holder": "facilitator"})
    page = company.desk.get(f"/animer/{company.code}/pret")
    links = re.findall(r'value="(http[^"]*/animer/[^"]*\?cle=[^"]*)"', page)
    return str(links[-1])


def _play(config: Config, speed: float, opened: bool) -> None:
    here = f"http://localhost:{config.port}"
    company = Company(here, config.create_key)
    desk = here + "/animer/" + facilitators_link(company).partition("/animer/")[2]
    click.echo("La répétition commence. Pour l’arrêter : Ctrl + C.")
    click.echo(f"  Poste d’animation  {desk}")
    click.echo(f"  Écran à projeter   {here}/ecran/{company.code}  (après avoir ouvert le poste d’animation)")
    click.echo(f"  Participer aussi   {here}/r/{company.code}")
    if opened:
        webbrowser.open(desk)
    company.run(speed)
    click.echo("La répétition est finie ; tout reste à regarder.")
