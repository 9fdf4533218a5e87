"""What can go wrong with saved dossiers, each as a sentence. None of these carries what a person wrote."""

from __future__ import annotations

from typing import Literal

from pensebete.text.wording import Wording

Reason = Literal["locked", "full", "nearly_full", "read_only", "unreachable", "replaced", "fault"]


class StoreError(Exception):
    """Something that saved dossiers cannot do; `sentence` says it to a person."""

    def sentence(self, say: Wording) -> str:
        raise NotImplementedError


class StoreAddressError(StoreError):
    """PENSEBETE_DATABASE_URL names no database of a kind that the program knows."""

    def sentence(self, say: Wording) -> str:
        return say("store.address")


class StoreUnavailableError(StoreError):
    """What the database cannot do now. Nothing of the transaction was kept as far as anyone was told: try again."""

    def __init__(self, reason: Reason, cause: str) -> None:
        # The cause by its class alone: a driver's message may quote values.
        super().__init__(f"{reason} ({cause})")
        self.reason = reason
        self.cause = cause

    def sentence(self, say: Wording) -> str:
        return say(f"store.unavailable.{self.reason}")


class NotMigratedError(StoreError):
    """The tables are not those of this version of the program; `newer` where a later version made them."""

    def __init__(self, newer: bool = False) -> None:
        super().__init__("newer" if newer else "older")
        self.newer = newer

    def sentence(self, say: Wording) -> str:
        return say("store.newer") if self.newer else say("store.not_migrated")


class LinkGoneError(StoreError):
    """The link was revoked or renewed, or its dossier deleted."""

    def sentence(self, say: Wording) -> str:
        return say("store.link_gone")


class ReadingOnlyError(StoreError):
    """The link is for reading, and this would change the dossier."""

    def sentence(self, say: Wording) -> str:
        return say("store.reading_only")


class LastLinkError(StoreError):
    """Without this link nobody could write in the dossier again, nor delete it: renew it, or delete the dossier."""

    def sentence(self, say: Wording) -> str:
        return say("store.last_link")


class TooManyLinksError(StoreError):
    """So many links open the dossier, or calendars read it, that no more is made."""

    def __init__(self, most: int, kind: Literal["links", "calendars"]) -> None:
        super().__init__(most, kind)
        self.most, self.kind = most, kind

    def sentence(self, say: Wording) -> str:
        return say(f"store.too_many_{self.kind}", n=self.most)


class TooManyMilestonesError(StoreError):
    """The dossier has so many milestones that no more is added."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most

    def sentence(self, say: Wording) -> str:
        return say("store.too_many_milestones", n=self.most)


class DossierFullError(StoreError):
    """So much is kept of the dossier that this is not added to it."""

    def sentence(self, say: Wording) -> str:
        return say("store.dossier_full")


class DossierTooLargeError(StoreError):
    """The dossier is larger than any that people write: it is not kept."""

    def sentence(self, say: Wording) -> str:
        return say("store.dossier_too_large")


class ReviewFullError(StoreError):
    """So much was remarked about the dossier already that no more is taken by this link."""

    def sentence(self, say: Wording) -> str:
        return say("store.review_full")
