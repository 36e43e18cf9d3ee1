"""docs/performance.md: a run replaces what it measured, and nothing else."""

from pathlib import Path

import pytest

from bench import page
from bench.goals import GOALS
from bench.results import Found, save
from bench.scenarios import NAMES

DOCUMENT = """# Performance
Written by hand.

<!-- bench: goals -->
|  | goal | measured |  |
|---|---|---|---|
| server start → first page | < 1 s | 0.73 s | met |
<!-- end -->

<!-- bench: quiet -->
Figures of another day.
<!-- end -->
Why that is so.
<!-- bench: storm -->
Figures of another day.
<!-- end -->
"""


@pytest.fixture
def results(tmp_path: Path) -> Path:
    found = Found(values={"300": 1.2, "1000": 4.5}, acts=1300)
    found.table("A storm", "phones", "seconds").add(300, 1.2)
    save("storm", found, 12.0, tmp_path)
    return tmp_path


def test_what_was_measured_is_replaced_and_the_rest_stays(results: Path) -> None:
    document = results / "performance.md"
    document.write_text(DOCUMENT)
    page.write(results, document)
    text = document.read_text()
    for kept in ("Written by hand.", "Why that is so.", "bench: quiet -->\nFigures of another day.\n"):
        assert kept in text
    assert text.count("Figures of another day") == 1
    assert "| 300 | 1.2 |" in text
    assert "1,300 acts acknowledged: 0 lost, 0 doubled, 0 out of order" in text


def test_goals_are_met_or_not_and_keep_what_was_not_measured_again(results: Path) -> None:
    document = results / "performance.md"
    document.write_text(DOCUMENT)
    page.write(results, document)
    text = document.read_text()
    assert "| 300 phones scan at once: everybody in | < 1.5 s | 1.20 s | met |" in text
    assert "| 1,000 phones scan at once: everybody in | < 4 s | 4.50 s | **not met** |" in text
    assert "| server start → first page | < 1 s | 0.73 s | met |" in text
    assert (
        "| wall at 1,000 phones and 100 changes/s, in Chromium | ≥ 50 frames/s | – | not measured |" in text
    )


@pytest.mark.parametrize(("load", "scan"), [(1.2, "4.50 s | **not met**"), (9.0, "– | not measured")])
def test_a_busy_machine_says_nothing_of_what_goes_by_the_clock(
    tmp_path: Path, load: float, scan: str
) -> None:
    document = tmp_path / "performance.md"
    document.write_text(DOCUMENT)
    values = {"1000": 4.5, "1000 CPU each × 5690d14": 0.4}
    save("storm", Found(values=values, load=load), 12.0, tmp_path)
    page.write_goals(tmp_path, document)
    text = document.read_text()
    assert f"| 1,000 phones scan at once: everybody in | < 4 s | {scan} |" in text
    assert "| 1,000 phones scan: CPU each, against 5690d14 | ≤ 0.5 × | 0.40 × | met |" in text
    assert f"load {load:.1f} to {load:.1f}" in text


def test_the_page_has_a_place_for_every_scenario() -> None:
    blocks = {name for _, name, _, _ in page.BLOCK.findall(page.PAGE.read_text(encoding="utf-8"))}
    assert blocks == {*NAMES, "goals", "soak"}
    assert {goal.scenario for goal in GOALS} <= set(NAMES)


def test_a_result_without_a_place_is_said(results: Path) -> None:
    document = results / "performance.md"
    document.write_text("Nothing here.")
    with pytest.raises(SystemExit, match="storm"):
        page.write(results, document)
