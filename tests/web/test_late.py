"""What became of a text that came too late reaches the phones: by its id, never by its words."""

import gzip

import pytest
from bs4 import BeautifulSoup

LATE = "hand-in-operation-1"


def decided(page):
    return dict(BeautifulSoup(page, "lxml").select("#decided")[0].attrs)


@pytest.mark.slow
@pytest.mark.parametrize(("command", "fields"), [("accept-text", {}), ("set-text-aside", {"on": 1})])
def test_every_page_and_what_is_missed_name_the_texts_that_were_decided_on(
    desk, someone, code, command, fields
):
    author, newcomer = someone(), someone()
    author.join(code)
    newcomer.join(code, group=2)
    desk.act(code, "open-phase", phase="articulations")
    author.act(code, "hand-in", kind="initiative", group=1, action="orienter", text="Trop tardive", op=LATE)
    packed = {"Accept-Encoding": "gzip"}
    before = newcomer.client.get(f"/a/{code}", headers=packed)
    assert LATE not in gzip.decompress(before.data).decode()
    position = desk.act(code, command, text_id=LATE, **fields)
    here = "data-accepted" if command == "accept-text" else "data-aside"
    for browser in (author, newcomer):
        page = gzip.decompress(browser.client.get(f"/a/{code}", headers=packed).data).decode()
        assert decided(page)[here].split() == [LATE]
    missed = newcomer.get(f"/a/{code}/depuis?audience=phone&group=2&seq={position['seq'] - 1}").json["html"]
    assert decided(missed)[here].split() == [LATE]
    assert "Trop tardive" not in missed
