"""What every unit test begins with."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _no_loop_is_running() -> Iterator[None]:
    """A test that drives a browser leaves a loop running in this thread, where no other one could begin."""
    left = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(left)
