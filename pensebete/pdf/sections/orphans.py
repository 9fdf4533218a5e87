"""What has no place elsewhere, so that nothing typed is lost: what it is, evaluation/orphans.py says."""

from __future__ import annotations

from pensebete.assessment.model import Planned
from pensebete.checklist.model import Checklist
from pensebete.checklist.status import rule_of
from pensebete.evaluation.action_text import owner_label
from pensebete.evaluation.done import led_to_done
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.history_text import state_label
from pensebete.evaluation.orphans import Orphans
from pensebete.evaluation.readiness_text import status_label
from pensebete.pdf.edition import Edition
from pensebete.pdf.layout.canvas import Document
from pensebete.pdf.layout.style import LEFT, SMALL, SMALL_STRONG, TEXT

Said = tuple[str, list[str]]  # what it is about, and what was said


def write_orphans(document: Document, evaluation: Evaluation, edition: Edition) -> None:
    say, checklist, orphans = document.say, evaluation.checklist, evaluation.orphans
    not_counting = {state.item.id for state in evaluation.item_states if not state.counts}
    earlier: list[Said] = []
    unknown = [*_answers(document, checklist, orphans, edition), *_choices(document, orphans)]
    for action in orphans.actions:
        if led_to_done(evaluation, action):
            continue
        left_out = action.item_id in not_counting and not edition.not_applicable
        said = [] if left_out else _planned(document, checklist, action.planned, edition.notes)
        if not (said or edition.complete):
            continue
        if action.item and action.known:
            what = (action.text or action.item.title)[say.language]
            earlier.append((f"{action.item.ref} · {what}", said))
        else:
            unknown.append((f"{action.item_id} · {action.action_id}", said))
    unknown += [(own.item or "", [say("report.own_action_about", text=own.text)]) for own in orphans.own_actions]
    _write(document, say("report.earlier_actions"), say("report.earlier_actions_explained"), earlier)
    _write(document, say("report.unknown_ids"), say("report.unknown_ids_explained"), unknown)


def _answers(document: Document, checklist: Checklist, orphans: Orphans, edition: Edition) -> list[Said]:
    say = document.say
    found = []
    for item, answer in orphans.answers:
        if not rule_of(answer.status).counts and not edition.not_applicable:
            continue
        said = [status_label(checklist, answer.status, say)]
        said += [say("report.reason", text=answer.reason)] if edition.notes and answer.reason.strip() else []
        said += [say("report.note", text=answer.note)] if edition.notes and answer.note.strip() else []
        found.append((item, said))
    return found


def _choices(document: Document, orphans: Orphans) -> list[Said]:
    say = document.say
    return [
        (
            choice.question.question[say.language] if choice.question else choice.question_id,
            [say.listing(choice.labels(say.language))],
        )
        for choice in orphans.choices
    ]


def _planned(document: Document, checklist: Checklist, planned: Planned, notes: bool) -> list[str]:
    say = document.say
    said = [say("report.set_aside_action")] if planned.set_aside else []
    if planned.state != "to_start":
        said.append(say("report.state_is", state=state_label(planned.state, say)))
    if planned.owner and planned.owner.strip():
        said.append(say("report.owner_is", owner=owner_label(checklist, planned.owner, say.language)))
    said += [say("report.due_is", date=say.short_date(planned.due))] if planned.due else []
    said += [say("report.comment", text=planned.comment)] if notes and planned.comment.strip() else []
    return said


def _write(document: Document, title: str, explained: str, entries: list[Said]) -> None:
    if not entries:
        return
    document.heading(title, 0, keep=70, before=20)
    document.paragraph(explained, TEXT, after=6)
    for about, said in entries:
        document.need(SMALL.line * 2)
        document.paragraph(about, SMALL_STRONG)
        for text in said:
            document.paragraph(text, SMALL, x=LEFT + 12, lang=document.input_language)
        document.y += 5
