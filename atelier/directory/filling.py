"""Fill a page « Qui fait quoi ? »: doors of a doctrine, what a workshop agreed, places under their doors.

No words of a participant are copied: what is on the page outlives the workshop, and their erasure.
"""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from atelier.directory.page import BOTH, CN, FS, NEITHER, UNDECIDED, Dated, Door, Page, Task
from atelier.directory.place import Place
from atelier.domain.doctrine import Doctrine, SheetAction
from atelier.domain.state import Decision, Workshop
from atelier.domain.synthesis import Verdict, overlay
from atelier.domain.values import DecisionStatus, Side
from atelier.wording import date_text

TITLE = "Qui fait quoi\u202f?"
_FILE = Path(__file__).parent / "doors.toml"
_ALONE = (FS, CN, "autre")
"""The doors of a doctrine that names none: one a scheme, one for the rest."""
_WHO = {
    Verdict.SHARED: BOTH,
    Verdict.RATHER_FS: FS,
    Verdict.MOSTLY_FS: FS,
    Verdict.RATHER_CN: CN,
    Verdict.MOSTLY_CN: CN,
    Verdict.SOMETIMES_BOTH: BOTH,
    Verdict.SOMETIMES_FS: FS,
    Verdict.SOMETIMES_CN: CN,
    Verdict.RARE_BOTH: NEITHER,
}
"""Who does what a verdict says; the others say nothing until somebody decides."""
_SOMETIMES = (Verdict.SOMETIMES_BOTH, Verdict.SOMETIMES_FS, Verdict.SOMETIMES_CN)
_SECOND = {Verdict.RATHER_FS: CN, Verdict.RATHER_CN: FS}
"""The scheme that does now and then what the other does regularly."""


def blank_page(doctrine: Doctrine, actions: Iterable[SheetAction] = ()) -> Page:
    """Return a page of this doctrine on which nothing is decided."""
    lines = tuple(actions) or doctrine.actions
    return Page(
        title=TITLE, territory="", organiser="", doctrine=doctrine.slug,
        poles=(doctrine.fs.name, doctrine.cn.name), colours=(doctrine.fs.colour, doctrine.cn.colour),
        offers=(_missions(doctrine, Side.FRANCE_SERVICES), _missions(doctrine, Side.CONSEILLER_NUMERIQUE)),
        doors=_doors(doctrine),
        tasks=tuple(_task(doctrine, each) for each in lines),
    )  # fmt: skip


def page_of_workshop(state: Workshop, doctrine: Doctrine) -> Page:
    """Return the page that a workshop fills: what its groups agree on, its decisions, when it meets again."""
    setup, blank = state.prepared, blank_page(doctrine, state.prepared.actions)
    rows = zip(blank.tasks, setup.actions, overlay(state), strict=True)
    return replace(
        blank,
        territory=setup.territory or setup.place, organiser=setup.organiser,
        tasks=tuple(
            _decided(doctrine, task, row.verdict) for task, _, row in rows if row.verdict is not Verdict.SET_ASIDE
        ),
        dates=tuple(_dates(state)),
        origin=f"Établi d’après l’atelier «\u00a0{setup.title}\u00a0» du {date_text(setup.date)}",
    )  # fmt: skip


def quoted(state: Workshop) -> list[Decision]:
    """Return the decisions that are somebody’s own words: not copied, for they may be erased."""
    return [each for each in state.decisions.values() if each.quoted and _stands(each)]


def placed(page: Page, places: Iterable[Place]) -> Page:
    """Return the page with these places; those that stand under no door get the doors that their topics lead to."""
    rules = _rules(page.doctrine)
    return replace(
        page, places=tuple(each if each.doors else each.under(_doors_of(each, rules)) for each in places)
    )


def _missions(doctrine: Doctrine, side: Side) -> tuple[str, ...]:
    return tuple(each.text for each in doctrine.missions if each.side is side)


@cache
def _known() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def _rules(doctrine: str) -> list[dict[str, Any]]:
    rules: list[dict[str, Any]] = _known().get(doctrine, {}).get("doors", [])
    return rules


def _doors(doctrine: Doctrine) -> tuple[Door, ...]:
    rules = _rules(doctrine.slug)
    if rules:
        return tuple(Door(id=each["id"], title=each["title"], about=each["about"]) for each in rules)
    wanted = (doctrine.fs.remit, doctrine.cn.remit)
    own = [f"La personne cherche\u00a0: {remit}" for remit in wanted]
    return tuple(Door(id=n, title=title) for n, title in zip(_ALONE, [*own, "Autre besoin"], strict=True))


def _task(doctrine: Doctrine, action: SheetAction) -> Task:
    said = _known().get(doctrine.slug, {}).get("said", {})
    door = next((each["id"] for each in _rules(doctrine.slug) if action.id in each["actions"]), "")
    return Task(id=action.id, text=said.get(action.id, action.told), door=door)


def _decided(doctrine: Doctrine, task: Task, verdict: Verdict) -> Task:
    who, sometimes = _WHO.get(verdict, UNDECIDED), doctrine.scale[2]
    often = sometimes if verdict in _SOMETIMES else ""
    if second := _SECOND.get(verdict):
        often = f"{doctrine.fs.name if second == FS else doctrine.cn.name}\u00a0: {sometimes}"
    door = task.door or (who if who in _ALONE else _ALONE[-1] if not _rules(doctrine.slug) else "")
    return replace(task, who=who, often=often, door=door)


def _stands(decision: Decision) -> bool:
    return decision.status is not DecisionStatus.DROPPED


def _dates(state: Workshop) -> Iterator[Dated]:
    for each in state.decisions.values():
        if _stands(each) and not each.quoted:
            yield Dated(id=each.id, what=each.what, on=each.due_on)
    if state.next_meeting.on:
        about = state.next_meeting.about
        words = f"Prochaine rencontre\u00a0: {about}" if about else "Prochaine rencontre"
        yield Dated(id="suite", what=words, on=state.next_meeting.on)


def _doors_of(place: Place, rules: list[dict[str, Any]]) -> tuple[str, ...]:
    named = {topic for rule in rules for topic in rule.get("topics", ())}
    others = set(place.topics) - named
    return tuple(
        rule["id"]
        for rule in rules
        if set(rule.get("topics", ())) & set(place.topics)
        or set(rule.get("networks", ())) & set(place.networks)
        or (rule.get("others") and others)
    )
