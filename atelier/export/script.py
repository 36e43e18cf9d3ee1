"""The facilitator's script on paper: what to say and what groups do, phase by phase, with the hour of each."""

import datetime as dt
from collections.abc import Iterator

from atelier.domain.doctrine import Doctrine, Script
from atelier.domain.setup import Setup
from atelier.domain.values import Phase
from atelier.export.minutes import Block, Minutes
from atelier.export.report import Frame
from atelier.local_time import STARTS, is_hour
from atelier.wording import plural

SCRIPT = "deroule"
_CHECKED = (
    "Sur chaque table\u00a0: son panneau avec le QR code, sa feuille vierge, de quoi écrire.",
    "À l’entrée\u00a0: l’affiche avec le code\u202f; sur une table, la notice sur les données.",
    "L’ordinateur sur le secteur, l’écran étendu vers le vidéoprojecteur, un téléphone essayé.",
)


def script_of(setup: Setup, doctrine: Doctrine, frame: Frame, starts: str = STARTS) -> Minutes:
    """Return the script as running text; `starts`: the hour, « 14:00 », else `STARTS`."""
    return Minutes(
        format="minutes-pdf",
        title=setup.title,
        subtitle=" · ".join(filter(None, ("Déroulé pour l’animation", frame.occasion))),
        organiser=setup.organiser,
        foot=f"{frame.made} · Atelier {frame.code}",
        blocks=tuple(_blocks(setup, doctrine, _hour(starts))),
    )


def _hour(text: str) -> dt.datetime:
    given = text if is_hour(text) else STARTS
    return dt.datetime(2000, 1, 1, int(given[:2]), int(given[3:5]), tzinfo=dt.UTC)


def _blocks(setup: Setup, doctrine: Doctrine, starts: dt.datetime) -> Iterator[Block]:
    ends = starts + dt.timedelta(minutes=setup.duration)
    people = f"{plural(len(setup.groups), 'groupe')}, {setup.expected}\u00a0personnes attendues"
    yield Block(
        kind="text",
        text=f"De {_told(starts)} à {_told(ends)}\u00a0: {_lasting(setup.duration)} en tout, sans l’accueil. {people}.",
    )
    timed = list(_timed(setup, doctrine, starts))
    heads = ("Heure", "Étape", "Durée")
    rows = ((at, script.title, lasting) for script, at, lasting in timed)
    yield Block(kind="table", rows=(heads, *rows), widths=(22, 48, 30))
    yield Block(kind="heading", text="Avant que la salle n’arrive")
    yield Block(kind="bullets", rows=tuple((each,) for each in _CHECKED))
    for script, at, lasting in timed:
        yield from _phase(script, at, lasting)
    yield Block(kind="box", text="Notes")


def _timed(setup: Setup, doctrine: Doctrine, starts: dt.datetime) -> Iterator[tuple[Script, str, str]]:
    at = starts
    for phase in Phase:
        minutes = setup.planned(phase)
        ends = at + dt.timedelta(minutes=minutes)
        if phase is Phase.WELCOME and not minutes:
            hours = f"avant {_told(at)}"
        else:
            hours = f"{_told(at)} – {_told(ends)}" if minutes else _told(at)
        each = setup.minutes[phase]
        shared = f" ({len(setup.groups)} × {each}\u00a0min)" if minutes != each else ""
        yield doctrine.script(phase), hours, f"{_lasting(minutes)}{shared}" if minutes else "sans minuteur"
        at = ends


def _phase(script: Script, hours: str, lasting: str) -> Iterator[Block]:
    yield Block(kind="heading", text=f"{script.title} · {hours} · {lasting}")
    yield Block(kind="text", text=script.purpose)
    for title, told in (("À dire", script.say), ("Les groupes", script.groups_do)):
        if told:
            yield Block(kind="heading", level=2, text=title)
            yield Block(kind="bullets", rows=tuple((each,) for each in told))


def _told(at: dt.datetime) -> str:
    return f"{at.hour}\u00a0h\u00a0{at.minute:02}"


def _lasting(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours}\u00a0h\u00a0{rest:02}" if hours else f"{rest}\u00a0min"
