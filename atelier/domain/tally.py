"""What a vote adds up to: which initiatives it is about, what a person may still place, how the dots count by trade."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from atelier.domain import selectors
from atelier.domain.parts import changed
from atelier.domain.state import Group, Initiative, Line, Participant, Vote, Workshop
from atelier.domain.values import Trade, VoteStatus

AGREED_RANK, AGREED_DOTS = 5, 2
"""Both trades agree on what is among the first five of each, with two dots or more of each."""
_BOTH = (Trade.FRANCE_SERVICES, Trade.CONSEILLER_NUMERIQUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing to vote for: an initiative, where it stands."""

    id: str
    group: Group
    line: Line
    initiative: Initiative


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A choice and its dots. `agreed`: both trades put it first."""

    choice: Choice
    dots: int
    by_trade: Mapping[Trade, int]
    agreed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What the room voted, most dots first, what got none left out. `people`: how many voted."""

    people: int
    ranked: tuple[Ranked, ...]


def choices(state: Workshop) -> list[Choice]:
    """Return what the vote is about, in the order of the sheet: what is not to be seen is not to be voted for.

    What was brought together is one choice, by the name of its first text.
    """
    sets: dict[str, list[selectors.Placed]] = {}
    for each in selectors.placed(state.groups):
        sets.setdefault(each.initiative.gathered or each.initiative.id, []).append(each)
    found = [
        Choice(id=first.initiative.id, group=first.group, line=first.line, initiative=one)
        for first, *others in sets.values()
        for one in selectors.united(each.initiative for each in (first, *others))
    ]
    return [choice for choice in found if _is_choice(state, choice.initiative)]


def may_choose(state: Workshop, initiative: str) -> bool:
    """Tell whether that initiative is one of `choices`, or together with one; without looking at the others."""
    one = selectors.found_initiative(state, initiative)
    every = selectors.gathered_with(state, one) if one else []
    return any(not each.line.gone and _is_choice(state, each.initiative) for each in every)


def _is_choice(state: Workshop, initiative: Initiative) -> bool:
    only_starred = state.vote is not None and state.vote.starred
    return initiative.visible and (initiative.highlighted or not only_starred)


def _chosen_by(state: Workshop, found: Mapping[str, Choice]) -> dict[str, str]:
    """Return the choice that dots on each initiative count for, hidden texts of one that is seen included."""
    by_set = {choice.initiative.gathered or key: key for key, choice in found.items()}
    lines = (line for group in state.groups for line in group.lines.values())
    every = (each for line in lines for each in line.initiatives.values())
    named = ((each.id, by_set.get(each.gathered or each.id)) for each in every)
    return {name: choice for name, choice in named if choice}


def allowance(vote: Vote, person: Participant) -> int:
    """Return how many dots that phone has in all."""
    return vote.each * person.people


def counted(state: Workshop, person: Participant) -> dict[str, int]:
    """Return the dots of somebody that count: on what can be seen, one a person on each, in the order of placing."""
    ballot = state.vote.ballots.get(person.id, {}) if state.vote else {}
    return {key: min(dots, person.people) for key, dots in ballot.items() if may_choose(state, key)}


def people_voted(state: Workshop) -> int:
    """Return how many people placed a dot, those behind one phone each counted."""
    ballots = state.vote.ballots if state.vote else {}
    return sum(state.people[voter].people for voter, ballot in ballots.items() if ballot)


def voters_expected(state: Workshop) -> int:
    """Return how many people could vote: those present, and those behind a phone that several share."""
    return sum(person.people for person in state.present())


def tally(state: Workshop) -> Tally:
    """Return what the room voted. For a vote that was revealed: before, nobody is to know."""
    found = {choice.id: choice for choice in choices(state)}
    dots = _dots_by_trade(state, found)
    best = {trade: _least_of_the_first(dots, trade) for trade in _BOTH}
    ranked = [
        Ranked(
            choice=found[key],
            dots=each.total(),
            by_trade=each,
            agreed=all(each[trade] >= best[trade] for trade in _BOTH),
        )
        for key, each in dots.items()
        if each
    ]
    return Tally(people=people_voted(state), ranked=tuple(sorted(ranked, key=lambda each: -each.dots)))


def _dots_by_trade(state: Workshop, found: Mapping[str, Choice]) -> dict[str, Counter[Trade]]:
    chosen, ballots = _chosen_by(state, found), state.vote.ballots if state.vote else {}
    dots: dict[str, Counter[Trade]] = {key: Counter() for key in found}
    for voter, ballot in ballots.items():
        person, own = state.people[voter], Counter[str]()
        for key in ballot.keys() & chosen.keys():
            own[chosen[key]] += ballot[key]
        for key, number in own.items():
            dots[key][person.trade] += min(number, person.people)
    return dots


def is_open(state: Workshop) -> bool:
    """Tell whether people place dots."""
    return state.vote is not None and state.vote.status is VoteStatus.OPEN


def is_revealed(state: Workshop) -> bool:
    """Tell whether everybody may see what the room voted."""
    return state.vote is not None and state.vote.status is VoteStatus.REVEALED


def revealed(state: Workshop) -> Tally | None:
    """Return what the room voted, None before everybody may see it."""
    return tally(state) if is_revealed(state) else None


def dots_by_initiative(state: Workshop) -> Mapping[str, int]:
    """Return the dots of every initiative that got any, or is together with one; none before everybody may see them."""
    found = revealed(state)
    dots = {each.choice.id: each.dots for each in found.ranked} if found else {}
    chosen = _chosen_by(state, {each.choice.id: each.choice for each in found.ranked}) if found else {}
    return {name: dots[choice] for name, choice in chosen.items()}


def _least_of_the_first(dots: Mapping[str, Counter[Trade]], trade: Trade) -> int:
    """Return the dots with which an initiative is among the first five of a trade; equal ones are all among them."""
    ordered = sorted((each[trade] for each in dots.values()), reverse=True)
    return max(AGREED_DOTS, ordered[AGREED_RANK - 1] if len(ordered) >= AGREED_RANK else 0)


def without_voter(vote: Vote, participant: str) -> Vote:
    """Return the vote as if that person had placed no dot."""
    return changed(vote, ballots={key: each for key, each in vote.ballots.items() if key != participant})
