"""A whole workshop on a phone in other engines than today's Chromium (docs/browsers.md): Chromium of 2020 and of 2021,
Firefox ESR, WebKitGTK; and at the desk and on the wall, which say that the first two are old. `make test-engines`
fetches them.
"""

import functools
import shutil
from pathlib import Path

import pytest

from tests.support.engines.desk import Desk
from tests.support.engines.engine import Engine
from tests.support.engines.firefox import Firefox
from tests.support.engines.old_chromium import OldChromium, unpack
from tests.support.engines.webkit import WebKit
from tests.support.simulation.browser import Browser

pytestmark = [pytest.mark.slow, pytest.mark.browser]
PICTURES = Path("build/engines")
SIZE = (390, 844)
PROGRAMS = {"firefox": ("firefox-esr",), "webkit": ("WebKitWebDriver", "Xvfb")}
WORDS = "Une affiche commune dans les deux accueils"
FOCUSED = (
    ".tab", "#card-orienter .card__top", "#card-orienter .handle--fs", "#card-orienter .steps--fs .step__input:checked",
    "#card-orienter .heart", "#card-orienter .compose--initiative textarea",
    "#card-orienter .compose--initiative .button--main",
)  # fmt: skip
"""Controls of the phone in their order: the focus must be seen on each, in each engine."""
OFF_SCREEN = """[...document.querySelectorAll("main *, header *")].filter(each => {
  const { left, right, width } = each.getBoundingClientRect();
  const off = width > 1 && (left < -1 || right > innerWidth + 1);
  return off && !each.closest(".bar, .handles, .visually-hidden, .banner");
}).map(each => each.className)"""


@pytest.fixture(scope="module")
def programs(tmp_path_factory):
    """The old builds, each unpacked when first asked for."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    return functools.cache(lambda version: unpack(version, tmp_path_factory.mktemp(f"chromium-{version}")))


@pytest.fixture
def phone(request, programs, tmp_path):
    """A phone of the engine that the test names; skipped where the machine's packages have no such engine."""
    missing = [program for program in PROGRAMS.get(request.param, ()) if not shutil.which(program)]
    if missing:
        pytest.skip(f"not among the packages of this machine: {', '.join(missing)}")
    if request.param == "firefox":
        browser: Engine = Firefox(tmp_path / "profile")
    elif request.param == "webkit":
        browser = WebKit()
    else:
        browser = OldChromium(programs(request.param), tmp_path / "profile")
        browser.name = str(request.param)
    browser.resize(*SIZE)
    yield browser
    browser.close()


old = pytest.mark.parametrize("phone", [80, 92], indirect=True)
every = pytest.mark.parametrize("phone", [80, 92, "firefox", "webkit"], indirect=True)
other = pytest.mark.parametrize("phone", ["firefox", "webkit"], indirect=True)


def seen(phone: Engine) -> str:
    """What stands on the screen, in words."""
    return phone.run("document.body.innerText")


def join(phone: Engine, desk: Desk) -> None:
    phone.goto(f"{desk.base}/r/{desk.code}")
    phone.tap("button[value=fs]")
    phone.until("document.querySelector('input[name=group]')")
    phone.tap("input[name=group][value='1']")
    phone.type("#name", "Nadia")


def the_sheet(phone: Engine, desk: Desk) -> None:
    desk.act("open-phase", phase="articulations")
    phone.until("document.body.dataset.tab === 'sheet'")
    assert "Nos missions" not in seen(phone)
    phone.tap("#card-orienter .card__top")
    phone.tap("#card-orienter .steps--fs .step__input[value='75']")
    phone.tap("#card-orienter .steps--cn .step__input[value='50']")
    phone.until("document.querySelector('#card-orienter .bar').dataset.state === 'placed'")
    phone.type("#text-orienter", WORDS)
    phone.tap("#card-orienter .compose--initiative .button--main")
    phone.until(f"document.querySelector('#card-orienter .initiatives').innerText.includes({WORDS!r})")
    phone.until("document.querySelector('[data-saved-text]').innerText === 'Enregistré'")
    arms = phone.run(
        "[...document.querySelectorAll('#card-orienter .handles .bar__arm')]"
        ".map(each => each.getBoundingClientRect().height)"
    )
    assert arms == [36, 36]
    assert phone.run("document.querySelector('#card-orienter .heart').getBoundingClientRect().width") < 70


@every
def test_a_workshop_from_the_door_to_the_close(phone, desk):
    def picture(name: str) -> None:
        phone.screenshot(PICTURES / f"{phone.name}-{name}.png")
        assert phone.run(OFF_SCREEN) == []
        assert phone.run("document.documentElement.scrollWidth <= innerWidth")

    join(phone, desk)
    picture("door")
    phone.tap(".door__enter")
    phone.until("document.body.dataset.connection === 'live'")
    assert "L’atelier va commencer" in seen(phone)
    assert "L’atelier est clos" not in seen(phone)
    picture("welcome")

    desk.act("open-phase", phase="remits")
    phone.until("document.body.dataset.tab === 'missions'")
    phone.type("#mission-fs", "Tenir l’accueil")
    phone.tap(".continuum--fs .compose__line .button")
    phone.until("document.querySelector('.missions--fs').innerText.includes('Tenir l’accueil')")
    picture("missions")

    the_sheet(phone, desk)
    picture("sheet")
    for control in FOCUSED:
        assert phone.focus_shows(control), control
    phone.run("window.scrollTo(0, 0)")
    picture("sheet-top")

    desk.act("open-phase", phase="report-back")
    phone.until("document.body.dataset.tab === 'now'")
    desk.act("open-phase", phase="synthesis")
    phone.until("document.body.dataset.phase === 'synthesis'")
    picture("synthesis")
    desk.act("close-workshop")
    phone.until("document.body.dataset.status === 'closed'")
    assert "L’atelier est clos" in seen(phone)
    assert phone.run("window.scrollY") == 0
    picture("closed")
    assert phone.complaints == []


@old
def test_a_browser_too_old_for_the_scripts_keeps_the_forms(phone, desk):
    """Below 2020 the scripts do not run; the same page then works by its forms, and says nothing false."""
    join(phone, desk)
    phone.without_scripts(True)
    phone.tap(".door__enter")
    # Words are hidden by the style, which comes after them.
    phone.until("document.readyState === 'complete' && document.querySelector('.screens')")
    assert "L’atelier est clos" not in seen(phone)
    desk.act("open-phase", phase="remits")
    desk.act("open-phase", phase="articulations")
    phone.goto(f"{desk.base}/a/{desk.code}")
    phone.until("document.body.innerText.includes('Actualiser')")
    phone.screenshot(PICTURES / f"{phone.name}-forms.png")
    phone.tap("#card-orienter .card__top")
    phone.tap("#card-orienter .steps--fs .step__input[value='75']")
    phone.tap("#card-orienter .steps--cn .step__input[value='50']")
    phone.tap("#card-orienter .placing__form .without-script")
    phone.until("document.querySelector('#card-orienter .bar').dataset.state === 'placed'")
    assert phone.run("document.querySelector('#card-orienter .card__fold').open")
    phone.tap("#card-orienter .compose--initiative textarea")
    phone.send("Input.insertText", text=WORDS)
    phone.tap("#card-orienter .compose--initiative .button--main")
    phone.until(f"document.querySelector('#card-orienter .initiatives').innerText.includes({WORDS!r})")
    phone.tap("#card-orienter .heart")
    phone.until("document.querySelector('#card-orienter .heart').innerText === '1'")
    assert phone.run("document.querySelector('#card-orienter .card__fold').open")
    phone.screenshot(PICTURES / f"{phone.name}-forms-placed.png")


@old
def test_each_answers_first_with_scripts_and_without(phone, desk):
    other = Browser(desk.base)
    other.join(desk.code, "fs", 1, "Karim")
    desk.act("set-answers-first", on=1)
    join(phone, desk)
    phone.tap(".door__enter")
    phone.until("document.body.dataset.connection === 'live'")
    desk.act("open-phase", phase="remits")
    desk.act("open-phase", phase="articulations")
    phone.until("document.body.dataset.tab === 'sheet'")
    phone.tap("#card-orienter .card__top")
    phone.tap("#card-orienter .answer .step__input[value='75']")
    other.act(desk.code, "give-answer", group=1, action="orienter", fs=25)
    phone.until("document.querySelector('#card-orienter .answers').innerText.includes('2 sur 2')")
    assert phone.run("getComputedStyle(document.querySelector('#card-orienter .placing')).display") == "none"
    phone.screenshot(PICTURES / f"{phone.name}-answered.png")
    # It has just come where another button was, and rests.
    phone.until("!document.querySelector('#card-orienter .answers__reveal [data-resting]')")
    phone.tap("#card-orienter .answers__reveal .button")
    phone.until("document.querySelectorAll('#card-orienter .spread__dot').length === 2")
    assert phone.run(OFF_SCREEN) == []
    phone.screenshot(PICTURES / f"{phone.name}-revealed.png")
    assert phone.complaints == []

    phone.without_scripts(True)
    phone.goto(f"{desk.base}/a/{desk.code}")
    phone.until("document.readyState === 'complete' && document.querySelector('.screens')")
    phone.tap("#card-former .card__top")
    phone.tap("#card-former .answer .step__input[value='50']")
    phone.tap("#card-former .answer .without-script")
    phone.until("document.querySelector('#card-former [data-answer-state]').innerText.includes('Enregistré')")
    assert "1 sur 2 a répondu" in seen(phone)
    phone.screenshot(PICTURES / f"{phone.name}-answered-forms.png")


LIVE = "document.body.dataset.connection === 'live'"
DESK_FOCUSED = ("[href='#plus']", ".now__go", ".scene", "#desk-feed [form^=desk-star]")


def prepare(page: Engine, base: str) -> str:
    """Prepare a workshop by hand, up to the desk; return its code."""
    page.goto(f"{base}/preparer")
    page.type("#title", " Essai")
    page.tap("button", "Créer l’atelier")
    page.until("location.pathname.endsWith('/pret')")
    code = str(page.run("location.pathname.split('/')[2]"))
    page.tap("a", "Ouvrir le poste d’animation")
    page.until(LIVE)
    return code


def go_to(page: Engine, phase: str) -> None:
    page.tap(f"[form=desk-open-{phase}]")
    page.until(f"document.body.dataset.phase === {phase!r} || document.querySelector('#suite[open]')")
    if page.run("!!document.querySelector('#suite[open]')"):
        page.tap("#suite .button--main")
    page.until(f"document.body.dataset.phase === {phase!r}")


def the_wall(page: Engine, address: str) -> None:
    page.goto(address)
    page.until(f"{LIVE} && document.querySelector('[data-bar=\"1/orienter\"]').dataset.state === 'placed'")
    page.until(f"document.querySelector('.wall-highlights').textContent.includes({WORDS!r})")
    assert "Pause" in seen(page)
    page.screenshot(PICTURES / f"{page.name}-wall.png")


@old
def test_the_desk_and_the_wall_say_that_the_browser_is_old_and_work_as_far_as_it_lets_them(phone, desk):
    desk.act("open-phase", phase="articulations")
    for name, value in desk.browser.cookies.items():
        phone.send("Network.setCookie", url=desk.base, name=name, value=value)
    phone.resize(1366, 657)
    phone.goto(f"{desk.base}/animer/{desk.code}")
    phone.until(LIVE)
    assert "Ce navigateur est ancien" in seen(phone)
    phone.tap("[form=desk-start]")
    phone.until("document.querySelector('[form=desk-pause]').getClientRects().length")
    phone.screenshot(PICTURES / f"{phone.name}-desk.png")
    phone.goto(f"{desk.base}/ecran/{desk.code}")
    phone.until(LIVE)
    assert "Ce navigateur est ancien" in seen(phone)
    assert "Connexion au serveur perdue" not in seen(phone)
    desk.act("place-action", group=1, action="orienter", fs=75, cn=50)
    phone.until("document.querySelector('[data-bar=\"1/orienter\"]').dataset.state === 'placed'")
    phone.screenshot(PICTURES / f"{phone.name}-wall.png")
    assert phone.complaints == []


@other
def test_a_workshop_at_the_desk_and_on_the_wall(phone, server):
    page, nadia = phone, Browser(server.base)
    page.resize(1366, 657)
    code = prepare(page, server.base)
    nadia.join(code, "fs", 1, "Nadia")
    page.until("document.querySelector('.desk-head__people').textContent.includes('1')")
    assert "Ce navigateur est ancien" not in seen(page)
    for phase in ("remits", "articulations"):
        go_to(page, phase)
    page.tap("[form=desk-start]")
    page.until("document.querySelector('[form=desk-pause]').getClientRects().length")
    nadia.act(code, "place-action", group=1, action="orienter", fs=75, cn=50)
    nadia.act(code, "post-initiative", group=1, action="orienter", text=WORDS)
    page.until(f"document.querySelector('#desk-feed').textContent.includes({WORDS!r})")
    assert page.run("document.documentElement.scrollHeight <= innerHeight + 1")
    for control in DESK_FOCUSED:
        assert page.focus_shows(control), control
    page.tap("#desk-feed [form^=desk-star]")
    page.until("document.querySelector('#desk-feed [form^=desk-dim]')")
    page.tap("[href='#message']")
    page.type("#desk-message", "Pause")
    page.tap("#message .button[type=submit]")
    page.screenshot(PICTURES / f"{page.name}-desk.png")

    the_wall(page, f"{server.base}/ecran/{code}")
    page.goto(f"{server.base}/animer/{code}")
    page.until(LIVE)
    go_to(page, "report-back")
    page.tap("[form=desk-next-1]")
    page.until("document.body.dataset.presenting === '1'")
    go_to(page, "synthesis")
    page.type("#desk-decide-what", "Une permanence commune")
    page.tap(".decide > .button")
    page.until("document.querySelector('#desk-decisions').textContent.includes('Une permanence commune')")
    page.screenshot(PICTURES / f"{page.name}-desk-synthesis.png")
    page.tap("[href='#clore']", "Clore")
    page.tap("#clore button", "Clore maintenant")
    page.until("document.body.dataset.status === 'closed'")
    assert page.complaints == []
