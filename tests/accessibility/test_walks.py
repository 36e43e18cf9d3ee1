"""A whole workshop by keyboard alone, and by the accessibility tree alone, for who facilitates and who takes part.

What they met is in walks/*.txt, read and judged by people: nothing nameless, nothing false. A walk that meets something
else than its file fails; `ATELIER_TEST_WALKS=write` writes the file anew, to be read again.
"""

import os
from pathlib import Path

import pytest

from tests.accessibility.walker import ByKeyboard, ByTree

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WALKS = Path(__file__).parent / "walks"
UNFINISHED = "document.querySelector('#desk-left-over').textContent.includes('pas terminé')"
"""The desk asks before it goes on while a table has not finished."""
LIVE = "() => document.body.dataset.connection === 'live'"


def at(phase):
    return f"() => document.body.dataset.phase === '{phase}'"


def go_on(desk, words, phase):
    """Open the next phase; the desk may ask first, but not because of a phone that is still on its way."""
    desk.until("() => document.getElementById('desk-held').hidden")
    desk.press(words)
    desk.until(f"() => document.body.dataset.phase === '{phase}' || document.querySelector('#suite[open]')")
    if desk.page.locator("#suite[open]").count():
        desk.press(desk.page.locator("#suite .button--main:visible").inner_text().strip())
    desk.until(at(phase))


def prepare(desk, base):
    desk.page.goto(base)
    desk.begin("préparer un atelier")
    desk.press("Préparer un atelier", "link")
    desk.until("() => document.querySelector('#title')")
    desk.begin("créer l’atelier")
    desk.press("Créer l’atelier")
    desk.until("() => location.pathname.endsWith('/pret')")
    desk.begin("ouvrir le poste d’animation")
    desk.press("Ouvrir le poste d’animation", "link")
    desk.until(LIVE)
    return desk.page.url.split("/")[4]


def enter(phone, base, code):
    phone.page.goto(base)
    phone.begin("entrer avec le code")
    phone.type("Code de l’atelier", code)
    phone.press("Rejoindre l’atelier")
    phone.until("() => document.querySelector('.door')")
    phone.begin("dire son métier")
    phone.press("France services")
    phone.until("() => document.querySelector('#name')")
    phone.begin("choisir sa table")
    phone.choose("Groupe 1")
    phone.type("prénom", "Nadia")
    phone.press("Entrer dans l’atelier")
    phone.until(LIVE)


def missions(desk, phone):
    desk.until("() => document.querySelector('#desk-presence strong').textContent === '1'")
    desk.until("() => document.querySelector('#desk-feed').innerText.includes('Nadia')")
    desk.begin("ouvrir les missions")
    go_on(desk, "Passer aux missions", "remits")
    phone.until("() => document.body.dataset.tab === 'missions'")
    phone.begin("écrire une mission")
    phone.type("France services", "Tenir l’accueil")
    phone.press("Ajouter")
    phone.until("() => document.querySelector('.missions--fs').innerText.includes('Tenir')")


def sheet(desk, phone):
    desk.until("() => document.querySelector('#desk-feed').innerText.includes('Tenir')")
    desk.until(f"() => {UNFINISHED}")
    desk.begin("ouvrir les articulations, lancer le minuteur")
    go_on(desk, "Passer aux articulations", "articulations")
    desk.press("Lancer les")
    phone.until(
        "() => document.body.dataset.tab === 'sheet' || document.querySelector('[data-banner-go]').offsetParent"
    )
    if phone.page.locator("[data-banner-go]:visible").count():  # who was writing is asked first
        phone.press("Y aller")
    phone.until("() => document.body.dataset.tab === 'sheet'")
    phone.begin("placer une carte, écrire une initiative")
    phone.press("J’oriente", "DisclosureTriangle")
    phone.choose("régulièrement")
    phone.until("() => document.querySelector('#card-orienter .bar').dataset.state === 'placed'")
    phone.until("() => document.querySelector('#placed-1-orienter').innerText.includes('Nadia')")
    phone.type("initiatives", "Une affiche commune")
    phone.press("Proposer")
    phone.until("() => document.querySelector('#card-orienter .initiatives').innerText.includes('affiche')")
    phone.press("Notre groupe a terminé")
    phone.until("() => document.body.innerText.includes('C’est noté')")


def report(desk, phone):
    desk.until("() => document.querySelector('#desk-feed').innerText.includes('affiche')")
    desk.until(f"() => !{UNFINISHED}")
    desk.begin("mettre l’initiative en avant, passer à la restitution")
    desk.press("En avant")
    desk.until("() => document.querySelector('#desk-feed .initiative__star')")
    go_on(desk, "Passer à la restitution", "report-back")
    desk.press("La parole")
    desk.until("() => document.body.dataset.presenting === '1'")
    phone.until("() => document.body.dataset.presenting === '1'")
    phone.begin("lire qui présente")
    phone.press("Repères", "link")


def vote(desk, phone):
    desk.begin("ouvrir un vote")
    desk.press("Vote…", "link")
    desk.until("() => document.querySelector('#gommettes[open]')")
    desk.press("Ouvrir le vote")
    desk.until("() => document.querySelector('#desk-vote').innerText.includes('Le vote est ouvert')")
    phone.until("() => document.querySelector('#vote-strip').innerText.includes('Vote ouvert')")
    phone.begin("poser une gommette")
    phone.press("Voter", "link")
    phone.until("() => document.querySelector('.choice__dots button')")
    phone.press("Poser une gommette")
    phone.until("() => document.querySelector('.vote__left').innerText.includes('Personne ne voit')")
    desk.until(r"() => /1\sperson/.test(document.querySelector('#desk-vote').innerText)")
    desk.until("() => !document.querySelector('#gommettes[open]')")
    desk.begin("clore et révéler le vote")
    desk.press("Vote…", "link")
    desk.until("() => document.querySelector('#gommettes[open]')")
    desk.press("Clore et révéler")
    desk.until("() => document.querySelector('.vote__ranking')")
    desk.press("Fermer", "link")
    phone.until(r"() => /1\sperson/.test(document.querySelector('#vote-result').textContent)")


def settle(desk, phone):
    desk.begin("passer à la synthèse, noter une décision, clore")
    go_on(desk, "Passer à la synthèse", "synthesis")
    desk.type("Quoi", "Une permanence commune")
    desk.press("Noter la décision")
    desk.until("() => document.querySelector('#desk-decisions').innerText.includes('permanence')")
    desk.press("Clore l’atelier…", "link")
    desk.until("() => document.querySelector('#clore[open]')")
    desk.press("Clore maintenant")
    desk.until("() => document.body.dataset.status === 'closed'")
    phone.until("() => document.body.dataset.status === 'closed'")
    phone.begin("lire la fin, garder sa fiche")
    phone.press("Garder la fiche de mon groupe", "link")


@pytest.mark.parametrize(("way", "name"), [(ByKeyboard, "keyboard"), (ByTree, "tree")])
def test_a_whole_workshop(opened, server, way, name):
    transcripts: dict[str, list[str]] = {"facilitator": [], "participant": []}
    desk = way(opened(1366, 657), "Animation", transcripts["facilitator"])
    phone = way(opened(), "Participante", transcripts["participant"])
    code = prepare(desk, server.base)
    enter(phone, server.base, code)
    missions(desk, phone)
    sheet(desk, phone)
    report(desk, phone)
    vote(desk, phone)
    settle(desk, phone)
    for who, lines in transcripts.items():
        path, told = WALKS / f"{who}-{name}.txt", "\n".join(lines).strip() + "\n"
        if os.environ.get("ATELIER_TEST_WALKS") == "write":
            path.write_text(told, encoding="utf-8")
        met, kept = told.splitlines(), path.read_text(encoding="utf-8").splitlines()
        # Of what comes over the socket one part may be read before another: the tree’s lines are a set.
        assert met == kept if way is ByKeyboard else set(met) == set(kept), path
    assert desk.nameless + phone.nameless == []
