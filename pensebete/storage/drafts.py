"""Drafts of a checklist that their author shares for a while, and what colleagues remark about their lines.

A draft has one token for its author and one for each link; here, only their hashes are kept. What is remarked is a row
each and replaces nothing, so two people who remark at once lose nothing. All of it goes when the last link expires.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, cast
from uuid import uuid4

from sqlalchemy import Connection, delete, func, insert, select, update

from pensebete.checklist.line_ends import LINE_ENDS
from pensebete.checklist.versions.line_following import line_of_text, lines_followed
from pensebete.storage.dossiers import empty_log
from pensebete.storage.engine import Store, insert_into, plain, reading, writing
from pensebete.storage.errors import (
    DraftGoneError,
    DraftRemarksFullError,
    DraftTooLargeError,
    ReadingOnlyError,
    TooManyDraftLinksError,
    TooManyDraftsError,
)
from pensebete.storage.links import AnyRow, NewLink, find_by_token, hash_of, new_token
from pensebete.storage.room import refuse_without_room
from pensebete.storage.tables import draft_links, draft_remarks, drafts

DraftAccess = Literal["own", "remark", "read"]
LinkAccess = Literal["remark", "read"]
DAYS = (3, 14, 30)  # that a link may open its draft; the second one is offered first
MOST_OF_A_REMARK, MOST_OF_A_NAME = 2_000, 80  # characters
MOST_BYTES = 2_000_000  # of a draft; a checklist of 500 items has 800,000
MOST_LINKS, MOST_REMARKS, MOST_REMARKED = 20, 500, 500_000  # of a draft: links that open it, rows, their bytes
MOST_DRAFTS = 200  # shared at once
_LINE_SHOWN = 300  # characters kept of a line that was remarked about


@dataclass(frozen=True)
class NewDraft:
    """A draft just shared, and its first link. Their tokens are told this once."""

    id: str
    owner: str
    link: NewLink


@dataclass(frozen=True)
class DraftLink:
    """A link as its author can list it."""

    id: int
    access: LinkAccess
    label: str
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Answer:
    """What was answered to a remark; `own` where the author of the draft did."""

    author: str
    text: str
    at: datetime
    own: bool


@dataclass(frozen=True)
class DraftRemark:
    """`line` is where it is in the text of now, None where that is no more; `line_text` as it was remarked about."""

    id: str
    line: int | None
    line_text: str
    author: str
    text: str
    at: datetime
    own: bool = False
    settled_at: datetime | None = None
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True)
class SharedDraft:
    """What a token opens. `links` are the living ones, for its author alone."""

    id: str
    access: DraftAccess
    content: str
    base: str | None
    number: int
    updated_at: datetime
    expires_at: datetime
    remarks: tuple[DraftRemark, ...] = ()
    links: tuple[DraftLink, ...] = ()

    @property
    def short(self) -> str:
        return short_id(self.id)


@dataclass(frozen=True)
class Listed:
    """A shared draft as staff can list it, without its text."""

    id: str
    created_at: datetime
    updated_at: datetime
    expires_at: datetime
    remarks: int
    links: int


@dataclass(frozen=True)
class _Entry:
    """Who asks: the draft of a token, and the link, None for its author."""

    draft: AnyRow
    link: AnyRow | None = field(default=None)

    @property
    def access(self) -> DraftAccess:
        return cast(DraftAccess, self.link.access) if self.link else "own"


def short_id(draft_id: str) -> str:
    """By which a tab and a cookie call a draft; it opens nothing."""
    return draft_id.replace("-", "")[:10]


def share_draft(
    store: Store, content: str, access: LinkAccess, label: str, days: int, now: datetime, base: str | None = None
) -> NewDraft:
    """Keep a draft and make its first link; what has expired goes first. `base` says what the draft began from.

    Raises DraftTooLargeError, TooManyDraftsError, StoreUnavailableError.
    """
    refuse_too_large(content)
    id, owner = str(uuid4()), new_token()
    with writing(store) as connection:
        refuse_without_room(store, connection)
        gone = _expired(connection, now)
        _erase(connection, gone)
        if connection.execute(select(func.count()).select_from(drafts)).scalar_one() >= MOST_DRAFTS:
            raise TooManyDraftsError
        ends = now + timedelta(days=days)
        connection.execute(
            insert(drafts).values(
                id=id,
                owner_sha256=hash_of(owner),
                content=plain(content),
                base=base,
                number=1,
                created_at=now,
                updated_at=now,
                expires_at=ends,
            )
        )
        made = NewDraft(id, owner, _make_link(connection, id, access, label, ends, now))
    if gone:
        empty_log(store)
    return made


def refuse_too_large(content: str) -> None:
    """Raises DraftTooLargeError."""
    if len(content.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise DraftTooLargeError


def add_draft_link(store: Store, owner: str, access: LinkAccess, label: str, days: int, now: datetime) -> NewLink:
    """One more link of a draft, by its author. Raises DraftGoneError, TooManyDraftLinksError."""
    with writing(store) as connection:
        draft = _own(connection, owner, now)
        if len(_living(connection, draft.id, now)) >= MOST_LINKS:
            raise TooManyDraftLinksError(MOST_LINKS)
        ends = now + timedelta(days=days)
        longer = update(drafts).where(drafts.c.id == draft.id, drafts.c.expires_at < ends)
        connection.execute(longer.values(expires_at=ends))
        return _make_link(connection, draft.id, access, label, ends, now)


def glance_at_draft(store: Store, token: str, now: datetime) -> tuple[str, DraftAccess] | None:
    """The id of the draft that a token opens, and as whom; None for nothing. Raises StoreUnavailableError."""
    with reading(store) as connection:
        try:
            found = _enter(connection, token, now)
        except DraftGoneError:
            return None
        return found.draft.id, found.access


def open_draft(store: Store, token: str, now: datetime) -> SharedDraft:
    """What a token opens, now. Raises DraftGoneError, StoreUnavailableError."""
    with reading(store) as connection:
        found = _enter(connection, token, now)
        draft = found.draft
        return SharedDraft(
            draft.id,
            found.access,
            draft.content,
            draft.base,
            draft.number,
            draft.updated_at,
            found.link.expires_at if found.link else draft.expires_at,
            _remarks(connection, draft.id),
            tuple(_living(connection, draft.id, now)) if found.link is None else (),
        )


def update_draft(store: Store, owner: str, content: str, now: datetime, base: str | None = None) -> int:
    """Have colleagues see this text; each remark goes to where its line is now. How many lost theirs.

    Raises DraftTooLargeError, DraftGoneError, StoreUnavailableError.
    """
    refuse_too_large(content)
    with writing(store) as connection:
        draft = _own(connection, owner, now)
        content = plain(content)
        if content == draft.content:
            return 0
        here = draft_remarks.c.draft_id == draft.id, draft_remarks.c.answers.is_(None)
        rows = connection.execute(select(draft_remarks).where(*here)).all()
        places = lines_followed(draft.content, content, {row.line for row in rows if row.line})
        lost = 0
        for row in rows:
            # One whose line was taken out and put back is found by its words.
            line = places[row.line] if row.line else line_of_text(content, row.line_text, 1)
            lost += row.line is not None and line is None
            if line != row.line:
                connection.execute(update(draft_remarks).where(draft_remarks.c.id == row.id).values(line=line))
        newer = {"content": content, "base": base, "number": draft.number + 1, "updated_at": now}
        connection.execute(update(drafts).where(drafts.c.id == draft.id).values(**newer))
        return lost


def add_remark(
    store: Store, token: str, id: str, line: int, number: int, line_text: str, author: str, text: str, now: datetime
) -> None:
    """Remark about a line of the text of that number; the author may have shared a newer one since.

    Sent twice under the same id, it is there once. Raises DraftGoneError, ReadingOnlyError, DraftRemarksFullError.
    """
    with writing(store) as connection:
        found = _enter(connection, token, now, lock=True)
        place: int | None = line
        if number != found.draft.number:
            place = line_of_text(found.draft.content, line_text, line)
        elif 1 <= line <= len(lines := LINE_ENDS.split(found.draft.content)):
            line_text = lines[line - 1]
        else:
            place = None
        _write(connection, found, id, None, place, line_text, author, text, now)


def answer_remark(store: Store, token: str, id: str, remark: str, author: str, text: str, now: datetime) -> None:
    """Answer a remark, as the author of the draft or as a colleague. Raises as add_remark."""
    with writing(store) as connection:
        found = _enter(connection, token, now, lock=True)
        if remark not in _ids(connection, found.draft.id):
            raise DraftGoneError
        _write(connection, found, id, remark, None, "", author, text, now)


def settle_remark(store: Store, owner: str, remark: str, settled: bool, now: datetime) -> None:
    """« Réglé », by the author of the draft; or not so after all. Raises DraftGoneError."""
    with writing(store) as connection:
        draft = _own(connection, owner, now)
        which = draft_remarks.c.draft_id == draft.id, draft_remarks.c.id == remark
        connection.execute(update(draft_remarks).where(*which).values(settled_at=now if settled else None))


def revoke_draft_link(store: Store, owner: str, link: int, now: datetime) -> None:
    """End a link, by the author of its draft. Raises DraftGoneError."""
    with writing(store) as connection:
        draft = _own(connection, owner, now)
        which = draft_links.c.draft_id == draft.id, draft_links.c.id == link, draft_links.c.revoked_at.is_(None)
        connection.execute(update(draft_links).where(*which).values(revoked_at=now))


def delete_draft(store: Store, owner: str, now: datetime) -> None:
    """Delete a draft with all that was remarked, by its author. Raises DraftGoneError."""
    with writing(store) as connection:
        _erase(connection, [_own(connection, owner, now).id])
    empty_log(store)


def delete_listed_draft(store: Store, draft_id: str) -> None:
    """The same, by staff."""
    with writing(store) as connection:
        _erase(connection, [draft_id])
    empty_log(store)


def list_drafts(store: Store, now: datetime) -> list[Listed]:
    """All that is shared here, the newest first; for staff. Raises StoreUnavailableError."""
    remarked = select(func.count()).where(draft_remarks.c.draft_id == drafts.c.id).scalar_subquery()
    living = draft_links.c.revoked_at.is_(None), draft_links.c.expires_at > now
    linked = select(func.count()).where(draft_links.c.draft_id == drafts.c.id, *living).scalar_subquery()
    times = drafts.c.created_at, drafts.c.updated_at, drafts.c.expires_at
    query = select(drafts.c.id, *times, remarked, linked).where(drafts.c.expires_at > now)
    with reading(store) as connection:
        return [Listed(*row) for row in connection.execute(query.order_by(drafts.c.created_at.desc()))]


def expired_drafts(store: Store, now: datetime) -> int:
    """How many `purge_drafts` would take. Raises StoreUnavailableError."""
    with reading(store) as connection:
        return len(_expired(connection, now))


def purge_drafts(store: Store, now: datetime) -> int:
    """Delete those that have expired; how many. Raises StoreUnavailableError."""
    with writing(store) as connection:
        found = _expired(connection, now)
        _erase(connection, found)
    if found:
        empty_log(store)
    return len(found)


def _make_link(
    connection: Connection, draft_id: str, access: LinkAccess, label: str, ends: datetime, now: datetime
) -> NewLink:
    token = new_token()
    row = insert(draft_links).values(
        draft_id=draft_id,
        token_sha256=hash_of(token),
        access=access,
        label=plain(label)[:MOST_OF_A_NAME],
        created_at=now,
        expires_at=ends,
    )
    return NewLink(connection.execute(row.returning(draft_links.c.id)).scalar_one(), token)


def _enter(connection: Connection, token: str, now: datetime, lock: bool = False) -> _Entry:
    """Raises DraftGoneError. The draft is locked before the link is read: a link that was revoked adds nothing more."""
    link = find_by_token(connection, draft_links, token)
    if link is None:
        return _Entry(_own(connection, token, now, lock))
    query = select(drafts).where(drafts.c.id == link.draft_id)
    draft = connection.execute(query.with_for_update() if lock else query).one_or_none()
    link = find_by_token(connection, draft_links, token) if lock else link
    if draft is None or link is None or min(link.expires_at, draft.expires_at) <= now:
        raise DraftGoneError
    return _Entry(draft, link)


def _own(connection: Connection, owner: str, now: datetime, lock: bool = True) -> AnyRow:
    """The draft of an author. Raises DraftGoneError."""
    query = select(drafts).where(drafts.c.owner_sha256 == hash_of(owner))
    draft = connection.execute(query.with_for_update() if lock else query).one_or_none()
    if draft is None or draft.expires_at <= now:
        raise DraftGoneError
    return draft


def _living(connection: Connection, draft_id: str, now: datetime) -> list[DraftLink]:
    query = select(draft_links).where(
        draft_links.c.draft_id == draft_id, draft_links.c.revoked_at.is_(None), draft_links.c.expires_at > now
    )
    rows = connection.execute(query.order_by(draft_links.c.id))
    return [DraftLink(row.id, row.access, row.label, row.created_at, row.expires_at) for row in rows]


def _remarks(connection: Connection, draft_id: str) -> tuple[DraftRemark, ...]:
    """In the order of their lines, those without one last; each with its answers in the order they came."""
    query = select(draft_remarks).where(draft_remarks.c.draft_id == draft_id)
    rows = connection.execute(query.order_by(draft_remarks.c.written_at, draft_remarks.c.id)).all()
    answers: dict[str, list[Answer]] = {}
    for row in rows:
        if row.answers:
            own = row.link_id is None
            answers.setdefault(row.answers, []).append(Answer(row.author, row.text, row.written_at, own))
    return tuple(sorted(_each_remark(rows, answers), key=lambda one: (one.line is None, one.line or 0)))


def _each_remark(rows: Sequence[AnyRow], answers: dict[str, list[Answer]]) -> Iterable[DraftRemark]:
    return (
        DraftRemark(
            row.id,
            row.line,
            row.line_text,
            row.author,
            row.text,
            row.written_at,
            row.link_id is None,
            row.settled_at,
            tuple(answers.get(row.id, ())),
        )
        for row in rows
        if not row.answers
    )


def _ids(connection: Connection, draft_id: str) -> set[str]:
    here = draft_remarks.c.draft_id == draft_id, draft_remarks.c.answers.is_(None)
    return set(connection.scalars(select(draft_remarks.c.id).where(*here)))


def _write(
    connection: Connection,
    found: _Entry,
    id: str,
    answers: str | None,
    line: int | None,
    line_text: str,
    author: str,
    text: str,
    now: datetime,
) -> None:
    if found.access == "read":
        raise ReadingOnlyError
    author, text = plain(author)[:MOST_OF_A_NAME], plain(text)[:MOST_OF_A_REMARK]
    line_text = plain(line_text)[:_LINE_SHOWN]
    row = insert_into(connection.dialect.name, draft_remarks).values(
        id=id,
        draft_id=found.draft.id,
        answers=answers,
        line=line,
        line_text=line_text,
        link_id=found.link.id if found.link else None,
        author=author,
        text=text,
        bytes=len(f"{author}{text}{line_text}".encode("utf-8", "surrogatepass")),
        written_at=now,
    )
    connection.execute(row.on_conflict_do_nothing(index_elements=["id"]))
    here = draft_remarks.c.draft_id == found.draft.id
    many, much = connection.execute(select(func.count(), func.sum(draft_remarks.c.bytes)).where(here)).one()
    if many > MOST_REMARKS or much > MOST_REMARKED:
        raise DraftRemarksFullError  # which takes it back


def _expired(connection: Connection, now: datetime) -> list[str]:
    return list(connection.scalars(select(drafts.c.id).where(drafts.c.expires_at <= now)))


def _erase(connection: Connection, ids: Sequence[str]) -> None:
    for table, column in (
        (draft_remarks, draft_remarks.c.draft_id),
        (draft_links, draft_links.c.draft_id),
        (drafts, drafts.c.id),
    ):
        connection.execute(delete(table).where(column.in_(ids)))
