"""The style of what the recipe writes: `python -m tests.recipe`, run by `make lint`; tests need no ruff."""

import shutil
import sys
import tempfile
from pathlib import Path

from tests.recipe.steps import NOT_NEEDED, STEPS, run, take
from tests.support.tree import ROOT


def main() -> int:
    """Take all steps in a copy of the tree; print what ruff says of the files, and return 1 if it is anything."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "atelier"
        shutil.copytree(ROOT, tree, ignore=NOT_NEEDED)
        written = sorted(name for name in take(tree, STEPS) if name.endswith(".py"))
        checks = (("check",), ("format", "--check"))
        told = [run(tree, "-m", "ruff", *check, "--no-cache", *written) for check in checks]
    wrong = [each.stdout + each.stderr for each in told if each.returncode]
    print("".join(wrong), end="")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
