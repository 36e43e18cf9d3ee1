"""`python -m bench [--quick] [NAME…]`: measure, print tables, write docs/performance.md. `--help` says the rest.

Each scenario runs in a process of its own, which is the load generator; the server is another one, on another core.
"""

import argparse
import os
import subprocess
import sys
import time

from bench import page, profile, soak
from bench.machine import load
from bench.results import FOLDER, Found, save
from bench.revision import AGAINST
from bench.scenarios import BRIEF, NAMES, brief_of, run_of

QUICK, GOALS = FOLDER / "quick", FOLDER / "goals"
NOVEMBER = "5690d14"
"""The revision that some goals are about."""
BUSY = 0.5
"""Load of the last minute above which somebody else is at work."""


def main(arguments: list[str]) -> int:
    """Run what is asked; return the number of scenarios that failed."""
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description="Scenarios: "
        + ", ".join(NAMES)
        + "; and: goals (what the table of goals is about, in less than "
        "eight minutes on a quiet machine), soak, profile NAME.",
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="all of them when left out")
    parser.add_argument("--quick", action="store_true", help="small counts, to try; the page stays as it is")
    parser.add_argument(
        "--against",
        metavar="REV",
        help="a revision that small, quiet, knee, plenary and storm measure in the same rounds",
    )
    parser.add_argument("--minutes", type=float, default=20, help="how long the soak lasts")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--brief", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--profiled", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_intermixed_args(arguments)
    # As where it is installed: what was compiled once is there.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if asked.against:
        os.environ[AGAINST] = asked.against
    if asked.names[:1] == ["soak"]:
        return soak.main(asked.minutes)
    if asked.names[:1] == ["goals"]:
        return _goals(asked.names[1:] or list(BRIEF))
    if asked.names[:1] == ["profile"]:
        return profile.main(asked.names[1:], asked.quick)
    unknown = [name for name in asked.names if name not in NAMES]
    if unknown:
        parser.error(f"no scenario is called {', '.join(unknown)}: {', '.join(NAMES)}")
    if asked.brief:
        return _brief(asked.names[0])
    if asked.alone or asked.profiled:
        return _measure(asked.names[0], asked.quick, keep=asked.alone)
    return _all(asked.names or list(NAMES), asked.quick)


def _all(names: list[str], quick: bool) -> int:
    """Run scenarios one after the other, and write what they found into the page."""
    failed = _each(names, ["--alone", *(["--quick"] if quick else [])])
    if not quick:
        page.write()
        print(f"{page.PAGE.name} is written.")
    return failed


def _goals(names: list[str]) -> int:
    """Measure what goals are about, beside November’s revision, and write their table."""
    os.environ.setdefault(AGAINST, NOVEMBER)
    for name in names:
        (GOALS / f"{name}.json").unlink(missing_ok=True)
    failed = _each(names, ["--brief"])
    print(f"\n{page.write_goals(GOALS)}\n\n{page.PAGE.name} is written.")
    return failed


def _each(names: list[str], how: list[str]) -> int:
    """Run scenarios one after the other; one that fails does not keep the others from running."""
    start, failed = time.perf_counter(), []
    if load() > BUSY:
        print(
            f"This machine is busy (load {load():.1f}): times will be too long, ratios and CPU may still hold."
        )
    for name in names:
        print(f"\n## {name}", flush=True)
        if subprocess.run([sys.executable, "-m", "bench", *how, name], check=False).returncode:
            failed.append(name)
    print(f"\n{time.perf_counter() - start:.0f} s; failed: {', '.join(failed) or 'none'}")
    return len(failed)


def _brief(name: str) -> int:
    """Measure the goals of one scenario here."""
    start, found = time.perf_counter(), Found(load=load())
    brief_of(name)(found)
    save(name, found, time.perf_counter() - start, GOALS)
    return 0


def _measure(name: str, quick: bool, keep: bool) -> int:
    """Run one scenario here; what a profiler slows down is not kept."""
    start, found = time.perf_counter(), Found(load=load())
    run_of(name)(found, quick)
    if keep:
        save(name, found, time.perf_counter() - start, QUICK if quick else FOLDER)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
