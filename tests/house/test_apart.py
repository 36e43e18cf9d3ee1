"""What `pytest` leaves out of its way is run by a target of its own, and all of these by .ci/run."""

import re
import tomllib

from tests.support.tree import ROOT, text

MAKEFILE = text(ROOT / "Makefile")
ASIDE = tomllib.loads(text(ROOT / "pyproject.toml"))["tool"]["pytest"]["norecursedirs"]
APART = sorted(each.removeprefix("tests/") for each in ASIDE if each.startswith("tests/"))


def test_what_is_apart_has_its_target_and_is_run_with_the_others() -> None:
    folders = dict(re.findall(r"(?m)^test-(\w+):.*\n\t@\$\(pytest\) tests/(\w+) ", MAKEFILE))
    assert folders == {each: each for each in APART}
    (together,) = re.findall(r"(?m)^test-apart: ([\w -]+) ##", MAKEFILE)
    assert together.split() == [f"test-{each}" for each in APART]
    assert all(list((ROOT / "tests" / each).glob("test_*.py")) for each in APART)


def test_the_integration_server_runs_what_is_apart_and_fails_with_it() -> None:
    run = text(ROOT / ".ci" / "run")
    assert "make -k test-apart </dev/null || failed=1" in run
