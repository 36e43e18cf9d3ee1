"""The fragments of the desk: what it redraws, when, and from what."""

from typing import Any

from atelier import movement
from atelier.domain import selectors, synthesis, tally
from atelier.domain.answers import spreads
from atelier.domain.leaving import leaving
from atelier.domain.state import Key, Workshop
from atelier.domain.values import Phase, Scene
from atelier.limits import CROWD_TIMES
from atelier.live.regions import Kind, Region
from atelier.verdicts import shorter
from atelier.web.render.view import View
from atelier.web.screens.desk import agenda, answers, feed, groups, held, inbox, people, removals
from atelier.web.screens.desk.wall import wall_now
from atelier.web.screens.fragment import (
    Arguments,
    Fragment,
    Place,
    Scope,
    Table,
    When,
    follows,
    is_gathered,
    kinds,
)
from atelier.web.screens.phone.vote import is_revealed
from atelier.web.screens.wall.scenes import row_of, rows_of, spoken
from atelier.wording import left_words

MEMBERS_LISTED = 40
ARRIVALS_LISTED = 4
LONGEST_SPOKEN = 200
"""Letters of what the groups say apart, above the initiatives that shall stay in sight."""
LONGEST_TOGETHER = 600
"""The same where every action is listed: what three groups with the longest names say, not what twelve do."""


def _summary(phase: Phase) -> Arguments:
    return lambda view, place: {"text": agenda.summary(view.state, phase)}


def _group(view: View, place: Place) -> dict[str, Any]:
    return {"group": view.state.group(place.group)}


def _noted(view: View, place: Place) -> dict[str, Any]:
    found = view.state.group(place.group)
    return {"group": found, "writer": selectors.rapporteur(view.state, found)}


def _numbers(view: View, place: Place) -> dict[str, Any]:
    found = view.state.group(place.group)
    return {
        "group": found,
        "progress": selectors.progress(found),
        "missions": groups.added_missions(found),
    }


def _answers_of(view: View, place: Place) -> dict[str, Any]:
    first = view.state.answers_first
    count = answers.of_group(view.state, place.group) if first else None
    return {"group": view.state.group(place.group), "count": count}


def _answers_table(view: View, place: Place) -> dict[str, Any]:
    return {"rows": answers.by_action(view.state) if view.state.answers_first else []}


def _people(view: View, place: Place) -> dict[str, Any]:
    counts = groups.people_by_trade(view.state, place.group)
    found = view.state.group(place.group)
    holder = selectors.pen_holder(view.state, found)
    return {
        "group": found,
        "counts": counts,
        "connected": view.connected.get(place.group, 0),
        "holder": holder,
        "doctrine": view.doctrine,
    }


def _members(view: View, place: Place) -> dict[str, Any]:
    group, found = view.state.group(place.group), selectors.members(view.state, place.group)
    listed = found[-MEMBERS_LISTED:]
    writer = selectors.rapporteur(view.state, group)
    return {
        "group": group,
        "people": listed,
        "writer": writer.id if writer else "",
        "others": len(found) - len(listed),
        "rejoin": view.rejoin,
        "doctrine": view.doctrine,
    }


def _presence(view: View, place: Place) -> dict[str, Any]:
    return {"connected": sum(view.connected.values()), "joined": sum(1 for _ in view.state.present())}


def _arrivals(view: View, place: Place) -> dict[str, Any]:
    found = sorted(view.state.present(), key=lambda person: person.joined_at, reverse=True)
    listed = found[:ARRIVALS_LISTED]
    return {"people": listed, "count": len(found), "zone": view.zone, "doctrine": view.doctrine}


def _entrance(view: View, place: Place) -> dict[str, Any]:
    return {
        "code": view.code,
        "join_url": view.join_url,
        "spoken_address": spoken(view.join_url),
        "reach": view.reach,
    }


def _paper_entry(view: View, place: Place) -> dict[str, Any]:
    return {name: told for name, told in _entrance(view, place).items() if name != "code"}


def _tables(view: View, place: Place) -> dict[str, Any]:
    return {"groups": view.state.groups, "join_url": view.join_url}


def _links(view: View) -> list[Key]:
    """Those that work first, each kind in the order in which they were made."""
    return sorted(view.state.keys.values(), key=lambda key: key.revoked)


def _held(view: View, place: Place) -> dict[str, Any]:
    return {"held": held.held(view.state, view.people), "named": held.named}


def _offers(view: View, place: Place) -> dict[str, Any]:
    return {"offers": removals.offers(view)}


def _crowd(view: View, place: Place) -> dict[str, Any]:
    return {"waiting": view.waiting, "expected": view.state.prepared.expected}


def _entrance_control(view: View, place: Place) -> dict[str, Any]:
    crowd = CROWD_TIMES * view.state.prepared.expected
    return {"entrance": view.state.entrance, "crowd": crowd, **_crowd(view, place)}


def _leaving(view: View, place: Place) -> dict[str, Any]:
    found = leaving(view.state, view.at)
    return {"leaving": found, "left": left_words(found.left_ms)}


def _inbox(view: View, place: Place) -> dict[str, Any]:
    return {"items": inbox.inbox(view.state), "zone": view.zone}


def _feed_part(scope: str, name: object, entries: list[feed.Entry], view: View) -> dict[str, Any]:
    """All texts of a place, for the feed to sort in without moving under a finger."""
    return {"scope": scope, "name": name, "entries": entries, "zone": view.zone}


def _feed_of_line(view: View, place: Place) -> dict[str, Any]:
    name = f"{place.group}/{place.action}"
    return _feed_part("line", name, feed.of_line(view.state, place.group, place.action), view)


def _feed_of_initiative(view: View, place: Place) -> dict[str, Any]:
    entries = feed.of_initiative(view.state, place.group, place.action, place.item)
    return _feed_part("initiative", place.item, entries, view)


def _feed_of_missions(view: View, place: Place) -> dict[str, Any]:
    return _feed_part("missions", place.group, feed.of_missions(view.state, place.group), view)


def _feed_of_name(view: View, place: Place) -> dict[str, Any]:
    return _feed_part("called", place.group, feed.of_name(view.state, place.group), view)


def _feed_of_people(view: View, place: Place) -> dict[str, Any]:
    return _feed_part("people", "all", feed.of_people(view.state), view)


def _presenting(view: View, place: Place) -> dict[str, Any]:
    state, walk = view.state, agenda.walk(view.state)
    across = walk is not None and not walk.group
    return {
        "group": state.group(walk.group) if walk and walk.group else None,
        "rows": synthesis.overlay(state) if across else (),
        "ghosts": movement.ghosts_of(state, view.doctrine),
        "shown": walk.action.id if walk and walk.action else "",
        "turn": state.presenting,
        "first": walk.spoken.id if walk and walk.spoken else state.prepared.actions[0].id,
    }


def _spoken(view: View, place: Place) -> dict[str, Any]:
    state, walk = view.state, agenda.walk(view.state)
    action = walk.action if walk else None
    if walk is None or action is None:
        return {"action": None, "initiatives": [], "groups": (), "said": None}
    if not walk.group:
        said = row_of(view, action.id)
        sentence = shorter(state, view.doctrine, said["row"], said["reading"].sentence, LONGEST_SPOKEN)
        return {
            "action": action,
            "initiatives": selectors.across(state, action.id),
            "groups": state.groups,
            "said": said | {"sentence": sentence},
            "code": view.code,
        }
    group = state.group(walk.group)
    line = group.lines[action.id]
    return {
        "action": action,
        "initiatives": [(None, each) for each in selectors.by_support(line)],
        "groups": (),
        "said": None,
        "code": view.code,
        "answered": spreads(line),
        "doctrine": view.doctrine,
    }


def _vote(view: View, place: Place) -> dict[str, Any]:
    state = view.state
    return {
        "vote": state.vote,
        "people": tally.people_voted(state),
        "expected": tally.voters_expected(state),
        "tally": tally.revealed(state),
        "shared": [person for person in state.present() if person.people > 1],
        "doctrine": view.doctrine,
    }


def _wall_state(view: View, place: Place) -> dict[str, Any]:
    return {"wall": wall_now(view.state), "view": view.state.wall}


def _together(view: View, place: Place) -> dict[str, Any]:
    if view.state.phase is not Phase.SYNTHESIS:
        return {"view": view, "rows": [], "totals": ""}
    said = rows_of(view)
    for each in said["rows"]:
        each["sentence"] = shorter(
            view.state, view.doctrine, each["row"], each["reading"].sentence, LONGEST_TOGETHER
        )
    return {"view": view, **said}


def _seated(view: View, place: Place) -> dict[str, Any]:
    people = selectors.members(view.state, place.group)[-MEMBERS_LISTED:]
    return {"group": view.state.group(place.group), "people": people[::-1], "doctrine": view.doctrine}


def _missions_of(view: View, place: Place) -> dict[str, Any]:
    found = view.state.group(place.group)
    missions = groups.missions_as_they_come(found)
    return {"group": found, "missions": missions, "doctrine": view.doctrine}


_ANSWERED = kinds(Kind.ANSWERS, Kind.PEOPLE)
_PRESENT = kinds(Kind.PEOPLE, Kind.PRESENCE)


def _answers_told(state: Workshop, region: Region) -> bool:
    """Who comes and goes counts where each answers first; whether they do is told to either."""
    return state.answers_first or region.kind in (Kind.ANSWERS, Kind.EVERYTHING)


def _across_is_shown(state: Workshop, region: Region) -> bool:
    return state.phase is Phase.REPORT_BACK and state.wall.scene is Scene.ACROSS


def _texts_are_shown(state: Workshop, region: Region) -> bool:
    """Tell whether the wall shows the initiatives of that action, whose number of pages they make."""
    return state.wall.scene in (Scene.ACTION, Scene.ACROSS) and region.action == state.wall.action


def _counts_texts(state: Workshop, region: Region) -> bool:
    """Tell whether a change may touch how many texts are together, in whatever group."""
    if region.item:
        return is_gathered(state, region)
    lines = (group.lines.get(region.action) for group in state.groups)
    return any(each.gathered for line in lines if line for each in line.initiatives.values())


def _during(phase: Phase) -> When:
    return lambda state, region: state.phase is phase


def _part_of_feed(name: str, scope: Scope, kind: Kind, arguments: Arguments) -> Fragment:
    return Fragment(name, scope, kinds(kind), "desk/feed.html", arguments, within="feed")


def _followed(view: View, place: Place) -> dict[str, Any]:
    previous = view.state.prepared.previous
    return {
        "found": movement.followed(view.state),
        "occasion": movement.occasion_of(previous) if previous else "",
        "standings": [(status, movement.standing_words(status)) for status in movement.STANDINGS],
    }


FRAGMENTS = (
    Fragment("followed", Scope.SCREEN, kinds(Kind.FOLLOW_UP), "desk/follow_up.html", _followed, follows),
    Fragment("presence", Scope.SCREEN, _PRESENT, "desk/header.html", _presence),
    Fragment(
        "phase_undo",
        Scope.SCREEN,
        kinds(Kind.PHASE),
        "desk/now.html",
        lambda view, place: {"left_ms": agenda.undo_left(view)},
    ),
    Fragment(
        "joined",
        Scope.SCREEN,
        kinds(Kind.PEOPLE),
        "desk/header.html",
        lambda view, place: {"joined": sum(1 for _ in view.state.present())},
    ),
    Fragment(
        "start_label",
        Scope.SCREEN,
        kinds(Kind.CLOCK),
        "desk/now.html",
        lambda view, place: {"text": agenda.duration_text(view.state.clock.total_ms)},
    ),
    Fragment("people_summary", Scope.SCREEN, kinds(Kind.PEOPLE), "desk/agenda.html", _summary(Phase.WELCOME)),
    Fragment(
        "missions_summary", Scope.SCREEN, kinds(Kind.MISSIONS), "desk/agenda.html", _summary(Phase.REMITS)
    ),
    Fragment(
        "decisions_summary",
        Scope.SCREEN,
        kinds(Kind.DECISIONS),
        "desk/agenda.html",
        _summary(Phase.SYNTHESIS),
    ),
    Fragment(
        "action_walk",
        Scope.SCREEN,
        kinds(Kind.LINES, Kind.PHASE, Kind.WALL),
        "desk/report.html",
        lambda view, place: {"walk": agenda.walk(view.state), "view": view.state.wall},
    ),
    Fragment(
        "presenting",
        Scope.SCREEN,
        kinds(Kind.LINES, Kind.PHASE, Kind.WALL, Kind.GROUPS, Kind.ANSWERS),
        "desk/presenting.html",
        _presenting,
    ),
    Fragment(
        "spoken",
        Scope.SCREEN,
        kinds(
            Kind.LINES, Kind.PHASE, Kind.WALL, Kind.INITIATIVES, Kind.GROUPS, Kind.GATHERINGS, Kind.ANSWERS
        ),
        "desk/presenting.html",
        _spoken,
        when=_during(Phase.REPORT_BACK),
    ),
    Fragment(
        "spoken", Scope.SCREEN, kinds(Kind.LINE), "desk/presenting.html", _spoken, when=_across_is_shown
    ),
    Fragment(
        "together",
        Scope.SCREEN,
        kinds(Kind.LINE, Kind.LINES, Kind.PHASE, Kind.WALL, Kind.GROUPS),
        "desk/presenting.html",
        _together,
        when=_during(Phase.SYNTHESIS),
    ),
    Fragment("vote", Scope.SCREEN, kinds(Kind.VOTE, Kind.BALLOTS), "desk/vote.html", _vote),
    Fragment(
        "vote",
        Scope.SCREEN,
        kinds(Kind.INITIATIVES, Kind.GATHERINGS),
        "desk/vote.html",
        _vote,
        when=is_revealed,
    ),
    Fragment(
        "decisions",
        Scope.SCREEN,
        kinds(Kind.DECISIONS, Kind.GROUPS),
        "desk/decisions.html",
        lambda view, place: {"decisions": list(view.state.decisions.values()), "state": view.state},
    ),
    Fragment(
        "wall_state",
        Scope.SCREEN,
        kinds(Kind.LINES, Kind.GROUPS, Kind.WALL, Kind.ANNOUNCEMENT),
        "desk/wall.html",
        _wall_state,
    ),
    Fragment(
        "wall_state",
        Scope.SCREEN,
        kinds(Kind.INITIATIVES, Kind.GATHERINGS),
        "desk/wall.html",
        _wall_state,
        when=_texts_are_shown,
    ),
    Fragment(
        "announcement",
        Scope.SCREEN,
        kinds(Kind.ANNOUNCEMENT),
        "desk/message.html",
        lambda view, place: {"text": view.state.announcement},
    ),
    Fragment(
        "stale_message",
        Scope.SCREEN,
        kinds(Kind.ANNOUNCEMENT, Kind.PHASE),
        "desk/message.html",
        lambda view, place: {"text": agenda.stale_message(view.state)},
    ),
    Fragment(
        "feed_count",
        Scope.SCREEN,
        kinds(Kind.INITIATIVES, Kind.LINES, Kind.MISSIONS, Kind.GROUPS, Kind.PEOPLE),
        "desk/feed.html",
        lambda view, place: {"count": feed.feed_size(view.state)},
    ),
    Fragment(
        "feed",
        Scope.SCREEN,
        kinds(),
        "desk/feed.html",
        lambda view, place: {"entries": feed.feed(view.state), "zone": view.zone},
    ),
    Fragment(
        "links",
        Scope.SCREEN,
        kinds(Kind.KEYS),
        "desk/links.html",
        lambda view, place: {"code": view.code, "keys": _links(view), "zone": view.zone},
    ),
    Fragment("arrivals", Scope.SCREEN, kinds(Kind.PEOPLE), "desk/invite.html", _arrivals),
    Fragment("entrance", Scope.SCREEN, kinds(Kind.NETWORK), "desk/invite.html", _entrance),
    Fragment("tables", Scope.SCREEN, kinds(Kind.NETWORK), "desk/invite.html", _tables),
    Fragment("paper_entry", Scope.SCREEN, kinds(Kind.NETWORK), "desk/paper.html", _paper_entry),
    Fragment(
        "network",
        Scope.SCREEN,
        kinds(Kind.NETWORK),
        "desk/invite.html",
        lambda view, place: {"code": view.code, "reach": view.reach},
    ),
    Fragment(
        "moved_strip",
        Scope.SCREEN,
        _PRESENT,
        "desk/header.html",
        lambda view, place: {"address": spoken(view.join_url) if view.moved else ""},
    ),
    Fragment(
        "entrance_state",
        Scope.SCREEN,
        kinds(Kind.ENTRANCE),
        "desk/people.html",
        lambda view, place: {"entrance": view.state.entrance},
    ),
    Fragment(
        "crowd_strip",
        Scope.SCREEN,
        _PRESENT | kinds(Kind.ENTRANCE),
        "desk/people.html",
        lambda view, place: {**_crowd(view, place), "at": view.at // 30_000},
    ),
    Fragment(
        "entrance_control",
        Scope.SCREEN,
        _PRESENT | kinds(Kind.ENTRANCE),
        "desk/people.html",
        _entrance_control,
    ),
    Fragment(
        "came_in",
        Scope.SCREEN,
        kinds(Kind.FIRST_ACTS, Kind.PEOPLE),
        "desk/people.html",
        lambda view, place: {"minutes": people.minutes(view), "zone": view.zone, "doctrine": view.doctrine},
    ),
    Fragment(
        "idle_people",
        Scope.SCREEN,
        kinds(Kind.FIRST_ACTS, Kind.PEOPLE, Kind.ENTRANCE),
        "desk/people.html",
        lambda view, place: {"idle": people.idle(view), "entrance": view.state.entrance},
    ),
    Fragment("removals", Scope.SCREEN, kinds(Kind.REMOVALS), "desk/removals.html", _offers),
    Fragment("removals_people", Scope.SCREEN, kinds(Kind.REMOVALS), "desk/removals.html", _offers),
    Fragment("removals_invite", Scope.SCREEN, kinds(Kind.REMOVALS), "desk/removals.html", _offers),
    Fragment(
        "left_over",
        Scope.SCREEN,
        kinds(Kind.GROUPS, Kind.PEOPLE, Kind.PHASE, Kind.CLOCK),
        "desk/now.html",
        _leaving,
    ),
    Fragment("held", Scope.SCREEN, _PRESENT, "desk/held.html", _held),
    Fragment("held_at_close", Scope.SCREEN, _PRESENT, "desk/held.html", _held),
    Fragment(
        "leaving",
        Scope.SCREEN,
        kinds(Kind.GROUPS, Kind.PEOPLE, Kind.PHASE, Kind.CLOCK),
        "desk/held.html",
        _leaving,
    ),
    Fragment("inbox", Scope.SCREEN, kinds(Kind.INBOX), "desk/inbox.html", _inbox),
    Fragment(
        "inbox_strip",
        Scope.SCREEN,
        kinds(Kind.INBOX),
        "desk/inbox.html",
        lambda view, place: {"waiting": inbox.waiting(view.state)},
    ),
    Fragment("head", Scope.GROUP, kinds(Kind.GROUPS), "desk/groups.html", _group),
    Fragment(
        "numbers",
        Scope.GROUP,
        kinds(Kind.LINE, Kind.INITIATIVES, Kind.LINES, Kind.MISSIONS),
        "desk/groups.html",
        _numbers,
    ),
    Fragment("answers_of", Scope.GROUP, _ANSWERED, "desk/answers.html", _answers_of, _answers_told),
    Fragment(
        "answers_table",
        Scope.SCREEN,
        _ANSWERED | kinds(Kind.GROUPS),
        "desk/answers.html",
        _answers_table,
        _answers_told,
    ),
    Fragment("sheet", Scope.GROUP, kinds(Kind.LINES), "desk/groups.html", _group),
    Fragment("people", Scope.GROUP, _PRESENT | kinds(Kind.PENS), "desk/groups.html", _people),
    Fragment("seated", Scope.GROUP, kinds(Kind.PEOPLE, Kind.GROUPS), "desk/groups.html", _seated),
    Fragment("missions_of", Scope.GROUP, kinds(Kind.MISSIONS, Kind.GROUPS), "desk/groups.html", _missions_of),
    Fragment("members", Scope.GROUP, kinds(Kind.PEOPLE, Kind.NOTES), "desk/members.html", _members),
    Fragment("noted", Scope.GROUP, kinds(Kind.NOTES, Kind.PEOPLE), "desk/notes.html", _noted),
    Fragment(
        "feed_part",
        Scope.LINE,
        kinds(Kind.INITIATIVES, Kind.LINES, Kind.GATHERINGS),
        "desk/feed.html",
        _feed_of_line,
        within="feed",
    ),
    Fragment(
        "feed_part",
        Scope.LISTS,
        kinds(Kind.INITIATIVES),
        "desk/feed.html",
        _feed_of_line,
        when=_counts_texts,
        within="feed",
    ),
    _part_of_feed("feed_part", Scope.ITEM, Kind.INITIATIVES, _feed_of_initiative),
    _part_of_feed("feed_missions", Scope.GROUP, Kind.MISSIONS, _feed_of_missions),
    _part_of_feed("feed_name", Scope.GROUP, Kind.GROUPS, _feed_of_name),
    _part_of_feed("feed_people", Scope.SCREEN, Kind.PEOPLE, _feed_of_people),
)

TABLE = Table(
    fragments=FRAGMENTS,
    bars=kinds(Kind.LINE, Kind.INITIATIVES),
    flags=kinds(
        Kind.VOTE,
        Kind.PHASE,
        Kind.CLOCK,
        Kind.WALL,
        Kind.ANNOUNCEMENT,
        Kind.PENS,
        Kind.ANSWERS,
        Kind.GROUPS,
        Kind.LINE,
        Kind.LINES,
        Kind.INITIATIVES,
        Kind.MISSIONS,
    ),
    nothing=kinds(Kind.JOIN_CODE),
)
