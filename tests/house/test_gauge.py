"""The gauge sees what it fails for: functions that are too long, and import cycles."""

import ast

from tools import gauge


def module(name: str, text: str) -> gauge.Module:
    """A module of some text."""
    return gauge.Module(name, text, ast.parse(text))


def test_modules_that_import_each_other_are_a_cycle() -> None:
    found = [
        module("atelier.a", "from atelier import b"),
        module("atelier.b", "import atelier.c"),
        module("atelier.c", "from atelier.a import something"),
        module("atelier.d", "import atelier.a"),
        module("atelier", ""),
    ]
    assert gauge.cycles(found) == [["atelier.a", "atelier.b", "atelier.c"]]


def test_an_import_for_types_or_inside_a_function_makes_no_cycle() -> None:
    found = [
        module("atelier.a", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import atelier.b"),
        module("atelier.b", "import atelier.a"),
        module("atelier.c", "def late():\n    import atelier.b\nimport atelier.a"),
    ]
    assert gauge.cycles(found) == []


def test_a_function_of_more_than_forty_lines_is_named() -> None:
    long = "def long():\n" + "    x = 1\n" * 41
    short = "def short():\n" + "    x = 1\n" * 40
    assert gauge.too_long([module("atelier.a", long + short)]) == ["atelier.a.long: 41 lines"]


def test_the_program_has_neither() -> None:
    found = gauge.modules()
    assert (gauge.cycles(found), gauge.too_long(found)) == ([], [])
