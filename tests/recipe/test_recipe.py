"""The recipe of CONTRIBUTING.md is true: a flag of an initiative costs nine files at most, and whoever forgets a step
reads which one."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.recipe import steps
from tests.recipe.steps import NOT_NEEDED, STEPS, Step, altered, run, take
from tests.support.tree import ROOT, text

pytestmark = pytest.mark.slow

AT_MOST = 9
WORDS = re.compile(r"\*\*(\w+) fichiers\*\*")
NUMBERS = ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")
HELD_BY = (
    "tests/house/test_features.py", "tests/house/test_docs.py", "tests/house/test_words.py",
    "tests/house/test_architecture.py", "tests/domain/test_every_case.py", "tests/domain/test_initiatives.py",
    "tests/domain/test_rights.py", "tests/web/test_desk_surface.py", "tests/journal/test_codec.py",
    "tests/domain/test_any_sequence.py::test_every_event_comes_up_in_some_afternoon",
)  # fmt: skip

Steps = dict[str, Step]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree."""
    tree = tmp_path_factory.mktemp("recipe") / "atelier"
    shutil.copytree(ROOT, tree, ignore=NOT_NEEDED)
    return tree


@pytest.fixture
def tree(copy: Path) -> Iterator[Path]:
    """The copy, put back afterwards."""
    yield copy
    for name in {step.path for step in STEPS.values()} | steps.WRITTEN.keys():
        shutil.copy(ROOT / name, copy / name)


def what_tests_say(tree: Path, *names: str) -> str:
    """What tests of the copy say; empty when they pass."""
    done = run(tree, "-m", "pytest", "-q", "-x", "-m", "", "-p", "no:cacheprovider", *names)
    return done.stdout + done.stderr if done.returncode else ""


def test_a_flag_of_an_initiative_costs_as_many_files_as_contributing_says(tree: Path) -> None:
    changed = take(tree, STEPS)
    assert what_tests_say(tree, *HELD_BY) == ""
    assert len(changed) <= AT_MOST
    assert WORDS.findall(text(ROOT / "CONTRIBUTING.md")) == [NUMBERS[len(changed)]]
    named = text(ROOT / "CONTRIBUTING.md")
    assert [path for path in changed if path.rpartition("/")[2] not in named] == []


def without(part: str) -> Callable[[str], str]:
    """Forget what matches `part`."""
    return lambda written: re.sub(part, "", written, count=1)


FORGOTTEN_ON_IMPORT: dict[str, tuple[str, Callable[[str], str], str]] = {
    "right": (
        "command",
        without(r"@command.*\n"),
        "PinInitiative is not registered: write @command(who may)",
    ),
    "sentence": ("command", without(r'    """.*"""\n'), "PinInitiative says nothing: write one sentence"),
    "name": (
        "events",
        without(r"(?s)@event\(.*?\n\)\n"),
        "InitiativePinned is not registered: write @event(",
    ),
    "what is stale": (
        "events",
        without(r"    stale=.*\n"),
        "missing 1 required keyword-only argument: 'stale'",
    ),
    "story": ("events", without(r"    story=.*\n"), "missing 1 required keyword-only argument: 'story'"),
    "field of the story": (
        "events",
        lambda written: written.replace("{action}", "{ligne}", 1),
        "InitiativePinned: its story names ['ligne']",
    ),
    "decider": ("decider", without(r"(?s).*"), "nothing decides PinInitiative: write @decides def"),
    "evolver": (
        "evolvers",
        without(r"(?s)@evolves.*?\n\n\n"),
        "nothing evolves by InitiativePinned: write @evolves def",
    ),
}


@pytest.mark.parametrize("forgotten", FORGOTTEN_ON_IMPORT)
def test_the_domain_says_on_import_what_was_forgotten(tree: Path, forgotten: str) -> None:
    step, change, said = FORGOTTEN_ON_IMPORT[forgotten]
    take(tree, STEPS | {step: altered(STEPS[step], change)}, written=())
    told = run(tree, "-c", "import atelier.domain.features").stderr
    assert said in told.splitlines()[-1]


FEATURES = "tests/house/test_features.py"
FORGOTTEN: dict[str, tuple[str, str]] = {
    "flag": ("tests/domain/test_initiatives.py", "'Initiative' object has no attribute 'pinned'"),
    "forms": (
        f"{FEATURES}::test_somebody_can_give_every_command",
        "nobody can give pin-initiative: a page needs its form",
    ),
    "button": (
        f"{FEATURES}::test_every_form_of_the_desk_has_its_button",
        "a form that no button sends: press(…) in fragments/desk/",
    ),
    "rule tests": ("tests/domain/test_every_case.py", "PinInitiative"),
}


@pytest.mark.parametrize("forgotten", FORGOTTEN)
def test_a_test_says_what_was_forgotten(tree: Path, forgotten: str) -> None:
    held_by, said = FORGOTTEN[forgotten]
    take(tree, {name: step for name, step in STEPS.items() if name != forgotten})
    assert said in what_tests_say(tree, held_by)


@pytest.mark.parametrize(
    ("page", "held_by"),
    [(steps.PROTOCOL, "tests/house/test_docs.py"), (steps.SAMPLES, "tests/journal/test_codec.py")],
)
def test_a_test_says_what_a_program_was_to_write(tree: Path, page: str, held_by: str) -> None:
    take(tree, STEPS, written=())
    assert f"run: python -m {steps.WRITTEN[page]}" in what_tests_say(tree, held_by)


def test_a_right_that_is_everybodys_by_mistake_is_red(tree: Path) -> None:
    wrong = altered(STEPS["command"], lambda written: re.sub(r"facilitators\(\w+\)", "everyone()", written))
    take(tree, STEPS | {"command": wrong})
    table = "tests/domain/test_rights.py::test_the_whole_table_role_by_phase_by_status"
    assert "PinInitiative" in what_tests_say(tree, table)
