"""What is imported is declared: a library that came along with another one leaves with it."""

import ast
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

from tests.support.tree import PROGRAM, ROOT, imported, nodes, on_each, ours, text

PROJECT = tomllib.loads(text(ROOT / "pyproject.toml"))
OURS = {"atelier", "tests", "tools", "bench"}
PARSERS = {"lxml", "html5lib"}
"""BeautifulSoup takes them by name."""
OF_THE_SYSTEM = {"_socket"}
OF_FLASK = {"jinja2", "markupsafe", "werkzeug", "itsdangerous"}
"""Flask hands out their objects: its documentation says to import them."""


def names(requirements: list[object]) -> set[str]:
    """The distributions that a list of requirements names."""
    return {
        re.split(r"[\s\[<>=!~;]", each, maxsplit=1)[0].lower()
        for each in requirements
        if isinstance(each, str)
    }


RUN = names(PROJECT["project"]["dependencies"]) | names(
    PROJECT["project"]["optional-dependencies"]["postgres"]
)
GROUPS = PROJECT["dependency-groups"]
TESTS = RUN | names(GROUPS["dev"]) | names(GROUPS["check"]) | names(PROJECT["build-system"]["requires"])
PROVIDED = metadata.packages_distributions()


def used(path: Path) -> set[str]:
    """The top-level modules of others that a file imports, parsers named to BeautifulSoup included."""
    modules = {module.partition(".")[0] for module in imported(path)}
    for node in nodes(path):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "BeautifulSoup":
            modules |= PARSERS & {str(each.value) for each in node.args if isinstance(each, ast.Constant)}
    return modules - OURS - set(sys.stdlib_module_names) - OF_THE_SYSTEM - OF_FLASK


def undeclared(path: Path, declared: set[str]) -> list[str]:
    """What a file uses that no list names."""
    return [
        module
        for module in sorted(used(path))
        if not {each.lower().replace("_", "-") for each in PROVIDED.get(module, [module])} & declared
    ]


@on_each(ours(".py", under=PROGRAM))
def test_the_program_uses_what_it_declares(path: Path) -> None:
    assert undeclared(path, RUN) == []


@on_each([each for part in ("tests", "tools", "bench") for each in ours(".py", under=ROOT / part)])
def test_tests_and_tools_use_what_is_declared(path: Path) -> None:
    assert undeclared(path, TESTS) == []
