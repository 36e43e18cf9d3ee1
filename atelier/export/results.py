"""The results as one page without names, for a browser with or without a server: no script, no request, printable."""

import base64
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from atelier import pole_css
from atelier.domain.doctrine import Doctrine
from atelier.domain.retention import erased_on
from atelier.domain.selectors import by_support, lines, shared_missions, trades
from atelier.domain.state import Group, Line, Workshop
from atelier.domain.synthesis import overlay
from atelier.domain.values import DecisionStatus, Side, Trade
from atelier.export.plain import PlainText
from atelier.export.sheets import arms
from atelier.export.votes import vote_of
from atelier.local_time import day_at, zone_of
from atelier.marks import MARKS
from atelier.movement import followed
from atelier.verdicts import HOW, HOW_TITLE, reading_of, shorter
from atelier.wording import (
    date_text,
    decision_status,
    due_text,
    meeting_text,
    notes_of,
    plural,
    side_name,
    trade_name,
)

ATELIER = Path(__file__).resolve().parent.parent
_STYLES = ("base/tokens.css", "print/results.css")
_FONTS = {weight: f"atkinson-hyperlegible-next-5.3.0-french-{weight}.woff2" for weight in (400, 700)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one group says of an action: its reaches (None: nobody answered, or not placed) and their words."""

    number: int
    name: str
    fs: int | None
    cn: int | None
    fs_words: str
    cn_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An initiative and where it comes from."""

    text: str
    group: str
    supports: int
    star: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionResult:
    """An action of the sheet, or one that a group added: what the groups say, their initiatives."""

    title: str
    label: str
    word: str
    kind: str
    sentence: str
    moved: str
    said: tuple[Said, ...]
    written: tuple[Written, ...]


def results_of(state: Workshop, doctrine: Doctrine, at: int) -> PlainText:
    """Return the whole page as HTML; `at`: when it is made, in Unix ms. Neither participants nor « Qui » are in it."""
    setup = state.prepared
    page = _environment().get_template("results.html")
    kept = [each for each in state.decisions.values() if each.status is not DecisionStatus.DROPPED]
    return PlainText(
        text=page.render(
            setup=setup, doctrine=doctrine, style=Markup(f"<style>{style()}{pole_css.for_paper(doctrine)}</style>"),  # noqa: S704 - ours
            decisions=kept, followed=followed(state), due_text=due_text,
            decision_status=decision_status, meeting=meeting_text(state),
            occasion=" · ".join(filter(None, (setup.place, setup.territory, date_text(setup.date)))),
            numbers=_numbers(state, doctrine), actions=_actions(state, doctrine), missions=_missions(state, doctrine),
            vote=vote_of(state, doctrine),
            notes=[(group.name, notes_of(group)) for group in state.groups if notes_of(group)],
            how_title=HOW_TITLE, how=HOW, marks=MARKS, plural=plural,
            made=date_text(day_at(at, zone_of(setup)).isoformat()), until=date_text(erased_on(setup).isoformat()),
        )
    )  # fmt: skip


@cache
def style() -> str:
    """Return the style of the page, fonts included."""
    css = ATELIER / "static" / "css"
    return "\n".join([*fonts(), *((css / name).read_text(encoding="utf-8") for name in _STYLES)])


def fonts() -> list[str]:
    """Return the rules that bring both weights of the font inside a page."""
    return [
        f'@font-face{{font-family:"Atkinson Hyperlegible Next";font-weight:{weight};'
        f"src:url(data:font/woff2;base64,{_encoded(name)})}}"
        for weight, name in _FONTS.items()
    ]


def _encoded(name: str) -> str:
    return base64.b64encode((ATELIER / "static" / "fonts" / name).read_bytes()).decode()


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(ATELIER / "templates" / "print"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _numbers(state: Workshop, doctrine: Doctrine) -> list[str]:
    people = trades(state)
    told = sum(len(by_support(line)) for group in state.groups for line in lines(group))
    counts = [plural(len(state.groups), "groupe"), plural(told, "initiative")]
    return [
        *counts,
        *(f"{trade_name(trade, doctrine)}\u00a0: {people[trade]}" for trade in Trade if people[trade]),
    ]


def _actions(state: Workshop, doctrine: Doctrine) -> list[ActionResult]:
    found = []
    for number, (action, row) in enumerate(zip(state.prepared.actions, overlay(state), strict=True), start=1):
        reading = reading_of(state, row, doctrine)
        pairs = list(zip(state.groups, row.lines, strict=True))
        found.append(ActionResult(
            title=f"{number}. {action.told}", label=action.label if action.label != action.told else "",
            word=reading.word, kind=reading.kind, sentence=shorter(state, doctrine, row, reading.sentence),
            moved=reading.moved, said=tuple(_said(group, line, doctrine) for group, line in pairs),
            written=tuple(each for group, line in pairs for each in _written(group, line)),
        ))  # fmt: skip
    return [*found, *_own(state, doctrine)]


def _own(state: Workshop, doctrine: Doctrine) -> list[ActionResult]:
    own = [(group, line) for group in state.groups for line in lines(group) if line.free]
    return [
        ActionResult(
            title=line.action.label, label=f"Ajoutée par {group.name}", word="", kind="", sentence="", moved="",
            said=(_said(group, line, doctrine),), written=tuple(_written(group, line)),
        )
        for group, line in own
    ]  # fmt: skip


def _said(group: Group, line: Line, doctrine: Doctrine) -> Said:
    fs_words, cn_words = arms(line, doctrine)
    placed = line.placement
    return Said(
        number=group.number, name=group.name, fs=placed.fs if placed else None, cn=placed.cn if placed else None,
        fs_words=fs_words, cn_words=cn_words,
    )  # fmt: skip


def _written(group: Group, line: Line) -> list[Written]:
    return [
        Written(text=each.text, group=group.name, supports=len(each.supporters), star=each.highlighted)
        for each in by_support(line)
    ]


def _missions(state: Workshop, doctrine: Doctrine) -> list[tuple[str, list[str]]]:
    return [(side_name(side, doctrine), [text for text, _ in shared_missions(state, side)]) for side in Side]
