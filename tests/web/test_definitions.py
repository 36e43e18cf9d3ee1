"""What each action means, a tap away; the mandate on « à la place de »; where the texts come from."""

from atelier.doctrines.loading import load


def test_definitions_are_a_tap_away_for_who_sits_there_and_who_facilitates(desk, someone, code):
    phone = someone()
    phone.join(code, "fs", 1)
    desk.act(code, "open-phase", phase="articulations", sure=1)
    # The link on each card is written by static/js/phone/definitions.js: tests/browser/test_definitions.py.
    address, action = f"/a/{code}/mots", "a-la-place"
    assert address in phone.get(f"/a/{code}/texte").text
    for browser in (phone, desk):
        told = browser.page(address).find(id=action).get_text()
        assert "Il y faut un mandat. Aidants Connect" in told
        assert "Source\u00a0: Aidants Connect" in told
    assert (
        "Cartographie des lieux de l’inclusion numérique"
        in phone.page(address).find(id="orienter").get_text()
    )
    assert load("articulation").source in phone.get(address).text
    someone().get(address, 303)
    assert address in desk.get(f"/animer/{code}").text


def test_the_desk_has_the_definition_of_the_action_spoken_of(desk, code):
    desk.act(code, "open-phase", phase="report-back", sure=1)
    desk.act(code, "present-group", group=1)
    desk.act(code, "show-on-wall", scene="action", group=1, action="a-la-place")
    spoken = desk.page(f"/animer/{code}").find(id="desk-spoken").get_text()
    assert "Il y faut un mandat" in spoken


def test_an_action_in_other_words_has_no_definition_of_the_former_ones(desk, someone, program):
    page = desk.page("/preparer")
    fields = {each["name"]: each.get("value", "") for each in page.select("input[name^=line-]")}
    fields["line-3-label"] = "J’oriente autrement"
    code = desk.prepare(**fields)
    setup = program.service.read(code).state.prepared
    assert [action.definition for action in setup.actions if action.id == "orienter"] == [""]
    phone = someone()
    phone.join(code, "fs", 1)
    assert "Pas de définition pour cette action." in phone.get(f"/a/{code}/mots").text
