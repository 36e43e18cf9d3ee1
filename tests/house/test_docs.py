"""The documents mention everything that one can ask for, read in a journal, hear on the socket or set."""

import re
from dataclasses import fields

from atelier.config import Config
from atelier.domain.refusals import Code
from atelier.publisher import Publisher
from tests.support.tree import PROGRAM, ROOT, on_each, ours, text
from tools.protocol_page import page

PROTOCOL = text(ROOT / "docs" / "protocol.md")
README = text(ROOT / "README.md")
EVERYTHING = "\n".join(text(path) for path in ours(".md"))
VARIABLE = re.compile(r"\bATELIER_[A-Z]+(?:_[A-Z]+)*\b")
MESSAGE = re.compile(r"""["']((?:workshop|server|bar|presence|group|desk|wall|phone):[a-z-]+)["']""")
UNSET = {"secret"}
"""Made at first start, never told."""


def test_the_tables_of_the_protocol_are_what_stands_beside_commands_and_events() -> None:
    assert page(PROTOCOL) == PROTOCOL, "run: python -m tools.protocol_page"


@on_each(Code)
def test_the_protocol_lists_every_refusal(code: Code) -> None:
    assert f"`{code.value}`" in PROTOCOL


def test_the_protocol_names_every_message_of_the_socket() -> None:
    sources = ours(".py", under=PROGRAM) + ours(".js", under=PROGRAM / "static" / "js")
    used = {message for path in sources for message in MESSAGE.findall(text(path))}
    assert {"workshop:changed"} <= used
    assert {message for message in used if f"`{message}`" not in PROTOCOL} == set()


def test_python_and_javascript_name_the_same_messages() -> None:
    python = {m for path in ours(".py", under=PROGRAM) for m in MESSAGE.findall(text(path))}
    script = {m for path in ours(".js", under=PROGRAM / "static" / "js") for m in MESSAGE.findall(text(path))}
    assert python == script


def test_the_readme_explains_every_variable() -> None:
    read = {f"ATELIER_{field.name.upper()}" for field in fields(Config) if field.name not in UNSET}
    named = {found for path in ours(".py", under=PROGRAM) for found in VARIABLE.findall(text(path))}
    assert {variable for variable in read | named if variable not in EVERYTHING} == set()
    assert {variable for variable in read if variable not in README} == set()


def test_the_documents_name_no_variable_that_nothing_reads() -> None:
    read = {f"ATELIER_{field.name.upper()}" for field in fields(Config)}
    read |= {f"ATELIER_PUBLISHER_{field.name.upper()}" for field in fields(Publisher)}
    sources = [*ours(".py"), *ours(".sh"), ROOT / "Makefile", *ours(".js", ".mjs")]
    used = {found for path in sources for found in VARIABLE.findall(text(path))}
    assert set(VARIABLE.findall(EVERYTHING)) - read - used == set()
