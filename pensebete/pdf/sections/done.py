"""What is done, and since when: items answered done, with the actions that led there; actions done of the others."""

from __future__ import annotations

from pensebete.assessment.model import Planned
from pensebete.evaluation.action_plan import Action
from pensebete.evaluation.action_text import named, owner_label
from pensebete.evaluation.done import done_actions_of, once_answered_words
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.readiness_text import done_words
from pensebete.pdf.layout.canvas import Document
from pensebete.pdf.layout.style import LEFT, QUIET, SMALL, SMALL_STRONG


def write_done(document: Document, evaluation: Evaluation, notes: bool) -> None:
    say = document.say
    items = [state for state in evaluation.item_states if state.current == "done"]
    others = [action for action in evaluation.plan if action.state == "done" and not action.set_aside]
    if not items and not others:
        return
    document.heading(say("report.done_actions"), 1, keep=60, before=12)
    if words := once_answered_words(evaluation, say):
        document.paragraph(words, QUIET, after=4)
    for state in items:
        document.need(SMALL.line * 2)
        document.paragraph(done_words(state, say), SMALL_STRONG)
        for action in done_actions_of(evaluation, state.item):
            document.paragraph((action.text or state.item.title)[say.language], SMALL, x=LEFT + 12)
            _details(document, evaluation, action.planned, notes)
        document.y += 3
    for other in others:
        lang = document.input_language if other.kind == "own" else ""
        document.need(SMALL.line * 2)
        document.paragraph(named(other, say), SMALL, lang=lang)
        _details(document, evaluation, other, notes)


def _details(document: Document, evaluation: Evaluation, said: Action | Planned, notes: bool) -> None:
    """By whom, and what was written of it."""
    say = document.say
    owner = owner_label(evaluation.checklist, said.owner or "", say.language).strip()
    words = [say("report.owner_is", owner=owner)] if owner else []
    words += [say("report.comment", text=said.comment)] if notes and said.comment.strip() else []
    for text in words:
        document.paragraph(text, QUIET, x=LEFT + 12, lang=document.input_language)
