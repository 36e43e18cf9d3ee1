"""A document that was in the making while somebody was erased is neither handed over nor kept."""

import pytest

from atelier.export.api import export_pdf
from atelier.web.http import sentences
from atelier.web.routes import desk_admin


@pytest.mark.slow
def test_a_document_that_lands_after_an_erasure_is_not_kept(program, desk, someone, code, monkeypatch):
    phone = someone()
    phone.join(code, name="Alice")
    desk.act(code, "open-phase", phase="articulations")
    phone.act(code, "post-initiative", group=1, action="orienter", text="Chez Mme Dupont")
    [person] = program.service.read(code).state.people

    def overtaken(*asked, **how):
        desk.act(code, "erase-participant", participant=person)
        return export_pdf(*asked, **how)

    with monkeypatch.context() as patch:
        patch.setattr(desk_admin, "export_pdf", overtaken)
        answer = desk.post(f"/exports/{code}", {"what": "donnees"}, status=409)
    assert sentences.ERASED_MEANWHILE in answer.text
    exports = program.app.extensions["atelier"].config.exports
    assert list(exports.glob(f"atelier-{code}-*")) == []
    with desk.post(f"/exports/{code}", {"what": "donnees"}, status=200) as again:
        assert "Mme Dupont" not in again.text
