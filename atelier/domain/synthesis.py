"""What the groups' sheets say together, action by action, in words that a room can discuss."""

from dataclasses import dataclass
from enum import StrEnum

from atelier.domain.state import Line, Workshop
from atelier.domain.values import Placement

REGULAR = 50
RARE = 25
CLOSE = 20
CLEAR = 40


class Verdict(StrEnum):
    """How the means of the placed groups compare. The French words are in `atelier/wording.py`."""

    SHARED = "shared"
    MOSTLY_FS = "mostly-fs"
    RATHER_FS = "rather-fs"
    MOSTLY_CN = "mostly-cn"
    RATHER_CN = "rather-cn"
    RARE_BOTH = "rare-both"
    BETWEEN = "between"
    TO_PLACE = "to-place"
    SET_ASIDE = "set-aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One action across the groups: each group's line, the mean, the verdict, and on how many groups it rests."""

    action: str
    lines: tuple[Line, ...]
    mean: Placement | None
    verdict: Verdict
    placed: int
    of: int


def overlay(state: Workshop) -> tuple[Row, ...]:
    """The common actions, each with every group's line. Groups that set an action aside are not counted in `of`."""
    return tuple(_row(state, action.id) for action in state.prepared.actions)


def _row(state: Workshop, action: str) -> Row:
    lines = tuple(group.lines[action] for group in state.groups)
    placements = [line.placement for line in lines if line.placement is not None]
    concerned = sum(not line.set_aside for line in lines)
    mean = _mean(placements)
    return Row(
        action=action,
        lines=lines,
        mean=mean,
        verdict=_verdict(mean, concerned),
        placed=len(placements),
        of=concerned,
    )


def _mean(placements: list[Placement]) -> Placement | None:
    if not placements:
        return None
    return Placement(_rounded_mean([p.fs for p in placements]), _rounded_mean([p.cn for p in placements]))


def _rounded_mean(reaches: list[int]) -> int:
    # Halves go up, always: round() would send 22.5 down and 27.5 up.
    return (2 * sum(reaches) + len(reaches)) // (2 * len(reaches))


def _verdict(mean: Placement | None, concerned: int) -> Verdict:
    if mean is None:
        return Verdict.TO_PLACE if concerned else Verdict.SET_ASIDE
    if max(mean.fs, mean.cn) <= RARE:
        return Verdict.RARE_BOTH
    gap = mean.fs - mean.cn
    if abs(gap) > CLEAR:
        return Verdict.MOSTLY_FS if gap > 0 else Verdict.MOSTLY_CN
    if abs(gap) > CLOSE:
        return Verdict.RATHER_FS if gap > 0 else Verdict.RATHER_CN
    return Verdict.SHARED if min(mean.fs, mean.cn) >= REGULAR else Verdict.BETWEEN
