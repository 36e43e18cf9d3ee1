"""Folders of tests stand alone: what `pytest` leaves out has a target, what two folders use is in tests/support."""

import re
import tomllib

from tests.support.tree import ROOT, name, ours, text

MAKEFILE = text(ROOT / "Makefile")
ASIDE = tomllib.loads(text(ROOT / "pyproject.toml"))["tool"]["pytest"]["norecursedirs"]
APART = sorted(each.removeprefix("tests/") for each in ASIDE if each.startswith("tests/"))


def test_what_is_apart_has_its_target_and_is_run_with_the_others() -> None:
    folders = dict(re.findall(r"(?m)^test-(\w+):.*\n\t@\$\((?:pytest|measured)\) tests/(\w+) ", MAKEFILE))
    assert folders == {each: each for each in APART}
    (together,) = re.findall(r"(?m)^test-apart: ([\w -]+) ##", MAKEFILE)
    assert together.split() == [f"test-{each}" for each in APART]
    assert all(list((ROOT / "tests" / each).glob("test_*.py")) for each in APART)


def test_the_integration_server_runs_what_is_apart_and_fails_with_it() -> None:
    run = text(ROOT / ".ci" / "run")
    assert "make -k test-apart </dev/null || failed=1" in run


def test_a_folder_of_tests_imports_from_itself_and_from_what_all_share() -> None:
    """Else one cannot be moved apart, or changed, without the other."""
    strangers = []
    for path in ours(".py", under=ROOT / "tests"):
        folder = path.relative_to(ROOT / "tests").parts[0]
        used = re.findall(r"(?m)^\s*(?:from|import) tests\.(\w+)", text(path))
        strangers += [
            f"{name(path)}: tests.{each}" for each in used if each not in {folder, "support", "vendor"}
        ]
    assert strangers == []
