"""Journeys through the pages, without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner

from pensebete.storage.engine import Store
from tests.databases import new_store
from tests.pages.visit import Visit


@pytest.fixture(scope="session", autouse=True)
def _packages_looked_through_once() -> Iterator[None]:
    """For each visit AppTest looks through every installed package for components: nearly half of what a test took."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture
def visit() -> Visit:
    return Visit()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Where dossiers are saved, of this test alone."""
    with closing(new_store(tmp_path)) as found:
        yield found
