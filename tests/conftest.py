"""What all tests share. Hypothesis: the same examples on every run, so that a red build is red twice."""

import gc
import os
import sys
from collections.abc import Generator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.ceiling import PART, ceiling

settings.register_profile("house", max_examples=100, derandomize=True, deadline=None, database=None)
settings.register_profile("brief", settings.get_profile("house"), max_examples=10)
"""Plain `pytest`: what is tried while one works; `make test` tries all of the house's."""
settings.register_profile("wander", deadline=None, max_examples=2_000)
"""`pytest --hypothesis-profile=wander` looks for what the usual examples do not show."""
settings.load_profile("house")
if sys.dont_write_bytecode:
    # Workers and dozens of servers would each compile all of it; still no file beside the sources.
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.pycache_prefix = str(Path(__file__).parent.parent / "build" / "bytecode")
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
# Parsed pages are many small objects: a good part of the time went on looking at them again and again.
gc.set_threshold(100_000, 20, 20)


def pytest_configure(config: pytest.Config) -> None:
    """Fewer examples where the slow tests are left out too."""
    if config.option.markexpr and not config.getoption("--hypothesis-profile"):
        settings.load_profile("brief")


def _ceiling(item: pytest.Item) -> AbstractContextManager[None]:
    return ceiling(PART * float(item.config.getini("faulthandler_timeout")))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None]:
    """Give what prepares a test a ceiling."""
    with _ceiling(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """Give the test itself one."""
    with _ceiling(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    """Give what tidies up after it one."""
    with _ceiling(item):
        return (yield)
