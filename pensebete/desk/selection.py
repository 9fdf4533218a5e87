"""Which rows of a portfolio are shown, and in which order: what an advisor searches, filters and sorts by."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from pensebete.desk.portfolio import Entry, Lane
from pensebete.desk.triage import ReasonCode
from pensebete.text.folded import folded

Reading = Literal["unread", "read"]
SortBy = Literal["order", "name", "oldest", "late"]
SORTS: tuple[SortBy, ...] = get_args(SortBy)
# How the remarks about an enterprise stand: it answered some, some wait for its answer, some have not left.
Stand = Literal["answered", "open", "to_send"]
STANDS: tuple[Stand, ...] = get_args(Stand)


@dataclass(frozen=True, slots=True)
class Selection:
    """None, and an empty search, let everything through."""

    search: str = ""
    lane: Lane | None = None
    reason: ReasonCode | None = None
    reading: Reading | None = None
    stand: Stand | None = None
    sort: SortBy = "order"


def selected(entries: Iterable[Entry], by: Selection, read: Container[str] = ()) -> list[Entry]:
    """Of two rows that a sort cannot tell apart, the first to call comes first. `read` are the digests of rows."""
    words = folded(by.search)
    found = [entry for entry in entries if _let_through(entry, by, words) and _is(by.reading, entry, read)]
    match by.sort:
        case "name":
            found.sort(key=lambda entry: (not entry.row.organisation, folded(entry.row.organisation)))
        case "oldest":
            found.sort(key=lambda entry: entry.row.answered[1] if entry.row.answered else date.min)
        case "late":
            found.sort(key=lambda entry: -len(entry.row.result.late) if entry.row.result else 0)
    return found


def reasons_in(entries: Iterable[Entry]) -> dict[ReasonCode, int]:
    """How many rows have each reason."""
    found: dict[ReasonCode, int] = {}
    for entry in entries:
        for reason in {why.reason for why in entry.row.why}:
            found[reason] = found.get(reason, 0) + 1
    return found


def stands_in(entries: Iterable[Entry]) -> dict[Stand, int]:
    """How many rows stand so; those that none does are left out."""
    found = list(entries)
    counts = {stand: sum(stands(entry, stand) for entry in found) for stand in STANDS}
    return {stand: n for stand, n in counts.items() if n}


def stands(entry: Entry, stand: Stand) -> bool:
    return bool(getattr(entry.remarked, stand))


def _let_through(entry: Entry, by: Selection, words: Sequence[str]) -> bool:
    if by.lane not in (None, entry.lane) or (by.reason and all(why.reason != by.reason for why in entry.row.why)):
        return False
    if by.stand and not stands(entry, by.stand):
        return False
    return not words or _has(entry, words)


def _is(reading: Reading | None, entry: Entry, read: Container[str]) -> bool:
    return reading is None or (reading == "read") == (entry.row.digest in read)


def _has(entry: Entry, words: Sequence[str]) -> bool:
    """Whether each word begins one of those that name the enterprise: itself, its town, who answers, its files."""
    row, contact = entry.row, entry.row.contact
    said = (row.organisation, entry.apart, contact.name, contact.municipality, contact.email, row.prepared_by, row.file)
    own = {word for text in said for word in folded(text)} | {"".join(folded(contact.phone))}
    return all(any(one.startswith(word) for one in own) for word in words)
