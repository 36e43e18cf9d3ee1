"""Opening hours as OpenStreetMap writes them (opening_hours), in French words; never half of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_DAY_NAMES = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH_NAMES = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_HOLIDAYS = {"PH": "jours fériés", "SH": "vacances scolaires"}
_RANKS = {"1": "1er", "2": "2e", "3": "3e", "4": "4e", "5": "5e", "-1": "dernier"}
_CLOSED = ("off", "closed")
_DAY = f"(?:{'|'.join(DAYS)})"
_MONTH = f"(?:{'|'.join(_MONTHS)})"
_TIME = r"\d{1,2}:\d{2}"
_TIMES = rf"{_TIME}(?:\+|\s*-\s*{_TIME}\+?)"
_RULE = re.compile(
    rf"""(?:(?P<months>{_MONTH}(?:\s*[-,]\s*{_MONTH})*)\s*:?\s*)?
    (?:week\s+(?P<weeks>\d{{1,2}}(?:-\d{{1,2}}(?:/\d)?)?)\s*:?\s*)?
    (?P<days>(?:(?:PH|SH|{_DAY}(?:\[-?\d(?:,-?\d)*\]|\s*-\s*{_DAY})?)(?:\s*,\s*|\b|(?<=\])))*)\s*:?\s*
    (?P<times>{_TIMES}(?:\s*,\s*{_TIMES})*)?\s*
    (?P<state>off|closed|open)?\s*
    (?:"(?P<comment>[^"]*)")?""",
    re.X,
)
_ADDED = re.compile(rf"(?<=[0-9+\"])\s*,\s*(?=(?:{_MONTH}|{_DAY}|week|PH|SH)\b)")
"""Where a rule adds to the one before: after its hours, a comma and other days."""
_PLAIN_DAYS = re.compile(rf"{_DAY}(?:-{_DAY})?(?:,{_DAY}(?:-{_DAY})?)*")


class Unread(ValueError):  # noqa: N818 - what the text is
    """Something in the text is not understood: the whole of it is shown as it was published."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """One rule, its parts as written. `adds`: to the hours of the days that others told, instead of replacing them."""

    months: str
    weeks: str
    days: str
    times: tuple[str, ...]
    state: str
    comment: str
    adds: bool

    @property
    def weekly(self) -> bool:
        """True for a rule of every week that says nothing else."""
        told_days = not self.days or bool(_PLAIN_DAYS.fullmatch(self.days))
        return told_days and not (self.months or self.weeks or self.comment)


def in_words(text: str) -> str:
    """Return the hours in French: « lundi et mardi : 9 h – 12 h ; samedi : fermé ». Raises Unread."""
    written = text.strip()
    if written == "24/7":
        return "tous les jours, 24\u00a0h sur 24"
    rules = list(_rules(written))
    if not rules:
        raise Unread(text)
    weekly = [rule for rule in rules if rule.weekly]
    told = [*_week(weekly), *(_special(rule) for rule in rules if not rule.weekly)]
    return "\u202f; ".join(told)


def understood(text: str) -> bool:
    """Tell whether `in_words` has words for it."""
    try:
        in_words(text)
    except Unread:
        return False
    return True


def _rules(text: str) -> Iterator[_Rule]:
    for group in re.split(r"\s*;\s*", text.strip("; ")):
        for n, written in enumerate(_ADDED.split(group)):
            yield _rule(written, adds=n > 0)


def _rule(written: str, *, adds: bool) -> _Rule:
    found = _RULE.fullmatch(written.strip())
    if found is None or not written.strip():
        raise Unread(written)
    times = tuple(re.sub(r"\s", "", each) for each in re.split(r",", found["times"] or "") if each.strip())
    if not (times or found["state"] or found["comment"]):
        raise Unread(written)
    if times and found["state"] in _CLOSED:
        raise Unread(written)
    days = re.sub(r"\s", "", found["days"] or "").rstrip(",")
    return _Rule(
        re.sub(r"\s", "", found["months"] or ""), found["weeks"] or "", days, times, found["state"] or "",
        (found["comment"] or "").strip(), adds,
    )  # fmt: skip


def _week(rules: list[_Rule]) -> Iterator[str]:
    """Yield the days of every week with their hours: a later rule replaces the days that it names, or adds to them."""
    week: dict[int, str] = {}
    for rule in rules:
        for day in _days(rule.days):
            before = week.get(day, "") if rule.adds else ""
            week[day] = " et ".join(filter(None, (before, _open(rule))))
    by_hours: dict[str, list[int]] = {}
    for day in sorted(week):
        by_hours.setdefault(week[day], []).append(day)
    for hours, days in by_hours.items():
        yield f"{_day_names(days)}\u00a0: {hours}"


def _days(written: str) -> list[int]:
    """Return the numbers of the days, Monday 0; all of them for none."""
    found: list[int] = []
    for part in filter(None, written.split(",")):
        first, _, last = part.partition("-")
        start, count = DAYS.index(first), (DAYS.index(last or first) - DAYS.index(first)) % 7
        found += [(start + n) % 7 for n in range(count + 1)]
    return found if written else list(range(7))


def _day_names(days: list[int]) -> str:
    if len(days) == len(DAYS):
        return "tous les jours"
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return f"du {_DAY_NAMES[days[0]]} au {_DAY_NAMES[days[-1]]}"
    return _listed([_DAY_NAMES[day] for day in days])


def _special(rule: _Rule) -> str:
    """Say a rule of some months, weeks, days of a month, holidays, or with a remark."""
    when = [_months(rule.months), _weeks(rule.weeks), _some_days(rule.days)]
    head = ", ".join(filter(None, when))
    hours = _open(rule) if rule.times or rule.state else ""
    said = ", ".join(filter(None, (hours, rule.comment)))
    return f"{head}\u00a0: {said}" if head else said


def _some_days(written: str) -> str:
    if not written:
        return ""
    if _PLAIN_DAYS.fullmatch(written):
        return _day_names(sorted(_days(written)))
    parts = re.findall(r"(?:PH|SH|[A-Z][a-z](?:\[[^\]]*\])?(?:-[A-Z][a-z])?)", written)
    return _listed([_some_day(part) for part in parts])


def _some_day(part: str) -> str:
    if part in _HOLIDAYS:
        return _HOLIDAYS[part]
    day, _, ranks = part.rstrip("]").partition("[")
    if not ranks:
        return _day_names(sorted(_days(part)))
    try:
        told = [_RANKS[rank] for rank in ranks.split(",")]
    except KeyError:
        raise Unread(part) from None
    return f"{_listed(told)} {_DAY_NAMES[DAYS.index(day)]} du mois"


def _months(written: str) -> str:
    told = []
    for part in filter(None, written.split(",")):
        first, _, last = part.partition("-")
        names = [_MONTH_NAMES[_MONTHS.index(each)] for each in (first, last) if each]
        told.append(_between(*names) if len(names) > 1 else f"en {names[0]}")
    return _listed(told)


def _between(first: str, last: str) -> str:
    return f"{'d’' if first[0] in 'ao' else 'de '}{first} à {last}"


def _weeks(written: str) -> str:
    if not written:
        return ""
    first, last, step = re.fullmatch(r"(\d+)(?:-(\d+)(?:/(\d))?)?", written).groups()  # type: ignore[union-attr]
    if step == "2" and int(first) < 3 and int(last) > 50:
        return "semaines impaires" if int(first) % 2 else "semaines paires"
    if step:
        raise Unread(written)
    return f"semaines {first} à {last}" if last else f"semaine {first}"


def _open(rule: _Rule) -> str:
    if rule.state in _CLOSED:
        return "fermé"
    return _listed([_span(each) for each in rule.times]) if rule.times else "ouvert"


def _span(written: str) -> str:
    first, _, last = written.rstrip("+").partition("-")
    if not last:
        return f"à partir de {_clock(first)}"
    after = " et après" if written.endswith("+") else ""
    return f"{_clock(first)} – {_clock(last)}{after}"


def _clock(written: str) -> str:
    hour, minute = (int(each) for each in written.split(":"))
    if hour > 24 or minute > 59:
        raise Unread(written)
    return f"{hour}\u00a0h" + (f"\u00a0{minute:02}" if minute else "")


def _listed(words: list[str]) -> str:
    return " et ".join(filter(None, (", ".join(words[:-1]), words[-1] if words else "")))
