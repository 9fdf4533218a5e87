"""The plan in words: its headings by date, what is said beside an action, what is to be answered before anything."""

from __future__ import annotations

from datetime import date, timedelta

from pensebete.checklist.model import Checklist
from pensebete.evaluation.action_plan import Action
from pensebete.evaluation.action_text import owner_label
from pensebete.evaluation.due_groups import DueGroup
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.postponing import postponed_to
from pensebete.text.wording import Wording


def heading_words(group: DueGroup, today: date, say: Wording) -> str:
    """« En retard », « D’ici le lundi 30 mars », « Sans échéance »."""
    if group.late:
        return say("due.late")
    return say("due.none") if group.due is None else by_words(group.due, today, say)


def by_words(day: date, today: date, say: Wording) -> str:
    """« D’ici le lundi 30 mars »; « Aujourd’hui »."""
    return say("due.today") if day == today else say("due.by", day=say.weekday(day, today))


def when_words(action: Action, today: date, say: Wording) -> str:
    """« D’ici le lundi 30 mars », « En retard : mercredi 25 mars », « Sans échéance »."""
    if action.due is None:
        return say("due.none")
    if action.late:
        return say("due.late_since", day=say.weekday(action.due, today))
    return by_words(action.due, today, say)


def later_words(day: date, evaluation: Evaluation, say: Wording) -> str:
    """A day to put an action off to, on its button: « Demain », « Lundi », « Dans une semaine »."""
    today = evaluation.today
    if day == today + timedelta(days=1):
        return say("today.later.tomorrow")
    if day == postponed_to(evaluation):
        return say("today.later.week")
    words = say.day_of_week(day)
    return words[:1].upper() + words[1:]


def who_words(checklist: Checklist, action: Action, say: Wording) -> str:
    """« Finances »; « responsable à nommer »."""
    return owner_label(checklist, action.owner, say.language).strip() or say("due.no_owner")


def unanswered_words(evaluation: Evaluation, say: Wording) -> list[str]:
    """What to do first while an answer is missing: « Répondez aux 4 points qui restent », the essentials by title.

    Empty where every item that counts has its answer, and where none has: then everything is still to be answered. Of
    a dossier of essentials alone, the others may wait: « Répondez aux 2 essentiels qui restent ».
    """
    waiting = evaluation.to_answer
    if not waiting or not evaluation.readiness.overall.coverage:
        return []
    if evaluation.essentials_only:
        titles = "; ".join(f"{s.item.ref}, {s.item.title[say.language]}" for s in waiting)
        return [say("unanswered.essentials_first", n=len(waiting)), f"{titles}."]
    said = [say("unanswered.first", n=len(waiting))]
    essential = evaluation.checklist.readiness.essential
    if named := [f"{s.item.ref}, {s.item.title[say.language]}" for s in waiting if essential.match(s.item)]:
        said.append(say("unanswered.essentials", n=len(named), titles="; ".join(named)))
    return said
