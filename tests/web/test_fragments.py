"""One table a screen says what it redraws: no kind of change is left without an answer on any of them."""

import pytest

from atelier.live.regions import Kind
from atelier.web.render.templating import environment
from atelier.web.screens.desk.fragments import TABLE as DESK
from atelier.web.screens.phone.fragments import TABLE as PHONE
from atelier.web.screens.wall.fragments import TABLE as WALL

TABLES = {"desk": DESK, "phone": PHONE, "wall": WALL}
FOR_EVERYBODY = {Kind.EVERYTHING, Kind.CLOCK}
"""Every fragment answers the first; the second goes to every audience as a number (web/render/updates.py)."""


@pytest.mark.parametrize("surface", TABLES)
@pytest.mark.parametrize("kind", sorted(set(Kind) - FOR_EVERYBODY))
def test_every_kind_of_change_has_an_answer_on_every_screen(surface, kind):
    table = TABLES[surface]
    assert kind in table.answered | table.nothing, (
        f"{surface}: say in screens/{surface}/fragments.py what a change of {kind!r} redraws there, "
        "a fragment, a bar or a flag, or that it is `nothing`"
    )


@pytest.mark.parametrize("surface", TABLES)
def test_nothing_is_said_of_what_is_shown_after_all(surface):
    assert TABLES[surface].answered & TABLES[surface].nothing == frozenset()


@pytest.mark.parametrize(
    ("surface", "fragment"),
    [(surface, each) for surface, table in TABLES.items() for each in table.fragments],
    ids=lambda each: getattr(each, "name", each),
)
def test_each_fragment_is_a_macro_of_its_template_and_lies_in_another_that_there_is(surface, fragment):
    template = environment().get_template(f"fragments/{fragment.template}")
    assert callable(getattr(template.module, fragment.name, None))
    names = {each.name for each in TABLES[surface].fragments}
    assert not fragment.within or fragment.within in names - {fragment.name}
