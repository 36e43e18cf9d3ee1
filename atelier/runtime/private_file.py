"""Files that only their owner may read, replaced as a whole: a reader finds the former content or the new one."""

import os
from pathlib import Path

_OURS = 0o600


def replace_private(path: Path, content: bytes, *, durable: bool = False) -> None:
    """Make `content` the whole of the file; `durable`: on the disk before it gets its name. Raises OSError."""
    fresh = path.with_name(f"{path.name}.part")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OURS), "wb") as file:
        file.write(content)
        if durable:
            file.flush()
            os.fsync(file.fileno())
    fresh.replace(path)
