"""Initiatives: posted by anybody at the table, supported by others, moderated by facilitators."""

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain import limits
from atelier.domain.acts import Act
from atelier.domain.decide import finding, quota
from atelier.domain.refusals import Code, Refused
from atelier.domain.state import Workshop
from atelier.domain.text import clean

_Targeted = (
    c.EditInitiative | c.WithdrawInitiative | c.SupportInitiative | c.UnsupportInitiative
    | c.HideInitiative | c.ShowInitiative | c.HighlightInitiative
)  # fmt: skip


def post(state: Workshop, act: Act, command: c.PostInitiative) -> tuple[e.Event, ...]:
    """Propose an initiative under an action."""
    finding.line(state, command.group, command.action)
    text = clean(command.text, limits.INITIATIVE_CHARACTERS)
    lines = finding.group(state, command.group).lines.values()
    if any(act.fresh_id in each.initiatives for each in lines):
        raise Refused(Code.ALREADY_USED)
    if sum(len(each.initiatives) for each in lines) >= limits.INITIATIVES_PER_GROUP:
        raise Refused(Code.TOO_MANY, str(limits.INITIATIVES_PER_GROUP))
    quota.check(state, act)
    return (
        e.InitiativePosted(group=command.group, action=command.action, initiative=act.fresh_id, text=text),
    )


def edit(state: Workshop, act: Act, command: c.EditInitiative) -> tuple[e.Event, ...]:
    """Reword one's own initiative; facilitators may correct typos."""
    found = finding.own_initiative(state, command.group, command.initiative, act.by)
    text = clean(command.text, limits.INITIATIVE_CHARACTERS)
    if found.text == text:
        return ()
    return (e.InitiativeEdited(group=command.group, action=found.action, initiative=found.id, text=text),)


def withdraw(state: Workshop, act: Act, command: c.WithdrawInitiative) -> tuple[e.Event, ...]:
    """Take one's own initiative away."""
    found = finding.own_initiative(state, command.group, command.initiative, act.by)
    return (e.InitiativeWithdrawn(group=command.group, action=found.action, initiative=found.id),)


def support(state: Workshop, act: Act, command: c.SupportInitiative) -> tuple[e.Event, ...]:
    """Put one's heart behind an initiative, once."""
    found = finding.initiative(state, command.group, command.initiative)
    if act.by.id in found.supporters:
        return ()
    return (e.InitiativeSupported(group=command.group, action=found.action, initiative=found.id),)


def unsupport(state: Workshop, act: Act, command: c.UnsupportInitiative) -> tuple[e.Event, ...]:
    """Take one's heart back."""
    found = finding.initiative(state, command.group, command.initiative)
    if act.by.id not in found.supporters:
        return ()
    return (e.InitiativeUnsupported(group=command.group, action=found.action, initiative=found.id),)


def hide(state: Workshop, act: Act, command: c.HideInitiative) -> tuple[e.Event, ...]:
    """Off the wall, the phones and the documents; its author sees that it is hidden."""
    found = finding.initiative(state, command.group, command.initiative)
    if found.hidden:
        return ()
    hidden = e.InitiativeHidden(group=command.group, action=found.action, initiative=found.id)
    return (_dimmed(command, found.action), hidden) if found.highlighted else (hidden,)


def show(state: Workshop, act: Act, command: c.ShowInitiative) -> tuple[e.Event, ...]:
    """Show a hidden initiative again."""
    found = finding.initiative(state, command.group, command.initiative)
    if not found.hidden:
        return ()
    return (e.InitiativeShown(group=command.group, action=found.action, initiative=found.id),)


def highlight(state: Workshop, act: Act, command: c.HighlightInitiative) -> tuple[e.Event, ...]:
    """Give it the wall's footer, or take that back."""
    found = finding.initiative(state, command.group, command.initiative)
    if found.highlighted == command.on:
        return ()
    if not command.on:
        return (_dimmed(command, found.action),)
    highlighted = e.InitiativeHighlighted(group=command.group, action=found.action, initiative=found.id)
    if not found.hidden:
        return (highlighted,)
    return (e.InitiativeShown(group=command.group, action=found.action, initiative=found.id), highlighted)


def _dimmed(command: _Targeted, action: str) -> e.InitiativeDimmed:
    return e.InitiativeDimmed(group=command.group, action=action, initiative=command.initiative)
