"""A document that is a text and nothing more: Markdown, a calendar, a mail, a page."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


class NothingToSay(Exception):  # noqa: N818 - what is so, not what went wrong
    """The workshop has nothing that this document is about. The argument: a code of `failures.SENTENCES`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainText:
    """What stands in the file, line ends included."""

    text: str
    format: str = "text"

    def as_json(self) -> dict[str, Any]:
        """Return it as what `json.dumps` takes."""
        return asdict(self)


def write_text(content: dict[str, Any], output: Path) -> None:
    """Write the text as UTF-8. In the worker only."""
    output.write_bytes(content["text"].encode())
