"""A paper sheet typed back at the desk with the keyboard alone, seen by everybody, and lost by nothing."""

import io
import random

import pytest
from PIL import Image
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

KEYS_PER_S, SECONDS = 4, 120
"""A hand that reads from paper, 240 keys a minute; the time in which twelve lines are back."""
SHEET = (
    ("3", "1", ("Une permanence par mois",)),
    ("2", "2", ("Un questionnaire commun",)),
    ("4", "3", ("La cartographie des lieux d’inclusion numérique", "Un carnet d’adresses")),
    ("d", "t", ()),
    ("so", "", ()),
    ("3", "", ("Un numéro direct",)),
    ("1", "0", ("Aidants Connect pour tous",)),
    ("ré", "ra", ()),
    ("0", "4", ("Des ateliers à deux voix",)),
    ("2", "2", ("Une affiche à l’accueil",)),
)
WHOLE = "[...document.querySelectorAll('[data-cell=text]')].every((each) => each.scrollHeight <= each.clientHeight)"
OWN = (("Tenir un stand au forum", "1", "3", ("Un calendrier",)), ("Former les élus", "", "2", ()))


class Keyboard:
    """Counts what is pressed."""

    def __init__(self, page):
        self.page, self.pressed = page, 0

    def enter(self, text=""):
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")
        self.pressed += len(text) + 1

    def line(self, fs, cn, texts):
        for text in (fs, cn, *texts, ""):
            self.enter(text)


def cell(page, name):
    return page.locator(f"#{name}")


def type_the_sheet(page):
    """Type all twelve lines from the first cell on; return how many keys it took."""
    keyboard = Keyboard(page)
    cell(page, "fs-aller-vers").focus()
    for fs, cn, texts in SHEET:
        keyboard.line(fs, cn, texts)
    for label, fs, cn, texts in OWN:
        keyboard.enter(label)
        keyboard.line(fs, cn, texts)
    return keyboard.pressed


def see_others_write_and_take_it_back(desk, workshop):
    """What others make of the sheet comes into its cells, but not under the finger."""
    cell(desk, "fs-urgence").focus()
    workshop.act("place-action", group=1, action="orienter", fs=0, cn=100)
    workshop.act("post-initiative", group=1, action="orienter", text="Venu d’ailleurs")
    texts = desk.locator("[data-line=orienter] textarea")
    expect(texts.nth(2)).to_have_value("Venu d’ailleurs")
    expect(cell(desk, "cn-orienter")).to_have_value("4")
    expect(cell(desk, "fs-urgence")).to_be_focused()
    desk.get_by_role("button", name="Annuler le dernier geste").click()
    expect(texts.nth(2)).to_have_value("")
    expect(texts).to_have_count(3)


def narrow(desk):
    """See it on a phone: nothing beside the window, no text cut by the height that it had in a wide one."""
    desk.set_viewport_size({"width": 360, "height": 740})
    assert desk.evaluate("document.documentElement.scrollWidth") == 360
    desk.wait_for_function(WHOLE)


def test_twelve_lines_are_back_within_two_minutes_and_a_reload_loses_nothing(
    facilitator, workshop, phone, axe
):
    desk = facilitator.desk
    desk.get_by_role("link", name="Saisir").first.click()
    expect(desk.locator("html[data-scripts] h1")).to_contain_text("Groupe 1")
    pressed = type_the_sheet(desk)
    assert pressed <= KEYS_PER_S * SECONDS, f"{pressed} keys"
    states = desk.locator("[data-atelier-state]")
    expect(states.filter(has_text="Enregistré")).to_have_count(12)
    axe(desk, "the grid, typed")
    expect(cell(desk, "cn-urgence")).to_have_value("so")
    expect(phone.card("orienter")).to_contain_text("Un carnet d’adresses")
    expect(phone.page.locator("#card-libre-2")).to_contain_text("Former les élus")

    see_others_write_and_take_it_back(desk, workshop)
    cell(desk, "fs-urgence").press("ArrowUp")
    expect(cell(desk, "fs-sensibiliser")).to_be_focused()
    desk.keyboard.press("ArrowRight")
    expect(cell(desk, "cn-sensibiliser")).to_be_focused()
    Keyboard(desk).enter("9")
    expect(desk.locator("#cn-sensibiliser-error")).to_contain_text("0 à 4")
    expect(cell(desk, "cn-sensibiliser")).to_have_attribute("aria-describedby", "cn-sensibiliser-error")
    axe(desk, "the grid, with a refusal")
    desk.keyboard.press("ArrowLeft")
    Keyboard(desk).enter("j")
    expect(states.nth(3)).to_have_text("Enregistré")

    desk.route(
        "**/saisie/*", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    Keyboard(desk).enter("Un café")
    expect(states.nth(3)).to_contain_text("gardé dans ce navigateur")
    desk.keyboard.type("Un goûter")
    desk.unroute("**/saisie/*")
    desk.reload()
    expect(states.nth(3)).to_have_text("Enregistré")
    expect(desk.locator("[data-line=sensibiliser] textarea")).to_have_count(3)
    written = phone.card("sensibiliser").locator(".initiative__text")
    expect(written).to_have_text(["Un café", "Un goûter"])

    narrow(desk)


def camera(width=4000, height=3000):
    """A photo as a camera takes it: several megabytes, with its maker's name."""
    exif = Image.Exif()
    exif[0x010F] = "MAKER"
    made = io.BytesIO()
    noise = random.Random(1).randbytes(48 * 36 * 3)
    picture = Image.frombytes("RGB", (48, 36), noise).resize((width, height), Image.Resampling.BICUBIC)
    picture.save(made, "JPEG", quality=99, exif=exif)
    return made.getvalue()


def test_a_cameras_photo_is_made_smaller_kept_seen_by_the_desk_alone_and_deleted(
    facilitator, workshop, phone, axe
):
    desk, address = facilitator.desk, f"{workshop.base}/animer/{workshop.code}/saisie/2"
    photo = camera()
    assert len(photo) > 1_000_000
    desk.set_viewport_size({"width": 360, "height": 740})
    desk.goto(address)
    desk.locator("#photo").set_input_files(
        {"name": "../../fiche.jpg", "mimeType": "image/jpeg", "buffer": photo}
    )
    desk.get_by_role("button", name="Garder la photo").click()
    picture = desk.get_by_role("img", name="Photo 1 de la fiche de Groupe 2")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("naturalWidth", 2200)
    axe(desk, "a photo kept")
    assert desk.evaluate("document.documentElement.scrollWidth") == 360
    source = workshop.base + picture.get_attribute("src")
    kept = desk.request.get(source).body()
    assert len(kept) <= 400_000
    assert b"MAKER" not in kept
    assert phone.page.request.get(source).status == 403

    desk.locator("#photo").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"<svg>"})
    desk.get_by_role("button", name="Garder la photo").click()
    expect(desk.locator("#photo-state")).to_contain_text("JPEG")
    desk.get_by_text("Supprimer la photo 1").first.click()
    desk.get_by_role("button", name="Oui, supprimer").click()
    expect(picture).to_have_count(0)
    assert desk.url.endswith("#photos")
    assert desk.request.get(source).status == 404
