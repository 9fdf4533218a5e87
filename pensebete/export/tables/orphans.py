"""What has a place in no other table: said of ids the checklist does not know, or of actions no longer in the plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pensebete.assessment.model import Assessment, Planned
from pensebete.assessment.profile import known_choices, options_in
from pensebete.checklist.model import Checklist
from pensebete.evaluation.action_plan import Action
from pensebete.evaluation.action_text import owner_label
from pensebete.evaluation.history_text import state_label
from pensebete.evaluation.readiness_text import status_label
from pensebete.export.tables.table import Column, Table
from pensebete.text.wording import Wording

Said = tuple[str, str, str]  # kind, what it is about, the text


def leftovers_table(checklist: Checklist, assessment: Assessment, actions: Sequence[Action], say: Wording) -> Table:
    rows = (
        *_earlier_actions(checklist, assessment, actions, say),
        *_strange_answers(checklist, assessment, say),
        *_strange_choices(checklist, assessment, say),
        *_own_actions_about_strange_items(checklist, assessment, say),
    )
    columns = (Column(say("export.about_what"), 50), Column(say("export.what"), 20), Column(say("export.text"), 60))
    return Table("leftovers", say("export.leftovers"), columns, rows)


def _earlier_actions(
    checklist: Checklist, assessment: Assessment, actions: Sequence[Action], say: Wording
) -> Iterator[Said]:
    in_plan = {(action.item.id, action.id) for action in actions if action.item}
    for item, of_item in assessment.plan.items():
        known = checklist.items.get(item)
        texts = {action.id: action.text[say.language] for action in known.actions} if known else {}
        for action, planned in of_item.items():
            if (item, action) not in in_plan:
                about = f"{known.ref} · {texts.get(action, action)}" if known else f"{item} · {action}"
                yield from ((about, what, text) for what, text in _planned(checklist, planned, say))


def _planned(checklist: Checklist, planned: Planned, say: Wording) -> Iterator[tuple[str, str]]:
    if planned.owner:
        yield say("export.owner"), owner_label(checklist, planned.owner, say.language)
    if planned.due:
        yield say("export.due"), say.short_date(planned.due)
    if planned.state != "to_start":
        yield say("export.state"), state_label(planned.state, say)
    if planned.comment:
        yield say("export.comment"), planned.comment
    if planned.set_aside:
        yield say("export.put_aside"), say("export.yes")


def _strange_answers(checklist: Checklist, assessment: Assessment, say: Wording) -> Iterator[Said]:
    for item, answer in assessment.answers.items():
        if item not in checklist.items:
            yield item, say("export.answer"), status_label(checklist, answer.status, say)
            if answer.note:
                yield item, say("export.note"), answer.note
            if answer.reason:
                yield item, say("export.reason"), answer.reason


def _strange_choices(checklist: Checklist, assessment: Assessment, say: Wording) -> Iterator[Said]:
    """Options the checklist does not know; and all of them where several were chosen for a question that takes one."""
    chosen = known_choices(checklist, assessment.profile)
    for question, choice in assessment.profile.items():
        known = checklist.questions.get(question)
        labels = {option.id: option.label[say.language] for option in known.options} if known else {}
        told = [labels.get(id, id) for id in options_in(choice) if id not in chosen.get(question, ())]
        if told:
            yield known.question[say.language] if known else question, say("export.answer"), say.listing(told)


def _own_actions_about_strange_items(checklist: Checklist, assessment: Assessment, say: Wording) -> Iterator[Said]:
    for own in assessment.own_actions:
        if own.item and own.item not in checklist.items:
            yield own.item, say("export.action"), own.text
