"""What is counted for Prometheus, and what is not in it."""

from __future__ import annotations

import json
import re

import pytest
from prometheus_client import generate_latest
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner

from pensebete.web.server import metrics
from pensebete.web.server.metrics import Counts, address_in, count_refusal, count_save, count_wait, tell_metrics
from tests.builders import ROOT


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Counts:
    monkeypatch.setattr(metrics, "_counts", found := Counts())
    return found


def test_each_thing_is_counted_under_a_word_of_the_program(counts):
    count_refusal("uploads")
    count_save("waits")
    count_wait(0.3)
    told = generate_latest(counts.registry).decode()
    assert 'pensebete_refusals_total{kind="uploads"} 1.0' in told
    assert 'pensebete_refusals_total{kind="requests"} 0.0' in told  # seen before the first
    assert 'pensebete_saves_total{outcome="waits"} 1.0' in told
    assert 'pensebete_turn_wait_seconds_bucket{le="0.5"} 1.0' in told
    assert "pensebete_visits_open 0.0" in told
    assert "process_resident_memory_bytes" in told


def test_a_run_is_counted_by_its_page_and_one_of_no_page_of_ours_as_other(counts, monkeypatch):
    monkeypatch.setattr(ScriptRunner, "_run_script", lambda _runner: None)
    metrics._count_runs(counts)
    monkeypatch.setattr(metrics, "_page", lambda _runner: "questionnaire")
    ScriptRunner._run_script(object())  # type: ignore[arg-type,call-arg]
    assert 'pensebete_run_seconds_count{page="questionnaire"} 1.0' in generate_latest(counts.registry).decode()


def test_nothing_is_counted_unless_it_is_asked_for(monkeypatch):
    monkeypatch.delenv(metrics.METRICS_PORT, raising=False)
    tell_metrics()
    assert metrics._counts is None
    count_refusal("uploads")
    count_save("saved")


@pytest.mark.parametrize(
    ("setting", "where"),
    [
        ("9101", ("127.0.0.1", 9101)),
        ("0.0.0.0:9101", ("0.0.0.0", 9101)),
        ("[::]:9101", ("::", 9101)),
        ("", None),
        ("0", None),
        ("yes", None),
        ("99999", None),
    ],
)
def test_the_setting_is_a_port_of_this_machine_or_an_address_with_its_port(setting, where):
    assert address_in(setting) == where


def test_the_dashboard_shows_what_is_counted_and_nothing_else(counts):
    board = json.loads((ROOT / "deploy" / "grafana" / "pense-bete.json").read_text(encoding="utf-8"))
    asked = " ".join(target["expr"] for panel in board["panels"] for target in panel["targets"])
    told = generate_latest(counts.registry).decode()
    names = set(re.findall(r"\b(?:pensebete|process)_\w+", asked))
    assert {name for name in names if name.removesuffix("_bucket").removesuffix("_count") not in told} == set()
    ours = set(re.findall(r"^# TYPE (pensebete_\w+?)(?:_total)? ", told, re.MULTILINE))
    assert {name for name in ours if name not in asked} == set()
