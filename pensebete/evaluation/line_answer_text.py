"""What the manager said on the line that a remark is about: their answer, their choice, where an action stands."""

from __future__ import annotations

from pensebete.assessment.review.model import About
from pensebete.checklist.question_kinds import given
from pensebete.evaluation.action_text import owner_label
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.history_text import state_label
from pensebete.evaluation.readiness_text import answer_words, status_label
from pensebete.text.wording import Wording


def line_answer_words(about: About, evaluation: Evaluation, say: Wording) -> str:
    """« Fait · 2026-03-28 », « 10 à 49 personnes », « En cours · direction · 2026-04-02 »; empty where there is none.

    `about` is as carried to the checklist.
    """
    if about.action is not None:
        return _of_action(about, evaluation, say)
    if about.item is not None:
        return _of_item(about.item, evaluation, say)
    if about.question is not None:
        return _of_question(about.question, evaluation, say)
    return ""


def _of_item(item: str, evaluation: Evaluation, say: Wording) -> str:
    checklist = evaluation.checklist
    if item not in checklist.items:
        kept = evaluation.assessment.answers.get(item)
        return status_label(checklist, kept.status, say) if kept else ""
    state = evaluation.state_of(item)
    on = state.answered_on if state.status else None
    return " · ".join(filter(None, (answer_words(checklist, state, say), say.short_date(on) if on else "")))


def _of_question(question: str, evaluation: Evaluation, say: Wording) -> str:
    """As it was said, what counts for nothing included."""
    asked = evaluation.checklist.questions.get(question)
    labels = {option.id: option.label[say.language] for option in asked.options} if asked else {}
    return "; ".join(labels.get(id, id) for id in given(evaluation.assessment.profile.get(question, ())))


def _of_action(about: About, evaluation: Evaluation, say: Wording) -> str:
    """An own action is named by its id alone."""
    for action in evaluation.plan:
        if action.id == about.action and (action.kind == "own" or (action.item and action.item.id == about.item)):
            owner = owner_label(evaluation.checklist, action.owner, say.language).strip()
            due = say.short_date(action.due) if action.due else ""
            aside = say("report.set_aside_action") if action.set_aside else state_label(action.state, say)
            return " · ".join(filter(None, (aside, owner, due)))
    return ""
