"""Templates without inline anything, vendored files as they were fetched, no trace of anybody's machine."""

import hashlib
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.support.tree import PROGRAM, ROOT, name, on_each, ours, text
from tools.french_fonts import FONTS, WEIGHTS
from tools.french_fonts import NAME as FONT
from tools.print_fonts import COVERAGE, made
from tools.print_fonts import LICENCE as NOTO_LICENCE

TEMPLATES = ours(".html", under=PROGRAM / "templates")
INLINE = {
    "a style attribute": re.compile(r"""\sstyle\s*=\s*["']""", re.I),
    "a handler": re.compile(r"""\son[a-z]+\s*=\s*["']""", re.I),
    "hx-on": re.compile(r"\shx-on\b", re.I),
    "a javascript: address": re.compile(r"""["']\s*javascript:""", re.I),
    "a style element": re.compile(r"<style\b", re.I),
}
SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.I | re.S)
ELSEWHERE = re.compile(r"""(?:src|href|action|url)\s*[=(]\s*["']?(?:https?:)?//""", re.I)
MACHINE = re.compile(r"(?<![\w.:/-])/(?:work|home|Users|root|mnt)/\w|[A-Z]:\\Users")
REGISTRY = re.compile(
    r"registry\.(?!py\b)[a-z]|pythonhosted|artifactory|verdaccio|devpi|(?:index-url|find-links)[ =]+\S*://",
    re.I,
)
WRITTEN = (
    ".py",
    ".md",
    ".toml",
    ".txt",
    ".in",
    ".html",
    ".css",
    ".js",
    ".mjs",
    ".json",
    ".sh",
    ".yml",
    ".cfg",
    "",
)


@on_each(TEMPLATES)
def test_templates_hold_nothing_that_a_strict_policy_blocks(path: Path) -> None:
    html = text(path)
    assert [what for what, pattern in INLINE.items() if pattern.search(html)] == []
    for attributes, body in SCRIPT.findall(html):
        data = 'type="application/json"' in attributes
        assert data or ("src=" in attributes and not body.strip()), "an inline script"


@on_each([*TEMPLATES, *ours(".css", under=PROGRAM / "static")])
def test_pages_and_styles_load_nothing_from_elsewhere(path: Path) -> None:
    source = re.sub(r"<a\b[^>]*>", "", text(path))
    assert not ELSEWHERE.search(source)
    assert path.suffix != ".css" or "color-mix(" not in source


def test_vendored_files_are_as_they_were_fetched() -> None:
    manifest = tomllib.loads(text(PROGRAM / "static" / "vendor" / "VENDOR.toml"))
    files = [file for package in manifest["package"] for file in package["file"]]
    found = {file["path"]: hashlib.sha256((ROOT / file["path"]).read_bytes()).hexdigest() for file in files}
    assert found == {file["path"]: file["sha256"] for file in files}


def test_everything_vendored_is_in_the_list_with_a_licence() -> None:
    manifest = tomllib.loads(text(PROGRAM / "static" / "vendor" / "VENDOR.toml"))
    listed = {file["path"] for package in manifest["package"] for file in package["file"]}
    folders = [PROGRAM / "static" / "vendor", PROGRAM / "static" / "fonts", PROGRAM / "static" / "icons"]
    there = {name(path) for folder in [*folders, ROOT / "tests" / "vendor"] for path in folder.iterdir()}
    ours = {
        "atelier/static/vendor/VENDOR.toml",
        *(name(FONTS / FONT.format("french", each)) for each in WEIGHTS),
        *(name(FONTS / each) for each in (*made(), NOTO_LICENCE, COVERAGE.name)),
    }
    assert there - listed - ours == set()
    assert all(package["licence"] and package["version"] for package in manifest["package"])
    unlicensed = [
        p["name"] for p in manifest["package"] if not any("LICENSE" in f["path"] for f in p["file"])
    ]
    assert unlicensed == []


@on_each([path for path in ours(*WRITTEN) if path.parent.name != "__pycache__"])
def test_no_file_knows_the_machine_it_was_written_on(path: Path) -> None:
    written = text(path)
    assert MACHINE.findall(written) == []
    assert name(path) in {name(Path(__file__)), "tools/check_docs.py"} or REGISTRY.findall(written) == []


def test_nothing_that_is_made_or_typed_by_participants_is_in_the_repository() -> None:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a clone")
    asked = [git, "-C", str(ROOT), "ls-files", "--cached", "--ignored", "--exclude-standard"]
    listed = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.splitlines()
    assert listed[:5] == []
