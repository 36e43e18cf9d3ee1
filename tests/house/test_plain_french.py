"""What people read is plain French, and the tool that says so sees what it looks for."""

import pytest

from tools import plain_french


def test_every_sentence_on_screen_is_plain() -> None:
    found = list(plain_french.sentences())
    assert len(found) > 2000
    bad = [
        f"{sentence.place}: {fault}: {sentence.text}"
        for sentence in found
        if not plain_french.allowed(sentence)
        for fault in plain_french.faults(sentence.text)
    ]
    assert bad == []


def test_every_exception_is_needed_and_has_its_reason() -> None:
    found = [sentence for sentence in plain_french.sentences() if list(plain_french.faults(sentence.text))]
    for exception in plain_french.RULES["exceptions"]:
        assert len(exception["reason"]) > 20, exception
        text = exception.get("text", "")
        assert any(each.place.startswith(exception["place"]) and text in each.text for each in found), (
            exception
        )


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("Votre texte a été enregistré.", "passive"),
        ("La fiche est remplie par le groupe.", "passive"),
        ("Il n’est pas inutile de relire.", "two negations"),
        ("Ne partez pas sans relire.", "two negations"),
        ("Envoyez un e-mail.", "courriel"),
        ("Le mot " * 13 + ".", "words"),
        ("Votre texte est enregistré.", ""),
        ("Nadia est arrivée.", ""),
    ],
)
def test_what_is_not_plain_is_seen(sentence: str, fault: str) -> None:
    told = list(plain_french.faults(sentence))
    assert (fault in "".join(told)) if fault else told == []
