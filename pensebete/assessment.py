"""What the manager said: an Assessment, and the ways to add to it. Frozen: every change is a new one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, TypeVar
from uuid import UUID

from pydantic import Field

from pensebete.checklist import GENERATED_ACTIONS, Checklist, Model, Status

V = TypeVar("V")
Choice = str | tuple[str, ...]
Profile = Mapping[str, Choice]
Key = Annotated[str, Field(max_length=200)]


class ChecklistRef(Model):
    """The checklist an assessment was made with."""

    id: Key
    version: Key = ""


class Answer(Model):
    """An answer to an item; without a status (a note alone, say) the item is unanswered."""

    status: Status | None = None
    note: str = ""
    reason: str = ""
    overrule: bool = False
    answered_at: datetime | None = None


class Planned(Model):
    """What the manager changed of a suggested action; None leaves the proposal as it is."""

    owner: str | None = None
    due: date | None = None
    comment: str = ""
    set_aside: bool = False


class OwnAction(Model):
    """An action of the manager's own."""

    id: UUID
    item: Key | None = None
    text: str
    priority: Key
    owner: str = ""
    due: date | None = None
    comment: str = ""
    set_aside: bool = False


class Assessment(Model):
    """All that one enterprise said. Ids that a checklist does not know are kept here and counted nowhere."""

    id: UUID | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    checklist: ChecklistRef
    organisation: str = ""
    prepared_by: str = ""
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] = "fr"
    profile: dict[Key, Choice] = {}
    answers: dict[Key, Answer] = {}
    plan_started_on: date | None = None
    plan: dict[Key, dict[Key, Planned]] = {}
    own_actions: tuple[OwnAction, ...] = ()

    def answer(self, item: str) -> Answer:
        return self.answers.get(item, _NOT_ANSWERED)

    @property
    def says_something(self) -> bool:
        """Whether there is anything in it that someone would miss."""
        said = (self.organisation, self.prepared_by, self.profile, self.answers, self.plan, self.own_actions)
        return any(said)

    def planned(self, item: str, action: str) -> Planned:
        return self.plan.get(item, {}).get(action, _AS_PROPOSED)


_NOT_ANSWERED = Answer()
_AS_PROPOSED = Planned()


def with_details(assessment: Assessment, now: datetime, **changes: Any) -> Assessment:
    """With other details: organisation, prepared_by, language, plan_started_on."""
    return assessment.model_copy(update={**changes, "updated_at": now})


def with_choice(assessment: Assessment, question: str, choice: Choice | None, now: datetime) -> Assessment:
    """With a question of the profile answered; None or an empty choice takes its answer back."""
    profile = {**assessment.profile, question: choice} if choice else _without(assessment.profile, question)
    return with_details(assessment, now, profile=profile)


def with_answer(assessment: Assessment, item: str, now: datetime, **changes: Any) -> Assessment:
    """With an item's status, note, reason or overrule changed; a new status is dated."""
    if "status" in changes:
        changes["answered_at"] = now if changes["status"] else None
    answer = assessment.answer(item).model_copy(update=changes)
    answers = _without(assessment.answers, item) if answer == _NOT_ANSWERED else {**assessment.answers, item: answer}
    return with_details(assessment, now, answers=answers)


def with_planned(assessment: Assessment, item: str, action: str, now: datetime, **changes: Any) -> Assessment:
    """With an action's owner, due date, comment or set_aside changed."""
    actions = assessment.plan.get(item, {})
    planned = assessment.planned(item, action).model_copy(update=changes)
    actions = _without(actions, action) if planned == _AS_PROPOSED else {**actions, action: planned}
    plan = {**assessment.plan, item: actions} if actions else _without(assessment.plan, item)
    return with_details(assessment, now, plan=plan)


def with_own_action(assessment: Assessment, action: OwnAction, now: datetime) -> Assessment:
    """With an own action added, or replaced where one has the same id."""
    known = any(own.id == action.id for own in assessment.own_actions)
    own = tuple(action if old.id == action.id else old for old in assessment.own_actions)
    return with_details(assessment, now, own_actions=own if known else (*own, action))


def without_own_action(assessment: Assessment, action: UUID, now: datetime) -> Assessment:
    return with_details(assessment, now, own_actions=tuple(o for o in assessment.own_actions if o.id != action))


def known_choices(checklist: Checklist, profile: Profile) -> dict[str, tuple[str, ...]]:
    """The profile as conditions read it: question -> options chosen, without the ids the checklist does not know."""
    chosen = {}
    for question in checklist.profile:
        choice = profile.get(question.id, ())
        choice = (choice,) if isinstance(choice, str) else choice
        known = tuple(option.id for option in question.options if option.id in choice)
        if known:
            chosen[question.id] = known
    return chosen


def unknown_ids(checklist: Checklist, assessment: Assessment) -> list[str]:
    """Each id in the assessment that the checklist does not know, as `answers.ID`, `profile.ID`, `plan.ITEM.ACTION`."""
    items, questions = checklist.items, checklist.questions
    strange = [f"answers.{item}" for item in assessment.answers if item not in items]
    for question, choice in assessment.profile.items():
        if question not in questions:
            strange.append(f"profile.{question}")
            continue
        options = {option.id for option in questions[question].options}
        chosen = (choice,) if isinstance(choice, str) else choice
        strange += [f"profile.{question}.{option}" for option in chosen if option not in options]
    for item, actions in assessment.plan.items():
        if item not in items:
            strange.append(f"plan.{item}")
            continue
        known = {action.id for action in items[item].actions} | GENERATED_ACTIONS
        strange += [f"plan.{item}.{action}" for action in actions if action not in known]
    strange += [f"own_actions.{own.item}" for own in assessment.own_actions if own.item and own.item not in items]
    return strange


def _without(mapping: Mapping[str, V], key: str) -> dict[str, V]:
    return {k: v for k, v in mapping.items() if k != key}
