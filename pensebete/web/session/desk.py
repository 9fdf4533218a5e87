"""The desk of this visit: what waits to be read, what was read, the private notes. It goes with the visit."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from uuid import uuid4
from weakref import WeakSet

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pensebete.assessment.dossier_file import Problem, is_json
from pensebete.assessment.review.file import MOST_OF_A_REMARK
from pensebete.assessment.review.model import Author, Review
from pensebete.checklist.model import Checklist
from pensebete.desk.call_sheet import CallSheet
from pensebete.desk.intake import Refused, Taken, taken_in
from pensebete.desk.phrases import MOST_PHRASES, Phrase
from pensebete.desk.portfolio import Entry, Portfolio, entry_key, names_found, portfolio, said_anew
from pensebete.desk.remarking import Draft, Target, signed
from pensebete.desk.row import Asked, Row, row_of
from pensebete.desk.said import Said, under_names, weight, with_all
from pensebete.desk.working_file import (
    MOST_DOSSIERS,
    MOST_OF_A_NOTE,
    NOBODY,
    WorkingFile,
    is_sealed,
    is_working_file,
)
from pensebete.web.server.reading import TooMuchError, VisitorLeftError, taken_in_file, working_file_in
from pensebete.web.server.taps import give_way
from pensebete.web.server.uploads import (
    MOST_BYTES_AT_DESK,
    MOST_FILES_AT_DESK,
    expect_many_uploads,
    take_upload,
)
from pensebete.web.session.screen import visitor_has_left
from pensebete.web.session.state import latest, today, zone

_CHOICES = tuple(f"desk.{name}" for name in ("search", "lane", "reason", "marked", "stand", "sort", "columns"))
MOST_HELD = 80_000_000  # bytes: a thousand dossiers are four, twenty thousand remarks fifty-four
MOST_HELD_OF_ALL = 300_000_000  # by all the desks of this server


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that waits to be read where uploads lie, whose bounds are those of all visits."""

    name: str
    id: str


@dataclass(frozen=True, slots=True)
class Handed:
    """A file with its content."""

    name: str
    content: bytes


@dataclass(slots=True, eq=False, weakref_slot=True)
class _Desk:
    waiting: deque[Upload | Taken] = field(default_factory=deque)
    asked: int = 0  # how many there were to read when the bar began
    sealed: Handed | None = None  # a working file that waits for its passphrase
    stays_sealed: Problem | None = None
    found: list[tuple[Taken, Row]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    held: int = 0  # bytes of dossiers, and of what came with them
    said_held: int = 0  # of what was said here
    notes: dict[str, str] = field(default_factory=dict)  # by the key of an entry
    read: dict[str, date] = field(default_factory=dict)  # by the digest of a row (desk_calls.py)
    walk: tuple[str, ...] = ()  # digests of the rows in the list that was last shown
    sheet: CallSheet | None = None  # of the enterprise that is open
    said: dict[str, Said] = field(default_factory=dict)  # by the key of an entry (desk_reviews.py)
    author: Author = NOBODY
    phrases: tuple[Phrase, ...] = ()
    drafts: dict[tuple[str, Target], Draft] = field(default_factory=dict)  # by the key of an entry, and what of it
    writing: dict[str, Target] = field(default_factory=dict)  # which of them is open
    lost: bool = False  # by a process that ended: what lay here lay in its memory
    lost_heard: bool = False  # whether the page has said so in this visit
    changed: bool = False  # since the working file was saved or opened
    read_with: tuple[Checklist, date] | None = None
    made: Portfolio | None = None
    open: str = ""
    focus: tuple[str, str, str] | None = None  # token, selector, where on the screen
    turn: int = 0  # of the field for files: each time a new one, which holds none


_DESKS: WeakSet[_Desk] = WeakSet()  # those of all visits


def begin_desk() -> None:
    """At the desk more is handed in than elsewhere; and a day that ended, or another checklist, has all read anew."""
    expect_many_uploads()
    # While an enterprise is shown, the framework would forget the choices of the list. Not while the list is: what is
    # given to a widget there takes the place of what was tapped meanwhile.
    for name in _CHOICES:
        if _desk().open and name in st.session_state:
            st.session_state[name] = st.session_state[name]
    desk, now = _desk(), (latest().checklist, today())
    if desk.read_with is not None and (desk.read_with[0] is not now[0] or desk.read_with[1] != now[1]):
        again = [taken for taken, _ in desk.found]
        desk.found, desk.held, desk.made, desk.sheet = [], 0, None, None
        _add(again)
    desk.read_with = now


def desk_takes(files: Sequence[object]) -> None:
    """Files that were dropped: from here on they lie here alone, until they are read."""
    desk = _desk()
    desk.turn += 1
    kept = [file for file in files if isinstance(file, UploadedFile)]
    desk.lost = desk.lost and not kept  # what the field held of the visit before is no file that was dropped
    _add([Upload(file.name, file.file_id) for file in kept])
    if lost := len(files) - len(kept):
        _refuse_more(str(lost))


def _refuse_more(left: str, name: str = "") -> None:
    """Files that the server kept no longer once others came."""
    limit = str(MOST_BYTES_AT_DESK // 1_000_000)
    problem = Problem("desk.too_many", {"left": left, "most": str(MOST_FILES_AT_DESK), "limit": limit})
    _desk().refused.append(Refused(name, (problem,)))


def desk_turn() -> int:
    return _desk().turn


def desk_waits() -> bool:
    """Whether something is left to read."""
    return bool(_desk().waiting)


def read_desk(tell: Callable[[int, int], None]) -> None:
    """Read what waits, telling how many of how many were read; cut short, the next run goes on with the rest."""
    desk = _desk()
    asked = read_with()
    while desk.waiting:
        tell(desk.asked - len(desk.waiting), desk.asked)
        one = desk.waiting[0]
        taken = [one] if isinstance(one, Taken) else _uploaded(one)
        results = [(each, row_of(each, asked)) if isinstance(each, Taken) else (None, each) for each in taken]
        # Nothing of the framework from here on: it could end the run in between.
        desk.waiting.popleft()
        for each, row in results:
            _keep(each, row)
        desk.changed = desk.changed or (isinstance(one, Upload) and any(each for each, _ in results))
        desk.made = None
    desk.asked = 0


def read_with() -> Asked:
    """What the dossiers of this desk are read with."""
    return Asked(desk_checklists(), datetime.now(UTC), today(), zone(), answers=True)


def stop_reading() -> int:
    """Leave what waits unread; how many files that was."""
    desk = _desk()
    left = len(desk.waiting)
    for one in desk.waiting:
        if isinstance(one, Upload):
            take_upload(one.id)
    desk.waiting.clear()
    desk.asked = 0
    return left


def desk_is_sealed() -> str:
    """The name of a working file that waits for its passphrase; empty where none does."""
    sealed = _desk().sealed
    return sealed.name if sealed else ""


def unseal_desk(passphrase: str) -> bool:
    """Open the working file that waits; whether it opened."""
    desk = _desk()
    if desk.sealed is None:
        return False
    found = _working_file(desk.sealed, passphrase)
    if isinstance(found, Problem):
        desk.stays_sealed = found
        return False
    if not _open(found):
        desk.stays_sealed = _full()
        return False
    forget_sealed()
    return True


def stays_sealed() -> Problem | None:
    """Why the last passphrase opened nothing."""
    return _desk().stays_sealed


def forget_sealed() -> None:
    _desk().sealed = _desk().stays_sealed = None


def desk_portfolio() -> Portfolio:
    desk = _desk()
    if desk.made is None:
        found: list[Row | Refused] = [*(row for _, row in desk.found), *desk.refused]
        begun = (key for key, _ in desk.drafts)
        if any(" " not in key for key in (*desk.said, *desk.notes, *desk.writing, *begun)):  # of those without a name
            _under_names(names_found(portfolio(found).entries))
        desk.made = portfolio(found, desk.said, desk_checklists())
    return desk.made


def _under_names(names: Mapping[str, str]) -> None:
    """What was said, noted and begun of a dossier without a name stands under the name that it has now."""
    desk = _desk()
    desk.said = under_names(desk.said, names)
    for before in names.keys() & desk.notes.keys():
        _note_too(names[before], desk.notes.pop(before))
    for key, target in [begun for begun in desk.drafts if begun[0] in names]:
        draft, known = desk.drafts.pop((key, target)), desk.drafts.get((names[key], target))
        both = replace(known, text=_both(known.text, draft.text)[:MOST_OF_A_REMARK]) if known else draft
        desk.drafts[names[key], target] = both
    for before in names.keys() & desk.writing.keys():
        desk.writing.setdefault(names[before], desk.writing.pop(before))


def _note_too(key: str, note: str) -> None:
    notes = _desk().notes
    notes[key] = _both(notes.get(key, ""), note)[:MOST_OF_A_NOTE]


def _both(one: str, other: str) -> str:
    """Two texts where each says something that the other does not."""
    if other in one:
        return one
    return other if one in other else f"{one}\n{other}"


def desk_checklists() -> Mapping[str, Checklist]:
    return {latest().checklist.id: latest().checklist}


def desk_entry() -> Entry | None:
    """The enterprise that is open; None where the list is shown."""
    open = _desk().open
    return next((entry for entry in desk_portfolio().entries if entry.row.digest == open), None) if open else None


def desk_files(entry: Entry) -> list[Taken]:
    """The files of an enterprise: its dossier and those before, each as often as it came."""
    digests = {row.digest for row in entry.of_dossier}
    return [taken for taken, row in _desk().found if row.digest in digests]


def desk_dossier(entry: Entry) -> bytes:
    """The dossier of its row as it came, byte for byte."""
    return next(taken.dossier for taken, row in _desk().found if row.digest == entry.row.digest)


def desk_rounds(entry: Entry) -> list[tuple[Taken, Row]]:
    """Each dossier of an enterprise in one of its files, the oldest first, those of past cycles before the present."""
    rows = [entry.row, *entry.earlier]
    digests = {row.digest for row in rows}
    taken = {row.digest: taken for taken, row in _desk().found if row.digest in digests}
    return [(taken[row.digest], row) for row in reversed(rows)]


def desk_said() -> Mapping[str, Said]:
    return _desk().said


def say_at_desk(key: str, said: Said) -> None:
    """What is said of an enterprise, all of it, from now on."""
    desk = _desk()
    before = desk.said.get(key)
    desk.said_held += weight(said.review) - weight(before.review if before else None)
    desk.said[key] = said
    desk.changed = True
    if desk.made is not None:
        desk.made = said_anew(desk.made, [row for _, row in desk.found], key, said, desk_checklists())


def desk_writes(entry: Entry) -> Target | None:
    """What of an enterprise is being written about."""
    return _desk().writing.get(entry.key)


def desk_draft(entry: Entry, target: Target) -> Draft:
    return _desk().drafts.get((entry.key, target), Draft())


def write_at_desk(entry: Entry, target: Target | None) -> None:
    """Write about a line or a remark; about none. What was begun of another one stays as it is."""
    writing = _desk().writing
    writing.pop(entry.key, None)
    if target is not None:
        writing[entry.key] = target


def set_desk_draft(entry: Entry, target: Target, draft: Draft | None) -> None:
    desk = _desk()
    desk.drafts.pop((entry.key, target), None)
    if draft is not None and draft != Draft():
        desk.drafts[entry.key, target] = draft
        desk.changed = True


def desk_begun(entry: Entry) -> frozenset[Target]:
    """What was begun of an enterprise and not added yet."""
    drafts = _desk().drafts.items()
    return frozenset(target for (key, target), draft in drafts if key == entry.key and (draft.text or draft.proposed))


def desk_author() -> Author:
    return _desk().author


def set_desk_author(author: Author) -> None:
    desk = _desk()
    desk.changed = desk.changed or desk.author != author
    desk.author = author


def desk_phrases() -> tuple[Phrase, ...]:
    return _desk().phrases


def set_desk_phrases(phrases: tuple[Phrase, ...]) -> None:
    desk = _desk()
    desk.changed = desk.changed or desk.phrases != phrases
    desk.phrases = phrases


def open_at_desk(digest: str) -> None:
    """Show the details of an enterprise, the keyboard at its name; of none, the list."""
    _desk().open = digest
    focus_at_desk("h2", "start")


def focus_at_desk(selector: str, where: str) -> None:
    """Send the keyboard there, once the next screen is drawn."""
    _desk().focus = (str(uuid4()), selector, where)


def desk_focus() -> tuple[str, str, str] | None:
    return _desk().focus


def desk_note(entry: Entry) -> str:
    """What was noted of an enterprise, before it began a new cycle too."""
    notes = _desk().notes
    return "\n\n".join(dict.fromkeys(notes[id] for id in _noted(entry) if notes.get(id)))[:MOST_OF_A_NOTE]


def set_desk_note(entry: Entry, note: str) -> None:
    if desk_note(entry) == note:
        return
    desk, (id, *past) = _desk(), _noted(entry)
    for one in past:
        desk.notes.pop(one, None)
    desk.notes[id] = note[:MOST_OF_A_NOTE]
    desk.changed = True


def desk_is_unsaved() -> bool:
    """Whether closing the tab would lose something that is in no working file."""
    return _desk().changed


def desk_is_empty() -> bool:
    desk = _desk()
    return not (desk.found or desk.refused or desk.waiting or desk.sealed)


def hear_of_lost_desk() -> None:
    """Dossiers lay at the desk of this page when its line fell, in a visit that has ended since."""
    desk = _desk()
    desk.lost_heard = True
    if desk_is_empty():
        desk.lost = True


def lost_desk_heard() -> bool:
    return _desk().lost_heard


def desk_was_lost() -> bool:
    """Until something is handed in again."""
    return _desk().lost


def working_file() -> WorkingFile:
    """All that a desk holds, to be saved."""
    desk = _desk()
    there = {row.digest for _, row in desk.found}
    read = {digest: day for digest, day in desk.read.items() if digest in there}
    dossiers = tuple(taken for taken, _ in desk.found)
    return WorkingFile(dossiers, desk.notes, read, desk.said, desk.author, desk.phrases)


def desk_was_saved() -> None:
    _desk().changed = False


def forget_refused() -> None:
    desk = _desk()
    desk.refused, desk.made = [], None


def clear_desk() -> None:
    turn = _desk().turn
    for name in ("desk", "desk_looked", "desk_sending", "desk_handed"):
        st.session_state.pop(name, None)
    _desk().turn = turn + 1


def _desk() -> _Desk:
    found: _Desk | None = st.session_state.get("desk")
    if found is None:
        found = st.session_state["desk"] = _Desk()
        _DESKS.add(found)
    return found


def _noted(entry: Entry) -> tuple[str, ...]:
    """What its note is kept under, then what that of a past cycle is: none of them is another's."""
    past = (entry_key(row, row.organisation) for row in entry.past_cycles)
    return tuple(dict.fromkeys((entry.key, *past)))


def _add(more: Sequence[Upload | Taken]) -> None:
    desk = _desk()
    desk.waiting.extend(more)
    desk.asked += len(more)


def _keep(taken: Taken | None, row: Row | Refused) -> None:
    desk = _desk()
    if taken is None or isinstance(row, Refused):
        assert isinstance(row, Refused)
        desk.refused.append(row)
        return
    size = len(taken.dossier) + len(taken.review or b"") + weight(row.review)
    if len(desk.found) >= MOST_DOSSIERS or not _room_for(size):
        desk.refused.append(Refused(taken.file, (_full(),)))
    else:
        desk.found.append((taken, row))
        desk.held += size


def _full() -> Problem:
    return Problem("desk.full", {"most": str(MOST_DOSSIERS), "limit": str(MOST_HELD // 1_000_000)})


def _room_for(size: int) -> bool:
    desk, all_held = _desk(), sum(desk.held + desk.said_held for desk in _DESKS)
    return desk.held + desk.said_held + size <= MOST_HELD and all_held + size <= MOST_HELD_OF_ALL


def desk_has_room_for(review: Review) -> bool:
    return _room_for(weight(review))


def _uploaded(upload: Upload) -> Sequence[Taken | Refused]:
    content = take_upload(upload.id)
    if content is None:
        _refuse_more("1", upload.name)
        return ()
    return _taken(Handed(upload.name, content))


def _taken(file: Handed) -> Sequence[Taken | Refused]:
    """JSON is bounded where it is read; all else is unfolded by a child process."""
    if is_sealed(file.content):
        forget_sealed()
        _desk().sealed = file
        return ()
    try:
        if is_working_file(file.content):
            found = _working_file(file, "")
            if isinstance(found, Problem):
                return (Refused(file.name, (found,)),)
            return () if _open(found) else (Refused(file.name, (_full(),)),)
        if is_json(file.content):
            return taken_in(file.name, file.content)
        return taken_in_file(file.name, file.content, visitor_has_left)
    except TooMuchError:
        return (Refused(file.name, (Problem("too_much"),)),)
    except VisitorLeftError:
        give_way()


def _working_file(file: Handed, passphrase: str) -> WorkingFile | Problem:
    try:
        return working_file_in(file.content, passphrase, visitor_has_left)
    except TooMuchError:
        return Problem("too_much")
    except VisitorLeftError:
        give_way()


def _open(found: WorkingFile) -> bool:
    """Its dossiers wait to be read like others; what was written here stays, and what was said is put together.

    Whether there was room for it.
    """
    desk, said = _desk(), with_all(_desk().said, found.said)
    weighs = sum(weight(one.review) for one in said.values())
    if not _room_for(weighs - desk.said_held):
        return False
    _add(found.dossiers)
    for id, note in found.notes.items():
        _note_too(id, note)
    desk.read |= found.read
    desk.said, desk.said_held = said, weighs
    desk.phrases = tuple(dict.fromkeys((*desk.phrases, *found.phrases)))[:MOST_PHRASES]
    if desk.author in (NOBODY, signed()):
        desk.author = found.author
    desk.made = None
    return True
