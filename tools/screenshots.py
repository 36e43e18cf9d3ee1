"""Screenshots of every surface and state, from a rehearsal on a real server: `python -m tools.screenshots [FOLDER]`."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, sync_playwright

from tests.support.running import RunningServer
from tests.support.simulation.company import Company
from tools.browser import ARGUMENTS, executable

FOLDER = Path("docs/screenshots")
WALL, DESK, PHONE = (1280, 720), (1440, 900), (390, 844)


class Photographer:
    """Follows a rehearsal with a desk, a wall and two phones, and takes their pictures."""

    def __init__(self, chromium: Chromium, server: RunningServer, folder: Path) -> None:
        self._chromium, self._server, self._folder = chromium, server, folder
        self.company = Company(server.base)
        self._pages: dict[str, Page] = {}

    def take(self, name: str, who: str, path: str, size: tuple[int, int], whole: bool = False) -> None:
        """Take the picture of what `who` sees at `path`."""
        page = self._page(who, size)
        page.goto(f"{self._server.base}{path}")
        page.wait_for_timeout(900)
        page.screenshot(path=self._folder / f"{name}.png", full_page=whole)
        print(name)

    def play_until(self, at: float) -> None:
        """Let the company play up to that second of the workshop."""
        self.company.run(0, lambda cue: cue.at >= at)

    def _page(self, who: str, size: tuple[int, int]) -> Page:
        key = f"{who} {size}"
        if key not in self._pages:
            context = self._chromium.new_context(
                viewport={"width": size[0], "height": size[1]}, locale="fr-FR", reduced_motion="reduce"
            )
            cookies = self.company.cookies(who)
            context.add_cookies(
                [{"name": name, "value": value, "url": self._server.base} for name, value in cookies.items()]
            )
            self._pages[key] = context.new_page()
        return self._pages[key]


def photograph(photographer: Photographer) -> None:
    """The whole album, in the order of a workshop."""
    code, desk = photographer.company.code, "desk"
    wall, animate, phone = f"/ecran/{code}", f"/animer/{code}", f"/a/{code}"
    photographer.take("accueil", "nobody", "/", PHONE)
    photographer.take("preparer", desk, "/preparer", DESK, whole=True)
    photographer.take("pret", desk, f"{animate}/pret", DESK)
    photographer.take("porte-metier", "visitor", f"/r/{code}", PHONE)
    photographer.play_until(60)
    photographer.take("porte-table", "visitor", f"/r/{code}?metier=cn", PHONE, whole=True)
    photographer.take("ecran-accueil", desk, wall, WALL)
    photographer.play_until(140)
    photographer.take("telephone-accueil", "1-fs-0", phone, PHONE)
    photographer.take("ecran-demonstration", desk, wall, WALL)
    photographer.play_until(600)
    photographer.take("ecran-missions", desk, wall, WALL)
    photographer.take("telephone-missions", "1-fs-0", phone, PHONE, whole=True)
    photographer.play_until(1790)
    photographer.take("ecran-vue-d-ensemble", desk, wall, WALL)
    photographer.take("telephone-fiche", "2-cn-0", phone, PHONE, whole=True)
    photographer.take("poste-d-animation", desk, animate, DESK)
    photographer.take("poste-d-animation-telephone", desk, animate, (360, 740))
    photographer.play_until(2100)
    photographer.take("ecran-groupe", desk, wall, WALL)
    photographer.take("telephone-restitution", "1-fs-0", phone, PHONE)
    show = {"scene": "action", "group": 1, "action": "orienter"}
    photographer.company.desk.act(code, "show-on-wall", **show)
    photographer.take("ecran-action", desk, wall, WALL)
    photographer.play_until(3400)
    photographer.take("ecran-superposition", desk, wall, WALL)
    photographer.take("telephone-synthese", "1-fs-0", phone, PHONE)
    photographer.play_until(3500)
    photographer.take("ecran-decisions", desk, wall, WALL)
    photographer.play_until(10_000)
    photographer.take("telephone-clos", "1-fs-0", phone, PHONE)
    _sheet(photographer.company, photographer._folder)


def _sheet(company: Company, folder: Path) -> None:
    body = {"what": "group", "group": 1, "paper": "a3"}
    pdf = company.desk.download(f"/exports/{company.code}", body)
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        Path(file.name).write_bytes(pdf)
        target = folder / "fiche-groupe-1"
        subprocess.run(["pdftoppm", "-png", "-r", "70", "-singlefile", file.name, str(target)], check=True)
    print("fiche-groupe-1")


@contextmanager
def running() -> Iterator[RunningServer]:
    """A server on files of its own, stopped at the end."""
    with tempfile.TemporaryDirectory() as folder:
        server = RunningServer(Path(folder)).start()
        try:
            yield server
        finally:
            server.stop()


def main(arguments: list[str]) -> None:
    """Take all pictures into the folder named, or into the documentation's."""
    folder = Path(arguments[0]) if arguments else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with running() as server, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        photograph(Photographer(chromium, server, folder))
        chromium.close()


if __name__ == "__main__":
    main(sys.argv[1:])
