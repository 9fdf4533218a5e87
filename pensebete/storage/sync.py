"""A saved dossier in one visit: what it changes is saved at once, what others change comes in, fact by fact.

Nothing here knows Streamlit. Times are given; the store's refusals are kept as the reason why saving waits.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from uuid import UUID, uuid4

from pensebete.assessment.field_map import Changes, Key, applied, changes, facts_of, same
from pensebete.assessment.model import Assessment
from pensebete.assessment.review.merge import merged
from pensebete.assessment.review.model import Author, Event, Remark, Review
from pensebete.storage.changes import Change, News, Overwritten, changes_since, save
from pensebete.storage.dossiers import Kept, Opened, short_id
from pensebete.storage.engine import Store
from pensebete.storage.errors import (
    DossierFullError,
    LinkGoneError,
    ReadingOnlyError,
    ReviewFullError,
    StoreError,
    StoreUnavailableError,
)
from pensebete.storage.links import Access
from pensebete.storage.reviews import add_to_review
from pensebete.storage.rows import id_without_one

# Two people may read the same dossier in two languages: the language is the visit's own.
_CHECKLIST: Key = ("detail", "checklist")
_OF_THE_VISIT: frozenset[Key] = frozenset({("detail", "language")})


@dataclass
class Batch:
    """Changes on their way to the database; sent again as they are until the answer comes."""

    id: str
    changes: Changes
    leads_to: Assessment


@dataclass(frozen=True)
class Said:
    """A remark; or, where there is an event, what was said of it."""

    remark: Remark
    event: Event | None = None


@dataclass
class Saving:
    """The dossier as the database has it, as far as this visit knows, and what is on its way."""

    store: Store
    dossier_id: str
    link_id: int
    access: Access
    revision: int
    known: Assessment
    checklist_text: str  # the checklist that this visit reads it with
    saved_review: Review
    remarks: int = 0  # the number up to which the review is known
    author: Author | None = None  # who remarked by this link before this visit
    label: str = ""  # of the link
    saved_at: datetime | None = None
    waits_for: StoreError | None = None
    refused: StoreError | None = None  # why the last of what waited to be added to the review is not taken
    heard: list[Change] = field(default_factory=list)  # what others changed during this visit
    said: int = 0  # how many of those were told
    overwritten: dict[int, Overwritten] = field(default_factory=dict)  # what a save replaced unseen
    remarked: list[Said] = field(default_factory=list)  # what others remarked and answered during this visit
    said_remarks: int = 0  # how many of those were told
    _batch: Batch | None = None
    # What was added to the review here, and is not in the database yet; each part is refused or taken alone.
    _unsent: list[Review] = field(default_factory=list)

    @property
    def review(self) -> Review:
        """All that was remarked, what waits to be saved included."""
        return reduce(merged, self._unsent, self.saved_review)

    def add(self, review: Review, now: datetime) -> None:
        """Save what was remarked or answered. Where the database cannot, `waits_for` says why and the next look tries
        again. Raises the StoreError that refuses it."""
        self._unsent.append(review)
        try:
            refused = self._send(now)
        except StoreUnavailableError as error:
            self.waits_for = error
            return
        if refused:
            raise refused

    def push(self, assessment: Assessment, now: datetime) -> Assessment:
        """Save what changed, and return the assessment with what others changed meanwhile.

        Where the database cannot, `waits_for` says why and the next call tries again. Raises LinkGoneError.
        """
        if self.access == "read":
            return assessment
        try:
            while batch := self._next_batch(assessment):
                # Carried over to another version of the checklist, the dossier keeps that one beside it.
                text = self.checklist_text if _CHECKLIST in batch.changes else None
                news = save(
                    self.store, self.dossier_id, self.link_id, self.revision, batch.changes, batch.id, now, text
                )
                self._batch = None
                self.known = batch.leads_to
                assessment = self._take_in(news, assessment)
                self.saved_at = now
        except DossierFullError as error:
            # Not done, and not as it was: what is to be sent is asked again, for words may be shortened meanwhile.
            self._batch, self.waits_for = None, error
            return assessment
        except StoreUnavailableError as error:
            self.waits_for = error
            return assessment
        if not self._unsent:
            self.waits_for = None
        return assessment

    def pull(self, assessment: Assessment, now: datetime) -> Assessment:
        """Hear what others changed and remarked; where saving waits, try again first. Raises LinkGoneError."""
        assessment = self.push(assessment, now)
        if self._batch:  # to be sent as of the revision it was made at: what it replaces unseen is told by that
            return assessment
        try:
            self.refused = self._send(now) or self.refused
            news = changes_since(self.store, self.dossier_id, self.link_id, self.revision, self.remarks)
        except StoreUnavailableError as error:
            self.waits_for = error
            return assessment
        if self.access == "read":
            self.waits_for = None
        self._hear(news)
        return self._take_in(news, assessment)

    @property
    def dossier(self) -> str:
        """What the tab calls the dossier by."""
        return short_id(self.dossier_id)

    def holds_back(self, assessment: Assessment) -> bool:
        """Whether something of the assessment is not in the database as far as this visit knows."""
        if assessment is self.known or assessment == self.known:
            return False
        return any(key not in _OF_THE_VISIT for key in changes(self.known, assessment))

    def unsaid(self) -> list[Change]:
        """What others changed since this was last asked."""
        found, self.said = self.heard[self.said :], len(self.heard)
        return found

    def unsaid_remarks(self) -> list[Said]:
        """What others remarked and answered since this was last asked."""
        found, self.said_remarks = self.remarked[self.said_remarks :], len(self.remarked)
        return found

    def _send(self, now: datetime) -> StoreError | None:
        """Why the last part is refused, where it is; of one before it, `refused` says so."""
        refused: StoreError | None = None
        if not self._unsent:
            return refused
        while self._unsent:
            self.refused, refused = refused or self.refused, None
            try:
                added = add_to_review(self.store, self.dossier_id, self.link_id, self._unsent[0], now)
            except StoreUnavailableError:
                raise
            except LinkGoneError:
                self._unsent.clear()
                raise
            except (ReadingOnlyError, ReviewFullError, DossierFullError) as error:
                refused = error
            else:
                self.saved_review, self.saved_at = merged(self.saved_review, added), now
            self._unsent.pop(0)
        if self._batch is None:
            self.waits_for = None
        return refused

    def _hear(self, news: News) -> None:
        if news.remarks < self.remarks and self.access == "write":
            # The database is a copy of before, put back: as with the answers, this visit says again all that it holds.
            self._unsent = [self.review]
        self.remarks = news.remarks
        if news.review:
            known = set(_said(self.review))
            self.saved_review = merged(self.saved_review, news.review)
            self.remarked += [said for key, said in _said(news.review).items() if key not in known]

    def _next_batch(self, assessment: Assessment) -> Batch | None:
        """What is to be sent now: first what may have been sent already, then what changed since."""
        if self._batch is None:
            made = {k: v for k, v in changes(self.known, assessment).items() if k not in _OF_THE_VISIT}
            if made:
                self._batch = Batch(str(uuid4()), made, assessment)
        return self._batch

    def _take_in(self, news: News, assessment: Assessment) -> Assessment:
        """The assessment with the news; what this visit has changed since and not sent yet stays."""
        self.overwritten |= {one.id: one for one in news.overwritten}
        if news.revision < self.revision and self.access == "write":
            # The database is a copy of before, put back: this visit says again all that it holds.
            self.known, self.revision = Assessment(checklist=self.known.checklist), news.revision
            return assessment
        said = facts_of(self.known)
        theirs = {k: v for k, v in news.changes.items() if k not in _OF_THE_VISIT and not same(said.get(k), v)}
        unsent = changes(self.known, assessment) if theirs else {}
        # Where both wrote, ours is sent as of before theirs: the database then keeps what it replaces unseen.
        if theirs.keys().isdisjoint(unsent):
            self.revision = news.revision
        if not theirs:
            return assessment
        self.known = applied(self.known, theirs)
        self.heard += [change for change in news.others if change.key in theirs and change.key not in unsent]
        return applied(assessment, {key: value for key, value in theirs.items() if key not in unsent})


def saving_of_kept(store: Store, kept: Kept, assessment: Assessment, text: str, now: datetime) -> Saving:
    """The saving of a dossier that was just kept."""
    review = Review(dossier=assessment.id or id_without_one(kept.dossier_id))
    return Saving(
        store, kept.dossier_id, kept.link_id, "write", 1, assessment, text, review, label=kept.label, saved_at=now
    )


def saving_of_opened(store: Store, opened: Opened, text: str) -> Saving:
    """The saving of a dossier opened by its link."""
    return Saving(
        store,
        opened.dossier_id,
        opened.link_id,
        opened.access,
        opened.revision,
        opened.assessment,
        text,
        opened.review,
        opened.remarks,
        opened.author,
        opened.label,
    )


def _said(review: Review) -> dict[tuple[UUID, UUID | None], Said]:
    found: dict[tuple[UUID, UUID | None], Said] = {}
    for remark in review.remarks:
        found[remark.id, None] = Said(remark)
        found |= {(remark.id, event.id): Said(remark, event) for event in remark.events}
    return found
