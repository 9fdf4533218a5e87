"""Journeys through the pages, without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pensebete.storage.engine import Store, open_store
from pensebete.storage.schema import migrate
from tests.pages.visit import Visit


@pytest.fixture
def visit() -> Visit:
    return Visit()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Where dossiers are saved, of this test alone."""
    with closing(open_store(f"sqlite:///{tmp_path}/dossiers.sqlite3")) as found:
        migrate(found)
        yield found
