"""Fixtures that every test of the core shares, and how hypothesis looks for cases."""

from __future__ import annotations

from os import environ

import pytest
from hypothesis import HealthCheck, settings

from pensebete.checklist import Checklist
from pensebete.checklist_file import load, read
from tests.builders import MINIMAL, SHIPPED

# Derandomized everywhere: a run says the same thing twice. PENSEBETE_EXPLORE=1 looks for new cases, and for longer.
settings.register_profile(
    "repeatable",
    deadline=None,
    derandomize=True,
    max_examples=100,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("explore", deadline=None, max_examples=2000)
settings.load_profile("explore" if environ.get("PENSEBETE_EXPLORE") else "repeatable")


@pytest.fixture(scope="session")
def checklist() -> Checklist:
    """The checklist that ships."""
    return load(SHIPPED)


@pytest.fixture(scope="session")
def minimal() -> Checklist:
    """A small sound checklist that has one of each thing."""
    checklist, mistakes = read(MINIMAL.read_text(encoding="utf-8"))
    assert checklist is not None, mistakes
    return checklist
