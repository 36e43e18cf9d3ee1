"""A draft of the charter between the two networks: blocks for a word processor, with boxes for what nobody said yet."""

from collections.abc import Iterator

from atelier.domain.doctrine import Doctrine
from atelier.domain.selectors import shared_missions
from atelier.domain.state import Workshop
from atelier.domain.synthesis import SAYS, overlay
from atelier.domain.values import DecisionStatus, NoteKind, Side
from atelier.export.minutes import TO_COMPLETE, Block, Minutes
from atelier.local_time import day_at, zone_of
from atelier.verdicts import HOW, HOW_TITLE, reading_of
from atelier.wording import code_text, date_text, due_text, meeting_text, verdict_name

_SIGNED = ("Nom et qualité", "Date et signature")
_RULES = (
    "Comment une personne passe d’un réseau à l’autre (rendez-vous pris, fiche de liaison, appel)",
    "Ce que l’on se dit d’une personne, avec son accord, et ce que l’on garde pour soi",
    "Qui prévenir quand un lieu ferme, déménage ou change d’horaires",
)
"""What a charter settles and a workshop does not ask."""


def charter_of(code: str, state: Workshop, doctrine: Doctrine, at: int) -> Minutes:
    """Return the draft; `at`: when it is made, in Unix ms."""
    setup = state.prepared
    made = date_text(day_at(at, zone_of(setup)).isoformat())
    return Minutes(
        format="docx",
        title=f"Charte entre les réseaux {doctrine.fs.name} et {doctrine.cn.name}",
        subtitle=" · ".join(filter(None, (setup.territory or setup.place, "projet à relire et à compléter"))),
        organiser=setup.organiser,
        foot=f"Projet établi le {made} d’après l’atelier {code_text(code)}",
        blocks=tuple(_blocks(state, doctrine)),
    )


def _blocks(state: Workshop, doctrine: Doctrine) -> Iterator[Block]:
    yield from _preamble(state)
    yield from _missions(state, doctrine)
    yield from _shared_rules(state, doctrine)
    yield from _agreements(state)
    yield from _engagements(state)
    yield from _life(state)
    yield from _signatures(doctrine)


def _preamble(state: Workshop) -> Iterator[Block]:
    setup = state.prepared
    where = f" ({setup.place})" if setup.place else ""
    yield Block(kind="heading", text="Préambule")
    yield Block(
        kind="text",
        text=f"Ce projet reprend ce que l’atelier «\u00a0{setup.title}\u00a0» du {date_text(setup.date)}{where} a dit. "
        "Il n’engage personne avant d’avoir été relu, complété et signé.",
    )
    yield _box("Pourquoi cette charte, pour quel territoire")


def _missions(state: Workshop, doctrine: Doctrine) -> Iterator[Block]:
    yield Block(kind="heading", text="Les missions de chaque réseau")
    titles = {Side.FRANCE_SERVICES: doctrine.fs.name, Side.CONSEILLER_NUMERIQUE: doctrine.cn.name}
    for side in Side:
        yield Block(kind="heading", level=2, text=titles.get(side, "Les deux réseaux"))
        rows = tuple((text,) for text, _ in shared_missions(state, side))
        yield Block(kind="bullets", rows=rows) if rows else _box("Missions")


def _shared_rules(state: Workshop, doctrine: Doctrine) -> Iterator[Block]:
    """Who does what: a rule where the groups agree, a line to fill where they do not."""
    yield Block(kind="heading", text="Qui fait quoi")
    rules = [("Action", "Règle commune")]
    for action, row in zip(state.prepared.actions, overlay(state), strict=True):
        agreed = row.verdict in SAYS
        word = reading_of(state, row, doctrine).word
        rules.append(
            (action.told, word if agreed else f"{verdict_name(row.verdict, doctrine)} · {TO_COMPLETE}")
        )
    yield Block(kind="table", rows=tuple(rules), widths=(42, 58))
    yield Block(kind="heading", level=2, text=HOW_TITLE)
    yield from (Block(kind="text", text=line) for line in HOW)


def _agreements(state: Workshop) -> Iterator[Block]:
    yield Block(kind="heading", text="Les règles que nous nous donnons")
    told = [
        (f"{group.noted(NoteKind.AGREEMENT)} ({group.name})",)
        for group in state.groups
        if group.noted(NoteKind.AGREEMENT)
    ]
    if told:
        yield Block(kind="bullets", rows=tuple(told))
    yield from (_box(rule) for rule in _RULES)


def _engagements(state: Workshop) -> Iterator[Block]:
    yield Block(kind="heading", text="Ce que nous décidons ensemble")
    kept = [each for each in state.decisions.values() if each.status is not DecisionStatus.DROPPED]
    if not kept:
        yield _box("Décisions")
        return
    rows = [("Quoi", "Qui", "Échéance")]
    rows += [(each.what, each.who or TO_COMPLETE, due_text(each) or TO_COMPLETE) for each in kept]
    yield Block(kind="table", rows=tuple(rows), widths=(48, 26, 26))


def _life(state: Workshop) -> Iterator[Block]:
    yield Block(kind="heading", text="Faire vivre la charte")
    if told := meeting_text(state):
        yield Block(kind="text", text=f"Prochaine rencontre\u00a0: {told}.")
    else:
        yield _box("Prochaine rencontre")
    yield _box("Qui suit la charte, quand nous la relisons ensemble")


def _signatures(doctrine: Doctrine) -> Iterator[Block]:
    yield Block(kind="heading", text="Signatures")
    heads = ("", f"Pour le réseau {doctrine.fs.name}", f"Pour le réseau {doctrine.cn.name}")
    yield Block(kind="table", rows=(heads, *((asked, "", "") for asked in _SIGNED)), widths=(24, 38, 38))


def _box(asked: str) -> Block:
    return Block(kind="box", text=f"{asked} · {TO_COMPLETE}")
