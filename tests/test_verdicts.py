"""What the groups say together, in French: word, notes, one sentence an action."""

from dataclasses import replace

import pytest

from atelier import verdicts, wording
from atelier.doctrines.loading import load
from atelier.domain import events as e
from atelier.domain.state import Workshop
from atelier.domain.synthesis import Verdict, overlay, row_of
from tests.support.histories import SETUP, state_of

DOCTRINE = load("articulation")
FS, CN = "France services", "Conseiller numérique"
NAMES = ("Groupe 1", "Groupe 2", "Groupe 3")


def room(*cells: tuple[int | None, int | None] | str, names: tuple[str, ...] = NAMES) -> Workshop:
    """A workshop in which the groups placed « J’oriente »: `aside`, `open` (nobody answered), or two reaches."""
    events: list[e.Event] = []
    for group, cell in enumerate(cells, start=1):
        if cell == "aside":
            events.append(e.ActionSetAside(group=group, action="orienter"))
        elif not isinstance(cell, str):
            events.append(e.ActionPlaced(group=group, action="orienter", fs=cell[0], cn=cell[1]))
    return state_of(e.WorkshopPrepared(setup=replace(SETUP, groups=names[: len(cells)])), *events)


def read(state: Workshop) -> verdicts.Reading:
    """What is said of « J’oriente »."""
    return verdicts.reading_of(state, row_of(state, "orienter"), DOCTRINE)


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_has_its_words(verdict: Verdict) -> None:
    words = wording.verdict_name(verdict, DOCTRINE)
    assert words
    assert "{" not in words


@pytest.mark.parametrize(
    ("cells", "word", "beside", "sentence"),
    [
        (
            [(75, 50)] * 3,
            "Plutôt France services",
            "",
            f"Les trois groupes disent\u00a0: {FS} régulièrement, {CN} de temps en temps.",
        ),
        (
            [(100, 100), (0, 0), (100, 100)],
            "À discuter",
            "le groupe 2 s’écarte, des deux côtés",
            (
                f"Le groupe 1 et le groupe 3 disent\u00a0: {FS} très régulièrement, {CN} très régulièrement\u202f; "
                f"le groupe 2\u00a0: {FS} jamais, {CN} jamais."
            ),
        ),
        (
            [(50, 0), (50, 100), (50, 0)],
            "À discuter",
            "le groupe 2 s’écarte, côté Conseiller numérique",
            (
                f"Le groupe 1 et le groupe 3 disent\u00a0: {FS} de temps en temps, {CN} jamais\u202f; "
                f"le groupe 2\u00a0: {FS} de temps en temps, {CN} très régulièrement."
            ),
        ),
        (
            [(25, 50), (50, 50), (75, 50)],
            "À discuter",
            "avis partagés, côté France services",
            (
                f"Le groupe 1 dit\u00a0: {FS} rarement, {CN} de temps en temps\u202f; le groupe 2\u00a0: "
                f"{FS} de temps en temps, {CN} de temps en temps\u202f; le groupe 3\u00a0: "
                f"{FS} régulièrement, {CN} de temps en temps."
            ),
        ),
        (
            [(50, 50), "open", "aside"],
            "Trop peu de réponses",
            "1\u00a0groupe sur 2",
            (
                f"Le groupe 1 dit\u00a0: {FS} de temps en temps, {CN} de temps en temps. "
                "À compléter\u00a0: le groupe 2. Sans objet pour le groupe 3."
            ),
        ),
        (
            [(75, 75), "aside", "aside"],
            "Terrain commun",
            "selon le seul groupe 1",
            (
                f"Le groupe 1 dit\u00a0: {FS} régulièrement, {CN} régulièrement. "
                "Sans objet pour le groupe 2 et le groupe 3."
            ),
        ),
        (
            [(75, None)] * 3,
            "À compléter",
            "",
            "Aucun groupe n’a encore répondu pour les deux métiers.",
        ),
        (["aside"] * 3, "Sans objet pour tous", "", "Sans objet pour tous les groupes."),
    ],
)
def test_one_action_in_words(
    cells: list[tuple[int | None, int | None] | str], word: str, beside: str, sentence: str
) -> None:
    said = read(room(*cells))
    assert (said.word, said.beside, said.sentence) == (word, beside, sentence)


def test_groups_are_called_by_the_names_they_gave_themselves() -> None:
    named = room((100, 50), (0, 50), names=("Déodatie", "Groupe 2"))
    assert read(named).sentence.startswith("Déodatie dit\u00a0: ")
    assert "le groupe 2\u00a0: " in read(named).sentence
    ended = room((100, 50), "open", names=("Déodatie", "La montagne\u202f!"))
    assert read(ended).sentence.endswith("À compléter\u00a0: La montagne\u202f!")


def test_only_what_the_room_says_has_a_colour() -> None:
    assert read(room((75, 75), (75, 75))).kind == "shared"
    assert read(room((75, 75), "aside")).kind == "plain"
    assert read(room((0, 0), (100, 0))).kind == "discuss"
    assert read(room((0, 0), "open", "open")).kind == "too-few"


def test_an_answer_of_before_may_be_none() -> None:
    placed = e.ActionPlaced(group=1, action="orienter", fs=75, cn=0, unsure=("cn",))
    state = state_of(e.WorkshopPrepared(setup=replace(SETUP, groups=NAMES[:1])), placed)
    assert read(state).sentence == f"Le groupe 1 dit\u00a0: {FS} régulièrement, {CN} jamais ou pas répondu."


def test_the_whole_is_counted() -> None:
    assert (
        verdicts.totals(overlay(room((75, 75), (75, 75))))
        == "0\u00a0action à discuter · 1\u00a0terrain commun"
    )


def test_how_words_are_chosen_is_three_lines() -> None:
    assert len(verdicts.HOW) == 3
