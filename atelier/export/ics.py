"""The dates that the room settled on as a calendar (iCalendar, RFC 5545): decisions with a day, the next meeting;
and the programme of a day of several workshops."""

import datetime as dt
from collections.abc import Iterable, Iterator

from atelier.domain.day import Day, Slot
from atelier.domain.state import Decision, Workshop
from atelier.domain.values import DecisionStatus
from atelier.export.plain import NothingToSay, PlainText
from atelier.local_time import zone_at
from atelier.wording import due_text, source_text

LINE_OCTETS = 75
"""Of a line; a longer one goes on in the next, after a space."""
Event = list[str]
"""The lines of one event."""


def calendar_of(code: str, state: Workshop, at: int) -> PlainText:
    """Return a whole-day event for each date; `at`: when it is made, in Unix ms. Raises NothingToSay without a date."""
    events = workshop_events(code, state, at)
    if not events:
        raise NothingToSay("nothing-dated")
    return PlainText(text=calendar_text(events))


def workshop_events(code: str, state: Workshop, at: int, *, names: bool = True) -> list[Event]:
    """Return the events of a workshop, drawn at `at` (Unix ms); without `names`, they do not say who carries what."""
    return [*_of_decisions(code, state, _stamp(at), names), *_next_meeting(code, state, _stamp(at))]


def day_events(ident: str, dates: Iterable[tuple[str, str, str]], about: str, at: int) -> list[Event]:
    """Return events of a page: `dates` are their ids, ISO days and words; `about` is said of each."""
    return [_event(f"{name}-{ident}", _stamp(at), day, words, about) for name, day, words in dates]


def programme_of(day: Day, link: str, at: int) -> PlainText:
    """Return an event for each part of a day, with its hours; `link`: to the programme, "" where none leads there."""
    zone, stamp = zone_at(day.territory_code), _stamp(at)
    return PlainText(text=calendar_text(_part(day, slot, zone, stamp, link) for slot in day.slots))


def _part(day: Day, slot: Slot, zone: dt.tzinfo, stamp: str, link: str) -> list[str]:
    begins, ends = (_instant(day.date, hour, zone) for hour in (slot.starts, slot.ends))
    about = "\n".join(filter(None, (day.title, "Au choix" if slot.optional else "", link)))
    place = ", ".join(filter(None, (slot.room, day.place)))
    return [
        "BEGIN:VEVENT", f"UID:{slot.id}-{day.code}@atelier", f"DTSTAMP:{stamp}", f"DTSTART:{begins}", f"DTEND:{ends}",
        f"SUMMARY:{_escaped(slot.title or day.title)}", *([f"LOCATION:{_escaped(place)}"] if place else []),
        f"DESCRIPTION:{_escaped(about)}", "END:VEVENT",
    ]  # fmt: skip


def _instant(day: str, hour: str, zone: dt.tzinfo) -> str:
    found = dt.datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=zone)
    return found.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")


def _stamp(at: int) -> str:
    return dt.datetime.fromtimestamp(at / 1000, dt.UTC).strftime("%Y%m%dT%H%M%SZ")


def calendar_text(events: Iterable[Event], title: str = "") -> str:
    """Return a calendar as its file or feed holds it; `title`: how those who follow it see it named."""
    named = [f"X-WR-CALNAME:{_escaped(title)}", f"NAME:{_escaped(title)}"] if title else []
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Atelier//Atelier//FR", "CALSCALE:GREGORIAN", *named,
        *(line for event in events for line in event),
        "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _of_decisions(code: str, state: Workshop, stamp: str, names: bool) -> Iterator[Event]:
    for each in state.decisions.values():
        if each.due_on and each.status is not DecisionStatus.DROPPED:
            yield _event(f"{each.id}-{code}", stamp, each.due_on, each.what, _about(state, each, names))


def _next_meeting(code: str, state: Workshop, stamp: str) -> Iterator[Event]:
    found = state.next_meeting
    if found.on:
        about = f"{found.about}\nAprès l’atelier « {state.prepared.title} »".strip()
        yield _event(
            f"suite-{code}", stamp, found.on, f"Prochaine rencontre\u00a0: {state.prepared.title}", about
        )


def _about(state: Workshop, decision: Decision, names: bool) -> str:
    told = (
        f"Qui\u00a0: {decision.who}" if decision.who and names else "",
        f"Échéance\u00a0: {due_text(decision)}" if decision.due else "",
        f"Enjeu\u00a0: {decision.stake}" if decision.stake else "",
        source_text(state, decision),
        f"Décidé pendant l’atelier « {state.prepared.title} »",
    )
    return "\n".join(filter(None, told))


def _event(name: str, stamp: str, day: str, summary: str, about: str) -> Event:
    begins = dt.date.fromisoformat(day)
    ends = begins + dt.timedelta(days=1)
    return [
        "BEGIN:VEVENT", f"UID:{name}@atelier", f"DTSTAMP:{stamp}", f"DTSTART;VALUE=DATE:{begins:%Y%m%d}",
        f"DTEND;VALUE=DATE:{ends:%Y%m%d}", f"SUMMARY:{_escaped(summary)}", f"DESCRIPTION:{_escaped(about)}",
        "TRANSP:TRANSPARENT", "END:VEVENT",
    ]  # fmt: skip


def _escaped(text: str) -> str:
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        text = text.replace(sign, written)
    return text


def _folded(line: str) -> str:
    # By bytes, never within a letter.
    parts, room = [""], LINE_OCTETS
    for letter in line:
        room -= len(letter.encode())
        if room < 0:
            parts.append("")
            room = LINE_OCTETS - 1 - len(letter.encode())
        parts[-1] += letter
    return "\r\n ".join(parts)
