"""When a manager is told that somebody can be called: a bad result, or « Je ne sais pas ». Silence is neither."""

from __future__ import annotations

import pytest

from pensebete.evaluation.worth_a_call import is_bad, worth_a_call
from tests.builders import assess, evaluate, every

LIQUIDITY = ("cash-weeks", "cash-forecast", "reduce-operations")


def of(checklist, **but):
    return evaluate(checklist, assess(every(checklist, "done", **but), profile={"layoffs": "yes"}))


@pytest.mark.parametrize(
    ("but", "bad", "call"),
    [
        ({}, False, False),
        ({"cash_weeks": "to_do"}, True, True),
        ({"cash_weeks": "unknown"}, True, True),
        ({"cash_weeks": "in_progress"}, False, False),
        ({"cash_weeks": None}, False, False),
        ({"cash_weeks": "not_applicable"}, False, False),
        ({"remote_work": "to_do"}, False, False),
        ({"remote_work": "unknown"}, False, True),
    ],
)
def test_an_essential_to_do_or_unknown_is_bad_and_any_unknown_is_worth_a_call(checklist, but, bad, call):
    evaluation = of(checklist, **but)
    assert (is_bad(evaluation), worth_a_call(evaluation)) == (bad, call)


def vital(checklist):
    [domain] = [domain for domain in checklist.domains if domain.vital]
    essential = checklist.readiness.essential
    return [item.id.replace("-", "_") for item in domain.items if not essential.match(item)]


def test_a_vital_domain_that_is_weak_is_bad_once_nothing_of_it_is_left_to_answer(checklist):
    weak = dict.fromkeys(vital(checklist), "to_do") | {"cash_weeks": "in_progress"}
    essentials = {
        item.id.replace("-", "_"): "in_progress"
        for item in checklist.items.values()
        if item.urgency == item.impact == 3
    }
    assert is_bad(of(checklist, **essentials | weak))
    silent = weak | {vital(checklist)[0]: None}
    assert not is_bad(of(checklist, **essentials | silent))


def test_the_lowest_band_is_bad_once_everything_is_answered(checklist):
    essentials = {item.id: "in_progress" for item in checklist.items.values() if item.urgency == item.impact == 3}
    answers = every(checklist, "to_do") | essentials | {id.replace("_", "-"): "in_progress" for id in vital(checklist)}
    evaluation = evaluate(checklist, assess(answers))
    assert evaluation.readiness.overall.band == checklist.band_at(0).id
    assert is_bad(evaluation)
    assert not is_bad(evaluate(checklist, assess(answers | {"non-repayable-aid": None})))


@pytest.mark.parametrize("status", [None, "not_applicable"])
def test_nothing_said_is_not_bad(checklist, status):
    assert not worth_a_call(evaluate(checklist, assess(every(checklist, status))))


def test_what_the_profile_sets_aside_calls_for_nothing(checklist):
    assert not worth_a_call(evaluate(checklist, assess({"lender-relief": "unknown"}, profile={"borrowing": "no"})))
