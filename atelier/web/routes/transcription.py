"""/animer/CODE/saisie/N: a paper sheet typed back, line by line; each cell that changed is one of the desk's acts."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, NamedTuple

from flask import Blueprint, Response, abort, jsonify, redirect
from werkzeug.wrappers import Response as BaseResponse

from atelier.access.operation_ids import is_op, new_op, ops_like
from atelier.domain import commands as c
from atelier.domain import limits, selectors
from atelier.domain.refusals import Code, Refused
from atelier.domain.state import Group, Line
from atelier.domain.text import clean
from atelier.domain.values import ARMS, Status
from atelier.service.workshop import Snapshot
from atelier.web.http import identity, intake
from atelier.web.http.context import context
from atelier.web.http.following import followed, mark_of
from atelier.web.http.forms import Malformed
from atelier.web.http.lookup import facilitated
from atelier.web.render.templating import render, versioned
from atelier.web.render.updates import view_of
from atelier.web.routes.acts import wants_json
from atelier.web.routes.posted import posted
from atelier.web.screens import transcription
from atelier.web.screens.transcription import NEW, Unread

transcriptions = Blueprint("transcriptions", __name__)
_NAME = re.compile(r"(?P<kind>fs|cn|label|text)\.(?P<key>[\w-]{1,60})(\.(?P<id>[\w-]{1,60}))?")
_FIELD = re.compile(rf"(was\.)?{_NAME.pattern}")
_NAMELESS = "Donnez un nom à cette ligne : le reste attend, rien n’est perdu."

Step = tuple[c.Command, str]
"""A command, and its operation id."""


class Cell(NamedTuple):
    """A cell that says something else than when its page was drawn; `id`: of the initiative that it holds."""

    name: str
    kind: str
    key: str
    id: str
    text: str


@transcriptions.get("/animer/<code>/saisie/<int:number>")
def page(code: str, number: int) -> BaseResponse:
    """The grid, in the order of the paper; nothing to a page that shows what it says."""
    snapshot = _of_group(code, number)
    return followed(_mark(snapshot, number), lambda _: _page(snapshot, number, ()))


@transcriptions.post("/animer/<code>/saisie/<int:number>")
def take(code: str, number: int) -> BaseResponse:
    """Take what changed: one line (the script) or all of them (the form). What is refused is said by cell."""
    snapshot = _of_group(code, number)
    cells = list(_changed(posted(numbered=_FIELD)))
    typing = Typing(snapshot, number)
    for key in dict.fromkeys(cell.key for cell in cells):
        typing.take(key, [cell for cell in cells if cell.key == key])
    if wants_json():
        response: BaseResponse = jsonify(typing.told())
    elif typing.problems:
        response = Response(_page(_of_group(code, number), number, cells, typing.problems))
    else:
        return redirect(f"/animer/{code}/saisie/{number}", 303)
    response.status_code = typing.status
    return response


def _of_group(code: str, number: int) -> Snapshot:
    snapshot = facilitated(code)
    if not 1 <= number <= len(snapshot.state.groups):
        abort(404)
    return snapshot


def _mark(snapshot: Snapshot, number: int) -> str:
    state, group = snapshot.state, snapshot.state.group(number)
    shown = [row._replace(key="") for row in transcription.rows(state, group, ops_like())]
    return mark_of(state.status, group.name, shown)


def _changed(form: Any) -> Iterator[Cell]:
    for name, text in form.items():
        named = _NAME.fullmatch(name)
        if named and text.strip() != form.get(f"was.{name}", "").strip():
            if (named["kind"] == "text") != bool(named["id"]):
                raise Malformed(name)
            yield Cell(name, named["kind"], named["key"], named["id"] or "", text)


def _page(
    snapshot: Snapshot, number: int, typed: Iterable[Cell], problems: dict[str, str] | None = None
) -> str:
    """Return the grid; what was `typed` in a line with a problem stands in its cells again."""
    state, group, problems = snapshot.state, snapshot.state.group(number), problems or {}
    troubled = {name.split(".")[1] for name in problems}
    kept = [cell for cell in typed if cell.key in troubled]
    unfilled = dict.fromkeys(cell.key.removeprefix(NEW) for cell in kept if cell.key.startswith(NEW))
    return render(
        "pages/transcription.html", surface="transcription", code=snapshot.code, group=group,
        mark=_mark(snapshot, number), body={"code": snapshot.code, "group": number},
        view=view_of(context(), snapshot, "desk"),
        rows=transcription.rows(state, group, chain(unfilled, ops_like())),
        kept={cell.name: cell.text for cell in kept}, problems=problems,
        writable=state.status is not Status.ARCHIVED,
        address=versioned(f"/animer/{snapshot.code}/saisie/{number}"), photos_at="animer",
        keep_at=versioned(f"/animer/{snapshot.code}/saisie/{number}/photos"),
        back=f"/animer/{snapshot.code}/saisie/{number}#photos",
    )  # fmt: skip


class Typing:
    """Has one line after the other done. `problems`: what to say of a cell, by its name; `status`: of the answer."""

    def __init__(self, snapshot: Snapshot, number: int) -> None:
        self._code, self._number = snapshot.code, number
        self._by = identity.facilitator(snapshot.code)
        self._scale = view_of(context(), snapshot, "desk").doctrine.scale
        self._known: dict[str, str] = {}
        self._halted = ""
        self._retry_ms = 0
        self.problems: dict[str, str] = {}
        self.status = 200

    def take(self, key: str, cells: list[Cell]) -> None:
        """Do what the changed cells of one line say; one act of the limit of pace, whatever it comes to."""
        self._keep_pace()
        labels = [cell for cell in cells if cell.kind == "label"]
        self._known[key] = "" if key.startswith(NEW) else key
        self._attempt(labels, (step for cell in labels for step in self._naming(cell)))
        if not self._known[key]:
            self._wait_for_a_name(key, cells)
            return
        arms = {cell: reach for cell in cells if cell.kind in ARMS for reach in self._read(cell)}
        self._attempt(list(arms), self._placing(key, {cell.kind: reach for cell, reach in arms.items()}))
        for cell in cells:
            if cell.kind == "text":
                self._attempt([cell], self._writing(cell))

    def told(self) -> dict[str, Any]:
        """Return how the lines stand now, by the key they were asked by, and what is to be said."""
        lines = selectors.lines(self._group)
        rows = {
            key: transcription.row(lines.index(line) + 1, line).as_json()
            for key, action in self._known.items()
            if (line := self._group.lines.get(action)) in lines
        }
        return {
            "rows": rows, "problems": self.problems, "message": self._halted, "retry_after_ms": self._retry_ms,
        }  # fmt: skip

    @property
    def _group(self) -> Group:
        return context().service.read(self._code).state.group(self._number)

    def _attempt(self, cells: list[Cell], steps: Iterator[Step]) -> None:
        """Do one step after the other; a refusal is said at the cells that asked for them."""
        problem = self._halted
        try:
            for command, op in () if problem else steps:
                context().service.handle(self._code, command, self._by, op)
        except Unread as unread:
            problem, self.status = str(unread), 422
        except Refused as refused:
            self.status, body = intake.told(refused)
            problem = body["message"]
        except intake.PROBLEMS as trouble:
            self._halt(trouble)
            problem = self._halted
        if problem:
            self.problems |= {cell.name: problem for cell in cells}

    def _keep_pace(self) -> None:
        if not self._halted:
            try:
                intake.keep_pace(context(), f"{self._code}/{self._by.id}")
            except intake.TooFast as early:
                self._halt(early)

    def _halt(self, trouble: Exception) -> None:
        """Nothing more is taken of this form: the disk, or the pace."""
        self.status, body = intake.told(trouble)
        self._halted, self._retry_ms = body["message"], body.get("retry_after_ms", 0)

    def _wait_for_a_name(self, key: str, cells: list[Cell]) -> None:
        label = f"label.{key}"
        if label not in self.problems and any(cell.text.strip() for cell in cells):
            self.problems[label] = self._halted or _NAMELESS
            self.status = self.status if self._halted else 422

    def _read(self, cell: Cell) -> Iterator[int | None]:
        try:
            yield transcription.reach_of(cell.text, self._scale)
        except Unread as unread:
            self.problems[cell.name], self.status = str(unread), 422

    def _naming(self, cell: Cell) -> Iterator[Step]:
        named, group, action = cell.text.strip(), self._number, cell.key
        if action.startswith(NEW):
            if named:
                yield c.AddAction(group=group, label=cell.text), _op(action.removeprefix(NEW))
                self._known[action] = self._added(clean(cell.text, limits.LABEL_CHARACTERS))
        elif named:
            yield c.RenameAction(group=group, action=action, label=cell.text), new_op()
        else:
            yield c.RemoveAction(group=group, action=action), new_op()

    def _added(self, label: str) -> str:
        """Return the id of the line that was just added."""
        mine = [line.action for line in selectors.free_lines(self._group) if line.named_by == self._by.id]
        return next((action.id for action in reversed(mine) if action.label == label), "")

    def _placing(self, key: str, said: dict[str, int | None]) -> Iterator[Step]:
        for command in transcription.placing(self._number, self._line(key), said) if said else ():
            yield command, new_op()

    def _writing(self, cell: Cell) -> Iterator[Step]:
        """A line of text an initiative: the first in the place of the one that the cell held."""
        texts = [text for text in map(str.strip, cell.text.splitlines()) if text]
        group, initiative, action = self._number, cell.id, self._line(cell.key).action.id
        held = next(
            (
                line.initiatives[initiative]
                for line in self._group.lines.values()
                if initiative in line.initiatives
            ),
            None,
        )
        if held and not held.withdrawn:
            if texts:
                yield c.EditInitiative(group=group, initiative=initiative, text=texts.pop(0)), new_op()
            else:
                yield c.WithdrawInitiative(group=group, initiative=initiative), new_op()
        for n, text in enumerate(texts):
            op = new_op() if held else _op(initiative, n)
            yield c.PostInitiative(group=group, action=action, text=text), op

    def _line(self, key: str) -> Line:
        line = self._group.lines.get(self._known[key])
        if line is None or line.gone:
            raise Refused(Code.UNKNOWN_ACTION)
        return line


def _op(text: str, n: int = 0) -> str:
    """Return the operation id that a page gave to what it lets create, the `n`th of one cell."""
    op = f"{text}-{n}" if n else text
    if not is_op(op):
        raise Malformed("no operation id")
    return op
