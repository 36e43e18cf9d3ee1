"""The facilitator's line stays in sight until it was read, never over a field; the smallest screens."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

STEPS = """arm => Array.from(document.querySelectorAll(`#card-orienter .steps--${arm} .step`), step => {
  const {x, y} = step.getBoundingClientRect();
  return {value: step.querySelector("input").value, x, y};
})"""


@pytest.fixture
def announce(workshop):
    """Return a function that says something to the room, or takes it back."""
    return lambda command="announce", **fields: workshop.act(command, **fields)


def test_an_announcement_stays_in_sight_until_it_was_read(phone, announce, axe):
    page, line = phone.page, phone.page.locator("#announcement .announcement__text")
    page.evaluate("window.scrollTo(0, 900)")
    announce(text="Pause à 11 h")
    expect(line).to_be_in_viewport(ratio=1)
    axe(page, "announced")
    line.get_by_role("button", name="Lu").click()
    expect(line).not_to_be_in_viewport()
    page.reload()
    page.evaluate("window.scrollTo(0, 900)")
    expect(page.locator("body")).to_have_attribute("data-connection", "live")
    expect(line).not_to_be_in_viewport()
    announce(text="Pause à 11 h 30")
    expect(line).to_be_in_viewport(ratio=1)
    announce("clear-announcement")
    expect(line).to_have_count(0)


def test_an_announcement_never_covers_the_field_in_use(phone, announce):
    page, line = phone.page, phone.page.locator("#announcement .announcement__text")
    field = phone.card("orienter").locator(".compose--initiative textarea")
    field.focus()
    frame = page.locator(".frame").bounding_box()["height"]
    page.evaluate("by => window.scrollBy(0, by)", field.bounding_box()["y"] - frame - 10)
    announce(text="Pause à 11 h")
    expect(line).to_have_count(1)
    expect(line).not_to_be_in_viewport()
    page.evaluate("window.scrollBy(0, -300)")
    expect(line).to_be_in_viewport(ratio=1)
    assert line.bounding_box()["y"] + line.bounding_box()["height"] <= field.bounding_box()["y"]


def test_steps_stand_below_each_other_where_a_row_is_too_narrow(phone):
    page = phone.page
    phone.card("orienter")
    for width, percent, rows in ((390, 100, 1), (360, 100, 1), (320, 100, 5), (390, 200, 5)):
        page.set_viewport_size({"width": width, "height": 640})
        page.evaluate(f"document.documentElement.style.fontSize = '{percent}%'")
        for arm in ("fs", "cn"):
            steps = page.evaluate(STEPS, arm)
            assert len({round(step["y"]) for step in steps}) == rows, (width, percent, arm)
            way = "y" if rows == 5 else "x"
            seen = [step["value"] for step in sorted(steps, key=lambda step: step[way])]
            rising = ["0", "25", "50", "75", "100"]
            assert seen == (rising[::-1] if arm == "fs" and rows == 1 else rising), (width, percent, arm)


def test_an_arrow_key_goes_where_it_points(phone):
    phone.step("orienter", "fs", 50)
    phone.page.locator("#card-orienter .steps--fs input[value='50']").focus()
    phone.page.keyboard.press("ArrowLeft")
    assert phone.page.evaluate("document.activeElement.value") == "75"


def test_the_header_does_not_keep_half_of_the_smallest_screen(phone):
    page = phone.page
    page.set_viewport_size({"width": 320, "height": 640})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.evaluate("window.scrollTo(0, 900)")
    expect(page.locator(".frame")).not_to_be_in_viewport()
    page.evaluate("document.documentElement.style.fontSize = '100%'")
    expect(page.locator(".frame")).to_be_in_viewport()
    assert page.locator(".frame").bounding_box()["height"] < 640 / 3
