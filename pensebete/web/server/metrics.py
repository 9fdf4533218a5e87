"""Counts for Prometheus, at an address of their own, where PENSEBETE_METRICS_PORT names one; else nothing is counted.

What is done, how long it took, what was refused: nothing that anybody said, no address, no id. A label is one of a few
words that stand in this program; no visitor makes a new one.
"""

from __future__ import annotations

import logging
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from streamlit.runtime import Runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner

if TYPE_CHECKING:  # without the setting it is not imported
    from prometheus_client import Counter, Gauge, Histogram

METRICS_PORT = "PENSEBETE_METRICS_PORT"  # 9501, for this machine alone; 0.0.0.0:9501 for others too
Refusal = Literal["requests", "pages", "uploads", "dossiers", "origin", "message", "draining"]
Save = Literal["saved", "waits", "new"]
_REFUSALS: tuple[Refusal, ...] = ("requests", "pages", "uploads", "dossiers", "origin", "message", "draining")
_SAVES: tuple[Save, ...] = ("saved", "waits", "new")
_PAGES = frozenset(path.stem for path in (Path(__file__).parents[3] / "pages").glob("*.py"))
_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_LOG = logging.getLogger(__name__)


class Counts:
    """What is counted in this process."""

    def __init__(self) -> None:
        from prometheus_client import (
            CollectorRegistry,
            Counter,
            Gauge,
            Histogram,
            ProcessCollector,
            disable_created_metrics,
        )

        disable_created_metrics()  # type: ignore[no-untyped-call]  # one more line for each, which nobody reads
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.visits: Gauge = Gauge("pensebete_visits_open", "Pages that are open", registry=self.registry)
        self.visits.set_function(_visits)
        self.runs: Histogram = Histogram(
            "pensebete_run_seconds",
            "Time that a run of a page took, once it had its turn",
            ["page"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.waits: Histogram = Histogram(
            "pensebete_turn_wait_seconds",
            "Time that a run waited for its turn",
            buckets=(0.001, *_SECONDS),
            registry=self.registry,
        )
        self.saves: Counter = Counter(
            "pensebete_saves", "Changes of saved dossiers, by what came of it", ["outcome"], registry=self.registry
        )
        self.refusals: Counter = Counter(
            "pensebete_refusals", "What was refused, by what was too much of it", ["kind"], registry=self.registry
        )
        # From the start, so that the first one is seen as a rise.
        for outcome in _SAVES:
            self.saves.labels(outcome)
        for kind in _REFUSALS:
            self.refusals.labels(kind)


_counts: Counts | None = None


def count_refusal(kind: Refusal) -> None:
    if _counts:
        _counts.refusals.labels(kind).inc()


def count_save(outcome: Save) -> None:
    """`new`: a dossier that was saved for the first time; `waits`: the database could not take it now."""
    if _counts:
        _counts.saves.labels(outcome).inc()


def count_wait(seconds: float) -> None:
    if _counts:
        _counts.waits.observe(seconds)


def tell_metrics() -> None:
    """Once, before the app is made: count from here on and answer at the address, where the setting names one."""
    global _counts
    where = address_in(os.environ.get(METRICS_PORT, ""))
    if where is None or _counts:
        return
    from prometheus_client import start_http_server

    _counts = Counts()
    try:
        start_http_server(where[1], where[0], registry=_counts.registry)
    except OSError as error:  # the app goes on without
        _LOG.warning("%s: %s cannot be opened: %s", METRICS_PORT, where, error)
    _count_runs(_counts)


def address_in(setting: str) -> tuple[str, int] | None:
    """Host and port; None for none, which includes what is no port."""
    host, _, port = setting.strip().rpartition(":")
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65_536):
        if setting.strip():
            _LOG.warning("%s is no port: %r is left out", METRICS_PORT, setting)
        return None
    return host.strip("[]") or "127.0.0.1", int(port)


def _visits() -> float:
    return Runtime.instance()._session_mgr.num_active_sessions() if Runtime.exists() else 0


def _count_runs(counts: Counts) -> None:
    """Beneath the turns (turns.py), so that no wait is in it."""
    make = ScriptRunner._run_script

    def counted(runner: ScriptRunner, *args: Any, **kwargs: Any) -> None:
        began = time.perf_counter()
        try:
            make(runner, *args, **kwargs)
        finally:
            counts.runs.labels(_page(runner)).observe(time.perf_counter() - began)

    ScriptRunner._run_script = counted  # type: ignore[method-assign,assignment]


def _page(runner: ScriptRunner) -> str:
    """The page that was made: its file in pages/, and nothing that a browser asked for."""
    context = get_script_run_ctx(suppress_warning=True)
    found = runner._pages_manager.get_pages().get(context.page_script_hash) if context else None
    name = Path(str(found["script_path"])).stem if found else ""
    return name if name in _PAGES else "other"
