"""What has a place in no other table: what it is, evaluation/orphans.py says."""

from __future__ import annotations

from collections.abc import Iterator

from pensebete.assessment.model import Planned
from pensebete.checklist.model import Checklist
from pensebete.evaluation.action_text import owner_label
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.history_text import state_label
from pensebete.evaluation.readiness_text import status_label
from pensebete.export.tables.table import Column, Table
from pensebete.text.wording import Wording

Said = tuple[str, str, str]  # what it is about, what kind of thing, the text


def orphans_table(evaluation: Evaluation, say: Wording) -> Table:
    columns = (Column(say("export.about_what"), 50), Column(say("export.what"), 20), Column(say("export.text"), 60))
    return Table("leftovers", say("export.leftovers"), columns, tuple(_rows(evaluation, say)))


def _rows(evaluation: Evaluation, say: Wording) -> Iterator[Said]:
    checklist, orphans = evaluation.checklist, evaluation.orphans
    for action in orphans.actions:
        text = action.text[say.language] if action.text else action.action_id
        about = f"{action.item.ref} · {text}" if action.item else f"{action.item_id} · {action.action_id}"
        yield from ((about, what, said) for what, said in _planned(checklist, action.planned, say))
    for id, answer in orphans.answers:
        yield id, say("export.answer"), status_label(checklist, answer.status, say)
        if answer.note:
            yield id, say("export.note"), answer.note
        if answer.reason:
            yield id, say("export.reason"), answer.reason
    for choice in orphans.choices:
        asked = choice.question.question[say.language] if choice.question else choice.question_id
        yield asked, say("export.answer"), say.listing(choice.labels(say.language))
    for own in orphans.own_actions:
        yield own.item or "", say("export.action"), own.text


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
