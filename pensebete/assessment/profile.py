"""The profile read with a checklist: what its conditions see, and what it does not know."""

from __future__ import annotations

from pensebete.assessment.model import Assessment, Choice, Profile
from pensebete.checklist.model import GENERATED_ACTIONS, Checklist, ProfileQuestion


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
