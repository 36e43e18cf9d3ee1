"""« Gommettes »: a vote of so many dots a person over the initiatives of all groups, unseen until it is revealed."""

from collections.abc import Mapping

from atelier.domain import limits, lookup, tally
from atelier.domain.acts import Act, Command, Event, Fact
from atelier.domain.features.wall import WallViewChosen
from atelier.domain.parts import changed, put, with_sound_wall
from atelier.domain.refusals import Code, Refused
from atelier.domain.regions import Kind
from atelier.domain.registry import command, decides, event, evolves, looks_at, names_removal, restores
from atelier.domain.rules import OPEN_OR_CLOSED, facilitators, participants
from atelier.domain.state import Participant, Restoration, Vote, WallView, Workshop
from atelier.domain.values import Scene, VoteStatus

# --- commands


@command(facilitators())
class OpenVote(Command):
    """Give everybody `each` dots (1 to 10) for the initiatives of all groups, or for the starred ones only; the wall
    shows the vote."""

    each: int = limits.DOTS_DEFAULT
    starred: bool = False


@command(participants())
class PlaceDots(Command):
    """Have so many dots on an initiative, of whatever group: 1 or none; up to as many as its people where a phone votes
    for several. Nobody sees them before the vote is revealed."""

    vote: str
    initiative: str
    dots: int = 1


@command(facilitators())
class CloseVote(Command):
    """Take no more dots; nothing is shown yet."""

    vote: str


@command(facilitators())
class ReopenVote(Command):
    """Take dots again, as long as nobody saw the counts."""

    vote: str


@command(facilitators(OPEN_OR_CLOSED))
class RevealVote(Command):
    """Show the counts by trade, on the wall and everywhere; an open vote is closed by it."""

    vote: str


@command(facilitators(OPEN_OR_CLOSED))
class WithdrawVote(Command):
    """Take the whole vote away, as if there had been none; can be put back for a minute."""

    vote: str


@command(facilitators())
class SharePhone(Command):
    """Say for how many people (1 to 30) somebody’s phone votes: a table that has one."""

    participant: str
    people: int


# --- events


@event(
    "vote.opened",
    stale=(Kind.VOTE, Kind.WALL, Kind.REMOVALS),
    story="un vote est ouvert : {each} gommettes par personne",
)
class VoteOpened(Event):
    """Everybody has so many dots."""

    vote: str
    each: int
    starred: bool


@event("dots.placed", stale=(Kind.BALLOTS,), story="vote")
class DotsPlaced(Event):
    """Whoever acted has so many dots on that initiative; 0 takes them back."""

    vote: str
    initiative: str
    dots: int


@event("vote.closed", stale=(Kind.VOTE,), story="le vote est clos")
class VoteClosed(Event):
    """No more dots."""

    vote: str


@event("vote.reopened", stale=(Kind.VOTE,), story="le vote est rouvert")
class VoteReopened(Event):
    """Dots again."""

    vote: str


@event("vote.revealed", stale=(Kind.VOTE, Kind.WALL), story="le résultat du vote est révélé")
class VoteRevealed(Event):
    """Everybody may see the counts."""

    vote: str


@event("vote.withdrawn", stale=(Kind.VOTE, Kind.WALL, Kind.REMOVALS), story="le vote est annulé")
class VoteWithdrawn(Event):
    """As if there had been none."""

    vote: str


@event("vote.restored", stale=(Kind.VOTE, Kind.WALL, Kind.REMOVALS), story="le vote revient")
class VoteRestored(Event):
    """Put back, with its dots."""

    vote: str


@event("phone.shared", stale=(Kind.PEOPLE, Kind.BALLOTS), story="un téléphone vote pour {people}")
class PhoneShared(Event):
    """That phone votes for so many people."""

    participant: str
    people: int


# --- deciding


@decides
def open_vote(state: Workshop, act: Act, command: OpenVote) -> tuple[Event, ...]:
    """One vote a workshop: another one only once it was withdrawn."""
    if not 1 <= command.each <= limits.DOTS:
        raise Refused(Code.NOT_A_VOTE, str(limits.DOTS))
    if state.vote:
        raise Refused(Code.VOTE_EXISTS)
    return (VoteOpened(vote=act.fresh_id, each=command.each, starred=command.starred), *_to_the_wall(state))


@decides
def place_dots(state: Workshop, act: Act, command: PlaceDots) -> tuple[Event, ...]:
    """Never more than one has; nothing changes where as many are there already."""
    vote, person = _vote(state, command.vote), state.people[act.by.id]
    if vote.status is not VoteStatus.OPEN:
        raise Refused(Code.VOTE_OVER)
    if not tally.may_choose(state, command.initiative):
        raise Refused(Code.NOT_ON_BALLOT)
    if not 0 <= command.dots <= person.people:
        raise Refused(Code.NOT_A_VOTE, str(person.people))
    ballot = tally.counted(state, person)
    before = ballot.pop(command.initiative, 0)
    if before == command.dots:
        return ()
    if command.dots > before and sum(ballot.values()) + command.dots > tally.allowance(vote, person):
        raise Refused(Code.NO_DOT_LEFT, str(tally.allowance(vote, person)))
    return (DotsPlaced(vote=vote.id, initiative=command.initiative, dots=command.dots),)


@decides
def close_vote(state: Workshop, act: Act, command: CloseVote) -> tuple[Event, ...]:
    """Nothing changes where it is closed already."""
    vote = _vote(state, command.vote)
    return (VoteClosed(vote=vote.id),) if vote.status is VoteStatus.OPEN else ()


@decides
def reopen_vote(state: Workshop, act: Act, command: ReopenVote) -> tuple[Event, ...]:
    """Nobody votes who saw how others did."""
    vote = _vote(state, command.vote)
    if vote.status is VoteStatus.REVEALED:
        raise Refused(Code.VOTE_OVER)
    return (VoteReopened(vote=vote.id),) if vote.status is VoteStatus.CLOSED else ()


@decides
def reveal_vote(state: Workshop, act: Act, command: RevealVote) -> tuple[Event, ...]:
    """Nothing changes where it is revealed already."""
    vote = _vote(state, command.vote)
    if vote.status is VoteStatus.REVEALED:
        return ()
    closed = (VoteClosed(vote=vote.id),) if vote.status is VoteStatus.OPEN else ()
    return (*closed, VoteRevealed(vote=vote.id), *_to_the_wall(state))


@decides
def withdraw_vote(state: Workshop, act: Act, command: WithdrawVote) -> tuple[Event, ...]:
    """Whatever came of it."""
    return (VoteWithdrawn(vote=_vote(state, command.vote).id),)


@decides
def share_phone(state: Workshop, act: Act, command: SharePhone) -> tuple[Event, ...]:
    """Nothing changes where it stands for as many already."""
    person = lookup.participant(state, command.participant)
    if not 1 <= command.people <= limits.PEOPLE_A_PHONE:
        raise Refused(Code.NOT_A_VOTE, str(limits.PEOPLE_A_PHONE))
    if person.people == command.people:
        return ()
    return (PhoneShared(participant=person.id, people=command.people),)


def _vote(state: Workshop, wanted: str) -> Vote:
    if state.vote is None or state.vote.id != wanted:
        raise Refused(Code.UNKNOWN_VOTE)
    return state.vote


def _to_the_wall(state: Workshop) -> tuple[Event, ...]:
    there = state.wall == WallView(scene=Scene.VOTE)
    return () if there else (WallViewChosen(scene=Scene.VOTE, group=0, action="", page=0),)


# --- evolving


@evolves
def vote_opened(state: Workshop, fact: Fact, event: VoteOpened) -> Workshop:
    """Nobody placed anything yet."""
    return changed(state, vote=Vote(id=event.vote, each=event.each, starred=event.starred))


@evolves
def dots_placed(state: Workshop, fact: Fact, event: DotsPlaced) -> Workshop:
    """Dots on what was hidden or withdrawn meanwhile are free: they leave the ballot as soon as another is placed."""
    vote, person = state.vote, state.people.get(fact.by.id)
    if vote is None or person is None:
        return state
    ballot = tally.counted(state, person) | {event.initiative: event.dots}
    return _with_ballot(state, vote, person.id, {key: dots for key, dots in ballot.items() if dots})


@evolves
def vote_closed(state: Workshop, fact: Fact, event: VoteClosed) -> Workshop:
    """With the dots that arrived."""
    return _with_status(state, VoteStatus.CLOSED)


@evolves
def vote_reopened(state: Workshop, fact: Fact, event: VoteReopened) -> Workshop:
    """With the dots of before."""
    return _with_status(state, VoteStatus.OPEN)


@evolves
def vote_revealed(state: Workshop, fact: Fact, event: VoteRevealed) -> Workshop:
    """For good: what was seen was seen."""
    return _with_status(state, VoteStatus.REVEALED)


@evolves
def vote_withdrawn(state: Workshop, fact: Fact, event: VoteWithdrawn) -> Workshop:
    """A wall that showed it shows the groups."""
    return with_sound_wall(changed(state, vote=None))


@evolves
def vote_restored(state: Workshop, fact: Fact, event: VoteRestored) -> Workshop:
    """As it was when it was withdrawn."""
    return changed(state, vote=state.removals[_REMOVAL].vote)


@evolves
def phone_shared(state: Workshop, fact: Fact, event: PhoneShared) -> Workshop:
    """For fewer people: dots beyond what they have are free again, the last placed first."""
    person = changed(state.people[event.participant], people=event.people)
    after = changed(state, people=put(state.people, person.id, person))
    if after.vote is None or person.id not in after.vote.ballots:
        return after
    return _with_ballot(after, after.vote, person.id, _within(after.vote, person))


def _within(vote: Vote, person: Participant) -> dict[str, int]:
    left, ballot = tally.allowance(vote, person), {}
    for key, dots in vote.ballots[person.id].items():
        kept = min(dots, person.people, left)
        left -= kept
        if kept:
            ballot[key] = kept
    return ballot


def _with_ballot(state: Workshop, vote: Vote, voter: str, ballot: Mapping[str, int]) -> Workshop:
    return changed(state, vote=changed(vote, ballots=put(vote.ballots, voter, ballot)))


def _with_status(state: Workshop, status: VoteStatus) -> Workshop:
    return changed(state, vote=state.vote and changed(state.vote, status=status))


# --- putting back

_REMOVAL = "vote"


@names_removal
def _vote_removal(event: VoteOpened | VoteWithdrawn | VoteRestored) -> str:
    return _REMOVAL


@restores
def _whole_vote(before: Workshop, event: VoteWithdrawn) -> Restoration:
    return Restoration(remedies=(VoteRestored(vote=event.vote),), vote=before.vote)


@looks_at
def _which_vote(state: Workshop, event: VoteRestored) -> object:
    return state.vote and state.vote.id
