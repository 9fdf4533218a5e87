"""Remarks in words: the same on the desk, in the PDF and at the manager's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from pensebete.assessment.review.standing import Standing
from pensebete.checklist.model import GENERATED_ACTIONS, Checklist
from pensebete.checklist.status import STATUSES
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.proposals import if_accepted, proposals
from pensebete.evaluation.readiness_text import score_words
from pensebete.text.typography import begins_with_vowel
from pensebete.text.wording import Wording

WHOLE = About()


def by_line(remarks: Iterable[Remark], checklist: Checklist) -> Mapping[About, tuple[Remark, ...]]:
    """What was said of each line, by time: of the whole first, then the profile and the items in their order, then
    what this checklist does not know. `remarks` are as carried to the checklist."""
    places = {WHOLE: 0}
    for n, question in enumerate(checklist.questions):
        places[About(question=question)] = 1 + n
    for item in checklist.items.values():
        places[About(item=item.id)] = len(places)
        for action in item.actions:
            places[About(item=item.id, action=action.id)] = len(places)
    found: dict[About, tuple[Remark, ...]] = {}
    for remark in remarks:
        found[remark.about] = (*found.get(remark.about, ()), remark)
    return {about: found[about] for about in sorted(found, key=lambda about: places.get(about, len(places)))}


def line_words(about: About, checklist: Checklist, assessment: Assessment, say: Wording) -> str:
    """« RH1 · Faire équipe avec le personnel »; « RH1 · Convoquer une rencontre »; a question; « Tout le dossier »."""
    item = checklist.items.get(about.item) if about.item else None
    if about.action is not None:
        own = next((own for own in assessment.own_actions if str(own.id) == about.action), None)
        suggested = next((a.text[say.language] for a in item.actions if a.id == about.action), "") if item else ""
        text = own.text if own else suggested or (item.title[say.language] if item else about.action)
        return f"{item.ref} · {text}" if item else " · ".join(filter(None, (about.item, text)))
    if item:
        return f"{item.ref} · {item.title[say.language]}"
    if about.question is not None:
        question = checklist.questions.get(about.question)
        return question.question[say.language] if question else about.question
    return about.item or say("review.whole")


def worded(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """All but what is only « vu »: somebody may have written beside it, or replied to it."""
    return tuple(remark for remark in remarks if remark.kind != "seen" or remark.text.strip() or remark.events)


def is_known(about: About, checklist: Checklist, assessment: Assessment) -> bool:
    """Whether the line is one of this checklist, or of the dossier as a whole; `about` is as carried to it."""
    if about.action is not None and any(str(own.id) == about.action for own in assessment.own_actions):
        return True
    if about.item is not None or about.action is not None:
        item = checklist.items.get(about.item or "")
        ids = {action.id for action in item.actions} | GENERATED_ACTIONS if item else ()
        return item is not None and (about.action is None or about.action in ids)
    return about.question is None or about.question in checklist.questions


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
    return (
        say("review.said", kind=kind, text=remark.text) if kind and remark.text else remark.text or kind or remark.kind
    )


def standing_words(standing: Standing, say: Wording) -> str:
    """« Ouverte », « Réponse donnée », « Réglée », « Retirée »."""
    return say(f"review.standing.{standing}")


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


def if_accepted_words(evaluation: Evaluation, review: Review, say: Wording) -> str:
    """« Selon la personne-conseil : 54 % (vous : 62 %) »; empty where no other answer is proposed.

    `review` is as carried.
    """
    accepted = if_accepted(evaluation, review)
    if accepted is None:
        return ""
    authors = {remark.author for remark in proposals(evaluation, review).values()}
    theirs, yours = (score_words(one.readiness.overall, say) for one in (accepted, evaluation))
    return say("review.if_accepted", len(authors), theirs=theirs, yours=yours)


_MOST_NAMED = 2


def whose_words(remarks: Sequence[Remark], say: Wording) -> str:
    """« 3 remarques de Marie Roy, Pôle de Québec », « 1 remarque d’Anne Roy »; of many authors the first two."""
    authors = list(dict.fromkeys(author_words(remark.author, say) for remark in remarks))
    named = authors[:_MOST_NAMED]
    if more := len(authors) - len(named):
        named.append(say("review.others", n=more))
    sentence = "review.from_vowel" if begins_with_vowel(named[0]) else "review.from"
    return say(sentence, n=len(remarks), who="; ".join(named))
