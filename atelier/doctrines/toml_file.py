"""A doctrine as one TOML file: writing it, reading it, and on which line each value stands."""

import json
import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from atelier.doctrines.checking import FaultyDoctrine, doctrine_of_plain, plain_of
from atelier.doctrines.shape import Fault, Path
from atelier.domain.doctrine import Doctrine

_POLES = ("fs", "cn")
_LISTS = ("actions", "missions", "agenda", "landmarks")
REMARK = "# Une fiche de l’Atelier. Tout s’y change ; l’Atelier vérifie le fichier quand on le lui donne."
_AT_LINE = re.compile(r"line (\d+)")
_KEY = re.compile(r"[ \t]*([A-Za-z0-9_-]+|\"[^\"\n]*\"|'[^'\n]*')[ \t]*=")
_HEADER = re.compile(r"[ \t]*\[(\[?)[ \t]*([A-Za-z0-9_-]+)[ \t]*\]")
_STRING = re.compile(r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'', re.S)


def written(doctrine: Doctrine) -> str:
    """Return the file of a doctrine: what `read` takes."""
    plain = plain_of(doctrine)
    parts = [REMARK]
    parts += [_entry(name, value) for name, value in plain.items() if name not in (*_POLES, *_LISTS)]
    parts += [_block(f"[{name}]", plain[name]) for name in _POLES]
    parts += [_block(f"[[{name}]]", each) for name in _LISTS for each in plain.get(name, ())]
    return "\n".join(parts) + "\n"


def read(text: str) -> Doctrine:
    """Return the doctrine that a file says. Raises FaultyDoctrine."""
    try:
        plain = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        last = text.rstrip().count("\n") + 1
        raise FaultyDoctrine((Fault(("", int(at[1]) if at else last), "not-toml"),)) from None
    except RecursionError:
        raise FaultyDoctrine((Fault(("", 1), "not-toml"),)) from None
    return doctrine_of_plain(plain)


def line_of(text: str, path: Path) -> int:
    """Return the line of a file on which a value stands; what is missing: that of its table."""
    if path[:1] == ("",):
        return int(path[1])
    found = dict(_places(text))
    while path and path not in found:
        path = path[:-1]
    return found.get(path, 1)


def _block(head: str, values: dict[str, Any]) -> str:
    return "\n".join(["", head, *(_entry(name, value) for name, value in values.items())])


def _entry(name: str, value: Any) -> str:
    if isinstance(value, list) and value:
        return "\n".join([f"{name} = [", *(f"  {_value(each)}," for each in value), "]"])
    return f"{name} = {_value(value)}"


def _value(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _places(text: str) -> Iterator[tuple[Path, int]]:
    """Yield where values stand: of tables their head, of lists their key and each text in them."""
    starts = [0, *(each.end() for each in re.finditer("\n", text))]
    for path, at in _offsets(text):
        yield path, bisect_right(starts, at)


def _offsets(text: str) -> Iterator[tuple[Path, int]]:
    section: Path = ()
    counts: dict[str, int] = {}
    at = 0
    while at < len(text):
        if header := _HEADER.match(text, at):
            section = _section(header, counts)
            yield section, at
        elif key := _KEY.match(text, at):
            path = (*section, key[1].strip("\"'"))
            yield path, at
            at = _value_end(text, key.end())
            for n, said in enumerate(_STRING.finditer(text, key.end(), at)):
                yield (*path, n), said.start()
        at = _next_line(text, at)


def _section(header: re.Match[str], counts: dict[str, int]) -> Path:
    if not header[1]:
        return (header[2],)
    counts[header[2]] = counts.get(header[2], -1) + 1
    return header[2], counts[header[2]]


def _value_end(text: str, at: int) -> int:
    """Return where a value ends: a list goes on over lines, past brackets that stand in a text or a remark."""
    depth = 0
    while at < len(text):
        if said := _STRING.match(text, at):
            at = said.end()
            continue
        if text[at] == "#":
            at = _next_line(text, at) - 1
        elif text[at] in "[{":
            depth += 1
        elif text[at] in "]}":
            depth -= 1
        elif text[at] == "\n" and depth <= 0:
            return at
        at += 1
    return at


def _next_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1
