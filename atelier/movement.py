"""What moved since the workshop that this one follows, in French. Screens and documents say the same.

Rules: `domain/moves.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from atelier.domain.doctrine import Doctrine
from atelier.domain.moves import Basis, Change, Move, change_of, ghosts, standing
from atelier.domain.previous import Previous, PreviousDecision
from atelier.domain.state import Workshop
from atelier.domain.synthesis import Row
from atelier.domain.values import ARMS, DecisionStatus
from atelier.wording import DECISION_STATUSES, date_text

SINCE = "Depuis la dernière fois"
LAST_TIME = "La dernière fois"
SAME = "Comme la dernière fois."
_DIVIDED = "réponses partagées"
_NOT_TOLD = "Pas encore dit"
_BASES = {
    Basis.NEW: "Cette action n’était pas sur la fiche la dernière fois.",
    Basis.TOO_FEW_THEN: "La dernière fois, trop peu de réponses pour comparer.",
    Basis.TOO_FEW_NOW: "Trop peu de réponses pour comparer avec la dernière fois.",
    Basis.ASIDE_THEN: "La dernière fois, sans objet.",
    Basis.ASIDE_NOW: "Sans objet aujourd’hui\u00a0: rien à comparer avec la dernière fois.",
}
STANDINGS = (DecisionStatus.DONE, DecisionStatus.IN_PROGRESS, DecisionStatus.DROPPED)
"""What the room may say of a decision of the last time, in the order in which it is offered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ghost:
    """Where an action was the last time: the reach of each arm's word (None: the groups differed); both in words."""

    fs: int | None
    cn: int | None
    said: str
    arms: tuple[str, str]

    @property
    def words(self) -> str:
        """« La dernière fois : France services rarement, Conseiller numérique régulièrement. »"""
        return f"{LAST_TIME}\u00a0: {self.said}."

    def word(self, arm: str) -> str:
        """Return the word of one arm."""
        return self.arms[ARMS.index(arm)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A decision of the last time, and how far it has come."""

    decision: PreviousDecision
    status: DecisionStatus
    words: str


def occasion_of(previous: Previous) -> str:
    """« Quelle doctrine pour l’articulation ? », 25 juin 2026."""
    return f"«\u00a0{previous.title}\u00a0», {date_text(previous.date)}"


def followed(state: Workshop) -> tuple[Followed, ...]:
    """Return the decisions of the last time, in their order; none where this workshop follows none."""
    previous = state.prepared.previous
    return tuple(
        Followed(decision=each, status=standing(state, each), words=standing_words(standing(state, each)))
        for each in (previous.decisions if previous else ())
    )


def standing_words(status: DecisionStatus) -> str:
    """« Fait », « En cours », « Abandonné », or that nobody said so yet."""
    return _NOT_TOLD if status is DecisionStatus.TO_DO else DECISION_STATUSES[status]


def ghost_of(state: Workshop, doctrine: Doctrine, action: str) -> Ghost | None:
    """Return the mark of where an action was; None where it was on no sheet, or too few had answered."""
    words = ghosts(state, doctrine, action)
    if words is None:
        return None
    names = (doctrine.fs.name, doctrine.cn.name)
    arms = (_word(state, words[0]), _word(state, words[1]))
    said = ", ".join(f"{name} {word}" for name, word in zip(names, arms, strict=True))
    fs, cn = (None if word is None else word * 25 for word in words)
    return Ghost(fs=fs, cn=cn, arms=arms, said=said)


def ghosts_of(state: Workshop, doctrine: Doctrine) -> dict[str, Ghost]:
    """Return the marks of a sheet by action; those that there are."""
    found = ((each.id, ghost_of(state, doctrine, each.id)) for each in state.prepared.actions)
    return {action: ghost for action, ghost in found if ghost}


def moved_sentence(state: Workshop, row: Row, doctrine: Doctrine) -> str:
    """« France services : vous disiez « rarement », vous dites « régulièrement ». », "" where nothing is compared."""
    change = change_of(state, row, doctrine)
    if change is None or not row.counting:  # the row itself says that nobody answered
        return ""
    if change.basis is not Basis.COMPARED:
        return _BASES[change.basis]
    if not change.moved:
        return SAME
    return " ".join(_arm_sentence(state, doctrine, each) for each in change.moves)


def moved_briefly(state: Workshop, row: Row, doctrine: Doctrine) -> tuple[str, ...]:
    """« FS : rarement → régulièrement », for the arms that moved."""
    change = change_of(state, row, doctrine)
    names = dict(zip(ARMS, (doctrine.fs.short, doctrine.cn.short), strict=True))
    moves = change.moves if change else ()
    return tuple(f"{names[each.arm]}\u00a0: {arrow(state, doctrine, each)}" for each in moves if each.moved)


def arrow(state: Workshop, doctrine: Doctrine, move: Move) -> str:
    """« rarement → régulièrement », « régulièrement, comme la dernière fois »."""
    now = _present(doctrine, move)
    return f"{_word(state, move.then)} → {now}" if move.moved else f"{now}, comme la dernière fois"


def words_of_moves(state: Workshop, doctrine: Doctrine, change: Change) -> tuple[str, ...]:
    """Return the words of both arms, the last time and today; empty where they cannot be compared."""
    if not change.moves:
        return ("",) * (2 * len(ARMS))
    told = ((_word(state, each.then), _present(doctrine, each)) for each in change.moves)
    return tuple(word for pair in told for word in pair)


def cells(state: Workshop, row: Row, doctrine: Doctrine) -> tuple[str, str]:
    """Return what moved on each arm, for a table; why nothing can be said, in the first."""
    change = change_of(state, row, doctrine)
    if change is None or change.basis is not Basis.COMPARED:
        return (_BASES[change.basis] if change else "", "")
    fs, cn = (arrow(state, doctrine, each) for each in change.moves)
    return fs, cn


def totals(changes: Sequence[Change | None]) -> str:
    """« 3 actions ont bougé sur 8 que l’on peut comparer », "" where none can."""
    compared = [each for each in changes if each and each.basis is Basis.COMPARED]
    if not compared:
        return ""
    moved = sum(each.moved for each in compared)
    verb = (
        f"{moved} actions ont bougé"
        if moved > 1
        else "1 action a bougé"
        if moved
        else "Aucune action n’a bougé"
    )
    return f"{verb}, sur {len(compared)} que l’on peut comparer."


def _arm_sentence(state: Workshop, doctrine: Doctrine, move: Move) -> str:
    name = doctrine.fs.name if move.arm == "fs" else doctrine.cn.name
    if not move.moved:
        return f"{name}\u00a0: comme la dernière fois."
    then = (
        "vos réponses étaient partagées"
        if move.then is None
        else f"vous disiez {_quoted(_word(state, move.then))}"
    )
    now = (
        "vos réponses sont partagées"
        if move.present is None
        else f"vous dites {_quoted(doctrine.scale[move.present])}"
    )
    return f"{name}\u00a0: {then}, {now}."


def _word(state: Workshop, word: int | None) -> str:
    previous = state.prepared.previous
    return _DIVIDED if word is None or previous is None else previous.scale[word]


def _present(doctrine: Doctrine, move: Move) -> str:
    return _DIVIDED if move.present is None else doctrine.scale[move.present]


def _quoted(word: str) -> str:
    return f"«\u00a0{word}\u00a0»"
