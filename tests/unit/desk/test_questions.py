"""The three questions to ask first: by what is known of an enterprise, and by nothing else."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pensebete.assessment.model import Answer, Assessment, OwnAction
from pensebete.desk.call_sheet_text import question_words
from pensebete.desk.questions import Question, questions
from pensebete.desk.row import evaluated
from pensebete.text.wording import wording
from tests.builders import NOW, assessments, typed
from tests.unit.desk.test_triage import ASKED, dossier, row

LATE = OwnAction(id=UUID(int=1), text="Rappeler la caisse", priority="P1", due=date(2026, 3, 2))
IN_DOUBT = {
    "scale-back": Answer(status="done", answered_at=NOW, note="À faire"),
    "regular-updates": Answer(status="done", answered_at=NOW, note="Pas encore"),
    "cash-weeks": Answer(status="not_applicable", answered_at=NOW, reason="Pas d’argent"),
}


def asked(assessment: Assessment) -> tuple[Question, ...]:
    found = row(assessment)
    return questions(evaluated(assessment, ASKED), found.why, found.checks)


def told(assessment: Assessment) -> list[str]:
    """The kind of each, and what it is about."""
    return [
        question.kind
        if not (about := (question.check and question.check.code) or (question.state and question.state.item.id))
        else f"{question.kind} {about}"
        for question in asked(assessment)
    ]


def said(**statuses: str | None) -> dict[str, Answer]:
    return {
        id.replace("_", "-"): Answer(status=status, answered_at=NOW if status else None)  # type: ignore[arg-type]
        for id, status in statuses.items()
    }


@pytest.mark.parametrize(
    ("details", "expected"),
    [
        ({}, []),
        ({"contact": {"next_pay": "yes", "weeks_of_money": 30}}, []),
        ({"contact": {"next_pay": "no", "weeks_of_money": 1}}, ["payroll"]),
        ({"contact": {"next_pay": "unknown"}}, ["payroll"]),
        ({"contact": {"weeks_of_money": 2.5}}, ["few_weeks"]),
        # Of those that are open, the money comes first, then the staff, then what nobody knows about.
        (
            {
                "answers": said(
                    board_position="to_do", public_aid="unknown", staff_position="to_do", cash_weeks="unknown"
                )
            },
            ["essential cash-weeks", "essential staff-position", "essential public-aid"],
        ),
        (
            {"answers": said(board_position="to_do", public_aid="unknown")},
            ["essential public-aid", "essential board-position"],
        ),
        ({"answers": said(cash_weeks=None)}, ["essential cash-weeks"]),
        # No essential is open: what is late, then what is begun.
        ({"answers": said(variable_costs="to_do"), "own_actions": (LATE,)}, ["late"]),
        (
            {"answers": said(cash_weeks="in_progress"), "own_actions": (LATE,)},
            ["late", "essential cash-weeks"],
        ),
        # A late action of an item that is asked about already is no second question.
        (
            {"answers": said(cash_weeks="to_do"), "own_actions": (LATE.model_copy(update={"item": "cash-weeks"}),)},
            ["essential cash-weeks"],
        ),
        # Two checks, then what is known; a third check where that leaves room.
        (
            {"answers": IN_DOUBT, "contact": {"next_pay": "no"}},
            ["check note_says_otherwise", "check note_says_otherwise", "payroll"],
        ),
        (
            {"answers": IN_DOUBT},
            ["check note_says_otherwise", "check note_says_otherwise", "check essential_not_applicable"],
        ),
    ],
)
def test_the_most_useful_comes_first(details, expected):
    assert told(dossier(**details)) == expected


def test_of_a_checklist_that_is_not_at_hand_only_what_was_said_of_the_money_is_asked():
    found = row(dossier(contact={"next_pay": "no"}))
    assert [question.kind for question in questions(None, found.why, ())] == ["payroll"]


@given(assessments(), st.lists(typed, min_size=5, max_size=5))
def test_notes_that_raise_no_check_change_no_question_however_loud(assessment, notes):
    plain = {id: answer.model_copy(update={"note": "vu"}) for id, answer in assessment.answers.items()}
    loud = {
        id: answer.model_copy(update={"note": f"URGENT!!! {notes[n % 5]}"})
        for n, (id, answer) in enumerate(plain.items())
    }
    evaluations = [evaluated(assessment.model_copy(update={"answers": answers}), ASKED) for answers in (plain, loud)]

    def about(question: Question) -> tuple[object, ...]:
        return (
            question.kind,
            question.state and question.state.item.id,
            question.action and question.action.name,
        )

    first, second = ([about(one) for one in questions(evaluation, (), ())] for evaluation in evaluations)
    assert first == second
    assert len(first) <= 3


@given(assessments())
def test_every_question_is_a_sentence_in_both_languages(assessment):
    evaluation = evaluated(assessment, ASKED)
    found = row(assessment)
    for question in questions(evaluation, found.why, found.checks):
        for language in ("fr", "en"):
            words = question_words(question, evaluation, wording(language))
            assert words.endswith("?") or words.endswith(".")
            assert "{" not in words
