"""The profile read with a checklist: what its conditions see, and what it does not know."""

from __future__ import annotations

from pensebete.assessment.model import Assessment, Profile
from pensebete.checklist.model import GENERATED_ACTIONS, Checklist


def known_choices(checklist: Checklist, profile: Profile) -> dict[str, tuple[str, ...]]:
    """The profile as conditions read it: question -> options chosen, without the ids the checklist does not know."""
    read = ((question.id, question.read(profile.get(question.id, ()))) for question in checklist.profile)
    return {question: options for question, options in read if options}


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
        offered, unread = {option.id for option in questions[question].options}, questions[question].unread(choice)
        strange += [f"profile.{question}.{option}" for option in unread if option not in offered]
        # Known options that count for nothing together.
        strange += [f"profile.{question}"] if offered.intersection(unread) else []
    for item, actions in assessment.plan.items():
        if item not in items:
            strange.append(f"plan.{item}")
            continue
        actions_of_item = {action.id for action in items[item].actions} | GENERATED_ACTIONS
        strange += [f"plan.{item}.{action}" for action in actions if action not in actions_of_item]
    strange += [f"own_actions.{own.item}" for own in assessment.own_actions if own.item and own.item not in items]
    return strange
