"""Départements and overseas territories: their codes, what people write for them, their time zones."""

import zoneinfo
from dataclasses import replace

import pytest

from atelier.domain import commands as c
from atelier.domain.refusals import Code
from atelier.domain.territories import COLLECTIVITIES, DEPARTEMENTS, NAMES, code_of, name_of, zone_name
from tests.support.histories import FACILITATOR, SETUP, given, refused, workshop


def test_there_are_101_departements_each_with_a_name_of_its_own():
    assert len(DEPARTEMENTS) == 101
    assert len(set(NAMES.values())) == len(NAMES) == 101 + len(COLLECTIVITIES)
    assert "20" not in NAMES
    assert (name_of("2A"), name_of("88"), name_of("95"), name_of("976")) == (
        "Corse-du-Sud", "Vosges", "Val-d’Oise", "Mayotte",
    )  # fmt: skip
    assert name_of("99") == ""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Vosges", "88"), ("  vosges ", "88"), ("Vosges (88)", "88"), ("88", "88"), ("88 - Vosges", "88"),
        ("VOSGES", "88"),
        ("Val d'Oise", "95"), ("La Réunion", "974"), ("Reunion", "974"), ("Côte d’Or", "21"), ("2a", "2A"),
        ("Nouvelle Calédonie", "988"), ("Pays de la Déodatie", ""), ("", ""), ("Les Vosges du Nord", ""), ("Alpes", ""),
    ],
)  # fmt: skip
def test_what_people_write_is_understood(text, code):
    assert code_of(text) == code


@pytest.mark.parametrize(
    ("code", "text", "zone"),
    [
        ("88", "", "Europe/Paris"), ("2B", "", "Europe/Paris"), ("", "Pays de la Déodatie", "Europe/Paris"),
        ("", "", "Europe/Paris"),
        ("971", "", "America/Guadeloupe"), ("972", "", "America/Martinique"), ("973", "", "America/Cayenne"),
        ("974", "", "Indian/Reunion"), ("976", "", "Indian/Mayotte"), ("975", "", "America/Miquelon"),
        ("977", "", "America/St_Barthelemy"), ("978", "", "America/Marigot"), ("986", "", "Pacific/Wallis"),
        ("987", "", "Pacific/Tahiti"), ("988", "", "Pacific/Noumea"),
        ("", "La Réunion", "Indian/Reunion"), ("", "Guadeloupe (971)", "America/Guadeloupe"),
        ("974", "Territoire de la côte ouest", "Indian/Reunion"),
    ],
)  # fmt: skip
def test_each_territory_has_its_hours(code, text, zone):
    assert zone_name(code, text) == zone


def test_every_zone_is_known_to_the_system():
    assert {zone_name(code) for code in NAMES} <= zoneinfo.available_timezones()


def test_a_code_that_is_none_is_refused():
    strange = replace(SETUP, territory_code="99")
    given(workshop()).when(c.ReviseSetup(setup=strange), FACILITATOR).then(
        refused(Code.NOT_A_SETUP, "territory")
    )
