"""Coroutines in a thread of their own: the browser tests leave an event loop running in pytest's."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def run_apart(work: Callable[..., Coroutine[Any, Any, Any]], *arguments: Any, seconds: float) -> Any:
    """Return what `work(*arguments)` comes to. Raises what it raises, or TimeoutError."""

    async def within() -> Any:
        async with asyncio.timeout(seconds):
            return await work(*arguments)

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(within())).result()
