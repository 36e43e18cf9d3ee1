"""Two phones that refuse cookies, at once: each is told so and what to do; neither becomes somebody, nor the other."""

import shutil

import pytest

from tests.support.engines.firefox import Firefox

pytestmark = [pytest.mark.slow, pytest.mark.browser]

REFUSED = {"network.cookie.cookieBehavior": 2}
"""All cookies, as an owner sets it in Firefox; today's Chromium without windows has no such setting."""


@pytest.fixture
def phones(tmp_path):
    if not shutil.which("firefox-esr"):
        pytest.skip("not among the packages of this machine: firefox-esr")
    both = [Firefox(tmp_path / name, **REFUSED) for name in ("alice", "bob")]
    yield both
    for phone in both:
        phone.close()


def test_two_phones_that_refuse_cookies_are_told_and_are_nobody(phones, desk):
    sizes = ((320, 568), (390, 844))
    for phone, size, name, group in zip(phones, sizes, ("Alice", "Bob"), (1, 3), strict=True):
        phone.resize(*size)
        phone.goto(f"{desk.base}/r/{desk.code}")
        phone.tap("button[value=fs]")
        phone.until("document.querySelector('input[name=group]')")
        phone.tap(f"input[name=group][value='{group}']")
        phone.type("#name", name)
    for phone in phones:
        phone.tap(".door__enter")
        phone.until("document.body.innerText.includes('Ce navigateur ne garde pas les cookies')")
        assert phone.run("document.documentElement.scrollWidth <= innerWidth")
        phone.navigate(f"{desk.base}/a/{desk.code}")
        phone.until("document.body.innerText.includes('Votre métier')")
        assert phone.run("document.cookie") == ""
    assert "0 personne" in desk.browser.get(f"/animer/{desk.code}").replace("\u00a0", " ")
