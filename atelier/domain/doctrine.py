"""The model of a doctrine: the sheet as data. Files in `atelier/doctrines/` are read by `doctrines/loading.py`."""

from dataclasses import dataclass

from atelier.domain.values import Phase, Side, word_number

CUT = "…"
"""How short words end that were cut from longer ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetAction:
    """A line of the sheet. `id` is the doctrine's slug, or one of its own for an added line: `[A-Za-z0-9_-]{1,40}`.

    `definition`: what it means; `reminder`: what to think of before doing it; `source`: where these come from.
    """

    id: str
    short: str
    label: str
    precision: str = ""
    examples: tuple[str, ...] = ()
    definition: str = ""
    reminder: str = ""
    source: str = ""

    @property
    def told(self) -> str:
        """The short words where they stand for the action; all of them where the short ones were cut."""
        return self.label if self.short.endswith(CUT) else self.short


@dataclass(frozen=True, slots=True, kw_only=True)
class DefaultMission:
    """A mission printed on the continuum before anybody has written."""

    side: Side
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pole:
    """One edge of the sheet: a scheme, and the trade that people in it practise.

    `plural`: several of its people (« conseiller·es numériques »); `colour`: `#rrggbb`, the arm's, "" for ours;
    `meaning`: the short name explained. Each "" in journals of before December 2026.
    """

    name: str
    short: str
    trade: str
    remit: str
    plural: str = ""
    colour: str = ""
    meaning: str = ""

    @property
    def people(self) -> str:
        """What several of its people are called."""
        return self.plural or f"personnes «\u00a0{self.name}\u00a0»"


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """One phase for the facilitator: its name, its minutes (0: no clock), what to say and what groups do."""

    phase: Phase
    title: str
    minutes: int
    purpose: str
    say: tuple[str, ...]
    groups_do: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Landmark:
    """A sourced reminder shown to participants (« Repères »)."""

    title: str
    items: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Doctrine:
    """A template of workshop. `scale` names the reaches 0, 25, 50, 75 and 100.

    `national`: what two national services of digital inclusion ask for again is offered to copy.
    """

    slug: str
    title: str
    source: str
    continuum: str
    frequency: str
    question: str
    instructions: tuple[str, ...]
    free_line: str
    fs: Pole
    cn: Pole
    scale: tuple[str, str, str, str, str]
    actions: tuple[SheetAction, ...]
    free_lines: int
    missions: tuple[DefaultMission, ...]
    agenda: tuple[Script, ...]
    landmarks: tuple[Landmark, ...]
    stakes: tuple[str, ...]
    initiative_question: str = ""
    """What stands above the field for an initiative; "" in journals of before."""
    national: bool = True

    def pole(self, arm: str) -> Pole:
        """Return the pole of an arm, a side or a trade: « fs » or « cn »."""
        return {"fs": self.fs, "cn": self.cn}[arm]

    def script(self, phase: Phase) -> Script:
        """Return the script of `phase`."""
        return next(script for script in self.agenda if script.phase is phase)

    def reach_name(self, reach: int) -> str:
        """Return the word for the quarter nearest to `reach` (ties go to the more regular word)."""
        return self.scale[word_number(reach)]
