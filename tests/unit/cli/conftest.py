"""Calls of the command line, a few hundred, in this process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import pytest

from pensebete.checklist import loading
from pensebete.checklist.model import Checklist


@pytest.fixture(scope="package", autouse=True)
def _same_text_read_once() -> Iterator[None]:
    """Each call loads the checklist, nearly always the one that ships: to read it took most of what a call takes.

    What reading says of a text is tried beside it (tests/unit/checklist), and with it by those that run the program.
    """
    again = lru_cache(maxsize=8)(loading.read)

    def read(source: str | bytes, today: date | None = None, accepted: Sequence[Checklist] = ()) -> Any:
        return loading_read(source, today, accepted) if today or accepted else again(source)

    loading_read = loading.read
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "read", read)
        yield
