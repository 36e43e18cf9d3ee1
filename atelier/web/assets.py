"""CSS and scripts: bundled once at start, a bundle a surface, compressed once, addressed by their own hash."""

import gzip
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "static"
_COMMON_CSS = ("tokens", "fonts", "reset", "base", "buttons", "forms", "bar")
CSS = {
    "home": (*_COMMON_CSS, "home", "door", "prepare", "ready"),
    "phone": (*_COMMON_CSS, "phone*"),
    "wall": (*_COMMON_CSS, "wall*"),
    "desk": (*_COMMON_CSS, "desk*"),
}
SCRIPTS = {"home": "home.js", "phone": "phone.js", "wall": "wall.js", "desk": "desk.js"}
_IMPORT = re.compile(
    r"^import\s*\{([^}]*)\}\s*from\s*[\"']([^\"']+)[\"'];?\s*$|^import\s*[\"']([^\"']+)[\"'];?\s*$", re.M
)
_EXPORT = re.compile(r"^export\s+(async\s+function|function|const|let|class)\s+([A-Za-z_$][\w$]*)", re.M)
_COMMENT = re.compile(r"^\s*(//[^\n]*|/\*.*?\*/)\s*\n", re.M | re.S)
"""Comments that stand on lines of their own: phones on a bad Wi-Fi need not load them."""
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
}


class BadAsset(Exception):  # noqa: N818
    """A script cannot be bundled: a missing file, a circle of imports, a form of import that is not supported."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A file as it is served: its bytes plain and gzipped (None where compression gains nothing)."""

    name: str
    digest: str
    body: bytes
    gzipped: bytes | None
    content_type: str


class Assets:
    """All static files of the program in memory; `url` names one with its hash, for caching without end."""

    def __init__(self) -> None:
        self._by_name: dict[str, Asset] = {}
        for path in [*STATIC.glob("fonts/*.woff2"), *STATIC.glob("vendor/*.js")]:
            self._add(path.relative_to(STATIC).as_posix(), path.read_bytes())
        for surface, names in CSS.items():
            self._add(f"{surface}.css", self._stylesheet(names).encode())
        for surface, entry in SCRIPTS.items():
            if (STATIC / "js" / entry).exists():
                self._add(f"{surface}.js", bundle(STATIC / "js" / entry).encode())

    def url(self, name: str) -> str:
        """Return the address of a file or bundle. Raises KeyError for an unknown one."""
        return f"/static/{self._by_name[name].digest}/{name}"

    def vendored(self, prefix: str) -> str:
        """Return the address of a vendored script, whatever its version."""
        return self.url(next(name for name in self._by_name if name.startswith(f"vendor/{prefix}")))

    def find(self, digest: str, name: str) -> Asset | None:
        """Return the file when the hash is the right one."""
        asset = self._by_name.get(name)
        return asset if asset is not None and asset.digest == digest else None

    def _add(self, name: str, body: bytes) -> None:
        kind = _TYPES[Path(name).suffix]
        packed = gzip.compress(body, 9, mtime=0) if kind.startswith("text/") or "svg" in kind else None
        digest = hashlib.sha256(body).hexdigest()[:16]
        self._by_name[name] = Asset(name=name, digest=digest, body=body, gzipped=packed, content_type=kind)

    def _stylesheet(self, names: tuple[str, ...]) -> str:
        paths = [path for name in names for path in sorted((STATIC / "css").glob(f"{name}.css"))]
        text = "\n".join(path.read_text(encoding="utf-8") for path in paths)
        text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
        return re.sub(r'url\("?\.\./(fonts/[^")]+)"?\)', lambda m: f'url("{self.url(m[1])}")', text)


def bundle(entry: Path) -> str:
    """Return `entry` and the modules it imports as one script; each module keeps its private scope.

    One request instead of a dozen, without a build step. Only named imports and exports are understood.
    """
    ordered: list[Path] = []
    _visit(entry.resolve(), ordered, ())
    parts = [_wrapped(path) for path in ordered]
    return '"use strict";\n(() => {\nconst modules = {};\n' + "\n".join(parts) + "\n})();\n"


def _visit(path: Path, ordered: list[Path], trail: tuple[Path, ...]) -> None:
    if path in trail:
        raise BadAsset(f"circle of imports through {path.name}")
    if path in ordered:
        return
    if not path.is_file():
        raise BadAsset(f"{trail[-1].name if trail else ''} imports {path.name}, which does not exist")
    for match in _IMPORT.finditer(path.read_text(encoding="utf-8")):
        _visit((path.parent / (match[2] or match[3])).resolve(), ordered, (*trail, path))
    ordered.append(path)


def _wrapped(path: Path) -> str:
    source = path.read_text(encoding="utf-8")
    exported = [match[2] for match in _EXPORT.finditer(source)]

    def imported(match: re.Match[str]) -> str:
        if match[3]:
            return ""
        names = match[1].replace(" as ", ": ")
        return f"const {{{names}}} = modules[{_key((path.parent / match[2]).resolve())}];"

    source = _COMMENT.sub("", source)
    body = _EXPORT.sub(r"\1 \2", _IMPORT.sub(imported, source))
    leftover = re.search(r"^\s*(import|export)\b.*$", body, re.M)
    if leftover:
        raise BadAsset(f"{path.name}: « {leftover[0].strip()} » is a form that the bundle does not know")
    return f"modules[{_key(path)}] = (() => {{\n{body}\nreturn {{ {', '.join(exported)} }};\n}})();"


def _key(path: Path) -> str:
    return f'"{path.relative_to((STATIC / "js").resolve()).as_posix()}"'
