"""Logging: one line an event with its cause, repeats suppressed, no codes, keys, names or texts."""

import errno
import json
import logging
import re
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from types import TracebackType

FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
REPEAT_S = 10.0
"""Seconds for which repeats of a line are suppressed; the next one counts them."""
LINES_KNOWN = 500

_Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

_STANDARD = {*vars(logging.makeLogRecord({})), "message", "asctime", "taskName"}
_CODE = re.compile(r"(?<![0-9A-Za-z_])[2-9A-HJKMNP-Z]{6}(?![0-9A-Za-z_])")
_KEY = re.compile(r"\b(cle|key|token|secret)=[^&\s\"']+")
_SPEAKING = (AttributeError, ImportError, NameError, NotImplementedError, TypeError)
"""Errors whose messages are logged: they quote our code only, where others may quote what somebody typed."""


def set_up(stream_handler: logging.Handler | None = None, json_lines: bool = False) -> None:
    """Send warnings and errors of the whole process to standard error, as lines or as JSON. Call once a process."""
    handler = stream_handler or logging.StreamHandler()
    formatter = JSONFormatter() if json_lines else LineFormatter(FORMAT)
    handler.setFormatter(formatter)
    handler.addFilter(RepeatFilter())
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    # gunicorn has handlers of its own, and names the address whose request failed.
    for other in logging.getLogger("gunicorn.error").handlers:
        other.setFormatter(formatter)


def reason(error: BaseException) -> str:
    """Return the chain of causes by name, without messages: `StorageFailed/ENOSPC/SQLITE_FULL`."""
    return "/".join(dict.fromkeys(map(_name, _chain(error))))


def masked(text: str) -> str:
    """Return `text` without the codes of workshops and the keys of links in it."""
    known = set(errno.errorcode.values())
    hidden = _CODE.sub(lambda found: found[0] if found[0] in known else "······", text)
    return _KEY.sub(r"\1=···", hidden)


class LineFormatter(logging.Formatter):
    """Appends the fields of `extra` to the line, and keeps the messages of errors out of tracebacks."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging calls it
        """Return the line, `key=value` for each field at its end."""
        fields = {name: value for name, value in vars(record).items() if name not in _STANDARD}
        told = "".join(f" {name}={value}" for name, value in fields.items())
        return masked(super().formatMessage(record) + told)

    def formatException(self, ei: _Raised) -> str:  # noqa: N802 - logging calls it
        """Return the traceback, first cause first, without messages that may quote a person."""
        raised = list(_chain(ei[1])) if ei[1] is not None else []
        return "\n".join(_where(each) for each in reversed(raised))


class JSONFormatter(LineFormatter):
    """One JSON object a record, for collectors of logs: the same fields, masked alike."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the object on one line."""
        fields = {name: value for name, value in vars(record).items() if name not in _STANDARD}
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": masked(record.getMessage()),
            **{name: masked(str(value)) for name, value in fields.items()},
        }
        if record.exc_info:
            told["trace"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


class RepeatFilter(logging.Filter):
    """Logging filter that lets an identical line through once in `REPEAT_S`, so that nobody can fill the disk."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._lock = threading.Lock()
        self._seen: dict[tuple[str, str, str], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether to write the record; its field `repeats` counts those suppressed before."""
        raised = record.exc_info[1] if record.exc_info else None
        why = str(getattr(record, "reason", "")) or (reason(raised) if raised else "")
        # What others say may quote anything: each time another line would be no bound.
        said = record.getMessage() if record.name.startswith("atelier") else str(record.msg)
        key, now = (record.name, said, why), self._clock()
        with self._lock:
            at, left_out = self._seen.get(key, (now - REPEAT_S, 0))
            if now - at < REPEAT_S:
                self._seen[key] = at, left_out + 1
                return False
            if len(self._seen) >= LINES_KNOWN:
                self._seen.clear()
            self._seen[key] = now, 0
        if left_out:
            record.repeats = left_out
        return True


def _chain(error: BaseException) -> Iterator[BaseException]:
    following: BaseException | None = error
    seen: set[int] = set()
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        yield following
        following = following.__cause__ or (None if following.__suppress_context__ else following.__context__)


def _name(error: BaseException) -> str:
    said = getattr(error, "sqlite_errorname", None)
    number = getattr(error, "errno", None)
    return said or errno.errorcode.get(number or 0) or type(error).__name__


def _where(error: BaseException) -> str:
    frames = "".join(traceback.format_list(traceback.extract_tb(error.__traceback__)))
    said = f": {masked(str(error))}" if isinstance(error, _SPEAKING) else ""
    return f"{frames}{_name(error)}{said}"
