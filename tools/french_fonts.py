"""`python -m tools.french_fonts`: makes the fonts of the screens of the vendored ones: French, and a third smaller.

What French is not written with comes from the whole font, which a browser asks for only when such a character is shown:
both stand in `fonts.css`, told apart by `unicode-range`. The licence (OFL, no reserved name) allows it.
"""

import subprocess
import sys
from pathlib import Path

FONTS = Path(__file__).parent.parent / "atelier" / "static" / "fonts"
NAME = "atkinson-hyperlegible-next-5.3.0-{}-{}.woff2"
WEIGHTS = (400, 700)
FRENCH = (
    "U+0020-007E, U+00A0, U+00A7, U+00AB, U+00B0, U+00B7, U+00BB, U+00C0, U+00C2, U+00C6-00CB, U+00CE, U+00CF, U+00D4, "
    "U+00D7, U+00D9, U+00DB, U+00DC, U+00E0, U+00E2, U+00E4, U+00E6-00EB, U+00EE, U+00EF, U+00F1, U+00F4, U+00F6, "
    "U+00F9, U+00FB, U+00FC, U+00FF, U+0152, U+0153, U+0178, U+2013, U+2014, U+2018, U+2019, U+201C, U+201D, U+2022, "
    "U+2026, U+20AC, U+2190-2193, U+2197, U+2212"
)
"""As `unicode-range` and fontTools write it."""
FEATURES = "kern,mark,mkmk,ccmp,locl,tnum,liga,calt"
"""What the style sheets use, and what browsers apply of themselves."""


def main() -> None:
    """Write a file a weight."""
    for weight in WEIGHTS:
        subprocess.run(
            [
                sys.executable, "-m", "fontTools.subset", FONTS / NAME.format("latin", weight),
                f"--unicodes={FRENCH.replace(' ', '')}", "--flavor=woff2", f"--layout-features={FEATURES}",
                f"--output-file={FONTS / NAME.format('french', weight)}",
            ],
            check=True,
        )  # fmt: skip


if __name__ == "__main__":
    main()
