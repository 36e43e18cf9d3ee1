"""The agenda as the desk tells it: phases with their script, what comes next, the minute in which to take back."""

from dataclasses import dataclass

from atelier.domain import limits, selectors
from atelier.domain.doctrine import Script, SheetAction
from atelier.domain.state import Workshop
from atelier.domain.values import Phase, Scene
from atelier.domain.windows import left_of
from atelier.web.render.view import View
from atelier.web.screens.desk.groups import added_missions
from atelier.wording import phase_name, plural

GO_TO = {
    Phase.WELCOME: "Revenir à l’accueil",
    Phase.REMITS: "Passer aux missions",
    Phase.ARTICULATIONS: "Passer aux articulations",
    Phase.REPORT_BACK: "Passer à la restitution",
    Phase.SYNTHESIS: "Passer à la synthèse",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One phase in the agenda; `next` is the phase after it, if any."""

    phase: Phase
    number: int
    name: str
    minutes: int
    script: Script
    go: str
    next: Phase | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """Where the projection of one action at a time is: in the sheet of the group that presents, or over all groups.

    `form`: the one that shows an action of this walk. `group`: 0 over all groups. `whole`: its whole sheet
    is on the wall.
    """

    form: str
    group: int
    actions: list[SheetAction]
    at: int
    whole: bool = False

    @property
    def action(self) -> SheetAction | None:
        """The action on the wall, if one of this walk is."""
        return self.actions[self.at] if self.at >= 0 else None

    @property
    def before(self) -> SheetAction | None:
        """The action before it."""
        return self.actions[self.at - 1] if self.at > 0 else None

    @property
    def after(self) -> SheetAction | None:
        """The action after it, the first one while the whole sheet is shown."""
        return self.actions[self.at + 1] if self.at + 1 < len(self.actions) else None

    @property
    def spoken(self) -> SheetAction | None:
        """The action that the other way through begins with."""
        return self.action or self.after


def steps(view: View) -> list[Step]:
    """Return the phases in order."""
    order = list(Phase)
    return [
        Step(
            phase=phase,
            number=number,
            name=phase_name(phase),
            minutes=view.state.prepared.minutes[phase],
            script=view.doctrine.script(phase),
            go=GO_TO[phase],
            next=order[number] if number < len(order) else None,
        )
        for number, phase in enumerate(order, start=1)
    ]


def summary(state: Workshop, phase: Phase) -> str:
    """Return the line under a phase's name: its time, and what came out of it."""
    minutes = f"{state.prepared.minutes[phase]}\u00a0min"
    match phase:
        case Phase.WELCOME:
            return plural(sum(1 for _ in state.present()), "personne")
        case Phase.REMITS:
            return f"{minutes} · {plural(_missions(state), 'ajoutée')}"
        case Phase.ARTICULATIONS:
            return minutes
        case Phase.REPORT_BACK:
            return f"{len(state.groups)} × {minutes}"
        case Phase.SYNTHESIS:
            return f"{minutes} · {plural(len(state.decisions), 'décision')}"


def walk(state: Workshop) -> Walk | None:
    """Return the walk through the actions, over all groups or the presenting one’s; None while nobody presents."""
    if state.phase is not Phase.REPORT_BACK:
        return None
    wall = state.wall
    if wall.scene is Scene.ACROSS:
        actions = list(state.prepared.actions)
        return Walk(form="across", group=0, actions=actions, at=_place(actions, wall.action))
    if not state.presenting:
        return None
    actions = [line.action for line in selectors.lines(state.group(state.presenting))]
    shown = wall.action if wall.scene is Scene.ACTION and wall.group == state.presenting else ""
    form = f"action-{state.presenting}"
    whole = wall.scene is Scene.GROUP and wall.group == state.presenting
    return Walk(form=form, group=state.presenting, actions=actions, at=_place(actions, shown), whole=whole)


def _place(actions: list[SheetAction], shown: str) -> int:
    return next((index for index, action in enumerate(actions) if action.id == shown), -1)


def undo_left(view: View) -> int:
    """Return how long (ms) the opening of the phase can still be taken back; 0: no longer."""
    if view.state.before_phase is None:
        return 0
    return max(0, left_of(limits.PHASE_UNDO_MS, view.state.phase_since, view.at))


def stale_message(state: Workshop) -> str:
    """Return the message to all that was written in an earlier phase and still stands, if there is one."""
    return state.announcement if state.announced_in is not state.phase else ""


def duration_text(total_ms: int) -> str:
    """Return a duration as it is said: « 20 min », « 12 min 30 »."""
    minutes, seconds = divmod(round(total_ms / 1000), 60)
    return f"{minutes}\u00a0min" + (f"\u00a0{seconds:02d}" if seconds else "")


def _missions(state: Workshop) -> int:
    return sum(added_missions(group) for group in state.groups)
