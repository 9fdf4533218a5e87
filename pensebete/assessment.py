"""What the manager said: an Assessment, and the ways to add to it. Frozen: every change is a new one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal, TypeVar
from uuid import UUID

from pydantic import Field

from pensebete.checklist import GENERATED_ACTIONS, Checklist, Model, ProfileQuestion, Status

V = TypeVar("V")
Choice = str | tuple[str, ...]
Profile = Mapping[str, Choice]
Key = Annotated[str, Field(max_length=200)]
# Within what a plan can count from and a reader can believe: adding a horizon to the last day there is would overflow.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2199, 12, 31)
Day = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY)]
# How far an action is. Dropped is not set aside: set aside was never taken on, dropped was and no longer is.
State = Literal["to_start", "under_way", "done", "dropped"]
STATES: tuple[State, ...] = ("to_start", "under_way", "done", "dropped")


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
    # The item was reworded since: the answer counts, and the manager is asked whether it still holds.
    confirm: bool = False


class Planned(Model):
    """What the manager changed of a suggested action; None leaves the proposal as it is."""

    owner: str | None = None
    due: Day | None = None
    comment: str = ""
    set_aside: bool = False
    state: State = "to_start"


class OwnAction(Model):
    """An action of the manager's own."""

    id: UUID
    item: Key | None = None
    text: str
    priority: Key
    owner: str = ""
    due: Day | None = None
    comment: str = ""
    set_aside: bool = False
    state: State = "to_start"


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
    plan_started_on: Day | None = None
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
    """With an item's status, note, reason or overrule changed; a new status is dated and needs no confirming."""
    if "status" in changes:
        changes |= {"answered_at": now if changes["status"] else None, "confirm": False}
    answer = assessment.answer(item).model_copy(update=changes)
    answers = _without(assessment.answers, item) if answer == _NOT_ANSWERED else {**assessment.answers, item: answer}
    return with_details(assessment, now, answers=answers)


def confirmed(assessment: Assessment, item: str, now: datetime) -> Assessment:
    """With the same answer to an item, dated now; as it is where there is no answer to confirm."""
    status = assessment.answer(item).status
    return with_answer(assessment, item, now, status=status) if status else assessment


def with_planned(assessment: Assessment, item: str, action: str, now: datetime, **changes: Any) -> Assessment:
    """With an action's owner, due date, comment, set_aside or state changed."""
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


def new_cycle(assessment: Assessment, id: UUID, now: datetime, keep: frozenset[Status]) -> Assessment:
    """A copy to start over from, under a new id: what was written stays, what was done is to be looked at again.

    Notes, reasons, owners, comments and own actions stay, so do the profile and what was set aside. A status stays
    where it is one of `keep`, with its date, so that an old proof still asks to be confirmed. Due dates, states of
    actions and the day the plan started are cleared.
    """
    unanswered = {"status": None, "answered_at": None, "confirm": False}
    answers = {
        item: answer if answer.status in keep else answer.model_copy(update=unanswered)
        for item, answer in assessment.answers.items()
    }
    restarted = {"due": None, "state": "to_start"}
    plan = {
        item: {action: planned.model_copy(update=restarted) for action, planned in actions.items()}
        for item, actions in assessment.plan.items()
    }
    said = {
        item: {a: planned for a, planned in actions.items() if planned != _AS_PROPOSED}
        for item, actions in plan.items()
    }
    return assessment.model_copy(
        update={
            "id": id,
            "created_at": now,
            "updated_at": now,
            "answers": {item: answer for item, answer in answers.items() if answer != _NOT_ANSWERED},
            "plan_started_on": None,
            "plan": {item: actions for item, actions in said.items() if actions},
            "own_actions": tuple(own.model_copy(update=restarted) for own in assessment.own_actions),
        }
    )


def known_choices(checklist: Checklist, profile: Profile) -> dict[str, tuple[str, ...]]:
    """The profile as conditions read it: question -> options chosen, without the ids the checklist does not know.

    Several options for a question that takes one are no answer: nobody knows which of them is meant.
    """
    chosen = {}
    for question in checklist.profile:
        known = _known_options(question, profile.get(question.id, ()))
        if known and not _too_many(question, known):
            chosen[question.id] = known
    return chosen


def unknown_ids(checklist: Checklist, assessment: Assessment) -> list[str]:
    """Each id in the assessment that the checklist does not know, as `answers.ID`, `profile.ID`, `plan.ITEM.ACTION`.

    So is a question that takes one option where several are chosen, which is kept and counts for nothing either.
    """
    items, questions = checklist.items, checklist.questions
    strange = [f"answers.{item}" for item in assessment.answers if item not in items]
    for question, choice in assessment.profile.items():
        if question not in questions:
            strange.append(f"profile.{question}")
            continue
        known = _known_options(questions[question], choice)
        strange += [f"profile.{question}.{option}" for option in options_in(choice) if option not in known]
        strange += [f"profile.{question}"] if _too_many(questions[question], known) else []
    for item, actions in assessment.plan.items():
        if item not in items:
            strange.append(f"plan.{item}")
            continue
        actions_of_item = {action.id for action in items[item].actions} | GENERATED_ACTIONS
        strange += [f"plan.{item}.{action}" for action in actions if action not in actions_of_item]
    strange += [f"own_actions.{own.item}" for own in assessment.own_actions if own.item and own.item not in items]
    return strange


def options_in(choice: Choice) -> tuple[str, ...]:
    """The options of a choice, written as one or as a list."""
    return (choice,) if isinstance(choice, str) else choice


def _known_options(question: ProfileQuestion, choice: Choice) -> tuple[str, ...]:
    """Those of the choice that the question offers, in its order."""
    chosen = options_in(choice)
    return tuple(option.id for option in question.options if option.id in chosen)


def _too_many(question: ProfileQuestion, options: tuple[str, ...]) -> bool:
    return question.choose == "one" and len(options) > 1


def _without(mapping: Mapping[str, V], key: str) -> dict[str, V]:
    return {k: v for k, v in mapping.items() if k != key}
