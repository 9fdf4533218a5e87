"""What the model stands on: what was measured, what is assumed, what a machine costs. Each with where it is from."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from pathlib import Path

# What was measured last, once `--figures FILE --write` has put it into the guide; without it, the defaults below.
KEPT = Path(__file__).with_name("measured.json")


@dataclass(frozen=True)
class Measured:
    """Of one process. By default what docs/benchmarks.md had on 25 November 2026, on two cores."""

    # An answer every ten seconds of each, p95 under a second.
    users_a_process: float = 1120
    seconds_between_answers: float = 10
    app_ms_an_answer: float = 6.63
    # That, and a save on PostgreSQL (2.23 ms, most of which is waiting).
    saved_app_ms_an_answer: float = 8.86
    # Assumed, until they are measured: to open the first page; what nginx does for an answer.
    page_ms: float = 100
    proxy_ms_an_answer: float = 0.4
    # The time of a save on PostgreSQL, all of it: more than its processor's.
    database_ms_an_answer: float = 2.36
    memory_session_kb: float = 178
    # docs/operations.md: 600 MB in all, half of it the children that read files.
    memory_process_mb: float = 300
    children_mb: float = 300
    # So many pages one process has open (PENSEBETE_MOST_VISITS_OF_ALL).
    pages_a_process: float = 3000
    # 300 dossiers of 26 answers each, every second with a note, on PostgreSQL 15 before VACUUM; and its log, a save.
    dossier_kb: float = 23.3
    log_kb_a_save: float = 1.54


@dataclass(frozen=True)
class Assumed:
    """Of the people. Nobody has counted them yet: change them, and see what they change."""

    # Of the enterprises there are, so many come in that week, and so often.
    come: float = 0.6
    visits_each: float = 1.8
    # While somebody answers: the middle one of the visits, and how they differ (of the logarithm).
    minutes: float = 12
    spread: float = 0.7
    # And the page then stays open, unlooked at.
    minutes_left_open: float = 20
    # And steps, which take about as long.
    answers_a_visit: float = 32
    # Saved with a link, rather than kept in the tab.
    saved: float = 0.4
    # At the worst minute, so many times the mean of the week.
    peak: float = 10
    # Of what the processes can bear, so much is used at the worst second: one may die, and its visits come at once.
    used: float = 0.6


@dataclass(frozen=True)
class Machine:
    """Two cores and 8 GiB on demand, in USD an hour: AWS m7g.large in us-east-1, June 2026, as quoted by
    factualminds.com, « Amazon EC2 On-Demand Pricing: Instance Families ». The disk's price is assumed; Montréal's are
    others.
    """

    cores: float = 2
    gib: float = 8
    usd_an_hour: float = 0.0816
    usd_a_gb_month: float = 0.10


def measured_in(file: Path | None) -> Measured:
    """By these names; or as `python -m bench.run processes` writes it, of which the figures with two processes count.

    Raises ValueError where it has another name, or what is no number above nothing.
    """
    if file is None:
        return Measured()
    found = json.loads(file.read_text(encoding="utf-8"))
    if not isinstance(found, dict):
        raise ValueError(f"{file}: no names with their numbers")
    if "two_nginx" in found:
        found = _of_two(found["one"], found["two_nginx"])
    names = {field.name for field in fields(Measured)}
    if strange := set(found) - names:
        raise ValueError(f"{file}: {', '.join(sorted(strange))} is none of {', '.join(sorted(names))}")
    for name, value in found.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
            raise ValueError(f"{file}: {name} is no number above nothing: {value!r}")
    return Measured(**found)


def _of_two(one: dict[str, float], two: dict[str, float]) -> dict[str, float]:
    """What one of two processes bears, on the cores that it shares with nginx, the database and the visitors."""
    names = {field.name for field in fields(Measured)}
    found = {name: value for name, value in {**one, **two}.items() if name in names}
    return {**found, "users_a_process": two["users"] / 2}
