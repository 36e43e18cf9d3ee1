"""Greenlets in servers, threads elsewhere; the only module that knows the difference.

Everything is written with `threading`. In a server those locks, events and threads are greenlets', because the entry
point called `take_over` before anything else was imported; in other commands and in tests they are what they say.
"""

import functools
import gc
import sys
import threading
from _thread import get_ident
from collections.abc import Callable
from typing import Any, TypeVar

WORKERS = 12
"""Native threads for blocking calls: more than `COMMITTERS`, so that a workshop can still be opened."""

SWITCH_S = 0.0005
"""Seconds of sys.setswitchinterval: how long the event loop may hold the interpreter while a commit waits for it."""

COLLECTIONS = (20_000, 20, 50)
"""Arguments of gc.set_threshold(gen0, gen1, gen2)."""

T = TypeVar("T")


def greenlets() -> bool:
    """Tell whether gevent has taken over this process."""
    monkey = sys.modules.get("gevent.monkey")
    return monkey is not None and bool(monkey.is_module_patched("threading"))


def take_over() -> None:
    """Apply gevent's monkey patches. Entry points only, before any other import. Raises ImportError.

    A lock made earlier stays a native one: a greenlet that waits for it stops all the others.
    """
    from gevent import monkey

    monkey.patch_all()


def on_the_loop() -> bool:
    """Tell whether this is a greenlet of the loop, which must not block natively, and no thread of `off_the_loop`."""
    return greenlets() and _native_ident() == _LOOP


def _native_ident() -> int:
    """Return what the system calls this thread: a greenlet's would be its own."""
    if not greenlets():
        return get_ident()
    from gevent import monkey

    ident: int = monkey.get_original("_thread", "get_ident")()
    return ident


_LOOP = _native_ident()
"""The thread that imports this, at the start of every program."""


def tune_gc() -> None:
    """Freeze existing objects and raise the thresholds of the garbage collector. Entry points, after start-up.

    Workshops make many long-lived objects: while a crowd arrived, collections took a third of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTIONS)


def native_lock() -> Any:
    """Return a lock that native threads share: for what runs off the loop, and is held for a moment only."""
    if not greenlets():
        return threading.Lock()
    from gevent import monkey

    return monkey.get_original("_thread", "allocate_lock")()


def off_the_loop(function: Callable[..., T], *arguments: Any) -> T:
    """Run a blocking call in a native thread under gevent, directly otherwise; return or raise what it does.

    `function` must take no lock that a greenlet holds, and must not call this again.
    """
    if not greenlets():
        return function(*arguments)
    result, error = _pool().apply(_caught, (function, arguments))
    if error is not None:
        raise error
    return result


def _caught(function: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[Any, Exception | None]:
    # gevent prints a traceback for every exception that leaves a pool's thread, expected or not.
    try:
        return function(*arguments), None
    except Exception as error:
        return None, error


@functools.cache
def _pool() -> Any:
    from gevent.threadpool import ThreadPool

    # SQLite lets go of the interpreter at every step; a busy loop would give it back after Python's usual 5 ms only.
    sys.setswitchinterval(SWITCH_S)
    return ThreadPool(WORKERS)
