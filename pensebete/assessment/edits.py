"""The ways to add to an assessment. It is frozen: every change is a new one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from pensebete.assessment.model import AS_PROPOSED, NOT_ANSWERED, Answer, Assessment, OwnAction, V
from pensebete.checklist.question_kinds import Choice
from pensebete.checklist.status import Status, rule_of


def with_details(assessment: Assessment, now: datetime, **changes: Any) -> Assessment:
    """With other details: organisation, prepared_by, language, plan_started_on."""
    return assessment.model_copy(update={**changes, "updated_at": now})


def with_contact(assessment: Assessment, now: datetime, **changes: Any) -> Assessment:
    """With whom to call, or how soon, said otherwise."""
    return with_details(assessment, now, contact=assessment.contact.model_copy(update=changes))


def with_choice(assessment: Assessment, question: str, choice: Choice | None, now: datetime) -> Assessment:
    """With a question of the profile answered; None or an empty choice takes its answer back."""
    profile = {**assessment.profile, question: choice} if choice else _without(assessment.profile, question)
    return with_details(assessment, now, profile=profile)


def with_answer(assessment: Assessment, item: str, now: datetime, **changes: Any) -> Assessment:
    """With an item's status, note, reason or overrule changed; a status of None takes the answer back.

    A status that changes is dated, and needs no confirming; the same one again changes nothing.
    """
    before = assessment.answer(item)
    if "status" in changes and changes["status"] != before.status:
        changes |= {"answered_at": now if changes["status"] else None, "confirm": False}
    return _with(assessment, item, before.model_copy(update=changes), now)


def confirmed(assessment: Assessment, item: str, now: datetime) -> Assessment:
    """With the same answer to an item, dated now; as it is where there is no answer to confirm."""
    answer = assessment.answer(item)
    if answer.status is None:
        return assessment
    # The action to do so is done by that, and to be done anew when the answer has had its day again.
    assessment = with_planned(assessment, item, "reconfirm", now, state="to_start", due=None, undated=False)
    return _with(assessment, item, answer.model_copy(update={"answered_at": now, "confirm": False}), now)


def overruled(assessment: Assessment, item: str, now: datetime, overrule: bool) -> Assessment:
    """With the profile overruled on an item, or heeded again. What is said to apply is not said not to."""
    asked_anew = overrule and rule_of(assessment.answer(item).status).asks_reason
    return with_answer(assessment, item, now, overrule=overrule, **({"status": None} if asked_anew else {}))


def _with(assessment: Assessment, item: str, answer: Answer, now: datetime) -> Assessment:
    answers = _without(assessment.answers, item) if answer == NOT_ANSWERED else {**assessment.answers, item: answer}
    return with_details(assessment, now, answers=answers)


def with_planned(assessment: Assessment, item: str, action: str, now: datetime, **changes: Any) -> Assessment:
    """With an action's owner, due date, comment, set_aside or state changed; to have reconfirmed is to confirm."""
    if action == "reconfirm" and changes.get("state") == "done":
        return confirmed(with_planned(assessment, item, action, now, **{**changes, "state": "to_start"}), item, now)
    actions = assessment.plan.get(item, {})
    planned = assessment.planned(item, action).model_copy(update=changes)
    actions = _without(actions, action) if planned == AS_PROPOSED else {**actions, action: planned}
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

    Notes, reasons, owners, comments and own actions stay, so do whom to call, the profile, what was set aside, and the
    fields that this version does not know: it cannot tell them from something written. A status stays where it is one
    of `keep`, with its date, so that an old proof still asks to be confirmed. Due dates, states of actions and the day
    the plan started are cleared.
    """
    unanswered = {"status": None, "answered_at": None, "confirm": False}
    answers = {
        item: answer if answer.status in keep else answer.model_copy(update=unanswered)
        for item, answer in assessment.answers.items()
    }
    restarted = {"due": None, "state": "to_start"}
    plan = {
        item: {
            action: planned.model_copy(update={**restarted, "undated": False}) for action, planned in actions.items()
        }
        for item, actions in assessment.plan.items()
    }
    said = {
        item: {a: planned for a, planned in actions.items() if planned != AS_PROPOSED} for item, actions in plan.items()
    }
    return assessment.model_copy(
        update={
            "id": id,
            "previous_id": assessment.id,
            "created_at": now,
            "updated_at": now,
            "answers": {item: answer for item, answer in answers.items() if answer != NOT_ANSWERED},
            "plan_started_on": None,
            "plan": {item: actions for item, actions in said.items() if actions},
            "own_actions": tuple(own.model_copy(update=restarted) for own in assessment.own_actions),
        }
    )


def _without(mapping: Mapping[str, V], key: str) -> dict[str, V]:
    return {k: v for k, v in mapping.items() if k != key}
