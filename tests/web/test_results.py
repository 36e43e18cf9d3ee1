"""The page of results: who reads it, what is not in it, when it goes."""

import base64
import hashlib

from bs4 import BeautifulSoup

from tests.support.visitors import next_op


def give(desk, code):
    """Make a link to the results; return its path with the secret."""
    op = next_op()
    desk.post(f"/animer/{code}/cles", {"op": op, "holder": "results", "name": "Page des résultats"})
    shown = desk.page(f"/animer/{code}/liens/{op}")
    return op, "/" + shown.find(id="one-link-url")["value"].split("/", 3)[3]


def worked(desk, code, someone):
    """A workshop with a person, an initiative of theirs, one hidden, and a decision; closed."""
    phone = someone()
    phone.join(code, name="Zébulon")
    desk.act(code, "open-phase", phase="articulations")
    for text in ("Une affiche commune", "À cacher"):
        phone.act(code, "post-initiative", group=1, action="orienter", text=text)
    desk.act(code, "record-decision", what="Se revoir", who="Philomène")
    (feed,) = desk.page(f"/animer/{code}").select("#desk-feed")
    entry = next(each for each in feed.select("li") if "À cacher" in each.get_text())
    pressed = next(each for each in entry.select("button[form^=desk-hide-]"))
    desk.act(code, "hide-initiative", group=1, initiative=pressed["value"])
    desk.act(code, "close-workshop")
    return phone


def test_whoever_holds_the_link_reads_and_nobody_is_named(desk, code, someone):
    phone = worked(desk, code, someone)
    assert "hidden" in phone.page(f"/a/{code}").find(id="results").attrs
    phone.get(f"/resultats/{code}", status=403)
    key, path = give(desk, code)
    answer = someone().get(path)
    said = BeautifulSoup(answer.text, "lxml").get_text()
    assert all(text in said for text in ("Une affiche commune", "Se revoir", "Essai"))
    assert not [text for text in ("Zébulon", "Philomène", "À cacher") if text in answer.text]
    shown = phone.page(f"/a/{code}").find(id="results")
    assert (shown.a["href"], "hidden" in shown.attrs) == (f"/resultats/{code}", False)
    phone.get(f"/resultats/{code}")
    desk.get(f"/resultats/{code}")
    someone().get(f"/resultats/{code}", status=404)
    someone().get(path + "x", status=404)
    desk.act(code, "revoke-key", key=key)
    someone().get(path, status=404)
    phone.get(f"/resultats/{code}", status=403)
    assert "hidden" in phone.page(f"/a/{code}").find(id="results").attrs


def test_the_page_asks_for_nothing_runs_nothing_and_has_the_style_that_its_policy_names(desk, code):
    answer = desk.get(f"/resultats/{code}")
    soup = BeautifulSoup(answer.text, "lxml")
    assert not soup.select("script, img, iframe, form, [style], [onload]")
    assert [each["href"] for each in soup.select("[href]")] == ["data:,"]
    (sheet,) = soup.select("style")
    digest = base64.b64encode(hashlib.sha256(str(sheet.string).encode()).digest()).decode()
    policy = answer.headers["Content-Security-Policy"]
    assert f"style-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy


def test_a_key_of_the_results_opens_neither_desk_nor_wall(desk, code, someone):
    _, path = give(desk, code)
    secret = path.partition("?")[2]
    for page in ("animer", "ecran"):
        stranger = someone()
        stranger.get(f"/{page}/{code}?{secret}", status=303)
        stranger.get(f"/{page}/{code}", status=403)
    desk.get(f"/ecran/{code}")


def test_the_wall_shows_its_qr_code_once_closed(desk, code):
    _, path = give(desk, code)
    assert "Les résultats" not in desk.get(f"/ecran/{code}").text
    desk.act(code, "close-workshop")
    assert "Les résultats" in desk.get(f"/ecran/{code}").text
    assert path
