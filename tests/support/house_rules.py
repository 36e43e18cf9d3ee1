"""What every page keeps to, checked on each page that a test fetches; pages are kept for the HTML validator."""

import hashlib
import re
from collections import Counter
from pathlib import Path

from lxml import etree

KEPT = Path(__file__).resolve().parents[2] / "build" / "pages"


IDENTIFIER = re.compile(r'(?<=")[\w-]{22}(?=")|(?<=/)[2-9A-Z]{6}\b')
"""Operation ids and codes of workshops: two pages that differ by these are one page to the rules."""
WORDS = etree.XPath("//body//text()[not(ancestor::script or ancestor::style or ancestor::template)]")
APOSTROPHE = re.compile(r"\w'\w")


def check(path, text):
    """Assert the house rules on one page, and keep it for `make check`. A page that was checked is not again."""
    known = hash(IDENTIFIER.sub("", text))
    if known in _checked:
        return
    _checked.add(known)
    page = etree.HTML(text)
    assert (page.findtext(".//title") or "").strip(), f"{path}: no title, or an empty one"
    assert len(page.findall(".//h1")) == 1, f"{path}: not one h1"
    assert page.get("lang") == "fr", f"{path}: not said to be French"
    doubled = [name for name, n in Counter(page.xpath("//@id")).items() if n > 1]
    assert doubled == [], f"{path}: ids used twice"
    for form in page.iter("form"):
        action = form.get("action") or form.get("method", "get") == "get"
        assert action, f"{path}: a form without an address"
    assert page.xpath("//@style") == [], f"{path}: a style attribute"
    assert page.xpath("//script[not(@src) and not(@type='application/json')]") == [], f"{path}: a script"
    straight = [said for said in WORDS(page) if APOSTROPHE.search(said)]
    assert straight == [], f"{path}: a straight apostrophe"
    _keep(path, text, page)


_checked: set[int] = set()


def _keep(path, text, page):
    """Write a page down under its address and a sum of what it is made of: each state has a file, in whatever order."""
    KEPT.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[A-Z0-9]{6}", "CODE", path.partition("?")[0]).strip("/").replace("/", "-") or "accueil"
    parts = sorted(
        {f"{each.tag} {each.get('class')} {sorted(each.keys())}" for each in page.iter(etree.Element)}
    )
    state = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]
    (KEPT / f"{name}-{state}.html").write_text(text, encoding="utf-8")
