"""A whole workshop on a phone in Chromium of 2020 and of 2021 (docs/browsers.md). `make test-engines` fetches them."""

import secrets
from pathlib import Path

import pytest

from tests.support.old_chromium import OldChromium, unpack
from tests.support.running import RunningServer
from tests.support.simulation.browser import Browser

pytestmark = [pytest.mark.slow, pytest.mark.browser]
PICTURES = Path("build/engines")
SIZE = (390, 844)
WORDS = "Une affiche commune dans les deux accueils"
OFF_SCREEN = """[...document.querySelectorAll("main *, header *")].filter(each => {
  const { left, right, width } = each.getBoundingClientRect();
  const off = width > 1 && (left < -1 || right > innerWidth + 1);
  return off && !each.closest(".bar, .handles, .visually-hidden, .banner");
}).map(each => each.className)"""


class Desk:
    """The facilitator, who needs no old browser."""

    def __init__(self, base: str) -> None:
        self.base, self.browser = base, Browser(base)
        self.code = self.browser.post("/preparer", {})[1].split("/")[2]

    def act(self, command: str, **fields: object) -> None:
        status, _, body = self.browser.post(
            f"/animer/{self.code}/actes",
            {"command": command, "op": secrets.token_hex(16), **fields},
            "application/json",
        )
        assert status == 200, body


@pytest.fixture(scope="module", params=[80, 92])
def program(request, tmp_path_factory):
    PICTURES.mkdir(parents=True, exist_ok=True)
    return request.param, unpack(request.param, tmp_path_factory.mktemp(f"chromium-{request.param}"))


@pytest.fixture
def phone(program, tmp_path):
    browser = OldChromium(program[1], tmp_path / "profile")
    browser.resize(*SIZE)
    yield browser
    browser.close()


@pytest.fixture
def desk(tmp_path):
    server = RunningServer(tmp_path).start()
    yield Desk(server.base)
    server.stop()


def seen(phone: OldChromium) -> str:
    """What stands on the screen, in words."""
    return phone.run("document.body.innerText")


def join(phone: OldChromium, desk: Desk) -> None:
    phone.goto(f"{desk.base}/r/{desk.code}")
    phone.tap("button[value=fs]")
    phone.until("document.querySelector('input[name=group]')")
    phone.tap("input[name=group][value='1']")
    phone.type("#name", "Nadia")


def the_sheet(phone: OldChromium, desk: Desk) -> None:
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


def test_a_workshop_from_the_door_to_the_close(program, phone, desk):
    def picture(name: str) -> None:
        phone.screenshot(PICTURES / f"{program[0]}-{name}.png")
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


def test_a_browser_too_old_for_the_scripts_keeps_the_forms(program, phone, desk):
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
    phone.screenshot(PICTURES / f"{program[0]}-forms.png")
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
    phone.screenshot(PICTURES / f"{program[0]}-forms-placed.png")


def test_each_answers_first_with_scripts_and_without(program, phone, desk):
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
    phone.screenshot(PICTURES / f"{program[0]}-answered.png")
    # It has just come where another button was, and rests.
    phone.until("!document.querySelector('#card-orienter .answers__reveal [data-resting]')")
    phone.tap("#card-orienter .answers__reveal .button")
    phone.until("document.querySelectorAll('#card-orienter .spread__dot').length === 2")
    assert phone.run(OFF_SCREEN) == []
    phone.screenshot(PICTURES / f"{program[0]}-revealed.png")
    assert phone.complaints == []

    phone.without_scripts(True)
    phone.goto(f"{desk.base}/a/{desk.code}")
    phone.until("document.readyState === 'complete' && document.querySelector('.screens')")
    phone.tap("#card-former .card__top")
    phone.tap("#card-former .answer .step__input[value='50']")
    phone.tap("#card-former .answer .without-script")
    phone.until("document.querySelector('#card-former [data-answer-state]').innerText.includes('Enregistré')")
    assert "1 sur 2 a répondu" in seen(phone)
    phone.screenshot(PICTURES / f"{program[0]}-answered-forms.png")
