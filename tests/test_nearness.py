"""Which initiatives are said to resemble each other, and how much is looked at for it."""

import random

import pytest

from atelier.nearness import MOST, Text, near_pairs

WORDS = [
    "permanence",
    "mairie",
    "carnet",
    "liaison",
    "accueil",
    "agenda",
    "outil",
    "cartographie",
    "affiche",
    "bureau",
    "usagers",
    "atelier",
    "réunion",
    "navette",
    "stand",
    "forum",
    "marché",
    "matériel",
    "tablette",
    "guichet",
    "médiathèque",
]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Une permanence commune le mardi à la mairie",
            "Des permanences communes à la mairie, les mardis",
        ),
        ("Le même outil d’orientation", "LE MÊME OUTIL D’ORIENTATION !"),
        ("Un carnet de liaison à l’accueil", "À l’accueil, des carnets de liaison"),
    ],
)
def test_the_same_in_other_words_is_found(one: str, other: str) -> None:
    assert [pair[:2] for pair in near_pairs([Text("a", 0, one), Text("b", 0, other)])] == [("a", "b")]


def test_what_says_something_else_or_stands_elsewhere_is_not() -> None:
    texts = [
        Text("a", 0, "Une permanence commune le mardi"),
        Text("b", 0, "Un carnet de liaison à l’accueil"),
        Text("c", 1, "Une permanence commune le mardi"),
    ]
    assert near_pairs(texts) == []


def test_a_thousand_texts_give_a_page_of_pairs_at_most() -> None:
    chance = random.Random(7)
    texts = [Text(str(n), n % 10, " ".join(chance.sample(WORDS, 6))) for n in range(500)]
    texts += [each._replace(id=f"twin-{each.id}") for each in texts]
    found = near_pairs(texts)
    assert len(found) == MOST
    assert found == sorted(found, key=lambda pair: -pair.alike)
