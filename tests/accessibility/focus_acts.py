"""Act by act, where the focus goes: to what followed from it. The rows are in focus.tsv, performed in their order.

A control is pressed with a key; what it leads to is waited for, then the focus is looked at. Where the control stays,
so does the focus; else it goes to its twin, to what took its place, or to the title of what is around.
"""

import csv
from pathlib import Path
from typing import NamedTuple


class Act(NamedTuple):
    """`pressed`, `field`, `done`, `focus`: selectors. `done`: what is there once the page shows the act."""

    surface: str
    command: str
    pressed: str
    key: str
    field: str
    typed: str
    done: str
    focus: str


def acts_of(surface: str) -> list[Act]:
    """Return the acts of a surface, in their order; of all when it is empty."""
    with (Path(__file__).parent / "focus.tsv").open(encoding="utf-8", newline="") as table:
        rows = csv.reader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        found = [Act(*row) for row in list(rows)[1:]]
    return [act for act in found if act.surface == surface or not surface]


ELSEWHERE = {
    "accept-text": "as the other buttons of a redrawn list",
    "archive-workshop": "as close-workshop",
    "change-group": "as leave",
    "clear-announcement": "as withdraw-decision",
    "close-vote": "as close-workshop",
    "correct-name": "as edit-initiative",
    "edit-decision": "as edit-initiative",
    "erase-participant": "leads to the door",
    "follow-up-decision": "as the other buttons of a redrawn list",
    "gather-initiatives": "leads to a page",
    "give-answer": "as place-action",
    "hand-in": "no control: done by the outbox",
    "hide-action": "as hide-initiative",
    "hide-mission": "as hide-initiative",
    "issue-key": "leads to a page",
    "join": "leads to the phone’s page",
    "keep-photo": "leads to a page",
    "name-gathering": "leads to a page",
    "name-rapporteur": "as the other buttons of a redrawn list",
    "note-link-opened": "no control: told by the server",
    "open-vote": "as start-clock",
    "place-dots": "as support-initiative",
    "plan-next-meeting": "as record-decision",
    "prepare-workshop": "leads to a page",
    "remove-idle": "as leave",
    "remove-photo": "leads to a page",
    "rename-group": "as edit-initiative",
    "reopen-vote": "as reopen-workshop",
    "reset-workshop": "leads to a page",
    "reveal-all-answers": "as set-action-aside",
    "reveal-answers": "as set-action-aside",
    "reveal-vote": "as set-action-aside",
    "revise-setup": "leads to a page",
    "revoke-key": "leads to a page",
    "separate-initiative": "as the other buttons of a redrawn list",
    "set-answers-first": "as set-one-pen",
    "set-text-aside": "as the other buttons of a redrawn list",
    "share-phone": "the control stays",
    "show-action": "as show-initiative",
    "show-mission": "as show-initiative",
    "take-note": "kept as it is typed",
    "take-pen": "as set-action-aside",
    "withdraw-vote": "as withdraw-decision",
}
"""Commands that no row performs, and why."""
