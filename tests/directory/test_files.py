"""Files of places in both published standards: what is taken, what is wrong with which row, nothing lost in silence."""

import contextlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.directory.files import BadFile, merged, read_places
from atelier.directory.place import chosen, folded

SAMPLES = Path(__file__).parent / "samples"


def sample(name: str) -> bytes:
    """A file of invented places."""
    return (SAMPLES / name).read_bytes()


def told(body: bytes) -> list[tuple[str, str, bool]]:
    """What is said of a file’s rows, with ordinary spaces."""
    return [
        (each.where.replace("\u00a0", " "), each.cause.replace("\u00a0", " "), each.taken)
        for each in read_places(body).faults
    ]


def test_places_of_the_digital_mediation_standard() -> None:
    found = read_places(sample("lieux.csv"))
    assert [place.id for place in found.places] == ["lieu-1", "lieu-2", "lieu-7", "lieu-8"]
    first, second, third, last = found.places
    assert first.phone == "03\u00a099\u00a000\u00a000\u00a001"
    assert first.networks == ("France services", "Aidants Connect")
    assert first.topics == ("Aide aux démarches administratives", "Accès internet et matériel informatique")
    assert first.booking == "https://rdv.aubrelle.example/prendre"
    assert second.topics == (
        "Maîtrise des outils numériques du quotidien",
        "Utilisation sécurisée du numérique",
    )
    assert (second.site, second.address) == ("https://mediatheque.example", "12 bis, rue de l’Écluse")
    assert (third.phone, third.mail, third.site, third.booking, third.updated) == ("", "", "", "", "")
    assert third.hours == "lundi matin"
    assert (last.name, last.phone) == ("Le Relais, caravane numérique", "02\u00a062\u00a000\u00a000\u00a000")
    assert found.networks == ("Aidants Connect", "Conseillers numériques", "France services")


def test_every_broken_row_is_named_with_its_line_and_its_cause() -> None:
    assert told(sample("lieux.csv")) == [
        ("ligne 4", "il manque : identifiant", False),
        ("ligne 5", "il manque : nom", False),
        ("ligne 6", "même identifiant que ligne 2 : lieu-1", False),
        ("ligne 7", "4 cases au lieu de 31", False),
        ("ligne 8", "téléphone : « téléphoner à la mairie » n’a pas été repris", True),
        ("ligne 8", "site : « javascript:alert(1) » n’a pas été repris", True),
        ("ligne 8", "prise de rendez-vous : « data:text/html » n’a pas été repris", True),
        ("ligne 8", "courriel : « pas une adresse » n’a pas été repris", True),
        ("ligne 8", "date de mise à jour : « hier » n’a pas été repris", True),
    ]


def test_structures_and_services_of_data_inclusion() -> None:
    found = read_places(sample("data-inclusion.json"))
    assert [place.name for place in found.places] == ["Point d’accueil du Val", "Maison du logement"]
    val, housing = found.places
    assert val.networks == ("France services", "Aidants Connect")
    assert val.booking == "https://rdv.exemple.example/val"
    assert val.topics[0] == "numerique--acceder-a-des-services-en-ligne"
    assert housing.topics == ("logement-hebergement--etre-accompagne-pour-se-loger",)
    assert told(sample("data-inclusion.json")) == [
        ("structure n° 3", "il manque : commune", False),
        ("structure n° 4", "ce n’est pas une structure", False),
        ("service n° 3", "structure absente du fichier : ailleurs--9", False),
    ]


def test_the_same_places_from_other_spellings_of_a_file() -> None:
    text = sample("lieux.csv").decode()
    bom, windows = b"\xef\xbb\xbf" + text.encode(), text.encode("cp1252")
    assert read_places(bom) == read_places(windows) == read_places(text.encode())
    structures = json.loads(sample("data-inclusion.json"))["structures"][:2]
    for wrapped in (structures, {"items": structures}):
        assert [place.id for place in read_places(json.dumps(wrapped).encode()).places] == [
            "exemple--1",
            "exemple--2",
        ]
    as_csv = b'id;nom;commune;reseaux_porteurs\nx;Lieu;Aubrelle;"[""france-service""]"\n'
    assert read_places(as_csv).places[0].networks == ("France services",)


def test_a_quote_that_nothing_closes_does_not_take_the_rest_in_silence() -> None:
    assert told(b'id,nom,commune\na,A,B\nb,"B"x,C\nc,C,D\n')[0][0] == "ligne 3"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"a,b\n1,2\n", "ne nomme pas"),
        (b"", "ne nomme pas"),
        (b"{", "ligne 1"),
        (b'{"autre": []}', "liste de structures"),
        (b'{"structures": {}}', "liste de structures"),
        (b"[" * 100_000, "imbriqué"),
    ],
)
def test_what_is_no_file_of_places_is_refused_with_a_sentence(body: bytes, said: str) -> None:
    with pytest.raises(BadFile, match=said):
        read_places(body)


@pytest.mark.slow
@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: f"id,nom,commune\n{text}".encode(errors="replace"))
)
def test_any_file_is_read_or_refused(body: bytes) -> None:
    with contextlib.suppress(BadFile):
        read_places(body)


def test_places_are_chosen_by_territory_commune_and_network() -> None:
    places = read_places(sample("lieux.csv")).places
    assert [each.id for each in chosen(places, communes="AUBRELLE; st vaubert les etangs")] == [
        "lieu-1",
        "lieu-2",
    ]
    assert [each.id for each in chosen(places, communes="99003")] == ["lieu-7", "lieu-8"]
    assert [each.id for each in chosen(places, network="Conseillers numériques")] == ["lieu-2", "lieu-8"]
    assert len(chosen(places, territory="99")) == 4
    assert chosen(places, territory="88") == []


def test_places_read_again_are_brought_up_to_date_and_keep_their_doors() -> None:
    before = read_places(sample("lieux.csv")).places
    placed = (before[0].under(("demarche",)), *before[1:])
    again = merged(placed, [replace(before[0], phone=""), replace(before[1], id="new")])
    assert (again[0].doors, again[0].phone) == (("demarche",), "")
    assert [each.id for each in again] == ["lieu-1", "lieu-2", "lieu-7", "lieu-8", "new"]


def test_words_are_searched_without_what_people_leave_out() -> None:
    assert folded("Ste-Croix-aux-Mines") == folded("sainte croix aux mines") == "sainte croix aux mines"
