"""The script: who does what, when. Seconds of the workshop's own time; speed scales only the waiting between acts."""

import datetime as dt
import random
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SEED = 25_06
HALF_A_YEAR = dt.timedelta(days=182)
LATE = 0.1
"""Of those asked, where each answers first, how many answer after the reveal."""
CONTENT = Path(__file__).with_name("script.toml")
DESK = "desk"
NOTES = ("agreement", "disagreement", "launch")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A simulated participant, before joining."""

    key: str
    name: str
    trade: str
    group: int


@dataclass(order=True, frozen=True, slots=True)
class Cue:
    """At `at` seconds, `who` (a person's key, or the desk) sends `command`. `named` remembers what it creates."""

    at: float
    order: int
    who: str = field(compare=False)
    command: str = field(compare=False)
    fields: dict[str, Any] = field(compare=False)
    named: str = field(default="", compare=False)


def content() -> dict[str, Any]:
    """Return what people say."""
    with CONTENT.open("rb") as file:
        return tomllib.load(file)


def people(told: dict[str, Any]) -> list[Person]:
    """Return the room: 28 people of both trades."""
    found = []
    for group in told["people"]:
        for trade in ("fs", "cn", "coordination", "other"):
            for n, name in enumerate(group.get(trade, [])):
                key = f"{group['group']}-{trade}-{n}"
                found.append(Person(key=key, name=name, trade=trade, group=group["group"]))
    return found


class Script:
    """Builds the cues, phase after phase."""

    def __init__(self, told: dict[str, Any], actions: list[str], answers_first: bool = False) -> None:
        self._told, self._actions, self._answers_first = told, actions, answers_first
        self._random = random.Random(SEED)  # noqa: S311 - the same script every time, nothing secret
        self._minds = random.Random(SEED)  # noqa: S311 - what each thinks changes nothing else of the script
        self._cues: list[Cue] = []
        self.people = people(told)

    def cues(self) -> list[Cue]:
        """Return all cues in order of time."""
        for act in (self._welcome, self._remits, self._articulations, self._report_back, self._synthesis):
            act()
        return sorted(self._cues)

    def _say(self, at: float, who: str, command: str, named: str = "", /, **fields: Any) -> None:
        self._cues.append(Cue(at, len(self._cues), who, command, fields, named))

    def _desk(self, at: float, command: str, /, **fields: Any) -> None:
        self._say(at, DESK, command, "", **fields)

    def _welcome(self) -> None:
        for n, person in enumerate(self.people):
            self._say(n * 4, person.key, "join", trade=person.trade, group=person.group, name=person.name)
        self._desk(125, "show-on-wall", scene="demonstration")

    def _remits(self) -> None:
        self._desk(150, "open-phase", phase="remits")
        self._desk(155, "start-clock")
        for group in self._told["missions"]:
            texts = [(side, text) for side in ("fs", "both", "cn") for text in group[side]]
            for n, (side, text) in enumerate(texts):
                at = 190 + n * 60 + self._random.uniform(0, 40)
                self._say(
                    at, self._of(group["group"]), "add-mission", group=group["group"], side=side, text=text
                )

    def _articulations(self) -> None:
        self._desk(750, "open-phase", phase="articulations")
        self._desk(760, "start-clock")
        self._desk(1000, "announce", text=self._told["announcement"])
        self._desk(1200, "pause-clock")
        self._desk(1260, "resume-clock")
        self._desk(1300, "clear-announcement")
        late = self._told["late"]
        self._say(1100, "late", "join", "", **late)
        for group in range(1, len(self._told["people"]) + 1):
            self._placements(group)
            self._initiatives(group)
        self._free_lines()
        self.people.append(Person(key="late", **late))
        self._moderate()
        self._desk(1750, "extend-clock", seconds=300)

    def _moderate(self) -> None:
        """What a facilitator does meanwhile: help a latecomer in, correct, move, hide a text, cover the screen."""
        told = self._told["moderation"]
        group, text = told["group"], f"@{told['group']}/{told['text']}"
        self._desk(1095, "show-join-code")
        self._desk(1480, "edit-initiative", group=group, initiative=text, text=told["corrected"])
        self._desk(1500, "move-initiative", group=group, initiative=text, action=told["action"])
        self._desk(1600, "set-wall-covered", on=1)
        self._desk(1605, "hide-initiative", group=group, initiative=text)
        self._desk(1610, "set-wall-covered", on=0)
        self._desk(1640, "show-initiative", group=group, initiative=text)

    def _placements(self, group: int) -> None:
        hesitant = [] if self._answers_first else self._told["first"][str(group)]
        for n, reach in enumerate(hesitant):
            self._place(770 + n * 25 + group * 3, group, self._actions[n], reach)
        for n, reach in enumerate(self._told["placements"][str(group)]):
            if reach:
                at = 880 + n * 62 + self._random.uniform(0, 40)
                if self._answers_first:
                    self._answers(at, group, self._actions[n], reach)
                self._place(at, group, self._actions[n], reach)

    def _answers(self, at: float, group: int, action: str, reach: list[int]) -> None:
        """Most answer alone, near what the table will say; somebody reveals; who comes late answers after that."""
        where = {"group": group, "action": action}
        settled = dict(zip(("fs", "cn"), reach, strict=False))
        asked = [person for person in self.people if person.group == group and person.trade in settled]
        for person in asked:
            word = round((settled[person.trade] + self._minds.uniform(-40, 40)) / 25)
            answer = {person.trade: min(4, max(0, word)) * 25}
            later = 30 if self._minds.random() < LATE else -self._minds.uniform(10, 60)
            self._say(at + later, person.key, "give-answer", **where, **answer)
        self._say(at - 5, self._minds.choice(asked).key, "reveal-answers", **where)

    def _place(self, at: float, group: int, action: str, reach: list[int]) -> None:
        """`reach`: of both trades, or of the first one only."""
        fields = {"group": group, "action": action} | dict(zip(("fs", "cn"), reach, strict=False))
        self._say(at, self._of(group), "place-action", **fields)

    def _initiatives(self, group: int) -> None:
        texts = [
            (told["action"], text) for told in self._told["initiatives"] for text in told.get(str(group), [])
        ]
        for n, (action, text) in enumerate(texts):
            at = 860 + n * (820 / len(texts)) + self._random.uniform(0, 30)
            self._post(at, group, action, text)

    def _post(self, at: float, group: int, action: str, text: str) -> None:
        author = self._of(group)
        self._say(at, author, "post-initiative", text, group=group, action=action, text=text)
        others = [person.key for person in self.people if person.group == group and person.key != author]
        for n, key in enumerate(self._random.sample(others, self._random.choice((0, 1, 2, 4)))):
            later = at + 15 + n * 12
            self._say(later, key, "support-initiative", group=group, initiative=f"@{group}/{text}")

    def _free_lines(self) -> None:
        for n, line in enumerate(self._told["free"]):
            group, at, action = line["group"], 1350 + n * 20, f"libre-{n + 1}"
            self._say(at, self._of(group), "add-action", group=group, label=line["label"])
            self._place(at + 30, group, action, line["reach"])
            for m, text in enumerate(line["initiatives"]):
                self._post(at + 50 + m * 40, group, action, text)

    def _report_back(self) -> None:
        best = self._told["initiatives"][2]
        self._desk(1780, "highlight-initiative", group=2, initiative=f"@2/{best['2'][0]}", on=1)
        for group in range(1, len(self._told["people"]) + 1):
            self._say(1800 + group * 15, self._of(group), "say-ready", group=group, on=1)
        self._desk(2050, "open-phase", phase="report-back")
        for n, note in enumerate(self._told["notes"]):
            at = 2060 + n * 300
            self._desk(at, "present-group", group=note["group"])
            self._desk(at + 5, "start-clock")
            writer = self._writer(at + 10, note) if "rapporteur" in note else DESK
            for m, kind in enumerate(kind for kind in NOTES if kind in note):
                fields = {"group": note["group"], "kind": kind, "text": note[kind]}
                self._say(at + 200 + 20 * m, writer, "take-note", **fields)

    def _writer(self, at: float, note: dict[str, Any]) -> str:
        """Have the desk hand the notes to the person that the script names; return their key."""
        group, name = note["group"], note["rapporteur"]
        self._desk(at, "name-rapporteur", group=group, participant=name)
        return next(person.key for person in self.people if (person.group, person.name) == (group, name))

    def _synthesis(self) -> None:
        self._desk(2980, "open-phase", phase="synthesis")
        self._desk(2990, "start-clock")
        self._desk(2992, "set-discuss-first", on=1)
        self._gather()
        self._vote()
        for n, decision in enumerate(self._told["decisions"]):
            self._say(3100 + n * 110, DESK, "record-decision", f"decision-{n}", **decision)
        adopted = self._told["adopted"]
        self._desk(
            3430,
            "adopt-initiative",
            group=adopted["group"],
            initiative=f"@{adopted['group']}/{adopted['text']}",
        )
        last = self._told["decisions"][-1]
        number = len(self._told["decisions"]) - 1
        self._desk(3440, "move-decision", decision=f"@{last['group']}/decision-{number}", place=0)
        then = dt.datetime.now(dt.UTC).date() + HALF_A_YEAR
        self._desk(3450, "plan-next-meeting", on=then.isoformat(), about=self._told["next_meeting"])
        self._desk(3460, "show-on-wall", scene="decisions")
        self._desk(3560, "close-workshop")

    def _gather(self) -> None:
        """Two groups wrote under one action what comes to the same."""
        told = next(each for each in self._told["initiatives"] if each.get("1") and each.get("2"))
        one, other = f"@1/{told['1'][0]}", f"@2/{told['2'][0]}"
        self._desk(2995, "gather-initiatives", group=0, initiative=one, other=other)

    def _vote(self) -> None:
        """Everybody places three dots, some on what others wrote; the counts come once the vote is closed."""
        self._say(3000, DESK, "open-vote", "vote", each=3, starred=0)
        chosen = [
            f"@{group}/{text}"
            for told in self._told["initiatives"]
            for group in range(1, len(self._told["people"]) + 1)
            for text in told.get(str(group), [])[:1]
        ]
        for n, person in enumerate(self.people):
            for m, initiative in enumerate(self._random.sample(chosen[:8], 3)):
                at = 3006 + n * 2 + m * 8
                self._say(at, person.key, "place-dots", vote="@0/vote", initiative=initiative, dots=1)
        self._desk(3090, "reveal-vote", vote="@0/vote")

    def _of(self, group: int) -> str:
        return self._random.choice([person.key for person in self.people if person.group == group])
