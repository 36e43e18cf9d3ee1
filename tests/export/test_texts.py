"""Calendar, Markdown, mails and what is pasted into national services, read back by readers of others."""

import datetime as dt
from dataclasses import replace
from typing import Any

import icalendar
import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from atelier.domain.selectors import visible_initiatives
from atelier.export.api import FILES, Source, content_of
from atelier.export.ics import calendar_of
from atelier.export.mails import invitation, thanks
from atelier.export.national import NEEDS, coop_reports, roadmap
from atelier.export.plain import NothingToSay
from tests.support import printed_rooms as rooms
from tests.support.written import LONG, dated_room


def test_the_calendar_has_each_date_whole_and_its_lines_are_short():
    text = calendar_of(rooms.CODE, dated_room(), rooms.AT).text
    found: list[Any] = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert [event["DTSTART"].dt for event in found] == [dt.date(2026, 9, 30), dt.date(2026, 10, 12)]
    assert [event["DTEND"].dt for event in found] == [dt.date(2026, 10, 1), dt.date(2026, 10, 13)]
    assert str(found[0]["SUMMARY"]) == LONG
    assert "Claire, Anne" in str(found[0]["DESCRIPTION"])
    assert "Orienter" in str(found[0]["DESCRIPTION"])
    assert str(found[1]["DESCRIPTION"]).startswith("14 h, à la mairie")
    assert len({event["UID"] for event in found}) == 2
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert not text.replace("\r\n", "").count("\n")


def test_a_calendar_without_dates_is_not_made():
    with pytest.raises(NothingToSay):
        calendar_of(rooms.CODE, rooms.full_room(), rooms.AT)


@pytest.mark.slow
@pytest.mark.parametrize("room", [rooms.full_room, rooms.hostile_room, rooms.typed_room, rooms.blank_room])
def test_markdown_says_every_text_as_it_was_typed_and_has_no_element_of_its_own(room):
    state = room()
    source = Source(code=rooms.CODE, state=state, doctrine=rooms.DOCTRINE, at=rooms.AT)
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    soup = BeautifulSoup(reader.render(content_of(source, "markdown").as_json()["text"]), "html.parser")
    said = " ".join(soup.get_text().split())
    wanted = [state.prepared.title, *(each.what for each in state.decisions.values())]
    wanted += [each.text for group in state.groups for each in group.missions.values()]
    wanted += [
        each.text
        for group in state.groups
        for line in group.lines.values()
        for each in visible_initiatives(line)
    ]
    assert [text for text in wanted if " ".join(text.split()) not in said] == []
    kinds = {
        "h1",
        "h2",
        "h3",
        "p",
        "ul",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "hr",
        "blockquote",
    }
    assert {element.name for element in soup.find_all()} <= kinds


def test_the_mails_say_what_is_practical_and_what_was_decided():
    state = dated_room()
    invited = invitation(rooms.CODE, state, "http://192.168.1.20:8000/r/KTZ4MP", everywhere=False)
    for said in (
        "KTZ 4MP",
        "25\u00a0juin\u00a02026",
        "Wi-Fi de la salle",
        "Saint-Dié",
        "sans votre nom",
        "/r/KTZ4MP",
    ):
        assert said in invited.body
    assert "Wi-Fi" not in invitation(rooms.CODE, state, "https://a.exemple/r/KTZ4MP", everywhere=True).body
    assert "http" not in invitation(rooms.CODE, state, "", everywhere=False).body
    thanked = thanks(state).body
    assert [
        text for text in (LONG, "En mots", "12\u00a0octobre\u00a02026, 14 h", "26") if text not in thanked
    ] == []
    assert "Abandonnée" not in thanked
    assert "décidé" not in thanks(rooms.blank_room()).body


def test_each_decision_is_an_action_of_the_roadmap_with_its_fields_and_needs():
    first, second = roadmap(dated_room(), rooms.DOCTRINE)
    found = {entry.name: entry for entry in first.entries}
    assert list(found) == [
        "nom", "contexte", "description", "besoins", "porteurs", "destinataires", "annee_debut", "annee_fin", "budget",
        "cofinancements", "subvention",
    ]  # fmt: skip
    assert (found["nom"].text, found["porteurs"].text) == (LONG, "Claire, Anne")
    assert (found["annee_debut"].text, found["annee_fin"].text) == ("2026", "2026")
    assert (found["besoins"].choices, len(NEEDS)) == (NEEDS, 11)
    assert "Orienter" in found["contexte"].text
    assert next(entry.text for entry in second.entries if entry.name == "annee_fin") == ""


def test_a_trade_keeps_its_capital_inside_a_sentence():
    state = dated_room()
    decisions = {key: replace(each, action="a-la-place") for key, each in state.decisions.items()}
    first, *_ = roadmap(replace(state, decisions=decisions), rooms.DOCTRINE)
    assert "\u00a0: surtout France services. " in first.entries[1].text


def test_the_day_counts_who_joined_even_those_who_left():
    state = dated_room()
    state = replace(state, people={key: replace(each, left=True) for key, each in state.people.items()})
    event, day, partnership = coop_reports(state)
    assert next(entry.text for entry in event.entries if entry.name == "participants") == "26"
    assert next(entry.text for entry in day.entries if entry.name == "mediateurs") == ""
    assert next(entry.text for entry in day.entries if entry.name == "autres") == "26"
    assert LONG in partnership.entries[-1].text


def test_no_text_names_a_participant():
    source = Source(code=rooms.CODE, state=dated_room(), doctrine=rooms.DOCTRINE, at=rooms.AT)
    said = "".join(
        content_of(source, each).as_json()["text"] for each in ("markdown", "agenda", "remerciements")
    )
    assert [word for word in ("Prénom", "person-") if word in said] == []
    assert {"markdown", "agenda", "remerciements"} <= set(FILES)
