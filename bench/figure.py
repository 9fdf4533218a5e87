"""What a measurement hands over: lines of a table, ours beside the yardstick, and whether the aim is met."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median


@dataclass(frozen=True)
class Line:
    """One line of a table. `limit` bounds the ratio of ours to the yardstick's, or ours itself if `of_ours`."""

    what: str
    ours: float | None
    yardstick: float | None = None
    unit: str = "ms"
    limit: float | None = None
    of_ours: bool = False
    at_least: bool = False

    @property
    def ratio(self) -> float | None:
        return self.ours / self.yardstick if self.ours is not None and self.yardstick else None

    @property
    def aim(self) -> str:
        if self.limit is None:
            return ""
        sign = "≥" if self.at_least else "≤"
        return f"{sign} {_short(self.limit)} {self.unit}" if self.of_ours else f"{sign} {_short(self.limit)}×"

    @property
    def met(self) -> str:
        if self.limit is None:
            return ""
        measured = self.ours if self.of_ours else self.ratio
        if measured is None:
            return "not measured"
        return "yes" if (measured >= self.limit if self.at_least else measured <= self.limit) else "**no**"

    def cells(self) -> tuple[str, ...]:
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}×"
        return self.what, self._amount(self.ours), self._amount(self.yardstick), ratio, self.aim, self.met

    def _amount(self, amount: float | None) -> str:
        return "" if amount is None else f"{_short(amount)} {self.unit}".strip()


@dataclass(frozen=True)
class Figure:
    """One table of docs/benchmarks.md."""

    title: str
    yardstick: str
    method: str
    lines: Sequence[Line]
    remarks: Sequence[str] = field(default_factory=tuple)


def p95(values: Sequence[float]) -> float:
    """The smallest value that 95 % of them do not exceed."""
    return sorted(values)[math.ceil(0.95 * len(values)) - 1]


def median_and_p95(what: str, ours: Sequence[float], yardstick: Sequence[float], limit: float | None) -> list[Line]:
    return [
        Line(f"{what}, median", median(ours), median(yardstick), limit=limit),
        Line(f"{what}, p95", p95(ours), p95(yardstick), limit=limit),
    ]


def _short(number: float) -> str:
    """Three figures that mean something; whole numbers from a hundred up."""
    if abs(number) >= 100 or number == int(number):
        return f"{number:,.0f}"
    return f"{number:.1f}" if abs(number) >= 10 else f"{number:.2f}"
