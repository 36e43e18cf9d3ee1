"""« Textes à copier » on the desk: what is pasted elsewhere, each in a field that has its « Copier »."""

from urllib.parse import unquote

from atelier.export import progress
from atelier.web.routes import desk_admin
from atelier.wording import boxed_text


def page_of(desk, code):
    """The page, with a decision and the next meeting noted first."""
    desk.act(code, "record-decision", what="Une affiche commune", who="Les deux réseaux", due_on="2026-09-30")
    desk.act(code, "plan-next-meeting", on="2026-10-12", about="14 h")
    return desk.page(f"/animer/{code}/textes")


def test_every_text_has_a_field_to_correct_and_a_button_that_copies_it(desk, code):
    page = page_of(desk, code)
    buttons = page.select("[data-atelier-copy]")
    assert len(buttons) > 30
    fields = [page.find(id=button["data-atelier-copy"]) for button in buttons]
    assert {field.name for field in fields} == {"input", "textarea", "fieldset"}
    assert len({field["id"] for field in fields}) == len(buttons)
    said = " ".join(field.get("value") or field.get_text() for field in fields)
    for text in (
        "Une affiche commune",
        f"/r/{code}",
        "12\u00a0octobre\u00a02026, 14 h",
        "# Essai",
        "Groupe de travail",
    ):
        assert text in said
    assert len(page.select("fieldset input[type=checkbox]")) == 11


def test_only_the_desk_reads_them(desk, code, someone):
    someone().get(f"/animer/{code}/textes", status=403)
    phone = someone()
    phone.join(code)
    phone.get(f"/animer/{code}/textes", status=403)


def test_a_document_is_handed_over_under_a_name_that_says_what_it_is(desk, code):
    page_of(desk, code)
    answer = desk.post(f"/exports/{code}", {"what": "agenda"}, status=200)
    assert "_Epinal_articulation_echeances.ics" in answer.headers["Content-Disposition"]
    assert code not in answer.headers["Content-Disposition"]
    assert answer.mimetype == "text/calendar"
    answer.close()


def test_what_no_font_draws_is_told_with_an_archive_of_pictures(desk, code, monkeypatch, tmp_path):
    # How it is drawn: tests/documents. Here, what the answer says beside it.
    drawn = tmp_path / "images.zip"
    drawn.write_bytes(b"PK")
    monkeypatch.setattr(desk_admin, "export_pdf", lambda *_, **__: drawn)
    desk.act(code, "record-decision", what="Écrire 永 et \U00010380")
    for what, told in (("images", "永\U00010380"), ("tout", "永\U00010380"), ("donnees", "")):
        with desk.post(f"/exports/{code}", {"what": what}, status=200) as answer:
            assert unquote(answer.headers["Atelier-Boxed"]) == boxed_text(told)


def test_the_desk_asks_how_far_its_document_is_and_nobody_else(desk, code, someone):
    address = f"/exports/{code}/attente?ticket=operation-0123456789"
    assert desk.get(address).json is None
    someone().get(address, status=403)
    with progress.waiting("operation-0123456789"):
        assert desk.get(address).json == {"before": 0, "made": 0, "parts": 0}
    assert desk.get(address).json is None
