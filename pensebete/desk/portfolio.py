"""Many rows as one portfolio: a row an enterprise, in the order in which to call, whatever order the files came in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from typing import Literal

from pensebete.assessment.dossier_file import Problem
from pensebete.assessment.review.carried import carried
from pensebete.assessment.review.merge import merged
from pensebete.assessment.review.model import Review
from pensebete.checklist.model import Checklist
from pensebete.desk.enterprises import Enterprise, enterprises, grouped
from pensebete.desk.intake import Refused
from pensebete.desk.remarked import NOTHING, Remarked, remarked
from pensebete.desk.row import Row
from pensebete.desk.said import Said, unsent
from pensebete.desk.triage import urgency
from pensebete.text.folded import folded

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
    remarked: Remarked = NOTHING

    @property
    def lane(self) -> Lane:
        return "to_verify" if self.row.to_verify else "order"

    @property
    def past_cycles(self) -> tuple[Row, ...]:
        return tuple(old for old in self.earlier if self.of_past_cycle(old))

    @property
    def cycles_before(self) -> tuple[Entry, ...]:
        """Its past cycles, each as the row that it was: what was said of one is kept under the key of that."""
        cycles = grouped(self.past_cycles, lambda row: row.id or row.digest)
        return tuple(Entry(rank=self.rank, row=latest, earlier=tuple(earlier)) for latest, *earlier in cycles)

    def of_past_cycle(self, row: Row) -> bool:
        """Whether it is a dossier that a new cycle was begun from since: its figures are those of that time."""
        return row.id != self.row.id

    @property
    def of_dossier(self) -> tuple[Row, ...]:
        """Its row and those before, of this very dossier: what was remarked about another is not about this one."""
        return (self.row, *(row for row in self.earlier if row.id == self.row.id))

    @property
    def key(self) -> str:
        """What this row alone is known by: the id of its dossier, and the name it stands under."""
        return entry_key(self.row, next((row.organisation for row in self.of_dossier if folded(row.organisation)), ""))


@dataclass(frozen=True, slots=True)
class Portfolio:
    entries: tuple[Entry, ...]
    refused: tuple[Refused, ...]


def entry_key(row: Row, organisation: str) -> str:
    return " ".join((row.id or row.digest, *folded(organisation)))


def names_found(entries: Iterable[Entry]) -> dict[str, str]:
    """Of what was said or noted of a dossier without a name, the key it has now: its own, of those that got a name."""
    found = {}
    of_all = list(entries)
    as_they_are = {entry.key for entry in of_all}  # one without a name that is another's keeps what was said of it
    for entry in of_all:
        unnamed = entry_key(entry.row, "")
        if unnamed not in as_they_are and any(not folded(row.organisation) for row in entry.of_dossier):
            found[unnamed] = entry.key
    return found


def portfolio(
    found: Iterable[Row | Refused], said: Mapping[str, Said] = {}, checklists: Mapping[str, Checklist] = {}
) -> Portfolio:
    """`said`: what was said at a desk, by the key of each entry; `checklists`, by id: those the rows were read with."""
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
    came = _came(rows)
    lost: dict[str, list[Problem]] = {}
    for row in rows:
        if of_review := [note for note in row.notes if note.id.startswith("review.")]:
            lost.setdefault(row.digest, []).extend(of_review)
    if lost:
        entries = [_with_notes(entry, lost) for entry in entries]
    if came or said:
        entries = [_with_remarks(entry, came, said.get(entry.key), checklists) for entry in entries]
    return Portfolio(
        tuple(replace(entry, rank=rank) for rank, entry in enumerate(entries, 1)),
        tuple(sorted(refused, key=lambda one: (one.file, [(p.id, sorted(p.values.items())) for p in one.problems]))),
    )


def said_anew(
    made: Portfolio, rows: Iterable[Row], key: str, said: Said, checklists: Mapping[str, Checklist] = {}
) -> Portfolio:
    """The same, with what was just said of one entry: it moves no row."""
    came = _came(rows)
    entries = (_with_remarks(entry, came, said, checklists) if entry.key == key else entry for entry in made.entries)
    return replace(made, entries=tuple(entries))


def _came(rows: Iterable[Row]) -> dict[str, list[Review]]:
    """What came in files, by the digest of the dossier."""
    came: dict[str, list[Review]] = {}
    for row in rows:
        if row.review:
            came.setdefault(row.digest, []).append(row.review)
    return came


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


def _with_notes(entry: Entry, lost: Mapping[str, Sequence[Problem]]) -> Entry:
    """A review that could not be read is told, whichever copy of the dossier it came with, or of those before."""
    notes = list(entry.row.notes)
    for row in entry.of_dossier:
        notes += (note for note in lost.get(row.digest, ()) if note not in notes)
    return replace(entry, row=replace(entry.row, notes=tuple(notes)))


def _with_remarks(
    entry: Entry, came: Mapping[str, Sequence[Review]], said: Said | None, checklists: Mapping[str, Checklist]
) -> Entry:
    """`came`: what came in files, by the digest of the dossier, as carried to its checklist."""
    reviews = [review for row in entry.of_dossier for review in came.get(row.digest, ())]
    if not reviews and not said:
        return entry
    to_send = len(unsent(said, reduce(merged, reviews) if reviews else None)) if said else 0
    if said:
        checklist = checklists.get(entry.row.checklist) if entry.row.read_with else None
        reviews.append(carried(said.review, checklist) if checklist else said.review)
    return replace(entry, remarked=remarked(reviews, entry.row.lines, to_send))


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
