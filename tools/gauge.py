"""Measure the code as it stands: `python -m tools.gauge` prints docs/gauge.md's table, `--write` renews that page.

Exits with 1 for a function of more than 40 lines or an import cycle; every other figure is for people to read.
"""

from __future__ import annotations

import ast
import io
import re
import statistics
import sys
import tokenize
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "gauge.md"
PROGRAM = ROOT / "atelier"
LONGEST_FUNCTION = 40
CONFIDENCE = 60
"""Per cent: below, vulture guesses too much."""
CALLED_BY_NAME = (
    "*.get",
    "*.post",
    "*.errorhandler",
    "*.before_request",
    "*.after_request",
    "*.on",
    "main.*",
    "*.command",
    *("decides", "evolves", "inverts", "looks_at", "names_removal", "restores"),
)
"""Decorators that hand a function to a library, or to the domain's registry, which calls it."""
CALLED_BY_LIBRARIES = {
    "asyncio protocols": ("connection_made", "data_received", "connection_lost"),
    "click": ("convert", "bool_states"),
    "Flask": (
        *("open_session", "save_session", "session_interface", "permanent", "sort_keys"),
        *("request_class", "_get_file_stream", "max_form_memory_size"),
    ),
    "gevent and http.server": (
        *("do_GET", "readinto", "log_message", "log_request", "log_error", "close_connection", "_log_error"),
        *("send_100_continue_enabled", "MessageClass", "getheader"),
        *("_handle_client_error", "_send_error_response_if_possible"),
    ),
    "logging": ("formatException",),
    "python-docx": (
        *("page_height", "page_width", "top_margin", "right_margin", "bottom_margin", "left_margin"),
        *("rgb", "bold", "italic", "autofit", "alignment", "space_after"),
        *("keep_with_next", "line_spacing"),
    ),
    "odfdo": ("generator", "creator"),
    "python-engineio": ("send_packet", "max_decode_packets", "b64"),
    "sqlite-utils migrations": ("m[0-9][0-9][0-9]_*",),
    "atelier/export/worker.py, by name": ("write_*", "render_*"),
    "the stories of events, by name": ("from_group",),
    "dataclasses that the document workers read as dictionaries": ("made_on", "widths", "subtitle"),
}
"""Hooks that a library calls, attributes that it reads: who, and their names."""
UNIT_OR_ERROR = re.compile(
    r"\b(raises?|seconds?|ms|bytes|milliseconds?|pixels?|mm|minutes?|characters?|percent)\b", re.I
)
HEAD = """# Gauge

What the code is made of, measured by `python -m tools.gauge` (in `make check`; `--write` renews this page). Only two
things fail: a function of more than 40 lines, and an import cycle.

"""
BEFORE = "\n## Before the second plan"
"""From here on the page is kept as it stands: what to compare with."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Module:
    """A Python file: dotted name, text, tree."""

    name: str
    text: str
    tree: ast.Module

    @property
    def package(self) -> str:
        """`atelier.web.routes.acts` belongs to `atelier/web`; what stands at the top to `atelier`."""
        parts = self.name.split(".")
        return "/".join(parts[: 2 if len(parts) > 2 else 1])

    @property
    def functions(self) -> list[Function]:
        """Every function, nested ones included."""
        return [node for node in ast.walk(self.tree) if isinstance(node, Function)]


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one package."""

    package: str
    files: int
    lines: int
    bodies: list[int]
    public: int
    documented: int
    precise: int
    comments: int

    def cells(self) -> list[str]:
        """Return the row as the table has it."""
        ordered = sorted(self.bodies) or [0]
        p90 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.9))]
        return [
            self.package, str(self.files), f"{self.lines:,}",
            f"{statistics.median(ordered):.0f} / {p90} / {ordered[-1]}",
            _share(self.documented, self.public), _share(self.precise, self.documented),
            f"{100 * self.comments / max(1, self.lines):.1f}",
        ]  # fmt: skip


def modules(root: Path = ROOT, top: str = "atelier") -> list[Module]:
    """Read every module below the package `top`."""
    found = []
    for path in sorted((root / top).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        name = ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
        found.append(Module(name, text, ast.parse(text)))
    return found


def rows(found: Iterable[Module]) -> list[Row]:
    """Return the figures of every package, and of them all in the last row."""
    by_package: dict[str, list[Module]] = defaultdict(list)
    for module in found:
        by_package[module.package].append(module)
    whole = [module for group in by_package.values() for module in group]
    return [*(_row(name, group) for name, group in sorted(by_package.items())), _row("**all**", whole)]


def too_long(found: Iterable[Module]) -> list[str]:
    """Return the functions that do not fit on a screen."""
    return [
        f"{module.name}.{each.name}: {body_lines(each)} lines"
        for module in found
        for each in module.functions
        if body_lines(each) > LONGEST_FUNCTION
    ]


def body_lines(function: Function) -> int:
    """Return the lines of a function's body, without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def cycles(found: list[Module]) -> list[list[str]]:
    """Return the import cycles; imports for types only do not count, nor those inside functions."""
    known = {module.name for module in found}
    arrows = {module.name: set(_imports(module, known)) for module in found}
    return sorted(_strongly_connected(arrows))


def arrows_between_packages(found: list[Module]) -> int:
    """Return how many pairs of packages import one another's modules, one way or the other."""
    package = {module.name: module.package for module in found}
    known = set(package)
    pairs = {(module.package, package[name]) for module in found for name in _imports(module, known)}
    return sum(one != other for one, other in pairs)


def unused_python() -> list[str]:
    """Return names that nothing in the program, its tests, tools or templates seems to use."""
    from vulture import Vulture  # not among what the tests need

    hooks = [name for names in CALLED_BY_LIBRARIES.values() for name in names]
    vulture = Vulture(ignore_decorators=[f"@{name}" for name in CALLED_BY_NAME], ignore_names=hooks)
    vulture.scavenge([PROGRAM, ROOT / "bench", ROOT / "tools", ROOT / "tests"], exclude=["*/vendor/*"])
    templates = "".join(path.read_text("utf-8") for path in (PROGRAM / "templates").rglob("*.html"))
    return [
        f"{item.filename.relative_to(ROOT).as_posix()}: {item.name}"
        for item in vulture.get_unused_code(min_confidence=CONFIDENCE)
        if item.filename.is_relative_to(PROGRAM) and not re.search(rf"\b{re.escape(item.name)}\b", templates)
    ]


def unused_selectors() -> list[str]:
    """Return classes that a style sheet names and no template, script or Python file does."""
    named, stems = _class_names()
    found = []
    for path in sorted((PROGRAM / "static/css").rglob("*.css")):
        css = re.sub(r"/\*.*?\*/|url\([^)]*\)", "", path.read_text("utf-8"), flags=re.S)
        classes = sorted(set(re.findall(r"\.([a-zA-Z_][\w-]*)", css)))
        unused = [name for name in classes if name not in named and stems.isdisjoint(_stems(name))]
        found += [f"{path.relative_to(PROGRAM).as_posix()}: .{name}" for name in unused]
    return found


def unused_exports() -> list[str]:
    """Return what a script exports and neither another script nor a test of scripts names."""
    scripts = sorted((PROGRAM / "static/js").rglob("*.js"))
    texts = {path: path.read_text("utf-8") for path in [*scripts, *(ROOT / "tests/js").rglob("*.mjs")]}
    found = []
    for path in scripts:
        others = "\n".join(other for at, other in texts.items() if at != path)
        exported = re.findall(r"^export (?:async )?(?:function\*?|const|let|class) (\w+)", texts[path], re.M)
        unused = [name for name in exported if not re.search(rf"\b{name}\b", others)]
        found += [f"{path.relative_to(PROGRAM).as_posix()}: {name}" for name in unused]
    return found


def table(found: list[Module]) -> str:
    """Return the page without its head."""
    head = [
        "package",
        "files",
        "lines",
        "body median / p90 / max",
        "public documented",
        "of these with unit or error",
        "comments / 100 lines",
    ]
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    lines += ["| " + " | ".join(row.cells()) + " |" for row in rows(found)]
    counts = {
        "arrows between packages": arrows_between_packages(found),
        "import cycles": len(cycles(found)),
        "functions over 40 lines": len(too_long(found)),
        "unused Python names": len(unused_python()),
        "unused CSS classes": len(unused_selectors()),
        "JavaScript exports that nobody imports": len(unused_exports()),
    }
    lines += ["", "| what | how many |", "|---|---|", *(f"| {what} | {n} |" for what, n in counts.items())]
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Print the gauge; return 1 when something of it must not be."""
    found = modules()
    print(table(found))
    print("Unused:", *unused_python(), *unused_selectors(), *unused_exports(), sep="\n  ")
    wrong = [*too_long(found), *(" → ".join(cycle) for cycle in cycles(found))]
    if "--write" in arguments:
        before = PAGE.read_text(encoding="utf-8").partition(BEFORE)[2]
        PAGE.write_text(HEAD + table(found) + BEFORE + before, encoding="utf-8")
    print(*wrong, sep="\n", file=sys.stderr)
    return 1 if wrong else 0


def _row(name: str, group: list[Module]) -> Row:
    functions = [each for module in group for each in module.functions]
    public = [node for module in group for node in _public(module.tree)]
    docs = [doc for node in public if (doc := ast.get_docstring(node))]
    return Row(
        package=name,
        files=len(group),
        lines=sum(module.text.count("\n") for module in group),
        bodies=[body_lines(each) for each in functions],
        public=len(public),
        documented=len(docs),
        precise=sum(bool(UNIT_OR_ERROR.search(doc)) for doc in docs),
        comments=sum(_comments(module.text) for module in group),
    )


def _public(tree: ast.Module) -> Iterator[Function | ast.ClassDef]:
    for node in tree.body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from (
                    each for each in node.body if isinstance(each, Function) and not each.name.startswith("_")
                )


def _comments(text: str) -> int:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    said = [token.string for token in tokens if token.type == tokenize.COMMENT]
    return sum(not re.match(r"#\s*(noqa|type:|fmt:|!)", comment) for comment in said)


def _imports(module: Module, known: set[str]) -> Iterator[str]:
    """Yield the modules of ours that are imported when this one is."""
    for node in _run_at_import(module.tree.body):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            named = [name for name in inner if name in known]
            yield from named
            if node.module in known and len(named) < len(inner):
                yield node.module


def _run_at_import(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    for node in body:
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        yield node
        for part in ("body", "orelse", "finalbody"):
            if not isinstance(node, Function) and isinstance(getattr(node, part, None), list):
                yield from _run_at_import(getattr(node, part))


def _strongly_connected(arrows: dict[str, set[str]]) -> Iterator[list[str]]:
    """Yield the groups of modules that reach each other (a module alone is none)."""
    reach = {name: _reachable(name, arrows) for name in arrows}
    seen: set[str] = set()
    for name in sorted(arrows):
        group = {other for other in reach[name] if name in reach[other]}
        if name not in seen and group:
            seen |= group | {name}
            yield sorted(group | {name})


def _reachable(name: str, arrows: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(arrows[name])
    while waiting:
        at = waiting.pop()
        if at not in found:
            found.add(at)
            waiting += arrows.get(at, ())
    return found


def _class_names() -> tuple[set[str], set[str]]:
    """Return the words of templates, scripts and Python, and the beginnings of words that they complete themselves.

    `fs-{{ reach }}`, `` `cn-${reach}` ``, `f"group-{n}"` and `"cols-" ~ n` have the beginnings `fs-`, `cn-` …
    """
    users = [
        *(PROGRAM / "templates").rglob("*.html"),
        *PROGRAM.rglob("*.py"),
        *(PROGRAM / "static/js").rglob("*.js"),
    ]
    text = "\n".join(path.read_text("utf-8") for path in users)
    return set(re.findall(r"[\w-]+", text)), set(re.findall(r"""[\w-]+-(?=\{\{|\$\{|\{|"|')""", text))


def _stems(name: str) -> set[str]:
    return {name[: match.end()] for match in re.finditer(r"-+", name)}


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "–"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
