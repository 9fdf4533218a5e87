"""Journeys through the pages, without a browser."""

from __future__ import annotations

import pytest

from tests.pages.visit import Visit


@pytest.fixture
def visit() -> Visit:
    return Visit()
