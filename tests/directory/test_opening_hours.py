"""Opening hours in French words, or as they were published: never half of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.directory.opening_hours import Unread, in_words, understood

SAID = {
    "24/7": "tous les jours, 24 h sur 24",
    "Mo-Fr 09:00-12:00,14:00-17:00": "du lundi au vendredi : 9 h – 12 h et 14 h – 17 h",
    "Mo-Fr 09:00-12:00, 14:00-17:30; Sa 08:30-12:00": (
        "du lundi au vendredi : 9 h – 12 h et 14 h – 17 h 30 ; samedi : 8 h 30 – 12 h"
    ),
    "Mo,Tu 09:00-12:00; We off; Th-Su 14:00-16:00": (
        "lundi et mardi : 9 h – 12 h ; mercredi : fermé ; du jeudi au dimanche : 14 h – 16 h"
    ),
    "Mo-Fr 09:00-17:00; We off": "lundi, mardi, jeudi et vendredi : 9 h – 17 h ; mercredi : fermé",
    "Mo-Fr 09:00-12:00, We 14:00-16:00": (
        "lundi, mardi, jeudi et vendredi : 9 h – 12 h ; mercredi : 9 h – 12 h et 14 h – 16 h"
    ),
    "09:00-12:00": "tous les jours : 9 h – 12 h",
    "Mo-Su 09:00+": "tous les jours : à partir de 9 h",
    "Sa-Mo 10:00-12:00": "lundi, samedi et dimanche : 10 h – 12 h",
    "Mo-Fr 09:00-12:00; PH off": "du lundi au vendredi : 9 h – 12 h ; jours fériés : fermé",
    "week 1-53/2 Th 14:00-17:00": "semaines impaires, jeudi : 14 h – 17 h",
    "week 2-52/2 Th 14:00-17:00": "semaines paires, jeudi : 14 h – 17 h",
    "Th[1] 14:00-17:00": "1er jeudi du mois : 14 h – 17 h",
    "Th[1,3] 14:00-17:00": "1er et 3e jeudi du mois : 14 h – 17 h",
    "Jul-Aug Mo-Fr 09:00-12:00": "de juillet à août, du lundi au vendredi : 9 h – 12 h",
    'Mo 09:00-12:00 "sur rendez-vous"': "lundi : 9 h – 12 h, sur rendez-vous",
    '"sur rendez-vous"': "sur rendez-vous",
}  # fmt: skip
UNREAD = (
    "",
    ";",
    "Mo-Fr",
    "lundi au vendredi",
    "Mo-Fr 9h-12h",
    "Mo 09:00-12:75",
    "Mo 31:00-32:00",
    "Mo sunrise-sunset",
    "easter +1 day off",
    "week 1-53/3 Th 14:00-17:00",
    "Mo[7] 14:00-17:00",
    "Mo 09:00-12:00 off",
    "2026 Mo 09:00-12:00",
    'Mo-Fr 09:00-12:00 || "sur appel"',
)


def plain(text: str) -> str:
    """The words with ordinary spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(("written", "said"), SAID.items())
def test_hours_are_said_in_french(written: str, said: str) -> None:
    assert plain(in_words(written)) == said


@pytest.mark.parametrize("written", UNREAD)
def test_what_is_not_understood_is_never_said_by_half(written: str) -> None:
    with pytest.raises(Unread):
        in_words(written)


@pytest.mark.slow
@given(st.text(alphabet='MoTuWeSa0192:-,;+ []"/ofpweek', max_size=40))
def test_any_text_is_said_or_left_as_it_is(written: str) -> None:
    assert understood(written) in (True, False)
