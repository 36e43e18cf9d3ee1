"""What everybody sees: the wall's scene, the facilitator's line of text, how much the wall tells."""

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain import limits
from atelier.domain.acts import Act
from atelier.domain.decide import finding
from atelier.domain.refusals import Code, Refused
from atelier.domain.state import Workshop
from atelier.domain.text import clean
from atelier.domain.values import Scene

_PAGES = 10_000


def announce(state: Workshop, act: Act, command: c.Announce) -> tuple[e.Event, ...]:
    """Say one line to the wall and to all phones."""
    return (e.AnnouncementMade(text=clean(command.text, limits.ANNOUNCEMENT_CHARACTERS)),)


def clear_announcement(state: Workshop, act: Act, command: c.ClearAnnouncement) -> tuple[e.Event, ...]:
    """Take the line away."""
    return (e.AnnouncementCleared(),) if state.announcement else ()


def show(state: Workshop, act: Act, command: c.ShowOnWall) -> tuple[e.Event, ...]:
    """Choose the wall's scene."""
    if command.scene in (Scene.GROUP, Scene.ACTION):
        finding.group(state, command.group)
    if command.scene is Scene.ACTION:
        finding.line(state, command.group, command.action)
    if not 0 <= command.page < _PAGES or (command.scene is Scene.MESSAGE and not state.announcement):
        raise Refused(Code.NOT_A_VIEW)
    group = command.group if command.scene in (Scene.GROUP, Scene.ACTION) else 0
    action = command.action if command.scene is Scene.ACTION else ""
    page = command.page
    view = state.wall
    if (view.scene, view.group, view.action, view.page) == (command.scene, group, action, page):
        return ()
    return (e.WallViewChosen(scene=command.scene, group=group, action=action, page=page),)


def set_discreet(state: Workshop, act: Act, command: c.SetArmsDiscreet) -> tuple[e.Event, ...]:
    """Hide the arms on the wall until the report-back, so that groups do not copy each other."""
    if state.discreet == command.on:
        return ()
    return (e.ArmsHidden() if command.on else e.ArmsRevealed(),)


def set_footer(state: Workshop, act: Act, command: c.SetFooterOpen) -> tuple[e.Event, ...]:
    """Let the wall's footer show every new initiative, or the highlighted ones only."""
    if state.footer_open == command.on:
        return ()
    return (e.FooterOpened() if command.on else e.FooterRestricted(),)
