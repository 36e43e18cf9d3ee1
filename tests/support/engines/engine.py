"""One browser with one page, whatever its engine: what journeys ask of it."""

import io
import time
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops

ANSWER_S = 60
"""As long as a busy machine may need: only a failure takes that long."""
TAB, ENTER, ESCAPE = "\ue004", "\ue007", "\ue00c"
"""Keys as WebDriver names them."""
STOPS = 150
RINGS_OFF = """(() => {
  window.noRings = window.noRings || ["*", ".handle::-moz-range-thumb", ".handle::-webkit-slider-thumb"].map(each => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(each + " { outline: none !important; box-shadow: none !important }");
    return sheet;
  });
  document.adoptedStyleSheets = {on} ? window.noRings : [];
})()"""
AROUND = """(({left, top, right, bottom}) => [left - 8, top - 8, right + 8, bottom + 8])(
  (document.activeElement.closest(".step") || document.activeElement).getBoundingClientRect())"""
_MIDDLE = "(({left, top, width, height}) => [left + width / 2, top + height / 2])"


class Engine:
    """What an engine must do itself raises NotImplementedError here; the rest is the same for all."""

    name = ""
    complaints: list[str]
    """Exceptions that its scripts threw, where the engine tells them."""

    def run(self, script: str) -> Any:
        """Return the value of an expression in the page. Raises RuntimeError."""
        raise NotImplementedError

    def navigate(self, address: str) -> None:
        """Begin to open an address."""
        raise NotImplementedError

    def perform(self, source: dict[str, Any]) -> None:
        """Do what a pointer or a keyboard does, in the words of WebDriver's actions."""
        raise NotImplementedError

    def press_at(self, x: float, y: float) -> None:
        """Press the pointer there and let it go."""
        at = {"type": "pointerMove", "x": round(x), "y": round(y), "duration": 0, "origin": "viewport"}
        press = [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
        self.perform({"type": "pointer", "id": "finger", "actions": [at, *press]})

    def insert(self, text: str) -> None:
        """Type where the focus is."""
        keys = [{"type": kind, "value": letter} for letter in text for kind in ("keyDown", "keyUp")]
        self.perform({"type": "key", "id": "keys", "actions": keys})

    def resize(self, width: int, height: int) -> None:
        """Give the page this size."""
        raise NotImplementedError

    def picture(self) -> bytes:
        """Return what it shows, as PNG."""
        raise NotImplementedError

    def close(self) -> None:
        """End it."""
        raise NotImplementedError

    def until(self, condition: str) -> None:
        """Wait until an expression is true in the page, whatever page that is by then."""
        deadline = time.monotonic() + ANSWER_S
        while time.monotonic() < deadline:
            try:
                if self.run(f"!!({condition})"):
                    return
            except RuntimeError:  # between two pages
                pass
            time.sleep(0.05)
        raise AssertionError(f"never: {condition}\n{self.run('document.body.innerText')[:2000]}")

    def goto(self, address: str) -> None:
        """Open an address."""
        self.navigate(address)
        self.until(f"location.href === {address!r} && document.readyState === 'complete'")

    def tap(self, selector: str, words: str = "") -> None:
        """Press what is found in the middle of the first visible match that holds `words`, as a finger would."""
        find = (
            f"[...document.querySelectorAll({selector!r})].find(each => each.getClientRects().length"
            f" && each.textContent.includes({words!r}))"
        )
        self.until(f"({find}) && !({find}).hasAttribute('data-resting')")
        self.run(f"{find}.scrollIntoView({{block: 'center'}})")
        self.press_at(*self.run(f"{_MIDDLE}({find}.getBoundingClientRect())"))

    def type(self, selector: str, text: str) -> None:
        """Press a field and type."""
        self.tap(selector)
        self.insert(text)

    def screenshot(self, path: Path) -> None:
        """Keep what it shows."""
        path.write_bytes(self.picture())

    def tab_to(self, selector: str) -> None:
        """Press Tab, from the beginning of the page, until what has the focus matches."""
        self.run("document.querySelector('.skip').focus()")
        for _ in range(STOPS):
            self.insert(TAB)
            if self.run(f"document.activeElement.matches({selector!r})"):
                return
        raise AssertionError(f"no way by Tab to {selector}")

    def focus_shows(self, selector: str) -> bool:
        """Go there by Tab: tell whether the picture would be another one without its ring."""
        self.tab_to(selector)
        return any(self._ring_pixels() > 100 for _ in range(20))  # a picture may be of a moment before

    def _ring_pixels(self) -> int:
        pictures = []
        for off in ("false", "true"):
            self.run(RINGS_OFF.replace("{on}", off))
            pictures.append(self._focused_part())
        self.run(RINGS_OFF.replace("{on}", "false"))
        changed = ImageChops.difference(pictures[0], pictures[1]).convert("L")
        return sum(changed.histogram()[40:])

    def _focused_part(self) -> Image.Image:
        box = self.run(AROUND)
        return Image.open(io.BytesIO(self.picture())).convert("RGB").crop(tuple(round(each) for each in box))
