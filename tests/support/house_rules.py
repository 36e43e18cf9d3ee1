"""What every page keeps to, checked on each page that a test fetches; pages are kept for the HTML validator."""

import re
from collections import Counter
from pathlib import Path

from bs4 import BeautifulSoup

KEPT = Path(__file__).resolve().parents[2] / "build" / "pages"


def check(path, text):
    """Assert the house rules on one page, and keep it for `make check`."""
    soup = BeautifulSoup(text, "lxml")
    assert soup.title is not None, f"{path}: no title"
    assert soup.title.text.strip(), f"{path}: an empty title"
    assert len(soup.find_all("h1")) == 1, f"{path}: not one h1"
    assert soup.select("html[lang=fr]"), f"{path}: not said to be French"
    doubled = [name for name, n in Counter(tag["id"] for tag in soup.find_all(id=True)).items() if n > 1]
    assert doubled == [], f"{path}: ids used twice"
    for form in soup.find_all("form"):
        assert form.get("action") or form.get("method", "get") == "get", f"{path}: a form without an address"
    assert soup.find_all(style=True) == [], f"{path}: a style attribute"
    assert soup.find_all("script", src=False, type=lambda kind: kind != "application/json") == [], (
        f"{path}: a script"
    )
    words = " ".join(soup.body.stripped_strings) if soup.body else ""
    assert re.findall(r".{0,20}\w'\w.{0,20}", words) == [], f"{path}: a straight apostrophe"
    _keep(path, text)


def _keep(path, text):
    KEPT.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[A-Z0-9]{6}", "CODE", path.partition("?")[0]).strip("/").replace("/", "-") or "accueil"
    (KEPT / f"{name}.html").write_text(text, encoding="utf-8")
