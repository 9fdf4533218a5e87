"""What can go wrong with saved dossiers, each as a sentence. None of these carries what a person wrote."""

from __future__ import annotations

from typing import Literal

from pensebete.checklist.accepted import Entry
from pensebete.text.wording import Wording

Reason = Literal[
    "locked", "full", "nearly_full", "read_only", "unreachable", "unreplicated", "outdated", "replaced", "fault"
]

# In an address, whatever the language of the sentence.
_AS_WRITTEN = {"at": "%40", "slash": "%2F", "server": "h1:5432", "servers": "?host=h1:5432&host=h2:5432"}


class StoreError(Exception):
    """Something that saved dossiers cannot do; `sentence` says it to a person."""

    def sentence(self, say: Wording) -> str:
        raise NotImplementedError


class StoreAddressError(StoreError):
    """PENSEBETE_DATABASE_URL names no database of a kind that the program knows; or `what` is wrong with it."""

    def __init__(self, what: str = "", **told: str) -> None:
        super().__init__(what)  # nothing that the address says: a password may be in any part of it
        self.what, self.told = what, told

    def sentence(self, say: Wording) -> str:
        told = {**_AS_WRITTEN, **self.told}
        return say(f"store.address.{self.what}" if self.what else "store.address", None, **told)


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


class IdeasFullError(StoreError):
    """So many ideas are kept that the next one is sent by email."""

    def sentence(self, say: Wording) -> str:
        return say("store.ideas_full")


class IdeaChangedError(StoreError):
    """Somebody else sorted, answered or deleted the idea since it was seen; nothing was changed."""

    def sentence(self, say: Wording) -> str:
        return say("store.idea_changed")


class UnsoundCopyError(StoreError):
    """A copy of the database is not whole, or is none."""

    def sentence(self, say: Wording) -> str:
        return say("store.copy.unsound")


class CopyOfItselfError(StoreError):
    """The copy would take the place of the database that is copied, or the other way round."""

    def sentence(self, say: Wording) -> str:
        return say("store.copy.itself")


class OtherKindError(StoreError):
    """The copy is of PostgreSQL and the database in use a SQLite file, or the other way round."""

    def __init__(self, sqlite: bool) -> None:
        super().__init__(sqlite)
        self.sqlite = sqlite  # the database in use

    def sentence(self, say: Wording) -> str:
        return say("store.copy.of_postgresql" if self.sqlite else "store.copy.of_sqlite")


class NotEmptyError(StoreError):
    """A copy would take the place of dossiers, or of what staff and managers keep beside them."""

    def __init__(self, sqlite: bool, dossiers: bool = True) -> None:
        super().__init__(sqlite, dossiers)
        self.sqlite, self.dossiers = sqlite, dossiers

    def sentence(self, say: Wording) -> str:
        if not self.dossiers:
            return say("store.copy.over_others")
        return say("store.copy.over_dossiers" if self.sqlite else "store.copy.not_empty")


class InUseError(StoreError):
    """A server, or another program, has the database open."""

    def sentence(self, say: Wording) -> str:
        return say("store.copy.in_use")


class ProgramMissingError(StoreError):
    """A program of PostgreSQL that makes or reads copies is not on this machine."""

    def __init__(self, program: str) -> None:
        super().__init__(program)
        self.program = program

    def sentence(self, say: Wording) -> str:
        return say("store.copy.no_program", program=self.program)


class ProgramFailedError(StoreError):
    """What a program of PostgreSQL said when it gave up: of the server and of tables, never of what is in them."""

    def __init__(self, program: str, said: str) -> None:
        super().__init__(program)
        self.program, self.said = program, said

    def sentence(self, say: Wording) -> str:
        return say("store.copy.program_failed", program=self.program, said=self.said)


class PurgeTooLargeError(StoreError):
    """A purge would take so many of the dossiers, or of the ideas, that a clock may be wrong."""

    def __init__(self, found: int, of: int, share: int, ideas: bool = False) -> None:
        super().__init__(found, of, share)
        self.found, self.of, self.share, self.ideas = found, of, share, ideas

    def sentence(self, say: Wording) -> str:
        id = "store.purge.ideas.too_large" if self.ideas else "store.purge.too_large"
        return say(id, n=self.found, of=say.number(self.of), share=say.number(self.share))


class DraftGoneError(StoreError):
    """The link of a draft was revoked or has expired, or its author deleted the draft."""

    def sentence(self, say: Wording) -> str:
        return say("draft.store.gone")


class DraftTooLargeError(StoreError):
    """The draft is longer than any checklist: it is not kept."""

    def sentence(self, say: Wording) -> str:
        return say("draft.store.too_large")


class TooManyDraftsError(StoreError):
    """So many drafts are shared here that one more waits until one expires."""

    def sentence(self, say: Wording) -> str:
        return say("draft.store.too_many")


class TooManyDraftLinksError(StoreError):
    """So many links open the draft that no more is made."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most

    def sentence(self, say: Wording) -> str:
        return say("draft.store.too_many_links", n=self.most)


class DraftRemarksFullError(StoreError):
    """So much was remarked about the draft that no more is taken."""

    def sentence(self, say: Wording) -> str:
        return say("draft.store.full")


class PublishedMeanwhileError(StoreError):
    """Another text was accepted since the one that this was compared with: nothing takes its place unseen."""

    def __init__(self, newest: Entry) -> None:
        super().__init__(newest.number)
        self.newest = newest

    def sentence(self, say: Wording) -> str:
        return say("store.published_meanwhile", number=self.newest.number)
