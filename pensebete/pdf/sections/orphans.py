"""What has no place elsewhere, so that nothing typed is lost.

That is what was said of ids the checklist does not know, and of actions the answers no longer call for.
"""

from __future__ import annotations

from collections.abc import Sequence

from pensebete.assessment.item_state import ItemState
from pensebete.assessment.model import Assessment, Planned
from pensebete.assessment.profile import options_in
from pensebete.checklist.model import GENERATED_ACTIONS, Checklist
from pensebete.evaluation.action_plan import Action
from pensebete.evaluation.action_text import owner_label
from pensebete.evaluation.history_text import state_label
from pensebete.evaluation.readiness_text import status_label
from pensebete.pdf.edition import Edition
from pensebete.pdf.layout.canvas import Document
from pensebete.pdf.layout.style import LEFT, SMALL, SMALL_STRONG, TEXT

Said = tuple[str, list[str]]  # what it is about, and what was said


def write_leftovers(
    document: Document,
    checklist: Checklist,
    assessment: Assessment,
    states: Sequence[ItemState],
    actions: Sequence[Action],
    edition: Edition,
) -> None:
    aside = {state.item.id for state in states if not state.counts}
    in_plan = {(action.item.id, action.id) for action in actions if action.item}
    earlier: list[Said] = []
    unknown = [
        *_strange_answers(document, checklist, assessment, edition),
        *_strange_profile(document, checklist, assessment),
    ]
    for item, of_item in assessment.plan.items():
        known = checklist.items.get(item)
        texts = {action.id: action.text[document.say.language] for action in known.actions} if known else {}
        for action, planned in of_item.items():
            left_out = item in aside and not edition.not_applicable
            said = [] if left_out else _planned(document, checklist, planned, edition.notes)
            if (item, action) in in_plan or not (said or edition.complete):
                continue
            if known and (action in texts or action in GENERATED_ACTIONS):
                what = texts.get(action) or known.title[document.say.language]
                earlier.append((f"{known.ref} · {what}", said))
            else:
                unknown.append((f"{item} · {action}", said))
    for own in assessment.own_actions:
        if own.item and own.item not in checklist.items:
            unknown.append((own.item, [document.say("report.own_action_about", text=own.text)]))
    say = document.say
    _write(document, say("report.earlier_actions"), say("report.earlier_actions_explained"), earlier)
    _write(document, say("report.unknown_ids"), say("report.unknown_ids_explained"), unknown)


def _strange_answers(document: Document, checklist: Checklist, assessment: Assessment, edition: Edition) -> list[Said]:
    say = document.say
    found = []
    for item, answer in assessment.answers.items():
        left_out = answer.status == "not_applicable" and not edition.not_applicable
        if item not in checklist.items and not left_out:
            said = [status_label(checklist, answer.status, say)]
            said += [say("report.reason", text=answer.reason)] if edition.notes and answer.reason.strip() else []
            said += [say("report.note", text=answer.note)] if edition.notes and answer.note.strip() else []
            found.append((item, said))
    return found


def _strange_profile(document: Document, checklist: Checklist, assessment: Assessment) -> list[Said]:
    found = []
    for question, choice in assessment.profile.items():
        known = checklist.questions.get(question)
        strange = [c for c in options_in(choice) if known is None or c not in {option.id for option in known.options}]
        if strange:
            about = known.question[document.say.language] if known else question
            found.append((about, [document.say.listing(strange)]))
    return found


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
