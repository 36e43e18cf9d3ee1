"""Spans that begin with a fact: an undo, a grace, a press that is the same one. Unix milliseconds throughout."""


def left_of(window_ms: int, since: int, at: int) -> int:
    """Return what is left at `at` of a window that began at `since`; below zero when it is over.

    Should the clock have been put back in between, the time before `since` counts like the time after it: a window is
    never open for longer than twice its length.
    """
    return window_ms - abs(at - since)


def is_open(window_ms: int, since: int, at: int) -> bool:
    """Tell whether a window that began at `since` is still open at `at`."""
    return left_of(window_ms, since, at) >= 0
