"""Each thing that is asked of a store, once: what any page, calendar, timer or staff member has it do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

from bench.large.fill import dossier_id, row_id, token
from bench.large.models import MODELS, NOW, Models
from pensebete.assessment.model import Assessment
from pensebete.assessment.review.model import Author, Remark, Review
from pensebete.checklist.idea import NewIdea
from pensebete.checklist.model import ChecklistRef
from pensebete.storage import (
    accepted,
    allowances,
    calendars,
    changes,
    dossiers,
    drafts,
    ideas,
    links,
    milestones,
    retention,
    reviews,
    schema,
)
from pensebete.storage.engine import Store

Call = Callable[[int], object]
CHECKLIST = ChecklistRef(id="large", version="1")
OLD = NOW - timedelta(days=365)
_PATH = Path("/checklist.yaml")
_IDEA = NewIdea(CHECKLIST.id, "", "fr", "Prévenir la caisse avant la paie", True)


def everything(store: Store, models: Models) -> dict[str, Call]:
    """By the name of the function, what calls it for a dossier of that number; the order is one in which they can be
    called. Dossiers whose number is a multiple of `MODELS` have rows in every table."""

    def where(number: int, place: int = 1) -> tuple[Store, str, int]:
        return store, dossier_id(number), row_id(models, number, place)

    def saves(number: int) -> changes.News:
        note = {("answer", "cash-forecast", "note"): f"Note {uuid4()}"}
        return changes.save(*where(number), models.revision(number), note, str(uuid4()), NOW)

    def carries_over(number: int) -> changes.News:
        other = {("detail", "checklist"): {"id": CHECKLIST.id, "version": str(number)}}
        return changes.save(*where(number), models.revision(number), other, str(uuid4()), NOW, f"a checklist {number}")

    def remarks(number: int) -> Review:
        by = Author(name="Marie Roy")
        one = Remark.model_validate(
            {"id": uuid4(), "about": {}, "kind": "advice", "text": "Bon", "author": by, "at": NOW, "seen": ""}
        )
        about = UUID(int=number % MODELS)
        return reviews.add_to_review(*where(number), Review(dossier=about, remarks=(one,)), NOW)

    def unseen(number: int) -> list[int]:
        found = changes.changes_since(*where(number), models.revision(number)).overwritten
        return [one.id for one in found]

    def deletes(number: int) -> None:
        kept = dossiers.keep(store, Assessment(checklist=CHECKLIST), f"a checklist {number}", NOW)
        dossiers.delete_dossier(store, kept.dossier_id, kept.link_id)

    def allowance(what: Callable[..., object]) -> Call:
        return lambda number: what(store, "dossiers", f"address {number}", 1.0, 60.0, 60 / 3600, NOW)

    def new_idea() -> ideas.Idea:
        return ideas.add_idea(store, _IDEA, NOW)

    def draft() -> drafts.NewDraft:
        return drafts.share_draft(store, "id: x\ntitle: y", "remark", "", 3, NOW)

    def remarked(made: drafts.NewDraft) -> str:
        drafts.add_remark(store, made.link.token, id := str(uuid4()), 1, 1, "id: x", "Roy", "Pourquoi?", NOW)
        return id

    def on_draft(what: Callable[[drafts.NewDraft], object]) -> Call:
        def on_its_own(_: int) -> None:
            made = draft()
            what(made)
            drafts.delete_listed_draft(store, made.id)

        return on_its_own

    return {
        "dossiers.open_link": lambda n: dossiers.open_link(store, token("link", n), NOW),
        "dossiers.glance": lambda n: dossiers.glance(store, [token("link", one) for one in range(n, n + MODELS)]),
        "changes.save": saves,
        "changes.save, carried over to another checklist": carries_over,
        "changes.changes_since": lambda n: changes.changes_since(*where(n), models.revision(n) + 9),
        "changes.changes_since, something is new": lambda n: changes.changes_since(*where(n), 1),
        "changes.mark_seen": lambda n: changes.mark_seen(*where(n), unseen(n)),
        "reviews.add_to_review": remarks,
        "reviews.review_of": lambda n: reviews.review_of(*where(n)),
        "milestones.add_milestone": lambda n: milestones.add_milestone(*where(n), "Appel", NOW.date(), NOW),
        "milestones.milestones_of": lambda n: milestones.milestones_of(*where(n)),
        "links.links_of": lambda n: links.links_of(*where(n)),
        "links.add_link": lambda n: links.add_link(*where(n), "read", "banque", NOW),
        "links.renew": lambda n: links.renew(*where(n), links.links_of(*where(n))[-1].id, NOW),
        "links.revoke": lambda n: links.revoke(*where(n), links.links_of(*where(n))[-1].id, NOW),
        "calendars.add_calendar": lambda n: calendars.add_calendar(*where(n), "Tablette", NOW),
        "calendars.calendars_of": lambda n: calendars.calendars_of(*where(n)),
        "calendars.read_calendar": lambda n: calendars.read_calendar(store, token("calendar", n)),
        "calendars.renew_calendar": lambda n: calendars.renew_calendar(*where(n), row_id(models, n), NOW),
        "calendars.revoke_calendar": lambda n: calendars.revoke_calendar(
            *where(n), calendars.calendars_of(*where(n))[-1].id, NOW
        ),
        "dossiers.keep": lambda n: dossiers.keep(store, Assessment(checklist=CHECKLIST), "a checklist", NOW),
        "dossiers.delete_dossier": deletes,
        "allowances.take": allowance(allowances.take),
        "allowances.wait": allowance(allowances.wait),
        "allowances.give_back": allowance(allowances.give_back),
        "allowances.all_taken": lambda _: allowances.all_taken(store, "passes"),
        "ideas.add_idea": lambda _: new_idea(),
        "ideas.count_ideas": lambda _: ideas.count_ideas(store),
        "ideas.ideas_of": lambda _: ideas.ideas_of(store, "new", 20),
        "ideas.ideas_by_id": lambda _: ideas.ideas_by_id(store, [1, 2, 3]),
        "ideas.sort_idea": lambda _: ideas.sort_idea(store, new_idea(), "published", NOW),
        "ideas.mark_answered": lambda _: ideas.mark_answered(store, new_idea(), True, NOW),
        "ideas.published_ideas": lambda _: ideas.published_ideas(store),
        "ideas.delete_idea": lambda _: ideas.delete_idea(store, new_idea()),
        "ideas.restore_idea": lambda _: ideas.restore_idea(store, new_idea()),
        "ideas.withdraw_idea": lambda _: ideas.withdraw_idea(store, new_idea(), NOW),
        "drafts.share_draft": on_draft(lambda _: None),
        "drafts.add_draft_link": on_draft(lambda d: drafts.add_draft_link(store, d.owner, "read", "", 3, NOW)),
        "drafts.glance_at_draft": on_draft(lambda d: drafts.glance_at_draft(store, d.link.token, NOW)),
        "drafts.open_draft": on_draft(lambda d: drafts.open_draft(store, d.owner, NOW)),
        "drafts.update_draft": on_draft(lambda d: drafts.update_draft(store, d.owner, "id: z", NOW)),
        "drafts.add_remark": on_draft(remarked),
        "drafts.answer_remark": on_draft(
            lambda d: drafts.answer_remark(store, d.owner, str(uuid4()), remarked(d), "Roy", "Parce que", NOW)
        ),
        "drafts.settle_remark": on_draft(lambda d: drafts.settle_remark(store, d.owner, remarked(d), True, NOW)),
        "drafts.revoke_draft_link": on_draft(lambda d: drafts.revoke_draft_link(store, d.owner, d.link.link_id, NOW)),
        "drafts.delete_draft": lambda _: drafts.delete_draft(store, draft().owner, NOW),
        "drafts.delete_listed_draft": on_draft(lambda _: None),
        "drafts.list_drafts": lambda _: drafts.list_drafts(store, NOW),
        "drafts.expired_drafts": lambda _: drafts.expired_drafts(store, NOW),
        "drafts.purge_drafts": lambda _: drafts.purge_drafts(store, NOW),
        "accepted.log": lambda n: accepted.log(store, _PATH, CHECKLIST, f"accepted {n}", NOW),
        "accepted.publish": lambda n: accepted.publish(
            store,
            _PATH,
            CHECKLIST,
            f"published {n}",
            NOW,
            over=accepted.entries(store, _PATH)[-1],
            who="Roy",
            why="Aides",
        ),
        "accepted.entries": lambda _: accepted.entries(store, _PATH),
        "accepted.newest": lambda _: accepted.newest(store, _PATH),
        "accepted.text_of": lambda _: accepted.text_of(store, "0" * 64),
        "accepted.whole_log": lambda _: accepted.whole_log(store, _PATH),
        "schema.check": lambda _: schema.check(store),
        "retention.due": lambda _: retention.due(store, OLD, NOW),
        "retention.due_ideas": lambda _: retention.due_ideas(store, OLD),
        "retention.purge": lambda _: retention.purge(store, NOW - timedelta(days=399), force=True),
        "retention.purge_ideas": lambda _: retention.purge_ideas(store, OLD),
    }
