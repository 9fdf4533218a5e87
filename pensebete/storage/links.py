"""The private links of a dossier. A token is known to those who hold the link: here, only its hash is kept."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal, cast

from sqlalchemy import Connection, Row, Select, Table, delete, exists, func, insert, select, update

from pensebete.storage.engine import Store, plain, reading, writing
from pensebete.storage.errors import LastLinkError, LinkGoneError, ReadingOnlyError, TooManyLinksError
from pensebete.storage.limits import LINKS
from pensebete.storage.tables import calendars, dossiers, facts, links, overwritten, remarks

Access = Literal["write", "read"]
_TOKEN_BYTES = 32
AnyRow = Row[*tuple[Any, ...]]


@dataclass(frozen=True)
class Link:
    """A link as it can be listed: what it allows, for whom, since when."""

    id: int
    access: Access
    label: str
    created_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True)
class NewLink:
    """A link just made. The token is told this once."""

    link_id: int
    token: str


def links_of(store: Store, dossier_id: str, link_id: int) -> list[Link]:
    """Every link of a dossier, revoked ones too, oldest first. Raises LinkGoneError."""
    with reading(store) as connection:
        allow(connection, dossier_id, link_id)
        rows = connection.execute(select(links).where(links.c.dossier_id == dossier_id).order_by(links.c.id))
        return [Link(row.id, row.access, row.label, row.created_at, row.revoked_at) for row in rows]


def add_link(store: Store, dossier_id: str, link_id: int, access: Access, label: str, now: datetime) -> NewLink:
    """One more link, made by the holder of a writing one. Raises LinkGoneError, ReadingOnlyError, TooManyLinksError."""
    with writing(store) as connection:
        allow_writing(connection, dossier_id, link_id)
        refuse_one_more(connection, links, dossier_id)
        return make_link(connection, dossier_id, access, label, now)


def revoke(store: Store, dossier_id: str, link_id: int, which: int, now: datetime) -> None:
    """End a link: it opens nothing any more, and pages that it opened save nothing any more.

    Raises LinkGoneError, ReadingOnlyError, and LastLinkError for the only link left that writes.
    """
    with writing(store) as connection:
        allow_writing(connection, dossier_id, link_id)
        living = connection.execute(_living(dossier_id)).all()
        if [link.id for link in living if link.access == "write"] == [which]:
            raise LastLinkError
        _end(connection, living, which, now)


def renew(store: Store, dossier_id: str, link_id: int, which: int, now: datetime) -> NewLink:
    """End a link and make one like it, in one go. Raises LinkGoneError, ReadingOnlyError.

    It is another link with another id: a page that the old token opened, on a lost phone say, is shut out too.
    """
    with writing(store) as connection:
        allow_writing(connection, dossier_id, link_id)
        old = _end(connection, connection.execute(_living(dossier_id)).all(), which, now)
        return make_link(connection, dossier_id, old.access, old.label, now)


def make_link(connection: Connection, dossier_id: str, access: Access, label: str, now: datetime) -> NewLink:
    token = new_token()
    row = insert(links).values(
        dossier_id=dossier_id, token_sha256=hash_of(token), access=access, label=plain(label), created_at=now
    )
    made: int = connection.execute(row.returning(links.c.id)).scalar_one()
    forget_revoked(connection, links, dossier_id)
    return NewLink(made, token)


def refuse_one_more(connection: Connection, table: Table, dossier_id: str) -> None:
    """Of those of a dossier that open something, links or addresses of calendars. Raises TooManyLinksError."""
    living = select(func.count()).where(table.c.dossier_id == dossier_id, table.c.revoked_at.is_(None))
    if connection.execute(living).scalar_one() >= LINKS.value:
        raise TooManyLinksError(LINKS.value, "calendars" if table is calendars else "links")


def forget_revoked(connection: Connection, table: Table, dossier_id: str) -> None:
    """Of those that were renewed over and over, the ones are forgotten in whose name nothing is kept.

    Once the newest is there: a number that nobody has any more, the database may give again.
    """
    here = table.c.dossier_id == dossier_id
    if connection.execute(select(func.count()).where(here)).scalar_one() <= 4 * LINKS.value:
        return
    authors = (facts.c.link_id, overwritten.c.link_id, overwritten.c.replaced_by, remarks.c.link_id)
    named = (exists().where(one.table.c.dossier_id == dossier_id, one == links.c.id) for one in authors)
    useless = [here, table.c.revoked_at.is_not(None), *(~one for one in named if table is links)]
    connection.execute(delete(table).where(*useless))


def find_link(connection: Connection, token: str) -> AnyRow | None:
    """The link of a token, unless revoked."""
    return find_by_token(connection, links, token)


def find_by_token(connection: Connection, table: Table, token: str) -> AnyRow | None:
    """The row of a token, unless revoked. The work is the same for every token that opens nothing.

    The hash of 256 random bits cannot be approached by steps, so a look-up by index tells nothing; comparing in
    constant time costs nothing more.
    """
    hashed = hash_of(token)
    row = connection.execute(select(table).where(table.c.token_sha256 == hashed)).one_or_none()
    same = hmac.compare_digest(row.token_sha256 if row else "", hashed)
    return row if row and same and row.revoked_at is None else None


def links_by_token(connection: Connection, tokens: Iterable[str]) -> dict[str, AnyRow]:
    """The link of each token, revoked ones too; a token that was never given is left out."""
    by_hash = {hash_of(token): token for token in tokens}
    rows = connection.execute(select(links).where(links.c.token_sha256.in_(by_hash)))
    return {by_hash[row.token_sha256]: row for row in rows}


def allow(connection: Connection, dossier_id: str, link_id: int) -> Access:
    """What the holder of a link may do in a dossier. Raises LinkGoneError."""
    row = connection.execute(_living(dossier_id).where(links.c.id == link_id)).one_or_none()
    if row is None:
        raise LinkGoneError
    return cast(Access, row.access)


def allow_writing(connection: Connection, dossier_id: str, link_id: int) -> int:
    """Take one's turn to write in a dossier, until the transaction ends; the dossier's revision.

    Raises LinkGoneError, ReadingOnlyError.
    """
    revision, access = take_turn(connection, dossier_id, link_id)
    if access != "write":
        raise ReadingOnlyError
    return revision


def take_turn(connection: Connection, dossier_id: str, link_id: int) -> tuple[int, Access]:
    """Nobody else changes the dossier until the transaction ends; its revision, and what the link allows.

    Raises LinkGoneError. The dossier is locked before the link is read, so that once a link is revoked no save by it is
    acknowledged.
    """
    lock = select(dossiers.c.revision).where(dossiers.c.id == dossier_id).with_for_update()
    revision: int | None = connection.execute(lock).scalar_one_or_none()
    if revision is None:
        raise LinkGoneError
    return revision, allow(connection, dossier_id, link_id)


def _living(dossier_id: str) -> Select[int, str, str]:
    return select(links.c.id, links.c.access, links.c.label).where(
        links.c.dossier_id == dossier_id, links.c.revoked_at.is_(None)
    )


def _end(connection: Connection, living: Sequence[AnyRow], which: int, now: datetime) -> AnyRow:
    old = next((link for link in living if link.id == which), None)
    if old is None:
        raise LinkGoneError
    connection.execute(update(links).where(links.c.id == which).values(revoked_at=now))
    return old


def new_token() -> str:
    return secrets.token_urlsafe(_TOKEN_BYTES)


def hash_of(token: str) -> str:
    """All that the database keeps of a token."""
    return sha256(token.encode(errors="surrogatepass")).hexdigest()
