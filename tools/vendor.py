"""Copies the few files taken from others into the project, and notes where they come from.

`python -m tools.vendor` fetches each package with the npm client, compares its digest, copies the files named below
unchanged, then writes atelier/static/vendor/VENDOR.toml. None of them is fetched while the program runs: a room may
have no Internet.
"""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC = "atelier/static"
MANIFEST = ROOT / STATIC / "vendor" / "VENDOR.toml"
ATKINSON = "atkinson-hyperlegible-next"

ICONS = [
    "heart",
    "star",
    "eye",
    "eye-off",
    "play",
    "pause",
    "plus",
    "check",
    "pencil",
    "trash-2",
    "undo-2",
    "wifi-off",
    "qr-code",
    "monitor",
    "users",
    "message-square",
    "download",
    "copy",
    "clock",
    "circle-help",
    "chevron-down",
    "chevron-right",
    "send",
    "settings",
    "link",
    "lock",
    "printer",
    "list",
    "map",
    "arrow-left-right",
    "presentation",
    "square",
    "refresh-cw",
    "log-out",
    "smartphone",
]


@dataclass(frozen=True)
class Package:
    """An npm package, and the files to keep of it: name in the package → name in the project."""

    name: str
    version: str
    licence: str
    integrity: str
    files: dict[str, str]


PACKAGES = [
    Package(
        "htmx.org",
        "2.0.11",
        "0BSD",
        "sha512-Thx/WtpeOQqSrqBCw/A1cwGJGg4UrVa3+sW0GmrM3p4gJgO89ecH4qtbnyzDDWFvBTqjnIMCgELTNt636dtamA==",
        {
            "dist/htmx.min.js": f"{STATIC}/vendor/htmx-2.0.11.min.js",
            "LICENSE": f"{STATIC}/vendor/htmx.LICENSE.txt",
        },
    ),
    Package(
        "socket.io-client",
        "4.8.4",
        "MIT",
        "sha512-7wjKAvVXYOJsbmUgkWbnhPD4bFpkqrUR0++XOjpGFmqDqsqV1CI93VTraeExLxpjxEqrWgFoSRZu1ihjLWfkAA==",
        {
            "dist/socket.io.esm.min.js": f"{STATIC}/vendor/socket.io-4.8.4.esm.min.js",
            "LICENSE": f"{STATIC}/vendor/socket.io.LICENSE.txt",
        },
    ),
    Package(
        f"@fontsource/{ATKINSON}",
        "5.3.0",
        "OFL-1.1",
        "sha512-8p1tHVoPDo6oYwSO3sMw5snGwFwSf3TmeSF9Gcj792GXdsg6oqvhoItbj6Hj/XZIk0Xs+Cwu6pkLBAl3Q5HrwA==",
        {
            f"files/{ATKINSON}-latin-400-normal.woff2": f"{STATIC}/fonts/{ATKINSON}-5.3.0-latin-400.woff2",
            f"files/{ATKINSON}-latin-700-normal.woff2": f"{STATIC}/fonts/{ATKINSON}-5.3.0-latin-700.woff2",
            f"files/{ATKINSON}-latin-ext-400-normal.woff2": f"{STATIC}/fonts/{ATKINSON}-5.3.0-latin-ext-400.woff2",
            f"files/{ATKINSON}-latin-ext-700-normal.woff2": f"{STATIC}/fonts/{ATKINSON}-5.3.0-latin-ext-700.woff2",
            "LICENSE": f"{STATIC}/fonts/{ATKINSON}.LICENSE.txt",
        },
    ),
    Package(
        "lucide-static",
        "1.62.0",
        "ISC",
        "sha512-WBZA/m2PvkFpMGHDtsBck5P2A9G4ehLlYu4GwwICcmEm1BvYVgj00lCDxKRWLlbMlOibLaiwdQ88G5pHkSWgwA==",
        {f"icons/{icon}.svg": f"{STATIC}/icons/{icon}.svg" for icon in ICONS}
        | {"LICENSE": f"{STATIC}/icons/lucide.LICENSE.txt"},
    ),
    Package(
        "axe-core",
        "4.14.1",
        "MPL-2.0",
        "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
        {
            "axe.min.js": "tests/vendor/axe.min.js",
            "LICENSE": "tests/vendor/axe.LICENSE.txt",
            "LICENSE-3RD-PARTY.txt": "tests/vendor/axe.LICENSE-3RD-PARTY.txt",
        },
    ),
]


def fetch(package: Package, folder: Path) -> Path:
    """Return the package's archive, its digest checked."""
    command = [
        "npm",
        "pack",
        "--silent",
        "--pack-destination",
        str(folder),
        f"{package.name}@{package.version}",
    ]
    name = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    archive = folder / name
    found = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != package.integrity:
        raise SystemExit(f"{package.name} {package.version}: digest {found}, expected {package.integrity}.")
    return archive


def unpack(package: Package, archive: Path) -> None:
    """Copy the files that are wanted, as they are."""
    with tarfile.open(archive) as tar:
        for inside, outside in package.files.items():
            stream = tar.extractfile(f"package/{inside}")
            if stream is None:
                raise SystemExit(f"{package.name}: {inside} is not a file.")
            target = ROOT / outside
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(stream.read())


def manifest(packages: list[Package]) -> Iterator[str]:
    """Return the lines of VENDOR.toml: where each file comes from, and its digest."""
    yield "# Files taken from others, unchanged. Written by `python -m tools.vendor`."
    for package in packages:
        yield ""
        yield "[[package]]"
        yield f"name = {json.dumps(package.name)}"
        yield f"version = {json.dumps(package.version)}"
        yield f"licence = {json.dumps(package.licence)}"
        yield f"integrity = {json.dumps(package.integrity)}"
        for inside, outside in package.files.items():
            digest = hashlib.sha256((ROOT / outside).read_bytes()).hexdigest()
            yield ""
            yield "[[package.file]]"
            yield f"path = {json.dumps(outside)}"
            yield f"origin = {json.dumps(inside)}"
            yield f'sha256 = "{digest}"'


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for package in PACKAGES:
            unpack(package, fetch(package, Path(folder)))
    MANIFEST.write_text("\n".join(manifest(PACKAGES)) + "\n", encoding="utf-8")
    print(f"{sum(len(package.files) for package in PACKAGES)} files, noted in {MANIFEST.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
