"""The process that makes one PDF: `python -m atelier.export.worker FILE`, the report as JSON on standard input.

Its exit status says what went wrong; see `EXITS`. It yields to everything else on the machine.
"""

import contextlib
import errno
import gc
import json
import logging
import sys
from pathlib import Path

from atelier.limits import PDF_MEMORY_BYTES
from atelier.runtime.processes import lower_priority

EXITS = {3: "pango", 4: "disk", 5: "memory"}


def main(arguments: list[str]) -> int:
    """Make the PDF; return the exit status."""
    lower_priority()
    _stay_small()
    gc.disable()  # a short life: collecting costs a tenth of the time and gives little back
    report = json.load(sys.stdin)
    logging.getLogger("weasyprint").addHandler(logging.StreamHandler(sys.stderr))
    try:
        from atelier.export.printing import render_pdf
    except OSError as missing_library:
        print(missing_library, file=sys.stderr)
        return 3
    try:
        render_pdf(report, Path(arguments[0]))
    except MemoryError:
        return 5
    except OSError as error:
        print(f"{error}\nerrno {error.errno}", file=sys.stderr)
        return 5 if error.errno == errno.ENOMEM else 4
    return 0


def _stay_small() -> None:
    """Limit the address space to `PDF_MEMORY_BYTES`, where the system supports it."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (PDF_MEMORY_BYTES, PDF_MEMORY_BYTES))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
