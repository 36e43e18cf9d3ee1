"""Writes docs/accessibilite.md from the internal audit: `python -m tools.accessibility_page`. A test compares them."""

from pathlib import Path

from atelier import rgaa

PAGE = Path(__file__).resolve().parents[1] / "docs" / "accessibilite.md"
HEAD = """# Accessibilité

Audit interne au regard du RGAA 4.1.2, écrit par `python -m tools.accessibility_page` depuis
[`atelier/rgaa.py`](../atelier/rgaa.py), d’où viennent aussi l’état du pied de page et la déclaration.
C : conforme ; NC : non conforme ; NV : pas encore vérifié par une personne avec une aide technique ; NA : sans objet.
Ce qui n’est pas vérifié compte comme non conforme, et tant qu’il en reste l’état est « non conforme » : c’est la règle.
"""


def page() -> str:
    """Return the page as it should be."""
    found = rgaa.counts()
    total = ", ".join(f"{result} {count}" for result, count in found.items())
    lines = [
        f"{HEAD}\nAu {rgaa.AUDITED_ON} : {total}. Taux : **{rgaa.rate()} %**. État : **{rgaa.state()}**.\n"
    ]
    lines += ["| critère | résultat | sujet | comment |", "|---|---|---|---|"]
    lines += [
        f"| {each.number} | {each.result} | {each.subject} | {each.checked} |" for each in rgaa.CRITERIA
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
