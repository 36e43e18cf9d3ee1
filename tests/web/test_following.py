"""Pages of forms that follow: one asks whether what it shows is still so, and gets the page only when it is not."""

import re

import pytest


def marked(browser, path):
    """The mark of a page, and the answer to asking with it."""
    text = browser.get(path).text
    mark = re.search(r'data-mark="(\w+)"', text)
    assert mark, text[:200]
    return f"{path}?marque={mark[1]}"


@pytest.fixture
def nadia(someone, code, desk):
    desk.act(code, "open-phase", phase="articulations")
    browser = someone()
    browser.join(code, "fs", 1, "Nadia")
    return browser


def test_a_page_of_gatherings_comes_again_when_a_text_changes(code, desk, nadia):
    asks = [marked(desk, f"/animer/{code}/regrouper"), marked(nadia, f"/a/{code}/regrouper")]
    desk.get(asks[0], 204)
    nadia.get(asks[1], 204)
    nadia.act(code, "post-initiative", group=1, action="orienter", text="Un carnet")
    nadia.act(code, "post-initiative", group=1, action="orienter", text="Une affiche")
    assert "Un carnet" in desk.get(f"{asks[0]}&action=orienter").text
    assert "orienter" in nadia.get(asks[1]).text


def test_the_page_of_a_vote_comes_again_when_it_opens_closes_or_ones_own_dots_move(code, desk, nadia):
    path = f"/a/{code}/gommettes"
    nadia.act(
        code, "post-initiative", group=1, action="orienter", text="Un carnet", op="carnet-carnet-carnet"
    )
    before = marked(nadia, path)
    desk.act(code, "open-vote", op="vote-vote-vote-vote")
    nadia.get(before)
    opened = marked(nadia, path)
    nadia.get(opened, 204)
    nadia.act(code, "place-dots", vote="vote-vote-vote-vote", initiative="carnet-carnet-carnet", dots=1)
    placed = marked(nadia, path)
    assert placed != opened
    desk.act(code, "close-vote", vote="vote-vote-vote-vote")
    assert "Le vote est clos" in nadia.get(placed).text
