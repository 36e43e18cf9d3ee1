"""Who may open and do what: the server decides from the cookie, whatever the request says."""

import re

import pytest


def test_the_facilitators_link_becomes_a_cookie_and_leaves_the_address_bar(desk, someone, code):
    link, _ = re.findall(r"http://[^\"]*/animer/[^\"]*cle=[^\"]*", desk.get(f"/animer/{code}/pret").text)
    other = someone()
    other.get(f"/animer/{code}", status=403)
    answer = other.get(link.partition("8000")[2], status=303)
    assert answer.headers["Location"] == f"/animer/{code}"
    other.get(f"/animer/{code}")


def test_a_revoked_link_opens_nothing(desk, someone, code, program):
    desk.post(f"/animer/{code}/cles", {"holder": "facilitator"})
    page = desk.page(f"/animer/{code}/pret")
    link = page.find_all("input", readonly=True)[-1]["value"].partition("8000")[2]
    other = someone()
    other.get(link, status=303)
    key = page.find("input", {"name": "key"})["value"]
    desk.act(code, "revoke-key", key=key)
    other.get(f"/animer/{code}", status=403)
    other.act(code, "pause-clock", status=403)
    someone().get(link, status=403)


@pytest.mark.slow
def test_the_desk_tells_of_each_link_whose_it_is_and_whether_it_was_opened_never_its_key(desk, someone, code):
    def links():
        listed = desk.page(f"/animer/{code}").select("#desk-links li")
        return [each.get_text(" ", strip=True).replace("\u00a0", " ") for each in listed]

    issue = {"holder": "facilitator", "name": "Camille, préfecture", "op": "a-link-for-camille-0001"}
    made = desk.post(f"/animer/{code}/cles", issue)
    shown = desk.page(made.headers["Location"])
    (url,) = [field["value"] for field in shown.find_all("input", readonly=True)]
    assert shown.find(class_="qr")
    assert "Content-Encoding" not in desk.get(made.headers["Location"]).headers
    assert re.search(r"Camille, préfecture .* fait le .* à .*, jamais ouvert Montrer", links()[1])
    assert "cle=" not in desk.get(f"/animer/{code}").text
    someone().get(url.partition("8000")[2], status=303)
    assert re.search(r", ouvert le .* à ", links()[1])
    desk.act(code, "revoke-key", key=issue["op"])
    assert "ne vaut plus" in links()[1]
    desk.get(made.headers["Location"], status=404)
    someone().get(made.headers["Location"], status=403)


def test_a_walls_link_shows_the_wall_and_nothing_else(desk, someone, code):
    desk.post(f"/animer/{code}/cles", {"holder": "wall"})
    links = desk.page(f"/animer/{code}/pret").find_all("input", readonly=True)
    link = links[-1]["value"].partition("8000")[2]
    screen = someone()
    screen.get(link, status=303)
    screen.get(f"/ecran/{code}")
    screen.get(f"/animer/{code}", status=403)
    screen.act(code, "close-workshop", status=403)


def test_the_wall_never_holds_a_secret(desk, code):
    (secret,) = set(re.findall(r"cle=([^\"]*)", desk.get(f"/animer/{code}/pret").text))
    assert secret not in desk.get(f"/ecran/{code}").text


@pytest.mark.parametrize(
    ("command", "fields"),
    [
        ("open-phase", {"phase": "synthesis"}),
        ("close-workshop", {}),
        ("hide-initiative", {"group": 1, "initiative": "x"}),
        ("announce", {"text": "x"}),
    ],
)
def test_a_participant_cannot_do_what_facilitators_do(someone, code, command, fields):
    phone = someone()
    phone.join(code)
    answer = phone.act(code, command, status=403, **fields)
    assert answer["refusal"] == "not-allowed"


def test_a_group_cannot_write_into_another(desk, someone, code):
    phone = someone()
    phone.join(code, group=1)
    desk.act(code, "open-phase", phase="articulations")
    answer = phone.act(code, "place-action", status=403, group=2, action="orienter", fs=50, cn=50)
    assert answer["refusal"] == "other-group"
    assert answer["message"]


def test_a_phone_hears_only_its_own_group(someone, code):
    phone = someone()
    phone.join(code, group=1)
    phone.get(f"/a/{code}/depuis?audience=phone&group=1&seq=0&head=")
    phone.get(f"/a/{code}/depuis?audience=phone&group=2&seq=0&head=", status=403)
    phone.get(f"/a/{code}/depuis?audience=desk&seq=0&head=", status=403)
    phone.get(f"/a/{code}/depuis?audience=wall&seq=0&head=", status=403)


def test_a_phone_learns_whether_the_journal_holds_what_it_was_told(desk, someone, code):
    phone = someone()
    phone.join(code, group=1)
    desk.act(code, "open-phase", phase="articulations")
    told = phone.act(code, "place-action", group=1, action="orienter", fs=50, cn=50)
    desk.act(code, "open-phase", phase="report-back")

    def asked(who, seq, head, group=1):
        return who.get(f"/a/{code}/connu?group={group}&seq={seq}&head={head}").get_json()

    assert asked(phone, told["seq"], told["head"]) == {"known": True, "seated": True}
    assert asked(phone, told["seq"], "0" * 16) == {"known": False, "seated": True}
    assert asked(phone, told["seq"] + 50, told["head"]) == {"known": False, "seated": True}
    assert asked(phone, told["seq"], told["head"], group=2) == {"known": True, "seated": False}
    assert asked(someone(), told["seq"], told["head"]) == {"known": True, "seated": False}


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:9999"])
def test_a_write_from_a_foreign_page_is_refused(desk, code, origin):
    data = {"command": "close-workshop", "op": "operation-foreign-1"}
    desk.post(f"/a/{code}/actes", data, status=403, Origin=origin)
    forged = {"X-Forwarded-Host": "evil.example", "Origin": "http://evil.example"}
    desk.post(f"/a/{code}/actes", data, status=403, **forged)


def test_a_strangers_post_is_told_to_join_first(someone, code):
    stranger = someone()
    stranger.get(f"/r/{code}")
    answer = stranger.act(code, "place-action", status=403, group=1, action="orienter", fs=0, cn=0)
    assert answer["refusal"] == "not-joined"


def test_every_page_carries_the_policy(desk, code):
    for path in ("/", f"/animer/{code}", f"/ecran/{code}", "/nulle-part"):
        headers = desk.client.get(path, base_url="http://localhost:8000").headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["Referrer-Policy"] == "same-origin"


def test_the_cookie_is_out_of_reach_of_scripts(desk):
    cookie = desk.client.post("/preparer").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


@pytest.mark.slow
@pytest.mark.parametrize(
    "phase",
    ["articulations"]
    + [
        pytest.param(phase, marks=pytest.mark.slow)
        for phase in ("welcome", "remits", "report-back", "synthesis")
    ],
)
def test_every_page_of_every_phase_keeps_to_the_house_rules(desk, someone, code, phase):
    phone = someone()
    phone.join(code, name="Nadia")
    if phase != "welcome":
        desk.act(code, "open-phase", phase=phase)
    for path in (
        f"/animer/{code}",
        f"/ecran/{code}",
        f"/animer/{code}/pret",
        f"/a/{code}?groupe=2",
        "/preparer",
    ):
        desk.get(path)
    for path in (f"/a/{code}", "/", "/accessibilite", "/donnees-personnelles", f"/r/{code}?changer=1"):
        phone.get(path)
