"""What the groups' sheets say together, action by action, in words that a room can discuss.

Words decide, not points: sheets on which the same words are printed always get the same verdict.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from atelier.domain.state import Line, Workshop
from atelier.domain.values import ARMS, Placement, word_number
from atelier.domain.values import Verdict as Verdict  # noqa: PLC0414 - who reads a row finds it here

TOP_WORD = 4
REGULARLY, SOMETIMES = 3, 2
"""The words, numbered from « jamais » (0), from which an arm counts as regular, and as now and then."""
SMALL_ROOM = 5
"""Up to so many groups, one that differs is enough to discuss; beyond, two that are a quarter of them."""

Words = tuple[int, int]
"""How one group says it: the numbers of its two words, France services first."""


_BY_LEVELS = {
    (2, 2): Verdict.SHARED,
    (2, 1): Verdict.RATHER_FS,
    (2, 0): Verdict.MOSTLY_FS,
    (1, 2): Verdict.RATHER_CN,
    (0, 2): Verdict.MOSTLY_CN,
    (1, 1): Verdict.SOMETIMES_BOTH,
    (1, 0): Verdict.SOMETIMES_FS,
    (0, 1): Verdict.SOMETIMES_CN,
    (0, 0): Verdict.RARE_BOTH,
}
"""The verdict of two levels: 2 regular, 1 now and then, 0 rare."""
SAYS = frozenset(_BY_LEVELS.values())
"""Verdicts that say how regularly the action is done, and that at least one group says itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Groups that differ from the others, by number, on one or both arms."""

    groups: tuple[int, ...]
    arms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One action across the groups: each group's line, the verdict, and whom it rests on, by group numbers.

    `counting`: answered for both trades; `incomplete`: for one or none; `aside`: « sans objet ».
    `spread`: the arms to discuss; `apart`: who differs on them, empty where that can be told in more than one way.
    """

    action: str
    lines: tuple[Line, ...]
    verdict: Verdict
    counting: tuple[int, ...]
    incomplete: tuple[int, ...]
    aside: tuple[int, ...]
    spread: tuple[str, ...] = ()
    apart: tuple[Apart, ...] = ()

    @property
    def of(self) -> int:
        """How many groups the action concerns."""
        return len(self.counting) + len(self.incomplete)

    @property
    def quoted(self) -> bool:
        """True when no shorter word than each group's own is true."""
        return self.verdict is Verdict.CLOSE or (self.verdict is Verdict.DISCUSS and not self.apart)

    @property
    def alone(self) -> int:
        """The only group that the action concerns in a workshop of several, else 0."""
        return self.counting[0] if len(self.counting) == self.of == 1 < len(self.lines) else 0

    @property
    def coloured(self) -> bool:
        """True when the verdict says something of the room."""
        return self.verdict in SAYS and not self.alone

    def range(self, arm: str) -> tuple[int, int] | None:
        """Return from where to how far the groups reach on `arm`, where two at least answered for it."""
        reaches = [line.placement.reach(arm) for line in self.lines if line.placement]
        known = [reach for reach in reaches if reach is not None]
        return (min(known), max(known)) if len(known) > 1 else None


def overlay(state: Workshop) -> tuple[Row, ...]:
    """Return the common actions in the order of the sheet, each with every group's line."""
    return tuple(row_of(state, action.id) for action in state.prepared.actions)


def discuss_first(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return `rows` with those to discuss first; otherwise as they come."""
    return tuple(sorted(rows, key=lambda row: row.verdict is not Verdict.DISCUSS))


def row_of(state: Workshop, action: str) -> Row:
    """Return what the groups say of one common action."""
    lines = tuple(group.lines[action] for group in state.groups)
    said = {n: words for n, line in enumerate(lines, start=1) if (words := words_of(line.placement))}
    aside = tuple(n for n, line in enumerate(lines, start=1) if line.set_aside)
    verdict = verdict_of(tuple(said.values()), len(lines) - len(aside))
    spread = tuple(arm for n, arm in enumerate(ARMS) if is_spread([each[n] for each in said.values()]))
    return Row(
        action=action,
        lines=lines,
        verdict=verdict,
        counting=tuple(said),
        incomplete=tuple(n for n in range(1, len(lines) + 1) if n not in said and n not in aside),
        aside=aside,
        spread=spread if verdict is Verdict.DISCUSS else (),
        apart=_apart(said, spread) if verdict is Verdict.DISCUSS else (),
    )


def words_of(placement: Placement | None) -> Words | None:
    """Return the numbers of a group's two words, None while it has not answered for both trades."""
    if placement is None or placement.fs is None or placement.cn is None:
        return None
    return word_number(placement.fs), word_number(placement.cn)


def verdict_of(said: Sequence[Words], of: int) -> Verdict:
    """Return the verdict of the groups that count, `of` how many the action concerns."""
    n = len(said)
    if not n:
        return Verdict.TO_COMPLETE if of else Verdict.SET_ASIDE
    if n == 1 < of or 2 * n < of:
        return Verdict.TOO_FEW
    arms = [fs for fs, _ in said], [cn for _, cn in said]
    if any(is_spread(words) for words in arms):
        return Verdict.DISCUSS
    levels = _level(lower_median(arms[0])), _level(lower_median(arms[1]))
    if levels not in {(_level(fs), _level(cn)) for fs, cn in said}:
        return Verdict.CLOSE
    return _BY_LEVELS[levels]


def lower_median(words: Sequence[int]) -> int:
    """Return the middle word of one arm, the less regular one of two."""
    return sorted(words)[(len(words) - 1) // 2]


def _level(word: int) -> int:
    return 2 if word >= REGULARLY else int(word >= SOMETIMES)


def is_spread(words: Sequence[int]) -> bool:
    """Tell whether the words of one arm are to be discussed: too many fit into no two neighbouring ones."""
    n = len(words)
    out = n - max(_in_pair(words))
    return out >= 1 if n <= SMALL_ROOM else out >= 2 and 4 * out >= n


def _in_pair(words: Sequence[int]) -> list[int]:
    """How many of `words` fit into each two neighbouring words, from « jamais, rarement » on."""
    counts = Counter(words)
    return [counts[low] + counts[low + 1] for low in range(TOP_WORD)]


def _apart(said: dict[int, Words], spread: Sequence[str]) -> tuple[Apart, ...]:
    """Who differs on the arms to discuss; nobody when one of them can be told in more than one way."""
    found: dict[tuple[int, ...], list[str]] = {}
    for arm in spread:
        outside = _outside({group: each[ARMS.index(arm)] for group, each in said.items()})
        if outside is None:
            return ()
        found.setdefault(outside, []).append(arm)
    return tuple(Apart(groups=groups, arms=tuple(arms)) for groups, arms in found.items())


def _outside(words: dict[int, int]) -> tuple[int, ...] | None:
    """The groups that every best pair of words leaves out; None when the pairs leave out different ones."""
    fitting = _in_pair(list(words.values()))
    best = [low for low, count in enumerate(fitting) if count == max(fitting)]
    left_out = {tuple(g for g, word in words.items() if word not in (low, low + 1)) for low in best}
    return left_out.pop() if len(left_out) == 1 else None
