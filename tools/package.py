"""Build the wheel and the source archive into dist/: `python -m tools.package`.

From a copy of the files that git knows, without the network, with the setuptools that is locked.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "dist"
BUILD = "from setuptools import build_meta as b; print(b.build_{}('..'))"


class NotBuilt(Exception):  # noqa: N818 - says what did not happen
    """The build failed; the message is what it said."""


def tracked() -> list[str]:
    """Return the files of the repository, new ones included; what git ignores is in no release."""
    asked = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.splitlines()
    return [each for each in listed if (ROOT / each).is_file()]


def copied(into: Path) -> Path:
    """Copy what a build needs, since it litters its folder; return `into`."""
    for each in tracked():
        if each.startswith("atelier/") or "/" not in each:
            (into / each).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / each, into / each)
    return into


def built(kind: str, sources: Path) -> Path:
    """Build `wheel` or `sdist` beside `sources` and return it. Raises NotBuilt."""
    command = [sys.executable, "-W", "ignore", "-c", BUILD.format(kind)]
    told = subprocess.run(command, cwd=sources, check=False, capture_output=True, text=True)
    if told.returncode:
        raise NotBuilt(told.stderr)
    return sources.parent / told.stdout.splitlines()[-1]


def main() -> None:
    """Build both, and say where they are."""
    DIST.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        sources = copied(Path(folder) / "sources")
        for kind in ("wheel", "sdist"):
            print(shutil.copy(built(kind, sources), DIST))


if __name__ == "__main__":
    main()
