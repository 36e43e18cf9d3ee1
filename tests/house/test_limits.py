"""docs/limits.md says what the modules say, and nothing limits anything out of their sight."""

import ast
import re

from tests.support.tree import PROGRAM, name, on_each, ours, parsed
from tools.limits_page import MODULES, PAGE, ROOT, limits_of, page, said

LIMITING = re.compile(r"^[A-Z].*_(BYTES|CHARACTERS|AT_ONCE|PER_S|AT_MOST|MAX)$")
ELSEWHERE = {"SECRET_BYTES", "REACH_MAX"}
"""A length and a scale, which limit nothing that people do."""


REFUSES_NOTHING = {
    *("PURGE_DAYS_DEFAULT", "SAME_PRESS_MS", "QUARANTINE_DAYS", "ANNOUNCED_DAYS", "JOIN_CODE_MS"),
    "DOTS_DEFAULT",
}


def test_the_page_is_what_the_modules_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tools.limits_page"


@on_each(MODULES.values())
def test_every_limit_has_its_reason(module: str) -> None:
    assert len(list(limits_of((ROOT / module).read_text(encoding="utf-8")))) > 20


def test_what_refuses_a_text_or_a_number_says_so_in_french() -> None:
    for limit in limits_of((ROOT / MODULES["What a workshop holds"]).read_text(encoding="utf-8")):
        assert said(limit) or REFUSES_NOTHING.issuperset(limit.names), limit.names


def test_nothing_is_limited_elsewhere() -> None:
    places = set(MODULES.values())
    for path in ours(".py", under=PROGRAM):
        if name(path) in places:
            continue
        for node in parsed(path).body:
            if isinstance(node, ast.Assign):
                found = {each.id for each in ast.walk(node.targets[0]) if isinstance(each, ast.Name)}
                assert not {each for each in found - ELSEWHERE if LIMITING.search(each)}, name(path)
