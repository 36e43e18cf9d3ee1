"""Preparing a workshop: one click is enough, everything can be changed, what is wrong is said."""

import pytest
from bs4 import BeautifulSoup

from atelier import limits
from atelier.access.addresses import Addresses
from atelier.app import create_program
from atelier.config import CREATE_KEY_FILE, Config, create_key_of
from atelier.doctrines.loading import load
from tests.support.setups import PUBLISHER
from tests.support.visitors import Browser

ALLER_VERS = load("articulation").actions[0].label


def test_one_click_with_the_defaults_gives_desk_wall_and_code(desk, program):
    code = desk.prepare()
    setup = program.service.read(code).state.prepared
    assert len(setup.groups) == 3
    assert len(setup.actions) == 10
    page = desk.get(f"/animer/{code}/pret").text
    assert f"/ecran/{code}" in page
    assert "cle=" in page


def test_ones_own_link_is_given_for_this_computer_and_for_the_room(desk, code, monkeypatch):
    monkeypatch.setattr(Addresses, "base", lambda _: "http://192.168.1.20:8000")
    path = f"/animer/{code}/pret"
    links = [field["value"] for field in desk.page(path).find_all("input", readonly=True)]
    here, room = (link.partition("/animer/") for link in links)
    assert here[0] == "http://localhost:8000"
    assert room[0] == "http://192.168.1.20:8000"
    assert here[2] == room[2]


def test_a_public_servers_link_is_one(tmp_path):
    config = Config(
        sessions=tmp_path / "s",
        exports=tmp_path / "e",
        create_key="sésame, ouvre-toi",
        public_url="http://atelier.example",
        publisher=PUBLISHER,
    )
    program = create_program(config)
    desk = Browser(program.app)
    made = desk.post("/preparer", {"create_key": "sésame, ouvre-toi"}, Origin=config.public_url)
    page = desk.page(made.headers["Location"])
    assert len(page.find_all("input", readonly=True)) == 1
    program.close()


def test_the_front_door_lists_what_this_browser_facilitates(desk, someone, code):
    assert f"/animer/{code}" in desk.get("/").text
    assert code not in someone().get("/").text


def offered(desk):
    """What the form sends when nothing is changed in it."""
    found = (
        desk.page("/preparer").find("form", class_="prepare__form").find_all("input", attrs={"name": True})
    )
    kept = [field for field in found if field.get("type") != "checkbox" or field.has_attr("checked")]
    return {field["name"]: field.get("value", "") for field in kept}


def prepared(program, desk, fields):
    return program.service.read(desk.prepare(**fields)).state.prepared


@pytest.mark.slow
def test_the_stakes_of_the_roadmap_may_be_changed_are_offered_at_the_desk_and_copied(desk, program):
    form = desk.page("/preparer").find("textarea", {"name": "stakes"})
    assert form.get_text().strip().split("\n")[2] == "Numérique rassurant et sécurisé"
    code = desk.prepare(**offered(desk), stakes=" Aller vers \r\n\r\nOuvrir  des lieux\nAller vers\n")
    assert program.service.read(code).state.prepared.words.stakes == ("Aller vers", "Ouvrir des lieux")
    listed = desk.page(f"/animer/{code}").select("#desk-stakes option")
    assert [option["value"] for option in listed] == ["Aller vers", "Ouvrir des lieux"]
    copy = desk.page(f"/preparer?modele={code}").find("textarea", {"name": "stakes"})
    assert copy.get_text().strip() == "Aller vers\nOuvrir des lieux"
    assert prepared(program, desk, offered(desk) | {"stakes": ""}).words.stakes == ()
    for wrong in ("\n".join(map(str, range(13))), "x" * 121):
        answer = desk.post("/preparer", offered(desk) | {"stakes": wrong}, status=422)
        (field,) = BeautifulSoup(answer.text, "lxml").select("#stakes")
        assert (field["aria-invalid"], field.get_text().strip()) == ("true", wrong)


def test_actions_can_be_left_out_reordered_renamed_and_added(desk, program):
    fields = offered(desk)
    del fields["line-1-keep"]
    fields["line-2-order"] = "99"
    fields["line-3-label"] = "J’oriente autrement"
    fields |= {
        "line-11-keep": "1",
        "line-11-label": "Je coordonne",
        "line-11-order": "1",
        "groups": "4",
        "group-4": "Élus",
    }
    state = program.service.read(desk.prepare(**fields)).state
    labels = [action.label for action in state.prepared.actions]
    assert labels[0] == "Je coordonne"
    assert labels[-1] == "Je diagnostique le besoin"
    assert "J’oriente autrement" in labels
    assert len(labels) == 10
    assert state.prepared.groups == ("Groupe 1", "Groupe 2", "Groupe 3", "Élus")


@pytest.mark.parametrize(
    ("ranks", "wanted"),
    [
        ({"11": "2"}, {1: "Je coordonne", 2: "Je diagnostique le besoin"}),
        ({"11": "2", "1": "3"}, {0: "Je diagnostique le besoin", 1: "Je coordonne", 2: ALLER_VERS}),
        ({"11": "1", "2": "1"}, {0: "Je diagnostique le besoin", 1: "Je coordonne", 2: ALLER_VERS}),
        ({"2": "1", "1": "2"}, {0: "Je diagnostique le besoin", 1: ALLER_VERS, 2: "J’oriente"}),
    ],
)
def test_the_rank_typed_is_the_rank_obtained(desk, program, ranks, wanted):
    fields = offered(desk) | {"line-11-label": "Je coordonne"}
    setup = prepared(program, desk, fields | {f"line-{n}-order": rank for n, rank in ranks.items()})
    assert {at: setup.actions[at].label for at in wanted} == wanted


def test_the_gloss_of_other_words_is_dropped(desk, program):
    lines = {action.id: action for action in prepared(program, desk, offered(desk)).actions}
    assert lines["coup-de-pouce"].precision
    setup = prepared(program, desk, offered(desk) | {"line-6-label": "Je donne un coup de pouce au guichet"})
    changed = setup.actions[5]
    assert (changed.id, changed.precision) == ("coup-de-pouce", "")


@pytest.mark.parametrize(
    ("twice", "field", "words"),
    [
        ({"group-1": "Déodatie", "group-2": " déodatie "}, "group-2", "Un autre groupe porte déjà ce nom."),
        ({"line-11-label": "J’oriente"}, "line-11-label", "Une autre action dit déjà cela."),
    ],
)
def test_what_is_said_twice_is_told_beside_the_field(desk, twice, field, words):
    page = BeautifulSoup(desk.post("/preparer", offered(desk) | twice, status=422).text, "lxml")
    told = page.select(f"details[open] input[name={field}][aria-invalid]")
    assert told == page.select("[aria-invalid]")
    assert [page.select(f"#{each['aria-describedby']}")[0].get_text() for each in told] == [words]


def test_words_of_an_action_left_out_may_be_used_again(desk, program):
    fields = offered(desk) | {"line-11-label": "J’oriente"}
    del fields["line-3-keep"]
    assert [action.label for action in prepared(program, desk, fields).actions].count("J’oriente") == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"groups": "0"},
        {"groups": "13"},
        {"groups": "x"},
        {"title": "x" * 121},
        {"date": "hier"},
        {"purge_on": "2099-01-01"},
    ],
)
def test_a_wrong_answer_is_said_and_what_was_typed_stays(desk, fields):
    answer = desk.post("/preparer", {"place": "Saint-Dié"} | fields, status=422)
    assert 'role="alert"' in answer.text
    assert "Saint-Dié" in answer.text


def test_a_text_in_an_empty_line_is_on_the_sheet_without_more_ado(desk, program):
    fields = {"line-1-order": "1", "line-1-id": "", "line-1-label": "Je coordonne", "line-2-id": "orienter"}
    state = program.service.read(desk.prepare(**fields | {"line-2-label": "J’oriente"})).state
    assert [action.label for action in state.prepared.actions] == ["Je coordonne"]


def test_a_name_beyond_the_number_of_groups_is_not_dropped(desk, code):
    fields = {"groups": "2", "group-3": "Groupe 3", "group-4": "Les Tilleuls"}
    for path in ("/preparer", f"/animer/{code}/reglages"):
        answer = desk.post(path, fields, status=422)
        assert "Un nom est écrit au-delà du nombre de groupes" in answer.text
        assert "Les Tilleuls" in answer.text
    desk.post("/preparer", fields | {"groups": "4"})


@pytest.mark.parametrize("fields", [{"groups": "0"}, {"groups": "x"}, {"date": "hier"}])
def test_nothing_is_said_to_be_unchanged_where_nothing_exists_yet(desk, fields):
    answer = desk.post("/preparer", fields, status=422)
    assert "ien n’a changé" not in answer.text
    assert "votre saisie est intacte" in answer.text


def test_a_duplicate_starts_from_the_other_ones_settings(desk, someone, code, program):
    title = program.service.read(code).state.prepared.title
    copy = desk.get(f"/preparer?modele={code}").text
    assert 'value="Épinal"' in copy
    assert f"Copie de «\xa0{title}\xa0»" in copy
    strangers = someone().get(f"/preparer?modele={code}").text
    assert 'value="Épinal"' not in strangers
    assert "Copie de" not in strangers + desk.get("/preparer").text


def test_the_list_says_what_became_of_each_workshop(desk, code):
    def told():
        return desk.page("/").select_one(".home__item .muted").get_text().split(" · ")[-1]

    assert told() == "ouvert"
    desk.act(code, "close-workshop")
    assert told() == "clos"
    desk.act(code, "archive-workshop")
    assert told() == "archivé"


def test_settings_change_until_the_first_phase_opens(desk, code, program):
    desk.post(f"/animer/{code}/reglages", {"title": "Autre titre", "groups": "2"})
    assert program.service.read(code).state.prepared.title == "Autre titre"
    desk.act(code, "open-phase", phase="remits")
    desk.post(f"/animer/{code}/reglages", {"title": "Trop tard"}, status=422)


def test_only_this_computer_may_create_on_a_local_network(program, desk):
    answer = desk.client.post("/preparer", environ_base={"REMOTE_ADDR": "192.168.1.7"})
    assert answer.status_code == 403
    assert "Un atelier se prépare sur l’ordinateur" in answer.text


def test_a_public_server_asks_for_its_key(tmp_path):
    config = Config(sessions=tmp_path / "s", exports=tmp_path / "e", create_key="sésame, ouvre-toi")
    program = create_program(config)
    visitor = Browser(program.app)
    visitor.post("/preparer", {"create_key": "faux"}, status=403)
    assert visitor.prepare(create_key="sésame, ouvre-toi")
    program.close()


def test_wrong_creation_keys_are_slowed_down_and_cost_no_form(tmp_path, clock):
    config = Config(sessions=tmp_path / "s", exports=tmp_path / "e", create_key="sésame, ouvre-toi")
    program = create_program(config, clock, clock.sleep)
    guesser = Browser(program.app, "203.0.113.7")
    first = guesser.post("/preparer", {"create_key": "faux", "title": "Mon titre"}, status=403)
    assert "Mon titre" in first.text
    answers = [
        guesser.post("/preparer", {"create_key": f"faux {n}"}, status=403)
        for n in range(2 * limits.CREATE_KEYS_AT_ONCE)
    ]
    assert "<form" not in answers[-1].text
    assert "clé de création n’est pas la bonne" in answers[-1].text
    assert clock.slept[0] < clock.slept[-1] <= limits.FAILURE_PAUSE_S
    clock.slept.clear()
    assert Browser(program.app, "198.51.100.9").prepare(create_key="sésame, ouvre-toi")
    assert clock.slept == []
    program.close()


def test_a_public_server_without_a_key_makes_one_and_keeps_it_for_its_owner(tmp_path):
    config = Config(
        sessions=tmp_path / "s",
        exports=tmp_path / "e",
        public_url="http://atelier.example",
        publisher=PUBLISHER,
    )
    program = create_program(config)
    kept = tmp_path / "s" / CREATE_KEY_FILE
    key = kept.read_text()
    assert len(key) >= limits.CREATE_KEY_CHARACTERS
    assert kept.stat().st_mode & 0o777 == 0o600
    visitor = Browser(program.app)
    visitor.post("/preparer", {}, status=403, Origin=config.public_url)
    assert visitor.post("/preparer", {"create_key": key}, Origin=config.public_url)
    program.close()
    assert create_key_of(config) == key
