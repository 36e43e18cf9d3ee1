"""The wall in Chromium while its room writes a hundred times a second: frames, long tasks, layout shifts.

A headless browser without a graphics card, which draws in software and shares two cores with the server and the
generator: a projector's laptop has it easier. Thirty phones write, which is what a wall is told of a thousand too.
"""

import time

from playwright.sync_api import CDPSession, Page

from bench.crowd import Crowd, crowd, paced
from bench.machine import pin
from bench.results import Found
from bench.screens import chromium, watched

PHONES, RATE, SECONDS, SETTLE_S = 30, 100.0, 10.0, 3.0
SCENES: dict[str, dict[str, object]] = {
    "overview": {"scene": "overview"},
    "group": {"scene": "group", "group": 1},
    "action": {"scene": "action", "group": 1, "action": "orienter"},
}


def run(found: Found, quick: bool) -> None:
    """Measure each scene on one wall, quiet first."""
    table = found.table(
        f"{RATE:.0f} changes a second, 1920 × 1080",
        "scene", "changes/s", "frames/s", "longest frame ms", "layouts a frame", "style and layout ms a frame",
        "long tasks", "layout shift", "server CPU", "generator CPU", "lost / doubled / out of order",
    )  # fmt: skip
    seconds = 3.0 if quick else SECONDS
    rows = []
    with crowd(1, PHONES, pens=8) as here, chromium() as browser:
        context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="fr-FR")
        page = watched(context, here.server.base, here.workshops[0].desk)
        session = context.new_cdp_session(page)
        session.send("Performance.enable")  # it counts from here on
        pin(1)
        page.goto(f"{here.server.base}/ecran/{here.workshops[0].code}")
        page.wait_for_selector("body[data-connection=live]")
        for scene, fields in SCENES.items():
            _show(here, page, fields)
            rates = (0.0, RATE) if scene == "overview" else (RATE,)
            rows += [[scene, f"{rate:.0f}", *_measured(here, session, page, rate, seconds)] for rate in rates]
    found.values["frames"] = min(float(row[2]) for row in rows if row[1] != "0")
    for row in rows:
        table.add(*row, found.checked(here.checked) if row is rows[-1] else "")


def _show(here: Crowd, page: Page, fields: dict[str, object]) -> None:
    code = here.workshops[0].code
    form: dict[str, str | float | bool] = {"command": "show-on-wall", "op": f"bench-{time.time_ns():020d}"}
    form |= {name: str(value) for name, value in fields.items()}
    headers = {
        "Origin": here.server.base,
        "Accept": "application/json",
        "Referer": f"{here.server.base}/animer/{code}",
    }
    address = f"{here.server.base}/a/{code}/actes"
    answer = page.request.post(address, form=form, headers=headers)
    assert answer.ok, answer.text()
    here.loop.run(SETTLE_S)


def _measured(here: Crowd, session: CDPSession, page: Page, rate: float, seconds: float) -> list[str]:
    before = _state(session, page)
    page.evaluate("watched.longest = 0")
    meter = here.meter()
    if rate:
        paced(here, rate, seconds)
    else:
        here.loop.run(seconds)
    shares = meter.shares()
    after = _state(session, page)
    here.finish()
    gone = {name: after[name] - before[name] for name in before}
    frames = gone["frames"]
    return [
        f"{frames / gone['at'] * 1000:.1f}", f"{after['longest']:.0f}", f"{gone['LayoutCount'] / frames:.2f}",
        f"{(gone['LayoutDuration'] + gone['RecalcStyleDuration']) * 1000 / frames:.2f}", f"{gone['tasks']:.0f}",
        f"{gone['shift']:.3f}", *shares,
    ]  # fmt: skip


def _state(session: CDPSession, page: Page) -> dict[str, float]:
    """Return what the page has counted, and what the browser has."""
    told = session.send("Performance.getMetrics")["metrics"]
    counted: dict[str, float] = page.evaluate("({...watched, at: performance.now()})")
    return counted | {each["name"]: each["value"] for each in told}
