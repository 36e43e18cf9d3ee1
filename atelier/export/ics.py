"""The dates that the room settled on as a calendar (iCalendar, RFC 5545): decisions with a day, the next meeting;
and the programme of a day of several workshops."""

import datetime as dt
from collections.abc import Iterator

from atelier.domain.day import Day, Slot
from atelier.domain.state import Decision, Workshop
from atelier.domain.values import DecisionStatus
from atelier.export.plain import NothingToSay, PlainText
from atelier.local_time import zone_at
from atelier.wording import due_text, source_text

LINE_OCTETS = 75
"""Of a line; a longer one goes on in the next, after a space."""


def calendar_of(code: str, state: Workshop, at: int) -> PlainText:
    """Return a whole-day event for each date; `at`: when it is made, in Unix ms. Raises NothingToSay without a date."""
    stamp = _stamp(at)
    events = [*_of_decisions(code, state, stamp), *_next_meeting(code, state, stamp)]
    if not events:
        raise NothingToSay("nothing-dated")
    return _calendar(events)


def programme_of(day: Day, link: str, at: int) -> PlainText:
    """Return an event for each part of a day, with its hours; `link`: to the programme, "" where none leads there."""
    zone, stamp = zone_at(day.territory_code), _stamp(at)
    return _calendar([_part(day, slot, zone, stamp, link) for slot in day.slots])


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


def _calendar(events: list[list[str]]) -> PlainText:
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Atelier//Atelier//FR", "CALSCALE:GREGORIAN",
        *(line for event in events for line in event),
        "END:VCALENDAR",
    ]  # fmt: skip
    return PlainText(text="".join(f"{_folded(line)}\r\n" for line in lines))


def _of_decisions(code: str, state: Workshop, stamp: str) -> Iterator[list[str]]:
    for each in state.decisions.values():
        if each.due_on and each.status is not DecisionStatus.DROPPED:
            yield _event(f"{each.id}-{code}", stamp, each.due_on, each.what, _about(state, each))


def _next_meeting(code: str, state: Workshop, stamp: str) -> Iterator[list[str]]:
    found = state.next_meeting
    if found.on:
        about = f"{found.about}\nAprès l’atelier « {state.prepared.title} »".strip()
        yield _event(
            f"suite-{code}", stamp, found.on, f"Prochaine rencontre\u00a0: {state.prepared.title}", about
        )


def _about(state: Workshop, decision: Decision) -> str:
    told = (
        f"Qui\u00a0: {decision.who}" if decision.who else "",
        f"Échéance\u00a0: {due_text(decision)}" if decision.due else "",
        f"Enjeu\u00a0: {decision.stake}" if decision.stake else "",
        source_text(state, decision),
        f"Décidé pendant l’atelier « {state.prepared.title} »",
    )
    return "\n".join(filter(None, told))


def _event(name: str, stamp: str, day: str, summary: str, about: str) -> list[str]:
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
