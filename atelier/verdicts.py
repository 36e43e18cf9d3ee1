"""What the groups say together, in French: the word, whom it rests on, who differs, one sentence an action.

Screens and documents say the same. Rules and properties: `domain/synthesis.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from atelier.domain.doctrine import Doctrine
from atelier.domain.state import Workshop
from atelier.domain.synthesis import Row, Verdict
from atelier.domain.values import Placement
from atelier.movement import moved_briefly, moved_sentence
from atelier.wording import UNANSWERED, arm_words, plural, verdict_name

HOW_TITLE = "Comment ces mots sont choisis"
HOW = tuple(
    """\
Un groupe compte dès qu’il a répondu pour les deux métiers ; « sans objet » ne compte pas. Un seul groupe sur \
plusieurs, ou moins de la moitié : « Trop peu de réponses ».
« À discuter » passe avant tout autre mot : d’un côté au moins, les réponses ne tiennent pas dans deux mots voisins. \
À partir de six groupes, il faut que deux groupes au moins, et un quart d’entre eux, n’y tiennent pas.
Sinon, le mot du milieu de chaque côté décide, sans moyenne. Régulier des deux côtés : « Terrain commun ». D’un \
seul : « Plutôt » quand l’autre le fait parfois, « Surtout » s’il le fait peu ou pas du tout. « Avis \
proches » : aucun groupe ne dit lui-même ce que donnerait le milieu.""".splitlines()
)
"""How a verdict is chosen, in three lines."""

LONG_SENTENCE = 330
"""Letters of what three groups with short names say apart."""
_NUMBERS = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Note:
    """A few words around groups, which the wall shows by their shapes: « sans objet pour » (3,).

    `said`: the sentence says it too, so that what shows both leaves it out.
    """

    before: str
    groups: tuple[int, ...] = ()
    after: str = ""
    bare: bool = False
    said: bool = False

    def text(self, state: Workshop) -> str:
        """Return the note with the groups' names; `bare`: after « groupe », which is not said twice."""
        names = _listed(state, self.groups)
        if self.bare:
            names = names.removeprefix("le groupe ")
        return " ".join(filter(None, (self.before, names, self.after)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A row of the synthesis in words. `kind` is the verdict's name in style sheets, plain where it has no colour.

    `beside`: the notes, in letters, that the sentence does not say.
    `moved`: what moved since the workshop that this one follows, "" where it follows none.
    """

    word: str
    kind: str
    notes: tuple[Note, ...]
    beside: str
    sentence: str
    moved: str = ""


def reading_of(state: Workshop, row: Row, doctrine: Doctrine, *, brief: bool = False) -> Reading:
    """Return what is said of one action; `brief`: in the letters of a wall."""
    notes = _notes(row, doctrine, brief)
    return Reading(
        word=verdict_name(row.verdict, doctrine, brief=brief),
        kind=row.verdict.value if row.coloured or row.verdict not in _COLOURS else "plain",
        notes=notes + tuple(map(Note, moved_briefly(state, row, doctrine) if brief else ())),
        beside=" · ".join(note.text(state) for note in notes if not note.said),
        sentence=sentence(state, row, doctrine),
        moved=moved_sentence(state, row, doctrine),
    )


def sentence(state: Workshop, row: Row, doctrine: Doctrine) -> str:
    """Return what the groups say, each in its own words."""
    if not row.of:
        return "Sans objet pour tous les groupes."
    told = [_said(state, row, doctrine) or "Aucun groupe n’a encore répondu pour les deux métiers."]
    if row.incomplete and row.counting:
        told.append(_stopped(f"À compléter\u00a0: {_listed(state, row.incomplete)}"))
    if row.aside:
        told.append(_stopped(f"Sans objet pour {_listed(state, row.aside)}"))
    return " ".join(told)


def shorter(state: Workshop, doctrine: Doctrine, row: Row, said: str, longest: int = LONG_SENTENCE) -> str:
    """Return the sentence `said`, or from which word to which the groups go where it has more letters than `longest`.

    For documents in which a table, or the mark of each group, says the rest.
    """
    if len(said) <= longest:
        return said
    sides = ((doctrine.fs.name, "fs"), (doctrine.cn.name, "cn"))
    told = " · ".join(f"{name}\u00a0: {_between(doctrine, row, arm)}" for name, arm in sides)
    counts = (
        _counted("à compléter", len(row.incomplete) if row.counting else 0),
        _counted("sans objet", len(row.aside) if row.of else 0),
    )
    return f"{' · '.join(filter(None, (told, *counts)))}."


def _counted(what: str, groups: int) -> str:
    return f"{what}\u00a0: {plural(groups, 'groupe')}" if groups else ""


def _between(doctrine: Doctrine, row: Row, arm: str) -> str:
    reaches = [line.placement.reach(arm) for line in row.lines if line.placement]
    known = sorted(reach for reach in reaches if reach is not None)
    if not known:
        return UNANSWERED
    least, most = doctrine.reach_name(known[0]), doctrine.reach_name(known[-1])
    return least if least == most else f"de «\u00a0{least}\u00a0» à «\u00a0{most}\u00a0»"


def group_words(state: Workshop, number: int) -> str:
    """« le groupe 2 » where nobody named it, else its name."""
    name = state.group(number).name
    return f"le groupe {number}" if name == f"Groupe {number}" else name


def placement_words(placement: Placement | None, doctrine: Doctrine) -> str:
    """« France services régulièrement, Conseiller numérique pas encore répondu »."""
    fs, cn = arm_words(placement, "fs", doctrine), arm_words(placement, "cn", doctrine)
    return f"{doctrine.fs.name} {fs}, {doctrine.cn.name} {cn}"


def totals(rows: Sequence[Row]) -> str:
    """« 1 action à discuter · 3 terrains communs »."""
    discuss = sum(row.verdict is Verdict.DISCUSS for row in rows)
    shared = sum(row.verdict is Verdict.SHARED for row in rows)
    return f"{plural(discuss, 'action')} à discuter · {plural(shared, 'terrain commun', 'terrains communs')}"


_COLOURS = frozenset(
    {
        Verdict.SHARED, Verdict.RATHER_FS, Verdict.MOSTLY_FS, Verdict.RATHER_CN, Verdict.MOSTLY_CN,
        Verdict.SOMETIMES_BOTH, Verdict.SOMETIMES_FS, Verdict.SOMETIMES_CN, Verdict.RARE_BOTH,
    }
)  # fmt: skip


def _notes(row: Row, doctrine: Doctrine, brief: bool) -> tuple[Note, ...]:
    notes = [
        Note(
            "",
            each.groups,
            f"{'s’écarte' if len(each.groups) == 1 else 's’écartent'}, {_sides(each.arms, doctrine, brief)}",
        )
        for each in row.apart
    ]
    if row.spread and not row.apart:
        notes.append(Note(f"avis partagés, {_sides(row.spread, doctrine, brief)}"))
    if row.alone:
        notes.append(Note("selon le seul groupe", (row.alone,), bare=True))
    if row.counting and row.incomplete:
        notes.append(Note(f"{plural(len(row.counting), 'groupe')} sur {row.of}"))
        notes.append(Note("à compléter\u00a0:", row.incomplete, said=True))
    if row.aside and row.of:
        notes.append(Note("sans objet pour", row.aside, said=True))
    return tuple(notes)


def _sides(arms: Sequence[str], doctrine: Doctrine, brief: bool) -> str:
    if len(arms) > 1:
        return "des deux côtés"
    cn = doctrine.cn.short if brief else doctrine.cn.name
    return f"côté {doctrine.fs.name if arms[0] == 'fs' else cn}"


def _stopped(text: str) -> str:
    # The name of a group may bring its own end of sentence.
    return text if text.endswith(("!", "?", "…", ".")) else f"{text}."


def _said(state: Workshop, row: Row, doctrine: Doctrine) -> str:
    by_words: dict[str, list[int]] = {}
    for group in row.counting:
        by_words.setdefault(placement_words(row.lines[group - 1].placement, doctrine), []).append(group)
    parts = sorted(by_words.items(), key=lambda part: (-len(part[1]), part[1]))
    if len(parts) == 1 and len(row.counting) == len(row.lines) > 1:
        return f"Les {_number(len(row.lines))} groupes disent\u00a0: {parts[0][0]}."
    told = [
        f"{_listed(state, groups)}{verb}\u00a0: {words}"
        for (words, groups), verb in zip(parts, _verbs(parts), strict=True)
    ]
    text = "\u202f; ".join(told)
    return f"{text[0].upper()}{text[1:]}." if text else ""


def _number(count: int) -> str:
    """A day has more groups than a workshop."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def _verbs(parts: Sequence[tuple[str, list[int]]]) -> list[str]:
    first = [" disent" if len(groups) > 1 else " dit" for _, groups in parts[:1]]
    return first + [""] * (len(parts) - len(first))


def _listed(state: Workshop, groups: Sequence[int]) -> str:
    names = [group_words(state, group) for group in groups]
    return " et ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
