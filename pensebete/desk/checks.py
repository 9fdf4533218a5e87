"""Checks before a call: what in a dossier is worth a question, in order of worth.

Each finds what it is about and says nothing: the question is in the catalogues, `desk.check.CODE`. None changes a
figure. docs/recipes/add-a-check.md says how to add one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Literal, get_args

from pensebete.assessment.item_state import ItemState, answer_dates
from pensebete.assessment.local_time import with_zone
from pensebete.desk.doubt import clause_in_doubt, clauses, doubt_words, quoted, words_of
from pensebete.evaluation.evaluation import Evaluation
from pensebete.text.folded import folded

# In order of worth.
CheckCode = Literal[
    "proof_expired",
    "answers_old",
    "note_says_otherwise",
    "done_without_note",
    "too_fast",
    "excluded_answered",
    "profile_against_notes",
    "essential_not_applicable",
    "date_to_come",
]
CODES: tuple[CheckCode, ...] = get_args(CheckCode)
FOR_ADVISORS_ALONE: frozenset[CheckCode] = frozenset({"date_to_come"})
OLD_DAYS = 30  # an answer that is older may have been true
SECONDS = 4  # nobody reads an item in less
# Fewer answers than these say nothing about how they were given.
FEWEST_DONE, FEWEST_TIMED = 5, 10
STAFF, NOBODY = "staff", "0"  # the question of the profile, and its option, that say that nobody is employed


@dataclass(frozen=True, slots=True)
class Check:
    """Something to ask about, and what the question names."""

    code: CheckCode
    items: tuple[str, ...] = ()  # their ids
    # Whether the figure may say more than there is: the row stands in the lane of results to verify.
    high: bool = False
    n: int = 0  # how many: days, answers
    day: date | None = None
    quote: str = ""  # of a note
    seconds: int = 0


def checks(evaluation: Evaluation) -> tuple[Check, ...]:
    """All of them, in order of worth."""
    return tuple(check for find in _FINDERS for check in find(evaluation))


def checks_for_manager(evaluation: Evaluation) -> tuple[Check, ...]:
    """Those that somebody can look at before the PDF leaves: all but what only a clock got wrong."""
    return tuple(check for check in checks(evaluation) if check.code not in FOR_ADVISORS_ALONE)


def _proof_expired(evaluation: Evaluation) -> Iterator[Check]:
    expired = [state for state in evaluation.item_states if state.expired]
    if expired:
        done = sum(state.status == "done" for state in evaluation.item_states)
        yield Check("proof_expired", _ids(expired), 2 * len(expired) >= done)


def _answers_old(evaluation: Evaluation) -> Iterator[Check]:
    days = answer_dates(evaluation.item_states)
    if days and (age := (evaluation.today - days[1]).days) > OLD_DAYS:
        yield Check("answers_old", high=True, n=age, day=days[1])


def _note_says_otherwise(evaluation: Evaluation) -> Iterator[Check]:
    words = doubt_words(evaluation.checklist)
    for state in evaluation.item_states:
        if state.status == "done" and state.answer.note:
            clause = clause_in_doubt(state.answer.note, words)
            if clause is not None:
                yield Check("note_says_otherwise", _ids([state]), True, quote=clause)


def _done_without_note(evaluation: Evaluation) -> Iterator[Check]:
    answered = [state for state in _as_answered(evaluation) if state.counts and state.current is not None]
    if len(answered) < FEWEST_DONE or any(state.answer.note.strip() for state in answered):
        return
    if all(state.status == "done" for state in answered):
        yield Check("done_without_note", high=True, n=len(answered))


def _too_fast(evaluation: Evaluation) -> Iterator[Check]:
    """By the usual time between two answers: one that is changed a month later makes the others no slower.

    Answers that all have the same few moments were not tapped but written by a program, and say nothing.
    """
    moments = sorted(with_zone(s.answer.answered_at) for s in _as_answered(evaluation) if s.answer.answered_at)
    if len(set(moments)) < max(FEWEST_TIMED, len(moments) / 2):
        return
    gaps = [(after - before).total_seconds() for before, after in pairwise(moments)]
    if sorted(gaps)[len(gaps) // 2] < SECONDS:
        # All of them where that says it, else those that came at once.
        quick = gaps if sum(gaps) < SECONDS * len(gaps) else [gap for gap in gaps if gap < SECONDS]
        yield Check("too_fast", high=True, n=len(quick) + 1, seconds=max(1, round(sum(quick))))


def _excluded_answered(evaluation: Evaluation) -> Iterator[Check]:
    """An answer that the profile hides; « not applicable » says the same as it does."""
    found = [
        state
        for state in evaluation.item_states
        if state.set_aside and state.answer.status and state.answer.status != "not_applicable"
    ]
    if found:
        yield Check("excluded_answered", _ids(found))


def _profile_against_notes(evaluation: Evaluation) -> Iterator[Check]:
    """Nobody is employed by the profile, and a note counts people who are: the one contradiction that is certain."""
    if evaluation.profile.get(STAFF) != (NOBODY,):
        return
    people = words_of("desk.people_words")
    nobody = words_of("desk.doubt_turned_by") | words_of("desk.doubt_not_after")
    # What was carried to another item stands at its own too: that one is named.
    for state in sorted(evaluation.item_states, key=lambda state: state.answer.confirm):
        for clause in clauses(state.answer.note):
            said = folded(clause)
            counted = any(_is_number(word) and after in people for word, after in pairwise(said))
            if counted and nobody.isdisjoint(said):
                yield Check("profile_against_notes", _ids([state]), quote=quoted(clause))
                return


def _essential_not_applicable(evaluation: Evaluation) -> Iterator[Check]:
    essential = evaluation.checklist.readiness.essential
    found = [
        s for s in evaluation.item_states if s.applies and s.current == "not_applicable" and essential.match(s.item)
    ]
    if found:
        yield Check("essential_not_applicable", _ids(found))


def _date_to_come(evaluation: Evaluation) -> Iterator[Check]:
    said: list[datetime | None] = [evaluation.assessment.created_at, evaluation.assessment.updated_at]
    answered = [s.answered_on for s in evaluation.item_states if s.answer.status and s.answered_on]
    latest = max([*answered, *(evaluation.date_of(moment) for moment in said if moment)], default=None)
    if latest and latest > evaluation.today:
        ahead = [s for s in evaluation.item_states if s.answered_on and s.answered_on > evaluation.today]
        yield Check("date_to_come", _ids(ahead), day=latest)


_FINDERS: tuple[Callable[[Evaluation], Iterator[Check]], ...] = (
    _proof_expired,
    _answers_old,
    _note_says_otherwise,
    _done_without_note,
    _too_fast,
    _excluded_answered,
    _profile_against_notes,
    _essential_not_applicable,
    _date_to_come,
)


def _as_answered(evaluation: Evaluation) -> list[ItemState]:
    """The answers that somebody gave to the items as they are: not those that a newer checklist made of others."""
    return [state for state in evaluation.item_states if state.status and not state.answer.confirm]


def _ids(states: list[ItemState]) -> tuple[str, ...]:
    return tuple(state.item.id for state in states)


def _is_number(word: str) -> bool:
    return re.fullmatch(r"[1-9][0-9]{0,3}", word) is not None
