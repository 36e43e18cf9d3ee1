"""Acts over HTTP: committed when answered, once per operation, refused in French, never a 500."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atelier import limits
from atelier.domain.commands import NAMES
from tests.support.visitors import Browser


@pytest.fixture
def phone(someone, code, desk):
    phone = someone()
    phone.join(code, group=1, name="Nadia")
    desk.act(code, "open-phase", phase="articulations")
    return phone


def test_an_answer_means_that_it_is_in_the_journal(phone, code, program):
    answer = phone.act(code, "post-initiative", group=1, action="orienter", text="Un carnet de liaison")
    position = program.service.read(code).position
    assert (answer["seq"], answer["head"]) == (position.seq, position.head)


def test_a_repeat_adds_nothing(phone, code, program):
    fields = {"op": "the-same-operation", "group": 1, "action": "orienter", "text": "Une fois"}
    assert phone.act(code, "post-initiative", **fields) == phone.act(code, "post-initiative", **fields)
    assert len(program.service.read(code).state.group(1).lines["orienter"].initiatives) == 1


@pytest.mark.slow
def test_without_javascript_a_form_comes_back_to_its_card_open(phone, code):
    data = {
        "command": "place-action",
        "op": "without-javascript",
        "group": "1",
        "action": "orienter",
        "fs": "75",
        "cn": "50",
    }
    place = phone.post(f"/a/{code}/actes", data).headers["Location"]
    assert place == f"/a/{code}?carte=orienter#card-orienter"
    opened = phone.page(place.partition("#")[0]).select("details[data-atelier-card][open]")
    assert [fold.parent["id"] for fold in opened] == ["card-orienter"]


def test_without_javascript_a_heart_comes_back_to_the_card_of_its_initiative(phone, code):
    fields = {"op": "an-initiative-here", "group": 1, "action": "orienter", "text": "Une fois"}
    phone.act(code, "post-initiative", **fields)
    data = {"command": "support-initiative", "op": "a-heart-without-scripts", "group": "1"}
    data["initiative"] = phone.page(f"/a/{code}").find(attrs={"data-initiative": True})["data-initiative"]
    place = phone.post(f"/a/{code}/actes", data).headers["Location"]
    assert place == f"/a/{code}?carte=orienter#card-orienter"


@pytest.mark.parametrize("back", ["https://evil.example", "//evil.example", "/a/XXXXXX", "/a\\evil"])
def test_one_never_comes_back_to_a_foreign_page(phone, code, back):
    data = {"command": "undo-last", "op": "operation-back-001", "back": back}
    answer = phone.client.post(f"/a/{code}/actes", data=data)
    assert back not in answer.headers.get("Location", "") + answer.text


def test_without_javascript_a_refused_text_is_given_back(phone, code, desk):
    desk.act(code, "open-phase", phase="welcome")
    data = {
        "command": "post-initiative",
        "op": "operation-refused",
        "group": "1",
        "action": "nulle-part",
        "text": "Mon texte",
    }
    answer = phone.post(f"/a/{code}/actes", data, status=409)
    assert "Mon texte" in answer.text
    assert "Votre texte est intact" in answer.text


@pytest.mark.slow
@pytest.mark.parametrize(
    "fields",
    [
        {}, {"command": "place-action"}, {"command": "nope", "op": "operation-0000001"},
        {"command": "prepare-workshop", "op": "operation-0000001"}, {"command": "issue-key", "op": "operation-0000001"},
        {"command": "place-action", "op": "x"}, {"command": "place-action", "op": "operation-0000001", "group": "un"},
        {"command": "open-phase", "op": "operation-0000001", "phase": "lunch"},
        {"command": "place-action", "op": "operation-0000001", "group": "9" * 40, "action": "a", "fs": "1", "cn": "1"},
    ],
)  # fmt: skip
def test_what_is_no_command_is_a_bad_request(phone, code, fields):
    phone.post(f"/a/{code}/actes", fields, status=400)


def test_an_oversized_form_is_refused(phone, code):
    phone.post(f"/a/{code}/actes", {"text": "x" * 100_000}, status=413)


def test_cards_placed_by_a_line_of_text_have_the_pace_of_other_acts(paced):
    desk, phone = (Browser(paced.app) for _ in range(2))
    code = desk.prepare()
    desk.act(code, "open-phase", phase="articulations")
    phone.join(code, group=1)
    line = {"line": "orienter fs rarement"}
    there = {"base_url": "http://localhost:8000", "headers": {"Origin": "http://localhost:8000"}}
    statuses = [
        phone.client.post(f"/a/{code}/texte", data=line, **there).status_code
        for _ in range(limits.WRITES_AT_ONCE + 1)
    ]
    assert statuses[0] == 303
    assert statuses[-1] == 429


def test_a_flood_is_told_to_wait_and_others_are_not(paced):
    desk, phone, other = (Browser(paced.app) for _ in range(3))
    code = desk.prepare()
    desk.act(code, "open-phase", phase="articulations")
    phone.join(code, group=1)
    other.join(code, group=2)
    statuses = [
        phone.client.post(
            f"/a/{code}/actes",
            data={
                "command": "place-action",
                "op": f"flood-operation-{n}",
                "group": 1,
                "action": "orienter",
                "fs": n % 2 * 5,
                "cn": 0,
            },
            headers={"Accept": "application/json"},
        )
        for n in range(60)
    ]
    assert statuses[-1].status_code == 429
    assert statuses[-1].json["retry_after_ms"] > 0
    other.act(code, "place-action", group=2, action="orienter", fs=5, cn=5)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(sorted(NAMES)),
    fields=st.dictionaries(
        st.sampled_from(["group", "action", "text", "fs", "cn", "on", "initiative", "mission", "side", "phase", "label",
                         "to_group", "participant", "seconds", "scene", "page", "what", "trade", "name", "decision"]),
        st.one_of(st.text(max_size=40), st.integers().map(str), st.sampled_from(["1", "orienter", "fs", "remits"])),
    ),
)  # fmt: skip
def test_no_form_whatever_brings_the_server_down(desk, code, name, fields):
    data = {"command": name, "op": "operation-of-chance"} | {
        k: v.encode("utf-8", "replace").decode() for k, v in fields.items()
    }
    assert desk.client.post(f"/a/{code}/actes", data=data).status_code < 500
