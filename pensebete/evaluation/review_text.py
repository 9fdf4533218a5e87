"""Remarks in words: the same on the desk, in the PDF and at the manager's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo
from itertools import groupby

from pensebete.assessment.local_time import local_date
from pensebete.assessment.model import Assessment
from pensebete.assessment.review.digest import changed_since
from pensebete.assessment.review.model import (
    ADVISOR,
    EVENT_KINDS,
    MANAGER,
    REMARK_KINDS,
    About,
    Author,
    Event,
    Remark,
    Review,
)
from pensebete.assessment.review.standing import asked
from pensebete.checklist.model import Checklist
from pensebete.checklist.status import STATUSES
from pensebete.text.wording import Wording

WHOLE = About()


def by_line(review: Review, checklist: Checklist) -> Mapping[About, tuple[Remark, ...]]:
    """What was asked of each line, by time: of the whole first, then the profile and the items in their order, then
    what this checklist does not know. `review` is as carried to the checklist."""
    places = {WHOLE: 0}
    for n, question in enumerate(checklist.questions):
        places[About(question=question)] = 1 + n
    for item in checklist.items.values():
        places[About(item=item.id)] = len(places)
        for action in item.actions:
            places[About(item=item.id, action=action.id)] = len(places)
    found: dict[About, tuple[Remark, ...]] = {}
    for remark in asked(review.remarks):
        found[remark.about] = (*found.get(remark.about, ()), remark)
    return {about: found[about] for about in sorted(found, key=lambda about: places.get(about, len(places)))}


def line_words(about: About, checklist: Checklist, assessment: Assessment, say: Wording) -> str:
    """« RH1 · Faire équipe avec le personnel »; « RH1 · Convoquer une rencontre »; a question; « Tout le dossier »."""
    item = checklist.items.get(about.item) if about.item else None
    if about.action is not None:
        own = next((own for own in assessment.own_actions if str(own.id) == about.action), None)
        suggested = next((a.text[say.language] for a in item.actions if a.id == about.action), "") if item else ""
        text = own.text if own else suggested or (item.title[say.language] if item else about.action)
        return f"{item.ref} · {text}" if item else text
    if item:
        return f"{item.ref} · {item.title[say.language]}"
    if about.question is not None:
        question = checklist.questions.get(about.question)
        return question.question[say.language] if question else about.question
    return about.item or say("review.whole")


def author_words(author: Author, say: Wording) -> str:
    """« Marie Roy, agente, CDR de Québec »; who gives no name is named by the side they are on."""
    role = "" if author.role in (MANAGER, ADVISOR) else author.role.strip()
    said = [part for part in (author.name.strip(), role, author.organisation.strip()) if part]
    return ", ".join(said) or say("review.manager" if author.is_manager else "review.advisor")


def by_and_when(author: Author, at: datetime, zone: tzinfo, say: Wording) -> str:
    """« Marie Roy, CDR de Québec, 27 novembre 2026 »."""
    return say("review.by", author=author_words(author, say), date=say.date(local_date(at, zone)))


def remark_words(remark: Remark, checklist: Checklist, say: Wording) -> str:
    """« Autre réponse proposée : En cours. La résolution manque. »; what it asks, then what was written, as written."""
    kind = say(f"review.kind.{remark.kind}") if remark.kind in REMARK_KINDS else ""
    if remark.kind == "status":
        status = remark.proposed if remark.proposed in STATUSES else None
        label = checklist.statuses[status].label[say.language] if status else remark.proposed or ""
        return say("review.proposed", kind=kind, status=label, text=remark.text).strip()
    return say("review.said", kind=kind, text=remark.text) if kind and remark.text else remark.text or kind


def event_words(event: Event, zone: tzinfo, say: Wording) -> str:
    """« Corrigé (Coop du Fleuve, 28 novembre 2026) : c’est fait depuis mardi »."""
    kind = say(f"review.event.{event.kind}") if event.kind in EVENT_KINDS else ""
    who = by_and_when(event.author, event.at, zone, say)
    return say("review.event" if event.text else "review.event.bare", kind=kind, who=who, text=event.text).strip()


def seen_words(review: Review, assessment: Assessment, zone: tzinfo, say: Wording) -> Iterator[str]:
    """« Vu le 27 novembre 2026 par Marie Roy; 3 réponses ont changé depuis. », the last time of each author.

    « Vu » is said of lines; those that one person saw on one day are one time. `review` is as carried.
    """

    def time(remark: Remark) -> tuple[str, str]:
        return author_words(remark.author, say), local_date(remark.at, zone).isoformat()

    seen = sorted((remark for remark in review.remarks if remark.kind == "seen"), key=time)
    last = {who: list(same) for (who, _), same in groupby(seen, time)}
    for who, same in sorted(last.items(), key=lambda one: one[1][-1].at, reverse=True):
        changed = sum(
            changed_since(assessment, remark) for remark in {remark.about: remark for remark in same}.values()
        )
        date = say.date(local_date(same[-1].at, zone))
        yield (
            say("review.seen", n=changed, who=who, date=date)
            if changed
            else say("review.seen.same", who=who, date=date)
        )
