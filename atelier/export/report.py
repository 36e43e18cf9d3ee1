"""The content of a document as plain data, decided before any layout."""

from dataclasses import asdict, dataclass
from typing import Any

from atelier import pole_css
from atelier.domain.doctrine import Doctrine
from atelier.domain.state import Decision, Workshop
from atelier.export.overview import Overview, overview_of
from atelier.export.sheets import Pages, SheetReport, sheet_of
from atelier.export.votes import VoteReport, vote_of
from atelier.local_time import day_at, zone_of
from atelier.movement import Followed, followed
from atelier.wording import code_text, date_text, decision_more, due_text, plural, source_text, time_text

WHOLE, SHEET = "ensemble", "groupe"
PAPERS = ("a3", "a4")
LAYOUTS = ("suite", "dessous")
"""Where a sheet has its initiatives: on the next page, or below each action."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionReport:
    """What the room settled on: quoi, qui, échéance; `more`: how far it has come, its stake, where it comes from."""

    what: str
    who: str
    due: str
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What every page says around the sheets: where and when, by whom, how to read, where the words come from."""

    title: str
    document_title: str
    code: str
    occasion: str
    organiser: str
    source: str
    made: str
    frequency: str
    continuum: str
    instructions: tuple[str, ...]
    fs_name: str
    fs_remit: str
    cn_name: str
    cn_remit: str
    scale: tuple[str, ...]
    css: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One document: `ensemble` or `groupe-N`. `overview`, `vote` and `decisions` only in the whole."""

    wanted: str
    paper: str
    layout: str
    frame: Frame
    sheets: tuple[SheetReport, ...]
    overview: Overview | None
    vote: VoteReport | None
    decisions: tuple[DecisionReport, ...]
    followed: tuple[DecisionReport, ...]
    numbers: str

    def as_json(self) -> dict[str, Any]:
        """Return the report as what `json.dumps` takes."""
        return asdict(self) | {"format": "pdf"}


def group_document(number: int) -> str:
    """Return the name of the document of the group `number`: `groupe-2`."""
    return f"{SHEET}-{number}"


def documents(state: Workshop) -> tuple[str, ...]:
    """Return the names of all the sheets of a workshop."""
    return (WHOLE, *(group_document(group.number) for group in state.groups))


def build(
    code: str, state: Workshop, doctrine: Doctrine, at: int, wanted: str, paper: str, layout: str = LAYOUTS[0]
) -> Report:
    """Return the report `wanted`. Raises LookupError for a document, a paper or a layout that does not exist."""
    if wanted not in documents(state) or paper not in PAPERS or layout not in LAYOUTS:
        raise LookupError(f"{wanted} {paper} {layout}")
    pages = Pages(doctrine=doctrine, paper=paper)
    whole = wanted == WHOLE
    decisions = state.decisions.values() if whole else ()
    return Report(
        wanted=wanted,
        paper=paper,
        layout=layout,
        frame=frame_of(code, state, doctrine, at, _document_name(state, wanted)),
        sheets=_sheets(state, pages, wanted),
        overview=overview_of(state, pages) if whole else None,
        vote=vote_of(state, doctrine) if whole else None,
        decisions=tuple(_decision(state, each) for each in decisions),
        followed=tuple(map(_followed, followed(state) if whole else ())),
        numbers=_numbers(state) if whole else "",
    )


def _followed(each: Followed) -> DecisionReport:
    """Of the last time: how far it has come stands where the date is."""
    return DecisionReport(
        what=each.decision.what, who=each.decision.who, due=each.words, more=due_text(each.decision)
    )


def _decision(state: Workshop, decision: Decision) -> DecisionReport:
    more = filter(None, (decision_more(decision), source_text(state, decision)))
    return DecisionReport(what=decision.what, who=decision.who, due=due_text(decision), more=" · ".join(more))


def _sheets(state: Workshop, pages: Pages, wanted: str) -> tuple[SheetReport, ...]:
    return tuple(
        sheet_of(state, group, pages)
        for group in state.groups
        if wanted in (WHOLE, group_document(group.number))
    )


def frame_of(code: str, state: Workshop, doctrine: Doctrine, at: int, document: str) -> Frame:
    """Return what every page says around the sheets; `document`: its name in the title of the file."""
    setup = state.prepared
    day, zone = date_text(setup.date), zone_of(setup)
    return Frame(
        title=setup.title,
        document_title=" — ".join(filter(None, (setup.title, document, setup.place, day))),
        code=code_text(code),
        occasion=" · ".join(filter(None, (setup.place, setup.territory, day))),
        organiser=setup.organiser,
        source=doctrine.source,
        made=f"Document produit le {date_text(day_at(at, zone).isoformat())} à {time_text(at, zone)}",
        frequency=doctrine.frequency,
        continuum=doctrine.continuum,
        instructions=doctrine.instructions,
        fs_name=doctrine.fs.name,
        fs_remit=doctrine.fs.remit,
        cn_name=doctrine.cn.name,
        cn_remit=doctrine.cn.remit,
        scale=doctrine.scale,
        css=pole_css.for_paper(doctrine),
    )


def _document_name(state: Workshop, wanted: str) -> str:
    names = {WHOLE: "Tous les groupes"}
    names |= {group_document(group.number): group.name for group in state.groups}
    return names[wanted]


def _numbers(state: Workshop) -> str:
    initiatives = sum(
        initiative.visible
        for group in state.groups
        for line in group.lines.values()
        if not line.gone
        for initiative in line.initiatives.values()
    )
    people = sum(1 for _ in state.present())
    counts = [plural(len(state.groups), "groupe"), plural(initiatives, "initiative")]
    return " · ".join([*counts, plural(people, "personne")] if people else counts)
