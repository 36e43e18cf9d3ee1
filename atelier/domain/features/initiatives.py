"""Initiatives: posted by anybody at the table, supported by others, moderated by facilitators."""

from dataclasses import dataclass
from typing import Any

from atelier.domain import limits, lookup
from atelier.domain.acts import Act, Command, Event, Fact
from atelier.domain.parts import changed, put, with_initiative, with_line
from atelier.domain.refusals import Code, Refused
from atelier.domain.regions import Kind, Part
from atelier.domain.registry import (
    command,
    decides,
    event,
    evolves,
    inverts,
    looks_at,
    names_removal,
    restores,
)
from atelier.domain.rules import OPEN_OR_CLOSED, SUPPORTING, WRITING, everyone, facilitators
from atelier.domain.state import Initiative, Restoration, Workshop
from atelier.domain.text import clean

# --- commands


@command(everyone(WRITING, grace=True))
class PostInitiative(Command):
    """Propose an initiative under an action (280 characters)."""

    group: int
    action: str
    text: str


@command(everyone(WRITING, grace=True))
class EditInitiative(Command):
    """Find other words for one’s own initiative; facilitators may correct any."""

    group: int
    initiative: str
    text: str


@command(everyone(WRITING))
class MoveInitiative(Command):
    """Put one’s own initiative under another action of the sheet; facilitators any."""

    group: int
    initiative: str
    action: str


@command(everyone(WRITING))
class WithdrawInitiative(Command):
    """Take one’s own initiative away; facilitators any."""

    group: int
    initiative: str


@command(everyone(SUPPORTING))
class SupportInitiative(Command):
    """Put one’s heart behind an initiative, once."""

    group: int
    initiative: str


@command(everyone(SUPPORTING))
class UnsupportInitiative(Command):
    """Take one’s heart back."""

    group: int
    initiative: str


@command(facilitators(OPEN_OR_CLOSED))
class HideInitiative(Command):
    """Take it off every screen but its author’s, and out of the documents."""

    group: int
    initiative: str


@command(facilitators(OPEN_OR_CLOSED))
class ShowInitiative(Command):
    """Put a hidden initiative on the screens again."""

    group: int
    initiative: str


@command(facilitators(OPEN_OR_CLOSED))
class HighlightInitiative(Command):
    """Put it into the wall’s footer, or out of it; a hidden one is shown with it."""

    group: int
    initiative: str
    on: bool


# --- events


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfAnInitiative(Event):
    group: int
    action: str
    initiative: str


_ITEM = Part(Kind.INITIATIVES, ("group", "action", "initiative"))
"""One item of the list changes, goes, or comes at its end."""
_LIST = Part(Kind.INITIATIVES, ("group", "action"))
"""It comes back where it was: only the whole list tells where that is."""


@event("initiative.posted", stale=(_ITEM,), story="groupe {group}, {action} : « {text} »")
class InitiativePosted(_OfAnInitiative):
    """A text under an action."""

    text: str


@event(
    "initiative.edited",
    stale=(_ITEM,),
    story="groupe {group}, {action}, reformulé : « {text} »",
    allowed_by=EditInitiative,
)
class InitiativeEdited(_OfAnInitiative):
    """The initiative has other words."""

    text: str


@event(
    "initiative.moved",
    stale=(_LIST, Part(Kind.INITIATIVES, ("group", "to"))),
    story="groupe {group} : une initiative passe de {action} à {to}",
    allowed_by=MoveInitiative,
)
class InitiativeMoved(_OfAnInitiative):
    """Under another action, with its hearts; `action`: where it stood."""

    to: str


@event(
    "initiative.withdrawn",
    stale=(_ITEM, Kind.REMOVALS),
    story="groupe {group}, {action} : une initiative est retirée",
    allowed_by=WithdrawInitiative,
)
class InitiativeWithdrawn(_OfAnInitiative):
    """Gone from every screen."""


@event(
    "initiative.restored",
    stale=(_LIST, Kind.REMOVALS),
    story="groupe {group}, {action} : une initiative revient",
    allowed_by=PostInitiative,
)
class InitiativeRestored(_OfAnInitiative):
    """Undone or put back: there again with its hearts."""


@event(
    "initiative.supported",
    stale=(_ITEM,),
    story="groupe {group}, {action} : une initiative est soutenue",
    allowed_by=SupportInitiative,
)
class InitiativeSupported(_OfAnInitiative):
    """One more heart, of whoever acted."""


@event(
    "initiative.unsupported",
    stale=(_ITEM,),
    story="groupe {group}, {action} : un soutien est repris",
    allowed_by=UnsupportInitiative,
)
class InitiativeUnsupported(_OfAnInitiative):
    """One heart less, of whoever acted."""


@event("initiative.hidden", stale=(_ITEM,), story="groupe {group}, {action} : une initiative est masquée")
class InitiativeHidden(_OfAnInitiative):
    """Off the screens, still its author’s."""


@event("initiative.shown", stale=(_LIST,), story="groupe {group}, {action} : une initiative est remontrée")
class InitiativeShown(_OfAnInitiative):
    """On the screens again."""


@event(
    "initiative.highlighted",
    stale=(_ITEM,),
    story="groupe {group}, {action} : une initiative est mise en avant",
)
class InitiativeHighlighted(_OfAnInitiative):
    """In the wall’s footer."""


@event(
    "initiative.dimmed",
    stale=(_ITEM,),
    story="groupe {group}, {action} : une initiative n’est plus en avant",
)
class InitiativeDimmed(_OfAnInitiative):
    """Out of the wall’s footer."""


# --- deciding


@decides
def post_initiative(state: Workshop, act: Act, command: PostInitiative) -> tuple[Event, ...]:
    """Anybody at the table may, up to what a table and a person may write."""
    lookup.line(state, command.group, command.action)
    text = clean(command.text, limits.INITIATIVE_CHARACTERS)
    lines = lookup.group(state, command.group).lines.values()
    if any(act.fresh_id in each.initiatives for each in lines):
        raise Refused(Code.ALREADY_USED)
    if sum(len(each.initiatives) for each in lines) >= limits.INITIATIVES_PER_GROUP:
        raise Refused(Code.TOO_MANY, str(limits.INITIATIVES_PER_GROUP))
    lookup.check_quota(state, act)
    return (InitiativePosted(group=command.group, action=command.action, initiative=act.fresh_id, text=text),)


@decides
def edit_initiative(state: Workshop, act: Act, command: EditInitiative) -> tuple[Event, ...]:
    """Nothing changes where it says the same."""
    found = lookup.own_initiative(state, command.group, command.initiative, act.by)
    text = clean(command.text, limits.INITIATIVE_CHARACTERS)
    if found.text == text:
        return ()
    return (InitiativeEdited(group=command.group, action=found.action, initiative=found.id, text=text),)


@decides
def move_initiative(state: Workshop, act: Act, command: MoveInitiative) -> tuple[Event, ...]:
    """Nothing changes where it stands there already."""
    found = lookup.own_initiative(state, command.group, command.initiative, act.by)
    lookup.line(state, command.group, command.action)
    if found.action == command.action:
        return ()
    return (
        InitiativeMoved(group=command.group, action=found.action, initiative=found.id, to=command.action),
    )


@decides
def withdraw_initiative(state: Workshop, act: Act, command: WithdrawInitiative) -> tuple[Event, ...]:
    """With its hearts, whatever their number."""
    found = lookup.own_initiative(state, command.group, command.initiative, act.by)
    return (InitiativeWithdrawn(group=command.group, action=found.action, initiative=found.id),)


@decides
def support_initiative(state: Workshop, act: Act, command: SupportInitiative) -> tuple[Event, ...]:
    """A second heart of the same person changes nothing."""
    found = lookup.initiative(state, command.group, command.initiative)
    if act.by.id in found.supporters:
        return ()
    return (InitiativeSupported(group=command.group, action=found.action, initiative=found.id),)


@decides
def unsupport_initiative(state: Workshop, act: Act, command: UnsupportInitiative) -> tuple[Event, ...]:
    """Nothing changes where there is none."""
    found = lookup.initiative(state, command.group, command.initiative)
    if act.by.id not in found.supporters:
        return ()
    return (InitiativeUnsupported(group=command.group, action=found.action, initiative=found.id),)


@decides
def hide_initiative(state: Workshop, act: Act, command: HideInitiative) -> tuple[Event, ...]:
    """What nobody sees is not highlighted."""
    found = lookup.initiative(state, command.group, command.initiative)
    if found.hidden:
        return ()
    hidden = InitiativeHidden(group=command.group, action=found.action, initiative=found.id)
    return (_dimmed(command.group, found), hidden) if found.highlighted else (hidden,)


@decides
def show_initiative(state: Workshop, act: Act, command: ShowInitiative) -> tuple[Event, ...]:
    """Nothing changes where it shows already."""
    found = lookup.initiative(state, command.group, command.initiative)
    if not found.hidden:
        return ()
    return (InitiativeShown(group=command.group, action=found.action, initiative=found.id),)


@decides
def highlight_initiative(state: Workshop, act: Act, command: HighlightInitiative) -> tuple[Event, ...]:
    """A hidden one must be seen first."""
    found = lookup.initiative(state, command.group, command.initiative)
    if found.highlighted == command.on:
        return ()
    if not command.on:
        return (_dimmed(command.group, found),)
    highlighted = InitiativeHighlighted(group=command.group, action=found.action, initiative=found.id)
    if not found.hidden:
        return (highlighted,)
    return (InitiativeShown(group=command.group, action=found.action, initiative=found.id), highlighted)


def _dimmed(group: int, found: Initiative) -> InitiativeDimmed:
    return InitiativeDimmed(group=group, action=found.action, initiative=found.id)


# --- evolving


@evolves
def initiative_posted(state: Workshop, fact: Fact, event: InitiativePosted) -> Workshop:
    """Last of its line."""
    initiatives = state.group(event.group).lines[event.action].initiatives
    new = Initiative(
        id=event.initiative,
        action=event.action,
        text=event.text,
        author=fact.by.id,
        posted_at=fact.at,
        changed_by=fact.by.id,
    )
    return with_line(state, event.group, event.action, initiatives=put(initiatives, new.id, new))


@evolves
def initiative_edited(state: Workshop, fact: Fact, event: InitiativeEdited) -> Workshop:
    """It stays its author's, with its hearts."""
    return _changed(state, event, text=event.text, edited_at=fact.at, changed_by=fact.by.id)


@evolves
def initiative_moved(state: Workshop, fact: Fact, event: InitiativeMoved) -> Workshop:
    """Last of its new line."""
    lines = state.group(event.group).lines
    left = dict(lines[event.action].initiatives)
    # What says the same says it of one action: elsewhere it is alone.
    alone = {"gathered": "", "heading": "", "headed_by": ""}
    found = changed(left.pop(event.initiative), action=event.to, changed_by=fact.by.id, **alone)
    there = put(lines[event.to].initiatives, found.id, found)
    without = with_line(state, event.group, event.action, initiatives=left)
    return with_line(without, event.group, event.to, initiatives=there)


@evolves
def initiative_withdrawn(state: Workshop, fact: Fact, event: InitiativeWithdrawn) -> Workshop:
    """It stays in the state, for an undo."""
    return _changed(state, event, withdrawn=True, highlighted=False, changed_by=fact.by.id)


@evolves
def initiative_restored(state: Workshop, fact: Fact, event: InitiativeRestored) -> Workshop:
    """Where it stood in its list."""
    return _changed(state, event, withdrawn=False, changed_by=fact.by.id)


@evolves
def initiative_supported(state: Workshop, fact: Fact, event: InitiativeSupported) -> Workshop:
    """No change of the text: its author may still undo."""
    return _changed(state, event, supporters=_supporters(state, event) | {fact.by.id})


@evolves
def initiative_unsupported(state: Workshop, fact: Fact, event: InitiativeUnsupported) -> Workshop:
    """No change of the text: its author may still undo."""
    return _changed(state, event, supporters=_supporters(state, event) - {fact.by.id})


@evolves
def initiative_hidden(state: Workshop, fact: Fact, event: InitiativeHidden) -> Workshop:
    """With its hearts."""
    return _changed(state, event, hidden=True)


@evolves
def initiative_shown(state: Workshop, fact: Fact, event: InitiativeShown) -> Workshop:
    """With its hearts."""
    return _changed(state, event, hidden=False)


@evolves
def initiative_highlighted(state: Workshop, fact: Fact, event: InitiativeHighlighted) -> Workshop:
    """Until it is dimmed, hidden or withdrawn."""
    return _changed(state, event, highlighted=True)


@evolves
def initiative_dimmed(state: Workshop, fact: Fact, event: InitiativeDimmed) -> Workshop:
    """It stays on every other screen."""
    return _changed(state, event, highlighted=False)


def _changed(state: Workshop, event: _OfAnInitiative, **changes: Any) -> Workshop:
    return with_initiative(state, event.group, event.action, event.initiative, **changes)


def _supporters(state: Workshop, event: _OfAnInitiative) -> frozenset[str]:
    return state.group(event.group).lines[event.action].initiatives[event.initiative].supporters


# --- undoing, and putting back


@inverts
def _not_posted(before: Workshop, event: InitiativePosted) -> InitiativeWithdrawn:
    return InitiativeWithdrawn(group=event.group, action=event.action, initiative=event.initiative)


@inverts
def _text_before(before: Workshop, event: InitiativeEdited) -> InitiativeEdited:
    text = before.group(event.group).lines[event.action].initiatives[event.initiative].text
    return InitiativeEdited(group=event.group, action=event.action, initiative=event.initiative, text=text)


@inverts
def _where_it_was(before: Workshop, event: InitiativeMoved) -> InitiativeMoved:
    return InitiativeMoved(group=event.group, action=event.to, initiative=event.initiative, to=event.action)


@inverts
def _not_withdrawn(before: Workshop, event: InitiativeWithdrawn) -> InitiativeRestored:
    return InitiativeRestored(group=event.group, action=event.action, initiative=event.initiative)


@inverts
def _not_supported(before: Workshop, event: InitiativeSupported) -> InitiativeUnsupported:
    return InitiativeUnsupported(group=event.group, action=event.action, initiative=event.initiative)


@inverts
def _not_unsupported(before: Workshop, event: InitiativeUnsupported) -> InitiativeSupported:
    return InitiativeSupported(group=event.group, action=event.action, initiative=event.initiative)


@looks_at
def _how_it_stands(
    state: Workshop,
    event: (
        InitiativeWithdrawn
        | InitiativeRestored
        | InitiativeEdited
        | InitiativeMoved
        | InitiativeSupported
        | InitiativeUnsupported
    ),
) -> object:
    line = state.group(event.group).lines[event.action]
    found = line.initiatives.get(event.initiative)
    # Other people's hearts are no reason to refuse an author's undo.
    return found and (found.text, found.changed_by, found.withdrawn, found.hidden, line.removed)


@names_removal
def _initiative(event: InitiativeWithdrawn | InitiativeRestored) -> str:
    return f"initiative-{event.initiative}"


@restores
def _with_its_star(before: Workshop, event: InitiativeWithdrawn) -> Restoration:
    group, action, initiative = event.group, event.action, event.initiative
    back = InitiativeRestored(group=group, action=action, initiative=initiative)
    if not before.group(group).lines[action].initiatives[initiative].highlighted:
        return Restoration(remedies=(back,))
    star = InitiativeHighlighted(group=group, action=action, initiative=initiative)
    return Restoration(remedies=(back, star))
