"""Checks that what people read is plain French: short sentences, everyday words, somebody who acts, one negation.

Read are the templates, the French strings of the program and its scripts, and the doctrines. What must stand as it
is has its reason in `tools/plain_french.toml`. Run by `make docs`; `--list` prints every sentence.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "atelier"
RULES = tomllib.loads((Path(__file__).parent / "plain_french.toml").read_text(encoding="utf-8"))
WORDS_AT_MOST = int(RULES["words_at_most"])

GAP = "…"
"""What the program fills in: one word."""
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}", re.DOTALL)
FILLED = re.compile(r"\{\{.*?\}\}|\$?\{[^{}]*\}", re.DOTALL)
SCRIPT_TEXT = re.compile(r'"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`')
SCRIPT_NOTE = re.compile(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", re.DOTALL)
INLINE = {"a", "abbr", "b", "bdi", "code", "em", "i", "kbd", "span", "strong", "time"}
READ_OUT = ("aria-label", "title", "placeholder", "alt")
FRENCH = re.compile(
    r"[éèêàùçœ’«]|\b(?:le|la|les|un|une|des|du|et|ou|pas|vous|votre|vos|ce|cette|pour|dans|sur|avec|est)\b",
    re.IGNORECASE,
)
ENDS = re.compile(r"(?<=[.!?])[\s\u00a0\u202f»)]+(?=[A-ZÀÉÈÊ«(…])|\n\s*\n")
ADDRESS = re.compile(r"https?:[^\s,;)]*")
WORD = re.compile(r"[\w’·-]*\w[\w’·-]*|…")

PARTICIPLE = r"\w+(?:é|ée|és|ées|i|ie|is|ies|it|ite|its|ites|u|ue|us|ues|ert|erte|erts|ertes)"
BEEN = r"(?:a|ont|avait|avaient|aura|auront|ait|aient) été|sera|seront|serait|seraient"
PASSIVE = re.compile(
    rf"\b(?:{BEEN})(?: \w+ment| pas| plus| bien)? ({PARTICIPLE})\b"
    rf"|\b(?:est|sont|était|étaient|soit|soient|être) ({PARTICIPLE}) par\b"
)
"""« est enregistré » says how things stand, and may; « a été enregistré », « est enregistré par » hide who acts."""
NEGATION = re.compile(
    r"\bn(?:e |’)[^.;:!?]*\b(?:pas|plus|jamais|rien|aucun|aucune|personne)\b[^.;:!?]*"
    r"(?:\bsans\b|\bn(?:e |’)\w|\b(?:im|in|ir)(?:possible|utile|connu|correct|régulier)\w*)",
    re.IGNORECASE,
)


class Sentence(NamedTuple):
    """What somebody reads, and where it is written."""

    place: str
    text: str


class _Pieces(HTMLParser):
    """Texts of a template, an element that starts a line each."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = [""]
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.texts[:0] = [value for name, value in attrs if name in READ_OUT and value]
        self._silent += tag in {"style", "script", "code", "kbd"}
        if tag not in INLINE:
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"style", "script", "code", "kbd"}
        if tag not in INLINE:
            self.texts.append("")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.texts[-1] += data


def sentences() -> Iterator[Sentence]:
    """Yield everything in French that the program shows."""
    for path in sorted(PROGRAM.rglob("*")):
        find = {".html": _of_template, ".py": _of_program, ".js": _of_script, ".toml": _of_doctrine}.get(
            path.suffix
        )
        if find is None or "vendor" in path.parts:
            continue
        for text in find(path.read_text(encoding="utf-8")):
            texts = _of_template(text) if text.startswith("<!doctype") else [text]
            for sentence in (part for each in texts for part in ENDS.split(each)):
                told = " ".join(sentence.split())
                if told and FRENCH.search(told):
                    yield Sentence(path.relative_to(ROOT).as_posix(), told)


def _of_template(text: str) -> list[str]:
    pieces = _Pieces()
    pieces.feed(FILLED.sub(GAP, JINJA.sub(" ", text)))
    return pieces.texts


def _of_program(text: str) -> Iterator[str]:
    tree = ast.parse(text)
    notes = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    notes |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else GAP for part in node.values)
        elif (
            isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes | inside
        ):
            yield FILLED.sub(GAP, node.value)


def _of_script(text: str) -> Iterator[str]:
    for found in SCRIPT_TEXT.finditer(SCRIPT_NOTE.sub("", text)):
        yield FILLED.sub(GAP, found[1] if found[1] is not None else found[2])


def _of_doctrine(text: str) -> Iterator[str]:
    def texts(value: object) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            for each in value.values():
                yield from texts(each)
        elif isinstance(value, list):
            for each in value:
                yield from texts(each)

    yield from texts(tomllib.loads(text))


def faults(text: str) -> Iterator[str]:
    """Yield what is not plain in a sentence."""
    words = WORD.findall(ADDRESS.sub(GAP, text))
    if len(words) > WORDS_AT_MOST:
        yield f"{len(words)} words, {WORDS_AT_MOST} at most"
    for word in words:
        better = RULES["words"].get(word.strip("’-").lower())
        if better:
            yield f"« {word} »: {better}"
    passive = PASSIVE.search(text)
    if passive and (passive[1] or passive[2]) not in RULES["with_to_be"]:
        yield f"passive: « {passive[0]} »"
    if NEGATION.search(text):
        yield "two negations"


def allowed(sentence: Sentence) -> bool:
    """Tell whether `tools/plain_french.toml` gives a reason why it stands as it is."""
    return any(
        sentence.place.startswith(each["place"]) and each.get("text", "") in sentence.text
        for each in RULES["exceptions"]
    )


def main() -> int:
    """Print what is not plain; return 1 when there is any."""
    found = list(sentences())
    if "--list" in sys.argv:
        for sentence in found:
            print(f"{sentence.place}: {sentence.text}")
    bad = [
        (sentence, fault) for sentence in found if not allowed(sentence) for fault in faults(sentence.text)
    ]
    for sentence, fault in bad:
        print(f"{sentence.place}: {fault}: {sentence.text}")
    print(f"{len(found)} French sentences read, {len(bad)} to mend.")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
