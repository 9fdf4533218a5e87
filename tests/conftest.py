"""Fixtures that every test of the core shares, and how hypothesis looks for cases."""

from __future__ import annotations

import gc
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from os import environ
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from pensebete.checklist.loading import read
from pensebete.checklist.model import Checklist
from pensebete.evaluation import evaluation
from tests.builders import CHECKLIST, MINIMAL

# Derandomized everywhere: a run says the same thing twice. PENSEBETE_EXPLORE=1, as `make thorough` runs them, looks for
# new cases, and for forty times as long.
settings.register_profile(
    "repeatable",
    deadline=None,
    derandomize=True,
    max_examples=12,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("explore", deadline=None, max_examples=500, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("explore" if environ.get("PENSEBETE_EXPLORE") else "repeatable")


@pytest.fixture(autouse=True)
def _main_stays() -> Iterator[None]:
    """AppTest leaves the script it ran as __main__, which a process started later would import."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session", autouse=True)
def _own_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What a test saves or has accepted is in a folder of its own: never in the one of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PENSEBETE_DATABASE_URL", f"sqlite:///{tmp_path_factory.mktemp('data')}/pensebete.sqlite3")
        yield


@pytest.fixture(scope="session")
def checklist() -> Checklist:
    """The checklist that ships."""
    return CHECKLIST


@pytest.fixture(scope="session")
def minimal() -> Checklist:
    """A small sound checklist that has one of each thing."""
    checklist, diagnostics = read(MINIMAL.read_text(encoding="utf-8"))
    assert checklist is not None, diagnostics
    return checklist


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--every-combination", action="store_true", help="of states, languages, widths: minutes, not seconds"
    )
    parser.addoption(
        "--slow-browser", action="store_true", help="a phone of long ago on a slow line: what waits for nothing fails"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests marked `soak` are minutes together, and run by `make thorough` alone."""
    if not config.getoption("every_combination"):
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("soak")])
        items[:] = [item for item in items if not item.get_closest_marker("soak")]


def pytest_collection_finish() -> None:
    """What was imported stays: to look through it for what is dead, again and again, is a tenth of the tests' time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How many times each part of an Evaluation was computed."""
    counted: Counter[str] = Counter()

    def counting(name: str) -> Callable[..., Any]:
        truly = getattr(evaluation, name)

        def count(*arguments: Any) -> Any:
            counted[name] += 1
            return truly(*arguments)

        return count

    of_items = ("item_states", "item_states_after")
    for name in (*of_items, "readiness", "action_plan", "projection", "gains", "orphans", "missing"):
        monkeypatch.setattr(evaluation, name, counting(name))
    return counted
