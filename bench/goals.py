"""The goals of the house, each with the value that shows it: which scenario, which figure, and when it is met."""

from collections.abc import Mapping
from typing import NamedTuple

from bench.results import Found

WBO_300, RAW_300 = 19.9, 4.85
"""CPU ms for 1,000 deliveries of WBO 2.17 and of the raw loop, measured side by side when the goals were set. WBO is
not part of this suite: its ratio to the loop is, and the loop is measured again each time."""


class Goal(NamedTuple):
    """One line of the table."""

    what: str
    asked: str
    scenario: str
    figure: str
    most: float
    unit: str = ""
    least: bool = False
    """The value must be at least `most`, not at most."""

    @property
    def by_the_clock(self) -> bool:
        """Tell whether other work on the machine changes it: what is not CPU, memory or bytes, and shares of a core,
        which depend on how much comes together there."""
        words = self.what + self.figure
        named = any(word in words for word in ("p95", "live", "server CPU", "knee", "frames"))
        return named or self.unit in (" ms", " s")

    def row(self, found: Mapping[str, Found]) -> list[str] | None:
        """Return its line, or None when its scenario has no such value."""
        value = found[self.scenario].values.get(self.figure) if self.scenario in found else None
        if value is None:
            return None
        met = value >= self.most if self.least else value <= self.most
        return [
            self.what,
            self.asked,
            f"{value:,.{_digits(value)}f}{self.unit}",
            "met" if met else "**not met**",
        ]


GOALS = (
    Goal("CPU a delivery, transport alone, room of 300, 4 in flight", "≤ 1.0 × the raw loop in C",
         "transport", "300 × C", 1.0, " ×"),
    Goal("the same, against the raw loop in Python", "≤ 2.2 ×", "transport", "300 × Python's loop", 2.2, " ×"),
    Goal("the same, against WBO (as 4.1 × the raw loop in C)", "≤ 0.25 × WBO", "transport", "300 × WBO", 0.25, " ×"),
    Goal("the same, ten rooms of 30, against the stock transport", "≤ 0.7 ×", "transport", "30 × stock", 0.7, " ×"),
    Goal("ten rooms of 30, everything included: CPU a delivery", "≤ 7 × the raw loop in C",
         "small", "small × C", 7, " ×"),
    Goal("an act, one in flight, nobody listening: CPU", "≤ 1.5 × `GET /etat`", "post", "act × etat", 1.5, " ×"),
    Goal("knee, 300 phones at three tables: changes/s with an update p95 < 100 ms", "≥ 900",
         "knee", "knee", 900, "", True),
    Goal("1,000 phones, 100 changes/s, every change delivered: update p95", "< 60 ms",
         "plenary", "plenary 100 p95", 60, " ms"),
    Goal("the same: server CPU", "< 35 % of a core", "plenary", "plenary 100 CPU", 35, " %"),
    Goal("the same: update p95, against 5690d14", "≤ 0.5 ×", "plenary", "plenary p95 × 5690d14", 0.5, " ×"),
    Goal("the same: server CPU, against 5690d14", "≤ 0.65 ×", "plenary", "plenary CPU × 5690d14", 0.65, " ×"),
    Goal("phones in rooms of 30 on two processes, a write every 30 s each", "15,000",
         "region", "phones", 15_000, "", True),
    Goal("the same: acknowledgement p95", "< 300 ms", "region", "acknowledgement p95", 300, " ms"),
    Goal("the same: update p95", "< 100 ms", "region", "update p95", 100, " ms"),
    Goal("the same: memory of both processes", "< 1.2 GB", "region", "memory", 1.2, " GB"),
    Goal("quiet room of 30, act received → last frame written, p95", "≤ 5 ms", "quiet", "quiet p95", 5, " ms"),
    Goal("the same, act sent → last phone has its frame, against 5690d14", "≤ 0.75 ×",
         "quiet", "quiet client p95 × 5690d14", 0.75, " ×"),
    Goal("300 phones scan at once: everybody in", "< 1.5 s", "storm", "300", 1.5, " s"),
    Goal("300 phones scan: CPU each, against 5690d14", "≤ 0.5 ×", "storm", "300 CPU each × 5690d14", 0.5, " ×"),
    Goal("1,000 phones scan at once: everybody in", "< 4 s", "storm", "1000", 4, " s"),
    Goal("1,000 phones scan: CPU each, against 5690d14", "≤ 0.5 ×", "storm", "1000 CPU each × 5690d14", 0.5, " ×"),
    Goal("who wrote loads their page anew, 1,000 initiatives: CPU", "≤ 1.5 × a newcomer’s",
         "comeback", "1,000 who wrote ×", 1.5, " ×"),
    Goal("the same, after a change of the table", "≤ 1.5 ×",
         "comeback", "1,000 who wrote, after a change ×", 1.5, " ×"),
    Goal("the same, beside the page without initiatives", "≤ 1.5 ×", "comeback", "who wrote flat ×", 1.5, " ×"),
    Goal("the same, after a change, beside that without initiatives", "≤ 1.5 ×",
         "comeback", "who wrote, after a change flat ×", 1.5, " ×"),
    Goal("1,000 who wrote come back at once: CPU each", "≤ 1.5 × a newcomer’s",
         "comeback", "who wrote 1000 ×", 1.5, " ×"),
    Goal("live p95 while 15 pages a second are loaded", "≤ 1.5 × without", "comeback", "live ×", 1.5, " ×"),
    Goal("12,000 initiatives, ten readers who ask for everything", "≤ +50 MB", "comeback", "caches MB", 50, " MB"),
    Goal("12 tables, 50 changes/s: sent to each phone", "≤ 1.5 kB/s", "small", "small 12 tables kB", 1.5, " kB/s"),
    Goal("idle phone: memory of the server", "≤ 40 kB", "idle", "kB", 40, " kB"),
    Goal("server start → first page", "< 1 s", "journal", "start", 1, " s"),
    Goal("50,000 facts without kept state: start → first page", "≤ 1 s",
         "journal", "start without kept state", 1, " s"),
    Goal("50,000 facts, a copy just restored: start → first page", "≤ 1 s",
         "journal", "start of a restored copy", 1, " s"),
    Goal("10,000 facts replayed", "< 150 ms", "journal", "replay", 150, " ms"),
    Goal("live p95 while five PDFs are made", "≤ 1.2 × idle", "pdf", "ratio", 1.2, " ×"),
    Goal("acknowledgement p95 while « Tout » is made", "≤ 1.2 × idle", "pdf", "everything ratio", 1.2, " ×"),
    Goal("phone’s first page, what comes before it is used: all files, heads too", "≤ 80 kB",
         "firstpage", "kB", 80, " kB"),
    Goal("the same: requests", "≤ 5", "firstpage", "requests", 5),
    Goal("the same: usable at 400 ms and 400 kb/s", "< 4 s", "firstpage", "usable", 4, " s"),
    Goal("the same: layout shift", "< 0.01", "firstpage", "shift", 0.01),
    Goal("the same: main thread blocked, CPU × 6 slower", "≤ 150 ms", "firstpage", "blocked a 6", 150, " ms"),
    Goal("phone, CPU × 6 slower, 20 changes/s: longest task while an arm is pulled", "≤ 50 ms",
         "phone", "an arm is pulled", 50, " ms"),
    Goal("the same: while a text is typed", "≤ 50 ms", "phone", "a text is typed", 50, " ms"),
    Goal("wall at 1,000 phones and 100 changes/s, in Chromium", "≥ 50 frames/s", "wall", "frames", 50, "", True),
)  # fmt: skip


def _digits(value: float) -> int:
    return 0 if value >= 100 or value == int(value) else 1 if value >= 10 else 2
