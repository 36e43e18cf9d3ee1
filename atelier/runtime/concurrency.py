"""Greenlets in servers, threads elsewhere, and the one place where the program minds.

Everything is written with `threading`. In a server those locks, events and threads are greenlets', because the entry
point called `take_over` before anything else was imported; in other commands and in tests they are what they say.
"""

import functools
import gc
import sys
from collections.abc import Callable
from typing import Any, TypeVar

WORKERS = 12
"""Native threads for what blocks: more than may hang in a commit, so that a workshop can still be opened."""

SWITCH_S = 0.0005
"""How long the loop may keep a commit waiting for the interpreter, each time the commit needs it."""

COLLECTIONS = (20_000, 20, 50)
"""After so many new objects the youngest are searched, every so many times the older, every so many times all."""

T = TypeVar("T")


def greenlets() -> bool:
    """Tell whether gevent has taken over this process."""
    monkey = sys.modules.get("gevent.monkey")
    return monkey is not None and bool(monkey.is_module_patched("threading"))


def take_over() -> None:
    """Let greenlets stand in for threads. Entry points only, before anything else is imported. Raises ImportError.

    A lock made earlier stays a native one: a greenlet that waits for it stops all the others.
    """
    from gevent import monkey

    monkey.patch_all()


def tune_gc() -> None:
    """Let Python look for forgotten circles of objects less often. For entry points, once all is made.

    What was made up to here stays, and workshops make many objects that live: in a storm of arrivals the search took a
    third of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTIONS)


def off_the_loop(function: Callable[..., T], *arguments: Any) -> T:
    """Call what waits for the disk: in a native thread where greenlets share one, right here where threads are native.

    Returns or raises what `function` does. It must take no lock that a greenlet holds, and must not come here again.
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
