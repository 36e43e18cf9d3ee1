"""Compiled templates, kept between starts where Python keeps what it compiles of modules."""

import contextlib
import sys
from pathlib import Path

from jinja2.bccache import Bucket, FileSystemBytecodeCache


class TemplateBytecode(FileSystemBytecodeCache):
    """One file a template in `__pycache__`, believed while template, Jinja and Python are the same.

    Where that folder cannot be written, or Python is told to keep nothing, each start compiles anew.
    """

    def __init__(self, templates: Path) -> None:
        super().__init__(str(templates / "__pycache__"), "%s.pyc")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read what is kept of a template; nothing when it is not as it was written."""
        with contextlib.suppress(OSError, EOFError, ValueError, TypeError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template that was just compiled."""
        if sys.dont_write_bytecode:
            return
        with contextlib.suppress(OSError):
            Path(self.directory).mkdir(exist_ok=True)
            super().dump_bytecode(bucket)
