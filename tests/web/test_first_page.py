"""A newcomer's first page on a phone: how many bytes and requests, from the page's own tags; fonts are bytes too."""

import pytest

LIMIT_REQUESTS = 8
GZIP = {"Accept-Encoding": "gzip"}
FETCHED = "link[rel=stylesheet], link[rel=preload], script[src]"


def fetched(phone, path):
    """The addresses that a page has fetched before anybody touches it, its own first."""
    page = phone.page(path)
    return [path, *(each.get("href") or each["src"] for each in page.select(FETCHED))]


def size(phone, path):
    answer = phone.client.get(path, base_url="http://localhost:8000", headers=GZIP)
    assert answer.status_code == 200, path
    return len(answer.data)


@pytest.mark.slow
@pytest.mark.parametrize(("phase", "limit"), [("articulations", 79_000), ("synthesis", 84_000)])
def test_a_newcomers_first_page_keeps_its_weight(phase, limit, desk, someone, code):
    desk.act(code, "open-phase", phase=phase)
    phone = someone()
    phone.join(code, name="Nadia")
    sizes = {path: size(phone, path) for path in fetched(phone, f"/a/{code}")}
    assert len(sizes) <= LIMIT_REQUESTS, sizes
    assert sum(sizes.values()) <= limit, sizes


@pytest.mark.slow
def test_what_comes_after_the_page_is_there_and_not_in_its_weight(desk, someone, code):
    phone = someone()
    phone.join(code)
    page = phone.page(f"/a/{code}")
    later = page.select_one("script[data-later]")["data-later"]
    assert later not in fetched(phone, f"/a/{code}")
    assert size(phone, later) > 0


def test_few_labels_for_the_browser_to_compare_with_each_form(someone, code):
    """Chromium does when the page is read, to see what could be filled in: 140 labels more cost a slow phone 50 ms."""
    phone = someone()
    phone.join(code)
    page = phone.page(f"/a/{code}")
    assert len(page.select("label")) <= len(page.select("form"))
    assert all(each.get("aria-label") for each in page.select(".step__input"))
