"""The one Jinja environment: strict, escaped, with the words and helpers that templates may use."""

import datetime as dt
import json
from collections.abc import Callable, MutableMapping
from functools import cache
from typing import Any

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from atelier import movement, pole_css, rgaa, verdicts, wording
from atelier.access.operation_ids import new_op
from atelier.doctrines.loading import doctrine_of
from atelier.domain import answers, limits, selectors
from atelier.domain.features.report import note_limit
from atelier.domain.retention import erased_on, set_aside_on
from atelier.domain.state import Decision, Participant, Workshop
from atelier.domain.values import DecisionStatus
from atelier.limits import QR_BYTES, QR_KEPT_S
from atelier.marks import MARKS
from atelier.runtime.background import BackgroundJobs
from atelier.runtime.lru import LRUCache
from atelier.web.render.assets import TEMPLATES, Assets
from atelier.web.render.bundles import STATIC
from atelier.web.render.bytecode import TemplateBytecode

WARM_UP_AFTER_S, WARM_UP_PAUSE_S = 1.0, 0.02

_QR: LRUCache[str, Markup] = LRUCache(QR_BYTES, QR_KEPT_S)


@cache
def environment() -> Environment:
    """Return the environment, made once."""
    env = _bare()
    env.filters["json"] = json.dumps
    env.filters["decision_fields"] = _decision_fields
    env.filters["capitalize_first"] = wording.capitalized
    env.globals.update(
        static=_assets().url,
        acts_at=acts_at,
        versioned=versioned,
        icon=icon,
        group_shape=group_shape,
        oob_attr=oob_attr,
        qr=qr,
        new_op=new_op,
        limits=limits,
        selectors=selectors,
        person_name=person_name,
        doctrine_of=doctrine_of,
        pole_css=lambda doctrine: pole_css.address_of(doctrine) if doctrine else "",
        erased_on=lambda setup: erased_on(setup).isoformat(),
        set_aside_on=lambda iso: set_aside_on(dt.date.fromisoformat(iso)).isoformat(),
        starting_line=selectors.starting_line,
        note_limit=note_limit,
        three_notes=wording.THREE_NOTES,
        MY_PHONE=wording.MY_PHONE,
        decision_statuses=tuple(DecisionStatus),
    )
    for name in (
        "participant_name", "trade_name", "trade_short", "phase_name", "side_name", "arm_words", "plural",
        "clock_text", "date_text", "time_text", "code_text", "progress_text", "card_reason", "number_text",
        "note_name", "note_kinds", "decision_status", "due_text", "source_text", "decision_more", "meeting_text",
        "by_trade", "link_name", "link_state", "moment_text", "spread_words", "answered_words", "workshop_words",
    ):  # fmt: skip
        env.globals[name] = env.filters[name] = getattr(wording, name)
    for helper in (answers.step_of, answers.answered, answers.pairs_asked, answers.spreads):
        env.globals[helper.__name__] = helper
    env.globals.update(reading_of=verdicts.reading_of, how_title=verdicts.HOW_TITLE, how=verdicts.HOW)
    env.globals.update(accessibility_state=rgaa.state(), chosen=chosen, ghost_of=movement.ghost_of)
    return env


class _OneSetOfGlobals(Environment):
    """Templates have no globals of their own: Jinja compares them, name by name, for each import of a page it draws."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of a template."""
        return super().make_globals(d) if d else self.globals


def _bare() -> Environment:
    """Return Jinja's part of the environment, without our words and helpers."""
    return _OneSetOfGlobals(
        loader=FileSystemLoader(TEMPLATES),
        bytecode_cache=TemplateBytecode(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def assets() -> Assets:
    """Return the assets that the templates name."""
    environment()
    return _assets()


@cache
def _assets() -> Assets:
    return Assets()


def acts_at(page: str, code: str) -> str:
    """Return the address for the acts of a page of this version: `a` a participant's, `animer` a facilitator's."""
    return versioned(f"/{page}/{code}/actes")


def versioned(path: str) -> str:
    """Return the address of a form of this version: the server knows whether it reads all that the page says."""
    return f"{path}{'&' if '?' in path else '?'}version={_assets().version}"


def start_warm_up(jobs: BackgroundJobs) -> None:
    """Compile every template before somebody asks for it, bit by bit: the first phone must not wait for it."""
    jobs.once("warm-up", lambda: _warm_up(jobs.pause), WARM_UP_AFTER_S)


def _warm_up(pause: Callable[[float], bool]) -> None:
    for name in environment().list_templates(extensions=["html"]):
        environment().get_template(name)
        if not pause(WARM_UP_PAUSE_S):
            return


def render(template: str, **context: Any) -> str:
    """Return a whole page."""
    return environment().get_template(template).render(**context)


def render_macro(template: str, macro: str, **arguments: Any) -> str:
    """Return one fragment: the macro of `templates/fragments/<template>`, as the page includes it."""
    return str(getattr(_module(template), macro)(**arguments))


@cache
def _module(template: str) -> Any:
    return environment().get_template(f"fragments/{template}").module


def oob_attr(oob: bool) -> Markup:
    """Return the attribute that tells htmx to put a fragment in the place of its twin."""
    return Markup(' hx-swap-oob="true"') if oob else Markup("")


def chosen(options: str, value: str) -> Markup:
    """Return drawn options with the one of that value selected: drawn once for the selects of a page that are alike."""
    one = f'<option value="{escape(value)}"'
    return Markup(str(options).replace(one, f"{one} selected"))  # noqa: S704


@cache
def icon(name: str) -> Markup:
    """Return an icon as inline SVG, hidden from screen readers."""
    source = (STATIC / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    start = source.index(">", source.index("<svg")) + 1
    inner = source[start : source.rindex("</svg>")]
    return Markup(  # noqa: S704 - our own vendored file
        '<svg class="icon" aria-hidden="true" viewBox="0 0 24 24" width="24" height="24" fill="none" '
        f'stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">{inner}</svg>'
    )


@cache
def group_shape(number: int) -> Markup:
    """Return the shape by which a group is known, in its colour."""
    return Markup(  # noqa: S704 - our own table
        f'<svg class="shape shape--{number}" aria-hidden="true" viewBox="0 0 16 16" width="16" height="16">'
        f"{MARKS[number].drawing}</svg>"
    )


def qr(text: str, name: str = "QR code pour rejoindre l’atelier") -> Markup:
    """Return a QR code as inline SVG (modules in `currentColor`-free black on white, for weak cameras).

    `name`: what screen readers say; empty where what is around it has a name.
    """
    drawn = _QR.get(text) or _QR.put(text, *_qr(text))
    said = Markup('role="img" aria-label="{}"').format(name) if name else Markup('aria-hidden="true"')
    return Markup("<svg ") + said + drawn[4:]


def _qr(text: str) -> tuple[Markup, int]:
    svg = segno.make(text, error="m", micro=False).svg_inline(
        border=2, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None
    )
    return Markup(svg), len(svg)  # noqa: S704 - segno's own output


def person_name(state: Workshop, person_id: str) -> str:
    """Return how a group names one of its own: the first name, else the trade, else the facilitation."""
    person: Participant | None = state.people.get(person_id)
    if person is None:
        return "l’animation"
    trade = wording.trade_name(person.trade, doctrine_of(state.prepared))
    return wording.participant_name(person, trade)


def _decision_fields(decision: Decision) -> str:
    """What the panel « Modifier » puts into its fields, as JSON."""
    names = ("what", "who", "due", "due_on", "stake", "action", "status")
    return json.dumps({name: getattr(decision, name) for name in names} | {"group": str(decision.group)})
