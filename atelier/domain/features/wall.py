"""What everybody sees: the wall's scene, the facilitator's line of text, how much the wall tells."""

from atelier.domain import limits, lookup
from atelier.domain.acts import Act, Command, Event, Fact
from atelier.domain.parts import changed, with_sound_wall
from atelier.domain.refusals import Code, Refused
from atelier.domain.regions import Kind
from atelier.domain.registry import command, decides, event, evolves, looks_at, names_removal, restores
from atelier.domain.rules import OPEN_OR_CLOSED, facilitators
from atelier.domain.state import Restoration, WallView, Workshop
from atelier.domain.text import clean
from atelier.domain.values import Scene

_PAGES = 10_000

# --- commands


@command(facilitators(OPEN_OR_CLOSED))
class Announce(Command):
    """Say one line to the wall and to all phones (140 characters)."""

    text: str


@command(facilitators(OPEN_OR_CLOSED))
class ClearAnnouncement(Command):
    """Take the line away."""


@command(facilitators(OPEN_OR_CLOSED))
class ShowOnWall(Command):
    """Choose the wall’s scene; `group`, `action` and `page` where it needs them."""

    scene: Scene
    group: int = 0
    action: str = ""
    page: int = 0
    from_view: str | None = None


@command(facilitators())
class SetArmsDiscreet(Command):
    """Only counts on the wall, no arms, so that groups do not copy each other."""

    on: bool


@command(facilitators(OPEN_OR_CLOSED))
class SetFooterOpen(Command):
    """Every new initiative in the wall’s footer, or the highlighted ones only."""

    on: bool


@command(facilitators(OPEN_OR_CLOSED))
class SetDiscussFirst(Command):
    """In the synthesis, the actions to discuss first, or all in the order of the sheet."""

    on: bool


@command(facilitators(OPEN_OR_CLOSED))
class SetWallCovered(Command):
    """Hide every text of participants from the wall at once, or show again what it would show."""

    on: bool


@command(facilitators())
class ShowJoinCode(Command):
    """The QR code in large over the wall’s scene, for some seconds."""


# --- events


@event("announcement.made", stale=(Kind.ANNOUNCEMENT, Kind.REMOVALS), story="annonce : « {text} »")
class AnnouncementMade(Event):
    """A line for everybody."""

    text: str


@event(
    "announcement.cleared",
    stale=(Kind.ANNOUNCEMENT, Kind.WALL, Kind.REMOVALS),
    story="l’annonce est retirée",
)
class AnnouncementCleared(Event):
    """No line any more; a wall that showed only that is blank."""


@event("wall-view.chosen", stale=(Kind.WALL,), story="à l’écran : {scene}")
class WallViewChosen(Event):
    """The wall shows that."""

    scene: Scene
    group: int
    action: str
    page: int


@event("arms.hidden", stale=(Kind.WALL,), story="barres cachées")
class ArmsHidden(Event):
    """Only counts on the wall."""


@event("arms.revealed", stale=(Kind.WALL,), story="barres montrées")
class ArmsRevealed(Event):
    """Arms on the wall."""


@event("footer.opened", stale=(Kind.WALL,), story="toutes les initiatives passent à l’écran")
class FooterOpened(Event):
    """Every new initiative in the wall’s footer."""


@event(
    "footer.restricted",
    stale=(Kind.WALL,),
    story="seules les initiatives mises en avant passent à l’écran",
)
class FooterRestricted(Event):
    """Highlighted initiatives only."""


@event("synthesis.sorted", stale=(Kind.WALL,), story="synthèse : à discuter d’abord")
class SynthesisSorted(Event):
    """The actions to discuss come first in the synthesis."""


@event("synthesis.unsorted", stale=(Kind.WALL,), story="synthèse : dans l’ordre de la fiche")
class SynthesisUnsorted(Event):
    """The synthesis is in the order of the sheet."""


@event("wall.covered", stale=(Kind.WALL,), story="tout est masqué à l’écran")
class WallCovered(Event):
    """No text of participants on the wall, whatever its scene."""


@event("wall.uncovered", stale=(Kind.WALL,), story="l’écran se remontre")
class WallUncovered(Event):
    """The wall shows its scene again."""


@event("join-code.shown", stale=(Kind.JOIN_CODE,), story="le QR code en grand à l’écran")
class JoinCodeShown(Event):
    """The QR code in large, for some seconds from now."""


# --- deciding


@decides
def announce(state: Workshop, act: Act, command: Announce) -> tuple[Event, ...]:
    """The same line again is said again."""
    return (AnnouncementMade(text=clean(command.text, limits.ANNOUNCEMENT_CHARACTERS)),)


@decides
def clear_announcement(state: Workshop, act: Act, command: ClearAnnouncement) -> tuple[Event, ...]:
    """Nothing changes where there is none."""
    return (AnnouncementCleared(),) if state.announcement else ()


@decides
def show_on_wall(state: Workshop, act: Act, command: ShowOnWall) -> tuple[Event, ...]:
    """What the scene does not need is left out."""
    if command.scene in (Scene.GROUP, Scene.ACTION):
        lookup.group(state, command.group)
    if command.scene is Scene.ACTION:
        lookup.line(state, command.group, command.action)
    if command.scene is Scene.ACROSS and command.action not in {each.id for each in state.prepared.actions}:
        raise Refused(Code.UNKNOWN_ACTION)
    if _is_empty(state, command.scene) or not 0 <= command.page < _PAGES:
        raise Refused(Code.NOT_A_VIEW)
    group = command.group if command.scene in (Scene.GROUP, Scene.ACTION) else 0
    action = command.action if command.scene in (Scene.ACTION, Scene.ACROSS) else ""
    page = command.page
    view = state.wall
    if (view.scene, view.group, view.action, view.page) == (command.scene, group, action, page):
        return ()
    return (WallViewChosen(scene=command.scene, group=group, action=action, page=page),)


def _is_empty(state: Workshop, scene: Scene) -> bool:
    previous = state.prepared.previous
    return (
        (scene is Scene.MESSAGE and not state.announcement)
        or (scene is Scene.VOTE and not state.vote)
        or (scene is Scene.FOLLOW_UP and not (previous and previous.decisions))
    )


@decides
def set_arms_discreet(state: Workshop, act: Act, command: SetArmsDiscreet) -> tuple[Event, ...]:
    """Nothing changes where it is so already."""
    if state.discreet == command.on:
        return ()
    return (ArmsHidden() if command.on else ArmsRevealed(),)


@decides
def set_footer_open(state: Workshop, act: Act, command: SetFooterOpen) -> tuple[Event, ...]:
    """Nothing changes where it is so already."""
    if state.footer_open == command.on:
        return ()
    return (FooterOpened() if command.on else FooterRestricted(),)


@decides
def set_discuss_first(state: Workshop, act: Act, command: SetDiscussFirst) -> tuple[Event, ...]:
    """Nothing changes where it is so already."""
    if state.discuss_first == command.on:
        return ()
    return (SynthesisSorted() if command.on else SynthesisUnsorted(),)


@decides
def set_wall_covered(state: Workshop, act: Act, command: SetWallCovered) -> tuple[Event, ...]:
    """Nothing changes where it is so already."""
    if state.covered == command.on:
        return ()
    return (WallCovered() if command.on else WallUncovered(),)


@decides
def show_join_code(state: Workshop, act: Act, command: ShowJoinCode) -> tuple[Event, ...]:
    """Once more means that it stays from now."""
    return (JoinCodeShown(),)


# --- evolving


@evolves
def wall_view_chosen(state: Workshop, fact: Fact, event: WallViewChosen) -> Workshop:
    """Another scene, or another page of the same."""
    view = WallView(scene=event.scene, group=event.group, action=event.action, page=event.page)
    return changed(state, wall=view)


@evolves
def announcement_made(state: Workshop, fact: Fact, event: AnnouncementMade) -> Workshop:
    """In place of the line before."""
    return changed(state, announcement=event.text, announced_in=state.phase)


@evolves
def announcement_cleared(state: Workshop, fact: Fact, event: AnnouncementCleared) -> Workshop:
    """A wall that showed only that is left blank."""
    return with_sound_wall(changed(state, announcement=""))


@evolves
def arms_hidden(state: Workshop, fact: Fact, event: ArmsHidden) -> Workshop:
    """Phones show them all the same."""
    return changed(state, discreet=True)


@evolves
def arms_revealed(state: Workshop, fact: Fact, event: ArmsRevealed) -> Workshop:
    """As they stand now."""
    return changed(state, discreet=False)


@evolves
def footer_opened(state: Workshop, fact: Fact, event: FooterOpened) -> Workshop:
    """Highlighted or not."""
    return changed(state, footer_open=True)


@evolves
def footer_restricted(state: Workshop, fact: Fact, event: FooterRestricted) -> Workshop:
    """As it was prepared."""
    return changed(state, footer_open=False)


@evolves
def discussed_first(state: Workshop, fact: Fact, event: SynthesisSorted) -> Workshop:
    """As the verdicts stand at any time."""
    return changed(state, discuss_first=True)


@evolves
def in_sheet_order(state: Workshop, fact: Fact, event: SynthesisUnsorted) -> Workshop:
    """As it was prepared."""
    return changed(state, discuss_first=False)


@evolves
def wall_covered(state: Workshop, fact: Fact, event: WallCovered) -> Workshop:
    """Scenes may be chosen meanwhile; none is seen."""
    return changed(state, covered=True)


@evolves
def wall_uncovered(state: Workshop, fact: Fact, event: WallUncovered) -> Workshop:
    """As it stands now."""
    return changed(state, covered=False)


@evolves
def join_code_shown(state: Workshop, fact: Fact, event: JoinCodeShown) -> Workshop:
    """Whatever the scene."""
    return changed(state, join_code_until=fact.at + limits.JOIN_CODE_MS)


# --- putting back


@names_removal
def _announcement(event: AnnouncementCleared | AnnouncementMade) -> str:
    return "announcement"


@restores
def _what_was_announced(before: Workshop, event: AnnouncementCleared) -> Restoration | None:
    return (
        Restoration(remedies=(AnnouncementMade(text=before.announcement),)) if before.announcement else None
    )


@looks_at
def _what_is_announced(state: Workshop, event: AnnouncementMade) -> object:
    return state.announcement
