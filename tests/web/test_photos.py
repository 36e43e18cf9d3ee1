"""Photos of the paper: for desk and rapporteur, known by their bytes, without place and device, gone when they must."""

import io
import struct
import zlib

import pytest
from PIL import Image, PngImagePlugin

from atelier.limits import PHOTO_BYTES, PHOTO_PIXELS
from atelier.web.http.photos import BadPhoto, cleaned
from atelier.web.http.sentences import PHOTO_TOO_HEAVY as TOO_HEAVY
from atelier.web.http.sentences import PHOTO_TOO_WIDE as TOO_WIDE
from atelier.web.http.sentences import PHOTO_UNREADABLE as UNREADABLE
from tests.support.visitors import BASE, Browser, next_op

SECRETS = (b"48.1725", b"SAMSUNG", b"Nadia", b"geo:")


def picture(kind="JPEG", size=(320, 200), **options):
    """A picture that says where, with what and by whom it was taken, in every place its format has for it."""
    image = Image.effect_noise(size, 40).convert("RGB")
    exif = Image.Exif()
    exif[0x010F], exif[0x013B], exif[0x0112] = "SAMSUNG", "Nadia", options.pop("turned", 1)
    exif.get_ifd(0x8825)[2] = (48.1725, 6.45, 0.0)
    if kind == "PNG":
        told = PngImagePlugin.PngInfo()
        told.add_text("Author", "Nadia")
        told.add_itxt("XML:com.adobe.xmp", "<x>geo:48.1725</x>")
        options["pnginfo"] = told
    if kind == "JPEG":
        options |= {"comment": b"geo:48.1725 Nadia", "xmp": b"<x>geo:48.1725</x>"}
    if kind == "WEBP":
        options["xmp"] = b"<x>geo:48.1725</x>"
    made = io.BytesIO()
    image.save(made, kind, exif=exif.tobytes(), icc_profile=b"\0" * 128 + b"Nadia", **options)
    return made.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_only_the_pixels_are_kept(kind):
    sent = picture(kind)
    assert any(secret in sent for secret in SECRETS)
    kept = cleaned(sent)
    assert not any(secret in kept for secret in SECRETS)
    with Image.open(io.BytesIO(kept)) as image:
        assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (320, 200), {})
        assert not {"icc_profile", "comment", "xmp", "exif"} & image.info.keys()
    assert cleaned(sent) == kept, "the same photo again is the same bytes"


def test_a_photo_taken_upright_stands_upright():
    with Image.open(io.BytesIO(cleaned(picture(turned=6)))) as image:
        assert image.size == (200, 320)


@pytest.mark.slow
def test_a_photo_that_grows_as_a_jpeg_is_made_smaller_until_it_fits():
    made = io.BytesIO()
    noise = Image.effect_noise((550, 550), 30).resize((2200, 2200)).convert("RGB")
    noise.save(made, "WEBP", quality=12)
    assert len(made.getvalue()) <= PHOTO_BYTES
    assert len(cleaned(made.getvalue())) <= PHOTO_BYTES


def png_that_says(width, height):
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b""))
    chunks = (struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def webp_that_says(width, height):
    sizes = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + sizes
    return b"RIFF" + struct.pack("<I", len(body)) + body


HOSTILE = {
    "empty": (b"", UNREADABLE),
    "text": (b"<svg onload=alert(1)>", UNREADABLE),
    "gif": (b"GIF89a" + b"\0" * 50, UNREADABLE),
    "tiff": (b"II*\0" + b"\0" * 50, UNREADABLE),
    "a JPEG cut off": (picture()[:900], UNREADABLE),
    "JPEG in name": (b"\xff\xd8\xff" + b"\0" * 500, UNREADABLE),
    "RIFF that is a sound": (b"RIFF\0\0\0\0WAVE" + b"\0" * 50, UNREADABLE),
    "a WebP of a head": (webp_that_says(64, 64), UNREADABLE),
    "too heavy": (b"\xff\xd8\xff" + b"\0" * PHOTO_BYTES, TOO_HEAVY),
    "a PNG bomb": (png_that_says(60_000, 60_000), TOO_WIDE),
    "a WebP bomb": (webp_that_says(16_000, 16_000), TOO_WIDE),
    "a PNG just over": (png_that_says(PHOTO_PIXELS, 2), TOO_WIDE),
    "a PNG of no lines": (png_that_says(0, 10), UNREADABLE),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_no_photo_within_limits_is_refused(what):
    body, sentence = HOSTILE[what]
    with pytest.raises(BadPhoto) as refused:
        cleaned(body)
    assert str(refused.value) == sentence


def sent(browser, code, body, status=303, number=1, **fields):
    data = {"op": next_op(), "photo": (io.BytesIO(body), "x.exe"), **fields}
    return browser.post(f"/animer/{code}/saisie/{number}/photos", data, status)


def photos_of(program, code, number=1):
    return list(program.service.read(code).state.group(number).photos)


def files(program, code):
    """Everything on the disk that may hold a photo of the workshop."""
    return b"".join(path.read_bytes() for path in program.storage.config.sessions.glob(f"{code}*"))


def fingerprint(body):
    """A stretch of a picture that no other one has, shorter than what a page of the database holds."""
    return body[-1500:-1400]


def test_the_desk_keeps_looks_at_and_deletes_a_photo(desk, code, program):
    body = picture()
    sent(desk, code, body)
    (name,) = photos_of(program, code)
    answer = desk.get(f"/animer/{code}/photos/{name}")
    assert answer.data == cleaned(body)
    assert answer.mimetype == "image/jpeg"
    for header, words in (
        ("X-Content-Type-Options", "nosniff"), ("Cache-Control", "no-store"), ("Content-Security-Policy", "sandbox"),
        ("Content-Disposition", "inline"),
    ):  # fmt: skip
        assert words in answer.headers[header]
    assert "Content-Encoding" not in answer.headers
    page = desk.page(f"/animer/{code}/saisie/1")
    assert "Groupe 1" in str(page.select(".photo img")[0]["alt"])
    sent(desk, code, body)
    assert photos_of(program, code) == [name], "the same photo is kept once"
    assert fingerprint(answer.data) in files(program, code)
    desk.post(
        f"/animer/{code}/actes", {"command": "remove-photo", "op": next_op(), "group": "1", "photo": name}
    )
    assert photos_of(program, code) == []
    desk.get(f"/animer/{code}/photos/{name}", status=404)
    assert fingerprint(answer.data) not in files(program, code)


def test_nobody_else_keeps_or_sees_one(desk, code, someone, program):
    sent(desk, code, picture())
    (name,) = photos_of(program, code)
    phone = someone()
    phone.join(code)
    for stranger in (phone, someone()):
        sent(stranger, code, picture("PNG"), 403)
        stranger.get(f"/animer/{code}/photos/{name}", status=403)
    other = someone()
    elsewhere = other.prepare(title="Ailleurs")
    other.get(f"/animer/{elsewhere}/photos/{name}", status=404)
    assert photos_of(program, code) == [name]
    assert desk.act(code, "keep-photo", 400, group=1, digest="0" * 64)["message"], (
        "its bytes come with it, or not at all"
    )


def test_the_named_rapporteur_keeps_sees_and_deletes_one_from_the_phone(desk, code, someone, program):
    nadia, paul, basile = someone(), someone(), someone()
    for who, group in ((nadia, 1), (paul, 1), (basile, 2)):
        who.join(code, group=group)
    nadia_id = next(iter(program.service.read(code).state.people))
    address, body = f"/a/{code}/photos", picture()

    def send(browser, status, body=body, **fields):
        return browser.post(address, {"op": next_op(), "photo": (io.BytesIO(body), "x"), **fields}, status)

    send(nadia, 403)
    assert nadia.get(address, status=303).location == f"/a/{code}"
    desk.act(code, "name-rapporteur", group=1, participant=nadia_id)
    send(nadia, 409)  # not before the articulations
    desk.act(code, "open-phase", phase="articulations")
    assert f'href="{address}"' in nadia.get(f"/a/{code}").text
    sent(desk, code, picture(size=(90, 90)), number=2)
    (other,) = photos_of(program, code, 2)
    assert send(nadia, 303).location == address
    (name,) = photos_of(program, code)
    page = nadia.page(address)
    assert page.select_one(".photo img")["src"] == f"{address}/{name}"
    answer = nadia.get(f"{address}/{name}")
    assert (answer.data, answer.mimetype) == (cleaned(body), "image/jpeg")
    assert desk.get(f"/animer/{code}/photos/{name}").data == answer.data
    nadia.get(f"{address}/{other}", status=404)
    assert "trop lourde" in send(nadia, 413, b"\xff\xd8\xff" + b"\0" * PHOTO_BYTES).text
    assert "ne connaît pas" in send(nadia, 400, inconnu="x").text
    for stranger in (paul, basile, someone()):
        send(stranger, 403)
        stranger.get(f"{address}/{name}", status=404)
        stranger.get(address, status=303)
    removal = {"command": "remove-photo", "group": "1", "photo": name, "back": address}
    paul.post(f"/a/{code}/actes", {**removal, "op": next_op()}, 403)
    assert nadia.post(f"/a/{code}/actes", {**removal, "op": next_op()}, 303).location == address
    assert photos_of(program, code) == []
    send(nadia, 303)
    desk.act(code, "name-rapporteur", group=1, participant="")
    send(nadia, 403)
    nadia.get(f"{address}/{photos_of(program, code)[0]}", status=404)


def test_limits_say_what_to_do(desk, code, program):
    for n in range(4):
        sent(desk, code, picture(size=(100 + n, 100)))
    assert "Supprimez-en une" in sent(desk, code, picture("PNG"), 409).text
    assert len(photos_of(program, code)) == 4
    assert "trop lourde" in sent(desk, code, b"\xff\xd8\xff" + b"\0" * (PHOTO_BYTES + 1), 413, 2).text
    assert sent(desk, code, b"\0" * 470_000, 413, 2).status_code == 413
    assert "ne connaît pas" in sent(desk, code, picture(), 400, 2, inconnu="x").text
    assert "JPEG" in desk.post(f"/animer/{code}/saisie/2/photos", {"op": next_op()}, 422).text
    sent(desk, code, picture(), 404, 9)
    assert photos_of(program, code, 2) == []
    desk.act(code, "close-workshop")
    sent(desk, code, picture(), 303, 2)
    desk.act(code, "archive-workshop", from_status="closed")
    assert "archivé" in sent(desk, code, picture("WEBP"), 409, 2).text


def test_an_upload_cut_short_keeps_nothing(desk, code, program):
    whole = b'--x\r\nContent-Disposition: form-data; name="photo"; filename="a"\r\n\r\n' + picture()
    answer = desk.client.post(
        f"/animer/{code}/saisie/1/photos", base_url=BASE, headers={"Origin": BASE},
        input_stream=io.BytesIO(whole), content_type="multipart/form-data; boundary=x", content_length=len(whole) + 900,
    )  # fmt: skip
    assert answer.status_code in (400, 422)
    assert photos_of(program, code) == []


def test_a_photo_goes_with_the_words_of_who_sat_there_and_with_a_reset(desk, code, someone, program):
    nadia, paul = someone(), someone()
    nadia.join(code, group=1, name="Nadia")
    paul.join(code, "cn", 2, "Paul")
    bodies = {number: picture(size=(200 + number, 90)) for number in (1, 2, 3)}
    for number, body in bodies.items():
        sent(desk, code, body, number=number)
    (person,) = [each.id for each in program.service.read(code).state.people.values() if each.name == "Nadia"]
    nadia.act(code, "erase-participant", participant=person)
    assert [len(photos_of(program, code, number)) for number in bodies] == [0, 1, 1]
    kept = files(program, code)
    assert [fingerprint(cleaned(body)) in kept for body in bodies.values()] == [False, True, True]
    desk.post(f"/animer/{code}/remettre-a-zero", {"code": code})
    kept = files(program, code)
    assert not any(fingerprint(cleaned(body)) in kept for body in bodies.values())


def test_photos_are_acts_of_the_limit_of_pace(paced):
    desk = Browser(paced.app)
    code = desk.prepare(title="Essai")
    statuses = {
        desk.client.post(
            f"/animer/{code}/saisie/1/photos", base_url=BASE, headers={"Origin": BASE}, data={"op": next_op()}
        ).status_code
        for _ in range(40)
    }
    assert statuses == {422, 429}
