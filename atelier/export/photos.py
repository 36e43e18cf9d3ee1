"""Photos of paper sheets as they are kept, for the archive of everything."""

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """The bytes of a JPEG."""

    body: bytes

    def as_json(self) -> dict[str, Any]:
        """Return it as what `json.dumps` takes."""
        return {"format": "photo", "body": base64.b64encode(self.body).decode()}


def write_photo(content: dict[str, Any], output: Path) -> None:
    """Write the photo as it is. In the worker only."""
    output.write_bytes(base64.b64decode(content["body"]))
