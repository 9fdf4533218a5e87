"""The profile read with a checklist: what its conditions see, and what it does not know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pensebete.assessment.model import Assessment, Profile
from pensebete.checklist.conditions import choices, holds
from pensebete.checklist.model import GENERATED_ACTIONS, Checklist, Item, ProfileQuestion
from pensebete.checklist.question_kinds import Choice, given


def known_choices(checklist: Checklist, profile: Profile) -> dict[str, tuple[str, ...]]:
    """The profile as conditions read it: question -> options chosen, without the ids the checklist does not know.

    « None of these » chosen with others is not heeded.
    """
    read = (
        (question, question.read(without_excluded(question, given(profile.get(question.id, ())))))
        for question in checklist.profile
    )
    return {question.id: options for question, options in read if options and not _contradict(question, options)}


def may_exclude(checklist: Checklist, profile: Mapping[str, Sequence[str]]) -> tuple[Item, ...]:
    """The items that answers still to be given may set aside, `profile` being those given as conditions read them.

    A condition that is known to hold stays so, whatever else is answered; one that always holds is a violation.
    """
    return tuple(item for item in checklist.items.values() if holds(item.applies_when, profile) is None)


def questions_deciding(checklist: Checklist, items: Iterable[Item]) -> tuple[ProfileQuestion, ...]:
    """The questions whose answers decide whether one of these items applies, in the order they are asked."""
    named = {question for item in items if item.applies_when for question, _ in choices(item.applies_when)}
    return tuple(question for question in checklist.profile if question.id in named)


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


def without_excluded(question: ProfileQuestion, options: tuple[str, ...]) -> tuple[str, ...]:
    """The options without the exclusive ones, where others of the question are chosen too."""
    exclusive = {option.id for option in question.options if option.exclusive}
    others = {option.id for option in question.options} - exclusive
    return tuple(id for id in options if id not in exclusive) if others & set(options) else options


def settled(question: ProfileQuestion, before: Choice, choice: Choice) -> Choice:
    """A choice of several after a tap: an exclusive option takes the others away, another one takes it away."""
    exclusive = {option.id for option in question.options if option.exclusive}
    added = [id for id in given(choice) if id in exclusive and id not in given(before)]
    if isinstance(choice, str) or not added:
        return choice if isinstance(choice, str) else without_excluded(question, choice)
    return (added[-1],)


def _contradict(question: ProfileQuestion, options: tuple[str, ...]) -> bool:
    """Whether several were chosen, each of which excludes the others."""
    exclusive = {option.id for option in question.options if option.exclusive}
    return len(options) > 1 and exclusive.issuperset(options)
