"""CSS and ES modules joined into one file a surface, without what only their readers need: no build step."""

import re
from pathlib import Path

STATIC = Path(__file__).resolve().parents[2] / "static"
_IMPORT = re.compile(
    r"^import\s*\{([^}]*)\}\s*from\s*[\"']([^\"']+)[\"'];?\s*$|^import\s*[\"']([^\"']+)[\"'];?\s*$", re.M
)
_EXPORT = re.compile(r"^export\s+(async\s+function|function|const|let|class)\s+([A-Za-z_$][\w$]*)", re.M)
_LAST_EXPORT = re.compile(r"export\s*\{([^{}]*)\};?\s*(?://# sourceMappingURL=\S*)?\s*\Z")
"""How a module that was made by a bundler ends."""
_INDENT = re.compile(r"^[ \t]+", re.M)
_REMARK = r"/\*(?:(?!\*/)[\s\S])*\*/"
_COMMENT = re.compile(rf"^(?://.*|{_REMARK}[ \t]*)\n", re.M)
_JOINED = re.compile(r"^((?!.*//).*[;{,(\[])\n+", re.M)
"""A line after which a new one means nothing: it has no comment, and no text goes over several lines."""
_BLANKS = rf"(?:\s|{_REMARK})"
_CSS = re.compile(
    r"""(?P<kept>"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|url\([^"')]*\))"""
    rf"|{_BLANKS}*;{_BLANKS}*(?=\}})|{_BLANKS}*(?P<mark>[{{}};,]){_BLANKS}*|(?P<colon>:){_BLANKS}+|(?P<blanks>{_BLANKS}+)"
)


class BadAsset(Exception):  # noqa: N818
    """A script cannot be bundled: a missing file, an import cycle, a form that is not supported."""


def compact(css: str) -> str:
    """Return `css` in fewer bytes. Strings and addresses stay; white space means something only as a single blank."""

    def shorter(match: re.Match[str]) -> str:
        # Two names that only a comment keeps apart are neither one name nor one inside the other.
        blank = match["blanks"] and (" " if re.sub(_REMARK, "", match["blanks"]) else "/**/")
        return blank or match["kept"] or match["mark"] or match["colon"] or ""

    return _CSS.sub(shorter, css.strip())


def script(entry: Path) -> str:
    """Return `entry` and the modules it imports as one script; each module keeps its private scope.

    One request instead of a dozen. Only named imports and exports are understood. A vendored file that exports
    nothing is a script of before modules: it stands in front, where it finds the scope it was written for. So do the
    other vendored files: what resembles each other compresses better side by side. Modules go by numbers: their names
    would be half a kilobyte of every phone's first page.
    """
    ordered: list[Path] = []
    _visit(entry.resolve(), ordered, ())
    ordered.sort(key=_is_vendored, reverse=True)
    classic = [path.read_text(encoding="utf-8") for path in ordered if _is_classic(path)]
    numbers = {path: number for number, path in enumerate(ordered)}
    modules = [_wrapped(path, numbers) for path in ordered if not _is_classic(path)]
    return "\n".join([*classic, '(() => {\n"use strict";\nconst modules = [];', *modules, "})();\n"])


def stripped(source: str) -> str:
    """Return a script without indentation and without comments that have lines of their own.

    No line may begin inside a string or a template, where both would mean something: BadAsset.
    """
    for line in source.splitlines():
        if line.endswith("\\") or line.count("`") % 2:
            raise BadAsset(f"« {line.strip()} »: a text over several lines is not supported")
    return _COMMENT.sub("", _INDENT.sub("", source))


def joined(script: str) -> str:
    """Return a stripped script in fewer lines, 1 % smaller once compressed."""
    return _JOINED.sub(r"\1", script)


def _visit(path: Path, ordered: list[Path], trail: tuple[Path, ...]) -> None:
    if path in trail:
        raise BadAsset(f"import cycle through {path.name}")
    if path in ordered:
        return
    if not path.is_file():
        raise BadAsset(f"{trail[-1].name if trail else ''} imports {path.name}, which does not exist")
    if not _is_vendored(path):
        for match in _IMPORT.finditer(path.read_text(encoding="utf-8")):
            _visit((path.parent / (match[2] or match[3])).resolve(), ordered, (*trail, path))
    ordered.append(path)


def _wrapped(path: Path, numbers: dict[Path, int]) -> str:
    source = path.read_text(encoding="utf-8")
    body, exported = _vendored_module(source) if _is_vendored(path) else _own_module(path, source, numbers)
    return f"modules[{numbers[path]}] = (() => {{\n{body}\nreturn {{ {exported} }};\n}})();"


def _vendored_module(source: str) -> tuple[str, str]:
    last = _LAST_EXPORT.search(source)
    assert last is not None  # noqa: S101 - it is not classic
    names = [each.split(" as ") for each in last[1].replace("\n", " ").split(",")]
    return source[: last.start()], ", ".join(f"{name[-1].strip()}: {name[0].strip()}" for name in names)


def _own_module(path: Path, source: str, numbers: dict[Path, int]) -> tuple[str, str]:
    exported = [match[2] for match in _EXPORT.finditer(source)]

    def imported(match: re.Match[str]) -> str:
        if match[3]:
            return ""
        names = match[1].replace(" as ", ": ")
        return f"const {{{names}}} = modules[{numbers[(path.parent / match[2]).resolve()]}];"

    body = _EXPORT.sub(r"\1 \2", _IMPORT.sub(imported, stripped(source)))
    leftover = re.search(r"^\s*(import|export)\b.*$", body, re.M)
    if leftover:
        raise BadAsset(f"{path.name}: « {leftover[0].strip()} » is a form that the bundle does not know")
    return joined(body), ", ".join(exported)


def _is_vendored(path: Path) -> bool:
    return path.is_relative_to(STATIC / "vendor")


def _is_classic(path: Path) -> bool:
    return _is_vendored(path) and not _LAST_EXPORT.search(path.read_text(encoding="utf-8"))
