"""What was said and has no place elsewhere, so that nothing typed is lost: one rule for PDF and workbook.

That is what was said under ids that the checklist does not know, of choices that count for nothing, and of actions that
the answers no longer call for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pensebete.assessment.model import Answer, Assessment, OwnAction, Planned
from pensebete.checklist.model import GENERATED_ACTIONS, Checklist, Item, ProfileQuestion, Text
from pensebete.checklist.question_kinds import given
from pensebete.evaluation.action_plan import Action


@dataclass(frozen=True, slots=True)
class OrphanAction:
    """What was said of an action that is not in the plan."""

    item_id: str
    action_id: str
    item: Item | None  # None: the checklist does not know it
    text: Text | None  # of the suggested action; None where the item has none of that id
    planned: Planned

    @property
    def known(self) -> bool:
        """Whether it was in the plan by earlier answers, and may be again."""
        return self.item is not None and (self.text is not None or self.action_id in GENERATED_ACTIONS)


@dataclass(frozen=True, slots=True)
class OrphanChoice:
    """Options that count for nothing: unknown ones, or several of a question that takes one."""

    question_id: str
    question: ProfileQuestion | None
    options: tuple[str, ...]

    def labels(self, language: str) -> tuple[str, ...]:
        labels = {option.id: option.label[language] for option in self.question.options} if self.question else {}
        return tuple(labels.get(id, id) for id in self.options)


@dataclass(frozen=True, slots=True)
class Orphans:
    actions: tuple[OrphanAction, ...]
    answers: tuple[tuple[str, Answer], ...]  # by the id of an item that the checklist does not know
    choices: tuple[OrphanChoice, ...]
    own_actions: tuple[OwnAction, ...]  # about such an item


def orphans(checklist: Checklist, assessment: Assessment, plan: Iterable[Action]) -> Orphans:
    return Orphans(
        actions=tuple(_actions(checklist, assessment, plan)),
        answers=tuple((id, answer) for id, answer in assessment.answers.items() if id not in checklist.items),
        choices=tuple(_choices(checklist, assessment)),
        own_actions=tuple(own for own in assessment.own_actions if own.item and own.item not in checklist.items),
    )


def _actions(checklist: Checklist, assessment: Assessment, plan: Iterable[Action]) -> Iterator[OrphanAction]:
    in_plan = {(action.item.id, action.id) for action in plan if action.item}
    for item_id, of_item in assessment.plan.items():
        item = checklist.items.get(item_id)
        texts = {action.id: action.text for action in item.actions} if item else {}
        for id, planned in of_item.items():
            if (item_id, id) not in in_plan:
                yield OrphanAction(item_id, id, item, texts.get(id), planned)


def _choices(checklist: Checklist, assessment: Assessment) -> Iterator[OrphanChoice]:
    for id, choice in assessment.profile.items():
        question = checklist.questions.get(id)
        if left := question.unread(choice) if question else given(choice):
            yield OrphanChoice(id, question, left)
