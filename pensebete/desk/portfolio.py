"""Many rows as one portfolio: a row an enterprise, in the order in which to call, whatever order the files came in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from pensebete.desk.doubt import folded
from pensebete.desk.enterprises import Enterprise, enterprises, grouped
from pensebete.desk.intake import Refused
from pensebete.desk.row import Row
from pensebete.desk.triage import urgency

# Where a row is shown; its place in the order is the same wherever that is.
Lane = Literal["order", "to_verify"]
_SHORTEST_ID = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """An enterprise: its latest dossier, those before, and what tells it from others of its name."""

    rank: int  # from 1
    row: Row
    same_in: tuple[str, ...] = ()  # other files that carry the very same dossier
    earlier: tuple[Row, ...] = ()  # the latest first, those of past cycles too
    other_names: tuple[str, ...] = ()  # of organisations whose dossiers have the same id, or one that it leads to
    apart: str = ""  # « Lévis · 81b2 », where another enterprise has the same name

    @property
    def lane(self) -> Lane:
        return "to_verify" if self.row.to_verify else "order"

    @property
    def versions(self) -> tuple[Row, ...]:
        """What there is of its dossier from before, of the same cycle."""
        return tuple(old for old in self.earlier if not self.of_past_cycle(old))

    @property
    def past_cycles(self) -> tuple[Row, ...]:
        return tuple(old for old in self.earlier if self.of_past_cycle(old))

    def of_past_cycle(self, row: Row) -> bool:
        """Whether it is a dossier that a new cycle was begun from since: its figures are those of that time."""
        return row.id != self.row.id


@dataclass(frozen=True, slots=True)
class Portfolio:
    entries: tuple[Entry, ...]
    refused: tuple[Refused, ...]


def portfolio(found: Iterable[Row | Refused]) -> Portfolio:
    refused = []
    rows: list[Row] = []
    for one in found:
        if isinstance(one, Refused):
            refused.append(one)
        else:
            rows.append(one)
    entries = [_entry(one) for one in enterprises(rows)]
    entries = list(_named_apart(entries))
    entries.sort(key=lambda entry: _order(entry.row))
    return Portfolio(
        tuple(replace(entry, rank=rank) for rank, entry in enumerate(entries, 1)),
        tuple(sorted(refused, key=lambda one: (one.file, [(p.id, sorted(p.values.items())) for p in one.problems]))),
    )


def short_id(row: Row, length: int = _SHORTEST_ID) -> str:
    """The beginning of its id; of what it says, where it has none."""
    return (row.id or row.digest)[:length]


def _order(row: Row) -> tuple[object, ...]:
    """Reasons first; then the oldest answers, the name, the id. The rest only makes two runs say the same."""
    answered = row.answered[1] if row.answered else date.min
    name = folded(row.organisation)
    return urgency(row.why), answered, not name, name, row.id, row.organisation, row.digest, row.file


def _entry(enterprise: Enterprise) -> Entry:
    latest, *earlier = enterprise.copies
    return Entry(
        rank=0,
        row=latest[0],
        same_in=tuple(copy.file for copy in latest[1:]),
        earlier=tuple(same[0] for same in earlier),
        other_names=enterprise.other_names,
    )


def _named_apart(entries: Sequence[Entry]) -> Iterator[Entry]:
    for same_name in grouped(entries, lambda entry: folded(entry.row.organisation)):
        if len(same_name) == 1:
            yield same_name[0]
            continue
        ids = [short_id(entry.row, 64) for entry in same_name]
        length = next((n for n in range(_SHORTEST_ID, 64) if len({id[:n] for id in ids}) == len(ids)), 64)
        for entry in same_name:
            where = entry.row.contact.municipality.strip()
            yield replace(entry, apart=" · ".join(part for part in (where, short_id(entry.row, length)) if part))
