"""« Épingler » an initiative: a flag of it, from the command to a button of the desk, by the recipe of CONTRIBUTING.md.

Each step is one change of one file. `tests/recipe/test_recipe.py` takes them in a copy of the tree, counts the files,
and leaves each out once to see who says so.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable, Collection
from pathlib import Path
from typing import NamedTuple

INITIATIVES = "atelier/domain/features/initiatives.py"
STATE = "atelier/domain/state.py"
FORMS = "atelier/templates/fragments/desk/forms.html"
FEED = "atelier/templates/fragments/desk/feed.html"
PROTOCOL = "docs/protocol.md"
SAMPLES = "tests/journal/events.jsonl"
WRITTEN = {PROTOCOL: "tools.protocol_page", SAMPLES: "tests.support.event_samples"}
"""What a program writes, and which one."""
DOMAIN_TEST = "tests/domain/test_initiatives.py"
DESK_TEST = "tests/web/test_desk_surface.py"
CHANGELOG = "CHANGELOG.md"
NOT_NEEDED = shutil.ignore_patterns(
    ".*", "node_modules", "build", "dist", "sessions", "exports", "__pycache__", "*.db"
)
"""What a copy of the tree does without."""


class Step(NamedTuple):
    """One change: which file, before which line of it (once in a source, first in a list), what is written there."""

    path: str
    before: str
    written: str


COMMAND = '''\
@command(facilitators(OPEN_OR_CLOSED))
class PinInitiative(Command):
    """Pin it to the top of the desk’s feed, or take it down."""

    group: int
    initiative: str
    on: bool


'''
EVENTS = '''\
@event(
    "initiative.pinned",
    stale=(_ITEM,),
    story="groupe {group}, {action} : une initiative est épinglée",
)
class InitiativePinned(_OfAnInitiative):
    """Pinned to the desk’s feed."""


@event(
    "initiative.unpinned",
    stale=(_ITEM,),
    story="groupe {group}, {action} : une initiative n’est plus épinglée",
)
class InitiativeUnpinned(_OfAnInitiative):
    """No longer pinned."""


'''
DECIDER = '''\
@decides
def pin_initiative(state: Workshop, act: Act, command: PinInitiative) -> tuple[Event, ...]:
    """Nothing changes where it is so already."""
    found = lookup.initiative(state, command.group, command.initiative)
    if found.pinned == command.on:
        return ()
    kind = InitiativePinned if command.on else InitiativeUnpinned
    return (kind(group=command.group, action=found.action, initiative=found.id),)


'''
EVOLVERS = '''\
@evolves
def initiative_pinned(state: Workshop, fact: Fact, event: InitiativePinned) -> Workshop:
    """Hidden ones too."""
    return _changed(state, event, pinned=True)


@evolves
def initiative_unpinned(state: Workshop, fact: Fact, event: InitiativeUnpinned) -> Workshop:
    """It stays in the feed."""
    return _changed(state, event, pinned=False)


'''
BUTTON = """\
    {% if initiative.pinned -%}
    {% call press("unpin-" ~ group.number, "initiative", initiative.id, "button button--small") %}Épinglée{% endcall %}
    {%- else -%}
    {% call press("pin-" ~ group.number, "initiative", initiative.id, "button button--small") %}Épingler{% endcall %}
    {%- endif %}
"""
PAGE_FORMS = """\
  {{ bare("pin-" ~ group.number, "pin-initiative", code, {"group": group.number, "on": 1}) }}
  {{ bare("unpin-" ~ group.number, "pin-initiative", code, {"group": group.number, "on": 0}) }}
"""
RULE_TESTS = """\
def test_an_initiative_is_pinned_and_taken_down() -> None:
    on = c.PinInitiative(group=1, initiative="i1", on=True)
    off = c.PinInitiative(group=1, initiative="i1", on=False)
    pinned = e.InitiativePinned(group=1, action="orienter", initiative="i1")
    assert first(given(BY_ALICE).when(on).then(pinned)).pinned
    given(BY_ALICE, pinned).when(on).then()
    unpinned = e.InitiativeUnpinned(group=1, action="orienter", initiative="i1")
    assert not first(given(BY_ALICE, pinned).when(off).then(unpinned)).pinned


"""
BUTTON_TEST = """\
def test_an_initiative_is_pinned_by_a_button_of_the_feed() -> None:
    room = at_work()
    room.do(c.PinInitiative(group=1, initiative=room.initiative(), on=True))
    pressed = page(room).select("#desk-feed button[form^=desk-unpin-]")
    assert [button["value"] for button in pressed] == [room.initiative()]


"""
NOTE = "- Une initiative s’épingle d’un bouton du fil, au poste d’animation.\n"

STEPS = {
    "flag": Step(STATE, '    gathered: str = ""\n', "    pinned: bool = False\n"),
    "command": Step(INITIATIVES, "# --- events\n", COMMAND),
    "events": Step(INITIATIVES, "# --- deciding\n", EVENTS),
    "decider": Step(INITIATIVES, "def _dimmed(", DECIDER),
    "evolvers": Step(INITIATIVES, "def _changed(", EVOLVERS),
    "forms": Step(FORMS, '  {{ bare("dim-" ~ group.number,', PAGE_FORMS),
    "button": Step(FEED, '{% call press("adopt-" ~ group.number', BUTTON),
    "rule tests": Step(DOMAIN_TEST, "def test_participants_do_not_moderate(", RULE_TESTS),
    "button test": Step(DESK_TEST, "def test_twelve_groups_have_their_cards_and_forms(", BUTTON_TEST),
    "changelog": Step(CHANGELOG, "- ", NOTE),
}


def take(tree: Path, steps: dict[str, Step], *, written: Collection[str] = tuple(WRITTEN)) -> set[str]:
    """Take `steps` in the copy `tree`; return the files that they changed. Raises ValueError where one does not fit."""
    for name, step in steps.items():
        path = tree / step.path
        before, found, after = path.read_text(encoding="utf-8").partition(step.before)
        if not found:
            raise ValueError(f"{name}: {step.path} holds no {step.before!r} any more; write the step anew")
        if step.before in after and path.suffix != ".md":
            raise ValueError(f"{name}: {step.path} holds {step.before!r} twice; write the step anew")
        path.write_text(before + step.written + found + after, encoding="utf-8")
    changed = {step.path for step in steps.values()}
    for name in written:
        run(tree, "-m", WRITTEN[name])
    return changed | set(written)


def run(tree: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run this Python on the copy."""
    return subprocess.run(
        [sys.executable, *words], cwd=tree, capture_output=True, text=True, check=False, timeout=300
    )


def altered(step: Step, change: Callable[[str], str]) -> Step:
    """Return `step` with something of it forgotten."""
    written = change(step.written)
    if written == step.written:
        raise ValueError("nothing was forgotten")
    return step._replace(written=written)
