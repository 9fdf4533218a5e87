"""What was seen of faults: as a table for people, as JSON for programs, in docs/faults.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any

from bench.load.vital_signs import Growth

_HEADS = (
    "fault",
    "database",
    "times",
    "answers acknowledged",
    "lost",
    "without saving: median, worst",
    "looks that said « attend »",
)
_ALIGNED = ("---", "---", *["---:"] * 5)


@dataclass(frozen=True)
class Outcome:
    """Of one fault, once."""

    site: str
    fault: str
    seconds: tuple[float, ...]  # of each visitor, the longest between two moments when its page said that all is saved
    acknowledged: int  # until then, since the one before
    lost: int
    looks_that_wait: int


@dataclass
class Report:
    """Of one site, until its end."""

    site: str
    outcomes: list[Outcome] = field(default_factory=list)
    growths: list[Growth] = field(default_factory=list)
    unheard: int = 0  # answers whose visitor lost its line before it heard of them
    most_connections: int = 0
    wrong: list[str] = field(default_factory=list)  # whatever should not have been seen, in words


def table(reports: Iterable[Report]) -> list[str]:
    rows = [_HEADS, _ALIGNED]
    for report in reports:
        for fault in dict.fromkeys(one.fault for one in report.outcomes):
            rows.append(_row([one for one in report.outcomes if one.fault == fault]))
    return ["| " + " | ".join(row) + " |" for row in rows]


def _row(same: Sequence[Outcome]) -> tuple[str, ...]:
    seconds = [one for outcome in same for one in outcome.seconds]
    return (
        same[0].fault,
        same[0].site,
        str(len(same)),
        f"{sum(one.acknowledged for one in same):,}",
        str(sum(one.lost for one in same)),
        f"{median(seconds):.1f} s, {max(seconds):.1f} s",
        str(sum(one.looks_that_wait for one in same)),
    )


def sentences(reports: Iterable[Report]) -> list[str]:
    """What holds all along, a line of a list each; and what was wrong."""
    lines = []
    for report in reports:
        acknowledged = sum(one.acknowledged for one in report.outcomes)
        lost = sum(one.lost for one in report.outcomes)
        told = [
            f"{len(report.outcomes)} faults, {acknowledged:,} answers acknowledged, {lost} lost, "
            f"{report.unheard:,} more on their way when a line closed"
        ]
        if report.growths:
            told.append(_longest_lived(report.growths))
        if report.most_connections:
            told.append(f"at most {report.most_connections} connections to the primary")
        lines.append(f"- {report.site}: {'; '.join(told)}.")
        lines += [f"- **{report.site}: {what}**" for what in report.wrong]
    return lines


def _longest_lived(growths: Sequence[Growth]) -> str:
    one = max(growths, key=lambda growth: growth.last.age - growth.first.age)
    first, last = one.first, one.last
    return (
        f"of the process that lived longest, in {last.age - first.age:.0f} s, memory {first.memory:.0f} MB then "
        f"{last.memory:.0f} MB, open files {first.files} then {last.files}, threads {first.threads} then {last.threads}"
    )


def as_json(reports: Sequence[Report], **about: Any) -> dict[str, Any]:
    return {**about, "sites": [asdict(report) for report in reports]}


def put_in(page: str, section: str, text: str) -> str:
    """A page with another text under one of its headings."""
    heading = f"\n## {section}\n"
    before, found, after = page.partition(heading)
    if not found:
        raise ValueError(f"no section {section}")
    _, more, rest = after.partition("\n## ")
    return f"{before}{heading}\n{text.strip()}\n{more}{rest}"
