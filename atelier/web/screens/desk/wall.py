"""Wall panel of the desk: the current scene in words, and the scenes to choose from."""

from dataclasses import dataclass

from atelier.domain.state import Line, Workshop
from atelier.domain.values import Phase, Scene
from atelier.web.screens.wall.paging import wall_pages
from atelier.web.screens.wall.scenes import scene_of

_WORDS = {
    Scene.WELCOME: "L’accueil : le QR code, le code, les personnes arrivées",
    Scene.REMITS: "Les missions de chacun, sur le continuum",
    Scene.DEMONSTRATION: "La démonstration « Faire le café »",
    Scene.OVERVIEW: "La vue d’ensemble des groupes",
    Scene.OVERLAY: "Tous les groupes ensemble, action par action",
    Scene.VOTE: "Le vote par gommettes",
    Scene.DECISIONS: "Les décisions de la salle",
    Scene.FOLLOW_UP: "Les décisions de la dernière fois",
    Scene.MESSAGE: "Votre message, en grand",
    Scene.BLANK: "Rien : l’écran est vide",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A scene that one press shows, with its icon; `only` restricts when the button is there."""

    scene: Scene
    label: str
    icon: str
    only: str = ""


CHOICES = (
    Choice(scene=Scene.WELCOME, label="Accueil", icon="qr-code"),
    Choice(scene=Scene.REMITS, label="Missions", icon="arrow-left-right"),
    Choice(scene=Scene.DEMONSTRATION, label="Démonstration", icon="play"),
    Choice(scene=Scene.OVERVIEW, label="Vue d’ensemble", icon="list"),
    Choice(scene=Scene.OVERLAY, label="Tous les groupes ensemble", icon="copy"),
    Choice(scene=Scene.VOTE, label="Vote", icon="check", only="vote!=none"),
    Choice(scene=Scene.DECISIONS, label="Décisions", icon="check"),
    Choice(scene=Scene.FOLLOW_UP, label="La dernière fois", icon="check", only="follows=yes"),
    Choice(scene=Scene.MESSAGE, label="Message", icon="message-square", only="announced=yes"),
    Choice(scene=Scene.BLANK, label="Écran vide", icon="square"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WallNow:
    """The wall in words. `page` counts from 0; `pages` is 1 where there is nothing to turn."""

    icon: str
    words: str
    notes: tuple[str, ...]
    page: int
    pages: int


def wall_now(state: Workshop) -> WallNow:
    """Return what is on the wall right now."""
    pages = 1 if state.covered else wall_pages(state)
    return WallNow(
        icon=_icon(state),
        words=wall_words(state),
        notes=tuple(_notes(state)),
        page=min(state.wall.page, pages - 1),
        pages=pages,
    )


def _icon(state: Workshop) -> str:
    if state.covered:
        return "eye-off"
    return next((choice.icon for choice in CHOICES if choice.scene is state.wall.scene), "presentation")


def wall_words(state: Workshop) -> str:
    """Return the scene as a facilitator would say it."""
    wall = state.wall
    if state.covered:
        return "Rien : tout est masqué"
    if wall.scene is Scene.GROUP:
        return f"La fiche : {state.group(wall.group).name}"
    if wall.scene is Scene.ACROSS and scene_of(state) is Scene.ACROSS:
        action = next(each for each in state.prepared.actions if each.id == wall.action)
        return f"{action.short} · tous les groupes"
    if wall.scene is Scene.ACTION:
        line = _line(state)
        label = line.action.short if line else "une action retirée depuis"
        return f"{state.group(wall.group).name} · {label}"
    return _WORDS[scene_of(state)]


def _notes(state: Workshop) -> list[str]:
    notes: list[str] = []
    if state.covered:
        return notes
    if state.discreet and state.phase in (Phase.WELCOME, Phase.REMITS, Phase.ARTICULATIONS):
        notes.append("sans les barres")
    if state.footer_open:
        notes.append("toutes les initiatives passent en bas")
    return notes


def _line(state: Workshop) -> Line | None:
    line = state.group(state.wall.group).lines.get(state.wall.action)
    return line if line and not line.gone else None
