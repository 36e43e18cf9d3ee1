"""CSS and scripts: a bundle a surface, addressed by its hash. Made at the first start, compressed when first asked for,
and kept for later starts."""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from zopfli import gzip as zopfli

from atelier import marks, numbered_css
from atelier.web.render import bundles
from atelier.web.render.bundles import STATIC, compact, script
from atelier.web.render.kept_files import KeptFiles, mark_of

TEMPLATES = STATIC.parent / "templates"
_BASE = ("tokens", "fonts", "reset", "base", "buttons", "forms", "bar", "spread", "row-gaps")
CSS = {
    "home": ("home", "door", "prepare", "ready", "copying", "day", "directory-edit", "row-gaps", "sheets"),
    "phone": (
        "layout", "banners", "card", "missions", "pen", "placing", "answers", "plenary", "texts", "frame", "row-gaps",
        "contrast", "when",
    ),
    "wall": (
        "frame", "bands", "demonstration", "overlay", "overview", "parts", "welcome", "remits",
        "decisions", "message", "group", "action", "across", "vote", "day",
        "contrast", "print",
    ),
    "desk": (
        "agenda", "answers", "feed", "groups", "members", "now", "panels", "parts", "people", "report", "notes",
        "decisions", "presenting", "wall", "vote", "frame", "remote",
    ),
    "vote": ("vote",),
    "directory": ("directory",),
    "transcription": ("frame", "grid", "photos"),
    "ghost": ("ghost",),
}  # fmt: skip
_BESIDE = ("vote", "ghost")
"""Fetched by a page of another surface when it is wanted: without what that page has already."""
STYLE_ONLY = ("ghost",)
_LATER = ("connection", "following", "day-wall")
"""Scripts that a page fetches once it is there, or in the place of its surface’s own."""
_LAST = ("contrast", "utilities")
"""The style sheets of each surface, in the folder of its name, in this order, those of `base` around them. Their order
is what decides between rules of one weight: phones of 2020 know no layer (docs/browsers.md)."""
_AT_ONCE = ("home", "phone", "directory")
"""Pages that are read while they load: a font that comes late is for the next page, and nothing moves on this one."""
_KEPT = KeptFiles(STATIC)
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True, kw_only=True)
class Asset:
    """A file as it is served."""

    name: str
    digest: str
    body: bytes
    content_type: str

    @cached_property
    def gzipped(self) -> bytes | None:
        """The bytes gzipped, None where compression gains nothing.

        By zopfli, some 4 % smaller than zlib's best, when first asked for: a tenth of a second that no start waits for.
        """
        if not self.content_type.startswith("text/") and "svg" not in self.content_type:
            return None
        kept, mark = f"{self.name}.gz", self.digest.encode()
        packed = _KEPT.load(kept, mark)
        if packed is None:
            packed = zopfli.compress(self.body, numiterations=1)
            _KEPT.save(kept, mark, packed)
        return packed


def sheets_of(surface: str) -> list[Path]:
    """Return the style sheets of a surface, in their order."""
    if surface in _BESIDE:
        return [STATIC / "css" / surface / f"{name}.css" for name in CSS[surface]]
    around = [f"base/{name}" for name in _BASE], [f"base/{name}" for name in _LAST]
    names = [*around[0], *(f"{surface}/{name}" for name in CSS[surface]), *around[1]]
    return [STATIC / "css" / f"{name}.css" for name in names]


def css_of(surface: str) -> str:
    """Return all the style of a surface as one sheet, in as few bytes as may be."""
    sheets = compact("\n".join(path.read_text(encoding="utf-8") for path in sheets_of(surface)))
    if surface in _BESIDE:
        return sheets
    return sheets + numbered_css.colours() + numbered_css.rules("base") + numbered_css.rules(surface)


def _sources() -> list[Path]:
    """Return the files that bundles are made of, and those that make them."""
    modules = (Path(str(each.__file__)) for each in (bundles, marks, numbered_css))
    kinds = ("css/**/*.css", "js/**/*.js", "vendor/**/*.js", "fonts/*.woff2")
    return [Path(__file__), *modules, *(path for kind in kinds for path in STATIC.glob(kind))]


class Assets:
    """All static files of the program in memory; `url` names one with its hash, for caching without end."""

    def __init__(self) -> None:
        self._by_name: dict[str, Asset] = {}
        for path in STATIC.glob("fonts/*.woff2"):
            self._add(path.relative_to(STATIC).as_posix(), path.read_bytes())
        for name, body in self._bundles().items():
            self._add(name, body.encode())
        self.version = self._version()
        """Tells the pages of this version of the program from those of any other."""

    def url(self, name: str) -> str:
        """Return the address of a file or bundle. Raises KeyError for an unknown one."""
        return f"/static/{self._by_name[name].digest}/{name}"

    def find(self, digest: str, name: str) -> Asset | None:
        """Return the file when the hash is the right one."""
        asset = self._by_name.get(name)
        return asset if asset is not None and asset.digest == digest else None

    def _bundles(self) -> dict[str, str]:
        """Return styles and scripts by name, of a former start when they are made of the same files."""
        mark = mark_of(_sources())
        kept = _KEPT.load("bundles", mark)
        if kept is not None:
            found: dict[str, str] = json.loads(kept)
            return found
        made = {f"{surface}.css": self._stylesheet(surface) for surface in CSS}
        made |= {
            f"{entry}.js": script(STATIC / "js" / f"{entry}.js")
            for entry in (*CSS, *_LATER)
            if entry not in STYLE_ONLY
        }
        _KEPT.save("bundles", mark, json.dumps(made).encode())
        return made

    def _version(self) -> str:
        digest = hashlib.sha256()
        for asset in self._by_name.values():
            digest.update(asset.digest.encode())
        for path in sorted(TEMPLATES.rglob("*.html")):
            digest.update(path.read_bytes())
        return digest.hexdigest()[:12]

    def _add(self, name: str, body: bytes) -> None:
        kind = _TYPES[Path(name).suffix]
        digest = hashlib.sha256(body).hexdigest()[:16]
        self._by_name[name] = Asset(name=name, digest=digest, body=body, content_type=kind)

    def _stylesheet(self, surface: str) -> str:
        text = css_of(surface)
        if surface in _AT_ONCE:
            text = text.replace("font-display:swap", "font-display:optional")
        return re.sub(r'url\("?\.\./\.\./(fonts/[^")]+)"?\)', lambda m: f'url("{self.url(m[1])}")', text)
