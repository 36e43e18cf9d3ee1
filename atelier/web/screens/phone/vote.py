"""What phones are told of the vote: that it is open, what it is about, what came of it. Never how anybody voted."""

import gzip
import zlib
from dataclasses import dataclass

from atelier.domain import tally
from atelier.domain.state import Group, Vote, Workshop
from atelier.limits import CHOICES_BYTES, CHOICES_KEPT_S, CHOICES_MARKS
from atelier.live.regions import Region
from atelier.runtime.lru import LRUCache
from atelier.web.render.templating import render_macro

Parts = list[tuple[str, list[tally.Choice]]]
_MARKS: LRUCache[tuple[int, bool], tuple[tuple[Group, ...], str]] = LRUCache(CHOICES_MARKS, CHOICES_KEPT_S)
"""By where the sheets are in memory: who votes changes none of them, and a plenary asks a thousand times."""
_LISTS: LRUCache[tuple[str, str], bytes] = LRUCache(CHOICES_BYTES, CHOICES_KEPT_S)


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutVote:
    """A vote without its ballots; `list` tells what is voted for from what was."""

    vote: Vote
    list: str


def about_vote(state: Workshop) -> AboutVote | None:
    """Return what the strip says, None where there is no vote."""
    return AboutVote(vote=state.vote, list=_mark_of(state)) if state.vote else None


def is_open(state: Workshop, region: Region) -> bool:
    """Let what is voted for follow what changes of it."""
    return tally.is_open(state)


def is_revealed(state: Workshop, region: Region) -> bool:
    """Let the result follow what is hidden or reworded."""
    return tally.is_revealed(state)


def parts_of(state: Workshop) -> Parts:
    """Return what is voted for, action by action in the order of the sheet, the groups’ own actions last."""
    order = [action.id for action in state.prepared.actions]
    parts: dict[tuple[int, str], list[tally.Choice]] = {}
    for choice in tally.choices(state):
        label = choice.line.action.label
        place = len(order) if choice.line.free else order.index(choice.line.action.id)
        parts.setdefault((place, label), []).append(choice)
    return [(label, found) for (_, label), found in sorted(parts.items(), key=lambda each: each[0][0])]


def choices_page(code: str, state: Workshop) -> bytes:
    """Return the list of what is voted for, gzipped: a room asks for it as one."""
    key = code, _mark_of(state)
    found = _LISTS.get(key)
    if found is None:
        drawn = render_macro("phone/vote.html", "choices", parts=parts_of(state)).encode()
        packed = gzip.compress(drawn, 6, mtime=0)
        found = _LISTS.put(key, packed, len(packed))
    return found


def _mark_of(state: Workshop) -> str:
    if state.vote is None or not tally.is_open(state):
        return ""
    key = id(state.groups), state.vote.starred
    kept = _MARKS.get(key)
    if kept is None or kept[0] is not state.groups:
        kept = _MARKS.put(key, (state.groups, _mark(state)), 1)
    return kept[1]


def _mark(state: Workshop) -> str:
    names = "".join(group.name for group in state.groups)
    texts = "".join(f"{each.id}{each.initiative.text}" for each in tally.choices(state))
    return f"{zlib.crc32((names + texts).encode()):08x}"
