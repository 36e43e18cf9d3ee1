"""What is chosen when preparing a workshop: who, where, the groups, the agenda and the sheet's lines."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from atelier.domain import limits
from atelier.domain.doctrine import DefaultMission, Doctrine, SheetAction
from atelier.domain.previous import Previous, checked_previous
from atelier.domain.refusals import Code, Refused
from atelier.domain.territories import NAMES
from atelier.domain.text import clean, clean_optional
from atelier.domain.values import Phase

FREE_LINE_PREFIX = "libre-"
"""What the identifiers of a group's free lines begin with, and no other line's."""

_IDENTIFIER = re.compile(r"[A-Za-z0-9_-]{1,40}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """The choices of the preparation. Durations in minutes; `date` and `purge_on` in ISO form (`2026-06-25`).

    `territory_code`: the INSEE code of a département, which gives the hours; empty where the territory is none.
    `expected`: how many people are expected, by which a crowd that nobody announced is told.
    `answers_first`: each answers for themselves before the table places (`features/answers.py`).
    `previous`: the workshop that this one follows, as it came out.
    `words`: the doctrine as it read when the workshop was prepared; None in journals of before December 2026.
    """

    doctrine: str
    title: str
    place: str
    territory: str
    date: str
    organiser: str
    purge_on: str
    groups: tuple[str, ...]
    minutes: Mapping[Phase, int]
    actions: tuple[SheetAction, ...]
    free_lines: int
    missions: tuple[DefaultMission, ...]
    expected: int = limits.EXPECTED_DEFAULT
    territory_code: str = ""
    words: Doctrine | None = None
    answers_first: bool = False
    previous: Previous | None = None

    def planned(self, phase: Phase) -> int:
        """Return the minutes of a whole phase: a report-back lasts its minutes for each group."""
        return self.minutes[phase] * (len(self.groups) if phase is Phase.REPORT_BACK else 1)

    @property
    def duration(self) -> int:
        """The minutes of all phases."""
        return sum(self.planned(phase) for phase in self.minutes)


def checked(setup: Setup, at: int) -> Setup:
    """Return `setup` with clean texts, or refuse it; `at`: now, in Unix ms, for its dates."""
    _check_counts(setup)
    if any(not 0 <= minutes <= limits.PHASE_MINUTES for minutes in setup.minutes.values()):
        raise Refused(Code.CLOCK_DURATION, str(limits.PHASE_MINUTES))
    _check_dates(setup, at)
    return replace(
        setup,
        date=dt.date.fromisoformat(setup.date).isoformat(),
        purge_on=dt.date.fromisoformat(setup.purge_on).isoformat(),
        title=clean(setup.title, limits.TITLE_CHARACTERS),
        place=clean_optional(setup.place, limits.NAME_CHARACTERS),
        territory=clean_optional(setup.territory, limits.NAME_CHARACTERS),
        organiser=clean_optional(setup.organiser, limits.TITLE_CHARACTERS),
        groups=tuple(clean(name, limits.NAME_CHARACTERS) for name in setup.groups),
        actions=tuple(_checked_action(action) for action in setup.actions),
        missions=tuple(_checked_mission(mission) for mission in setup.missions),
        words=setup.words and _with_checked_stakes(setup.words),
        previous=setup.previous and checked_previous(setup.previous),
    )


def _with_checked_stakes(words: Doctrine) -> Doctrine:
    if len(words.stakes) > limits.STAKES:
        raise Refused(Code.NOT_A_SETUP, "stakes")
    return replace(words, stakes=tuple(clean(stake, limits.TITLE_CHARACTERS) for stake in words.stakes))


def _check_counts(setup: Setup) -> None:
    if not 1 <= len(setup.groups) <= limits.GROUPS:
        raise Refused(Code.NOT_A_SETUP, "groups")
    if not 1 <= len(setup.actions) <= limits.ACTIONS or not _are_identifiers(setup):
        raise Refused(Code.NOT_A_SETUP, "actions")
    if not 1 <= setup.expected <= limits.PARTICIPANTS:
        raise Refused(Code.NOT_A_SETUP, "expected")
    if setup.territory_code and setup.territory_code not in NAMES:
        raise Refused(Code.NOT_A_SETUP, "territory")
    if not 0 <= setup.free_lines <= limits.FREE_LINES:
        raise Refused(Code.NOT_A_SETUP, "free-lines")
    if len(setup.actions) + setup.free_lines > limits.LINES_WITH_FREE:
        raise Refused(Code.NOT_A_SETUP, "lines")
    if set(setup.minutes) != set(Phase) or len(setup.missions) > limits.MISSIONS_PER_GROUP:
        raise Refused(Code.NOT_A_SETUP, "agenda")


def _are_identifiers(setup: Setup) -> bool:
    identifiers = {action.id for action in setup.actions}
    return len(identifiers) == len(setup.actions) and all(
        _IDENTIFIER.fullmatch(each) and not each.startswith(FREE_LINE_PREFIX) for each in identifiers
    )


def _check_dates(setup: Setup, at: int) -> None:
    try:
        dt.date.fromisoformat(setup.date)
        purge_on = dt.date.fromisoformat(setup.purge_on)
    except ValueError:
        raise Refused(Code.NOT_A_SETUP, "date") from None
    today = dt.datetime.fromtimestamp(at / 1000, dt.UTC).date()
    # A day of slack either way: the room's calendar day may differ from the server's UTC one.
    if not -1 <= (purge_on - today).days <= limits.PURGE_DAYS_MAX + 1:
        raise Refused(Code.NOT_A_SETUP, "purge")


def _checked_action(action: SheetAction) -> SheetAction:
    if len(action.examples) > limits.EXAMPLES:
        raise Refused(Code.NOT_A_SETUP, "actions")
    return replace(
        action,
        short=clean(action.short, limits.SHORT_LABEL_CHARACTERS),
        label=clean(action.label, limits.LABEL_CHARACTERS),
        precision=clean_optional(action.precision, limits.LABEL_CHARACTERS),
        examples=tuple(clean(example, limits.INITIATIVE_CHARACTERS) for example in action.examples),
        definition=clean_optional(action.definition, limits.DEFINITION_CHARACTERS),
        reminder=clean_optional(action.reminder, limits.DEFINITION_CHARACTERS),
        source=clean_optional(action.source, limits.LABEL_CHARACTERS),
    )


def _checked_mission(mission: DefaultMission) -> DefaultMission:
    return replace(mission, text=clean(mission.text, limits.MISSION_CHARACTERS))
