"""The calls of a desk: which enterprises were read, which comes before and after the one that is open, their sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from pensebete.desk.call_sheet import CallSheet, call_sheet
from pensebete.desk.portfolio import Entry
from pensebete.web.session.desk import _desk, desk_portfolio, read_with
from pensebete.web.session.state import today


def read_on(entry: Entry) -> date | None:
    """The day on which its dossier was marked as read; a newer dossier of an enterprise is still to read."""
    return _desk().read.get(entry.row.digest)


def all_read() -> frozenset[str]:
    """The digests of the rows that were read."""
    return frozenset(_desk().read)


def mark_read(digest: str) -> None:
    desk = _desk()
    if digest not in desk.read:
        desk.read[digest] = today()
        desk.changed = True


def unmark_read(digest: str) -> None:
    desk = _desk()
    desk.changed = desk.read.pop(digest, None) is not None or desk.changed


def walk_along(entries: Sequence[Entry]) -> None:
    """From here on one goes from one of these to the next: the list as it is shown, filtered and sorted."""
    _desk().walk = tuple(entry.row.digest for entry in entries)


def place_on_walk(entry: Entry) -> tuple[int, int, Entry | None, Entry | None]:
    """Which one of how many it is, the one before and the one after; of all of them, where the list had it not."""
    entries = {one.row.digest: one for one in desk_portfolio().entries}
    walk = [digest for digest in _desk().walk if digest in entries]
    if entry.row.digest not in walk:
        walk = list(entries)
    at = walk.index(entry.row.digest)
    before = entries[walk[at - 1]] if at else None
    after = entries[walk[at + 1]] if at + 1 < len(walk) else None
    return at + 1, len(walk), before, after


def desk_sheet(entry: Entry) -> CallSheet:
    """Its call sheet, remembered while it is open."""
    desk = _desk()
    if desk.sheet is None or desk.sheet.entry is not entry:
        [desk.sheet] = desk_sheets([entry])
    return desk.sheet


def desk_sheets(entries: Iterable[Entry]) -> Iterator[CallSheet]:
    """One after the other, remembered by nobody."""
    dossiers = {row.digest: taken.dossier for taken, row in _desk().found}
    asked = read_with()
    for entry in entries:
        before = dossiers[entry.earlier[0].digest] if entry.earlier else None
        yield call_sheet(entry, dossiers[entry.row.digest], before, asked)
