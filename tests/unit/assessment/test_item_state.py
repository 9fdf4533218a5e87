"""Which items apply to whom: the rules of the profile, on the checklist that ships."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pensebete.assessment.item_state import of_domain, reasons_set_aside
from pensebete.assessment.model import Answer
from pensebete.assessment.steps import essential_steps, progress, steps
from pensebete.checklist.model import Levels
from tests.builders import answer, assess, assessments, evaluate

STAFF = {"C2a", "C2b", "RH1", "RH2", "RH4", "RH5"}
REMOTE = {"RH3", "RH3a"}
LAYOFFS = {"RH4a"}
# Question, what is answered, the items it sets aside: every option of every question, several ticked, none ticked.
GATES = [
    ("legal-form", "cooperative", set()),
    ("legal-form", "non-profit", set()),
    ("legal-form", "mutual", set()),
    ("legal-form", "other", set()),
    ("adapted-enterprise", "yes", set()),
    ("adapted-enterprise", "no", set()),
    ("staff", "0", STAFF | REMOTE | LAYOFFS),
    ("staff", "1-9", set()),
    ("staff", "10-49", set()),
    ("staff", "50+", set()),
    ("layoffs", "yes", set()),
    ("layoffs", "no", LAYOFFS),
    ("remote-posts", "none", REMOTE),
    ("remote-posts", "some", set()),
    ("remote-posts", "most", set()),
    ("public-agreements", "yes", set()),
    ("public-agreements", "no", {"L6"}),
    ("borrowing", "yes", set()),
    ("borrowing", "no", {"L5"}),
    ("planned-investment", "yes", set()),
    ("planned-investment", "no", {"L4"}),
    ("interruption-insurance", "yes", set()),
    ("interruption-insurance", "no", {"L8"}),
    ("interruption-insurance", "unknown", set()),
    ("operations", ("stock",), set()),
    ("operations", ("stock", "online-sales", "critical-inputs"), set()),
    ("operations", ("online-sales",), {"A2"}),
    ("operations", ("critical-inputs",), set()),
    ("operations", ("online-sales", "critical-inputs"), set()),
    ("operations", ("none",), {"A2"}),
    ("operations", (), set()),
]


def item_states(checklist, assessment):
    return evaluate(checklist, assessment).item_states


def set_aside(checklist, assessment):
    return {state.item.ref for state in item_states(checklist, assessment) if state.set_aside}


@pytest.mark.parametrize(("question", "choice", "expected"), GATES)
def test_each_answer_of_the_profile_sets_aside_what_the_method_says(checklist, question, choice, expected):
    assert set_aside(checklist, assess(profile={question: choice})) == expected


def test_the_table_of_gates_names_every_option_of_every_question(checklist):
    named = {(q, c) for q, choice, _ in GATES for c in ((choice,) if isinstance(choice, str) else choice)}
    assert named == {(q.id, o.id) for q in checklist.profile for o in q.options}


def test_a_missing_answer_sets_nothing_aside(checklist):
    assert set_aside(checklist, assess()) == set()


@given(st.data())
def test_what_a_profile_sets_aside_is_the_sum_of_what_its_answers_do(checklist, data):
    profile = data.draw(
        st.fixed_dictionaries(
            {}, optional={q: st.sampled_from([c for g, c, _ in GATES if g == q]) for q, _, _ in GATES}
        )
    )
    expected = set().union(*(refs for q, c, refs in GATES if q in profile and profile[q] == c))
    assert set_aside(checklist, assess(profile=profile)) == expected


def test_no_loan_leaves_public_aid_and_non_repayable_aid_in_place(checklist):
    states = item_states(checklist, assess(profile={"borrowing": "no"}))
    assert all(state.applies for state in of_domain(states, "debt"))


def test_an_option_that_the_checklist_does_not_know_is_no_answer(checklist):
    assert set_aside(checklist, assess(profile={"staff": "a-dozen", "no-such-question": "yes"})) == set()
    assert set_aside(checklist, assess(profile={"operations": ("bakery",)})) == set()


def test_a_single_choice_written_as_a_list_means_the_same(checklist):
    assert set_aside(checklist, assess(profile={"staff": ("0",)})) == STAFF | REMOTE | LAYOFFS


def test_an_overruled_item_applies_and_counts(checklist):
    assessment = assess({"remote-work": Answer(status="to_do", overrule=True)}, profile={"staff": "0"})
    assert set_aside(checklist, assessment) == STAFF | LAYOFFS | {"RH3a"}
    state = next(s for s in item_states(checklist, assessment) if s.item.id == "remote-work")
    assert state.overruled
    assert state.counts
    assert state.status == "to_do"


def test_to_overrule_means_nothing_where_the_profile_sets_nothing_aside(checklist):
    for profile in ({}, {"staff": "1-9"}):
        assessment = assess({"remote-work": Answer(status="to_do", overrule=True)}, profile=profile)
        state = next(s for s in item_states(checklist, assessment) if s.item.id == "remote-work")
        assert state.applies
        assert not state.overruled


def test_an_answer_behind_the_profile_is_kept_and_says_nothing(checklist):
    assessment = assess({"lender-relief": "to_do"}, profile={"borrowing": "no"})
    state = next(s for s in item_states(checklist, assessment) if s.item.id == "lender-relief")
    assert state.answer.status == "to_do"
    assert state.status is None
    assert not state.counts


def test_not_applicable_applies_but_does_not_count(checklist):
    state = item_states(checklist, assess({"board-position": "not_applicable"}))[0]
    assert state.applies
    assert state.answered
    assert not state.counts


@pytest.mark.parametrize(
    "said",
    [Answer(), Answer(note="Vu en CA"), Answer(overrule=True), Answer(status="not_applicable", reason=" \u00a0")],
)
def test_a_note_or_an_overrule_alone_is_unanswered_and_so_is_not_applicable_without_a_reason(checklist, said):
    assert progress(item_states(checklist, assess({"board-position": said}))).answered == 0


@pytest.mark.parametrize("overrule", [False, True])
def test_not_applicable_changes_nothing_of_an_item_that_the_profile_excludes(checklist, overrule):
    said = {"remote-work": answer("not_applicable", overrule=overrule)}
    state = next(s for s in item_states(checklist, assess(said, profile={"staff": "0"})) if s.item.id == "remote-work")
    assert state.set_aside
    assert not state.overruled
    assert not state.without_reason


def test_progress_counts_the_items_that_apply(checklist):
    assessment = assess({"lender-relief": "done", "cash-forecast": "not_applicable"}, profile={"borrowing": "no"})
    made = progress(item_states(checklist, assessment))
    assert (made.answered, made.of, made.complete) == (1, 25, False)


def test_progress_is_complete_once_all_that_applies_is_answered(checklist):
    assessment = assess(dict.fromkeys(checklist.items, "unknown"))
    assert progress(item_states(checklist, assessment)).complete


def test_the_questionnaire_goes_one_domain_at_a_time(checklist):
    made = steps(checklist, item_states(checklist, assess()))
    assert [step.id for step in made] == [domain.id for domain in checklist.domains]


def test_the_short_way_asks_the_essentials_of_all_domains_and_what_decides_which_apply(checklist):
    (step,) = essential_steps(checklist, item_states(checklist, assess()))
    assert step.id == "essentials.first"
    assert [s.item.ref for s in step.item_states] == ["C1", "C2a", "C2b", "RH4a", "L1a", "L5", "L6", "E1"]
    assert [question.id for question in step.questions] == ["staff", "layoffs", "public-agreements", "borrowing"]


def test_a_question_is_asked_in_the_first_step_that_has_an_item_it_decides(checklist):
    made = steps(checklist, item_states(checklist, assess()))
    assert {step.id: [question.id for question in step.questions] for step in made} == {
        "communication": ["legal-form", "adapted-enterprise", "staff"],
        "human-resources": ["layoffs", "remote-posts"],
        "liquidity": ["public-agreements", "borrowing", "planned-investment", "interruption-insurance"],
        "debt": [],
        "supply": ["operations"],
    }
    assert sum(step.numbered_questions for step in made) == len(checklist.profile) - 1


@pytest.mark.parametrize("levels", [{"urgency": [1, 2, 3], "impact": [1, 2, 3]}, {"urgency": [], "impact": []}])
def test_where_all_is_essential_or_nothing_is_there_is_no_short_way(checklist, levels):
    readiness = checklist.readiness.model_copy(update={"essential": Levels(**levels)})
    fields = {name: getattr(checklist, name) for name in type(checklist).model_fields} | {"readiness": readiness}
    other = type(checklist)(**fields)
    assert essential_steps(other, item_states(other, assess())) == ()


@pytest.mark.parametrize(("items", "lengths"), [(1, [1]), (9, [9]), (10, [5, 5]), (11, [5, 6]), (19, [6, 6, 7])])
def test_a_long_domain_is_asked_in_parts_of_about_the_same_length(checklist, items, lengths):
    states = item_states(checklist, assess())[:1] * items
    made = steps(checklist, states)
    assert [len(step.item_states) for step in made] == lengths
    assert [(step.part, step.parts) for step in made] == [(n + 1, len(lengths)) for n in range(len(lengths))]


@given(assessments(), st.booleans())
def test_every_item_and_question_of_a_way_is_asked_in_exactly_one_step(checklist, assessment, short):
    made = (essential_steps if short else steps)(checklist, item_states(checklist, assessment))
    asked = [s.item.id for step in made for s in step.item_states]
    items = [item for item in checklist.items.values() if not short or checklist.readiness.essential.match(item)]
    assert sorted(asked) == sorted(item.id for item in items)
    questions = [question.id for step in made for question in step.questions]
    assert sorted(questions) == sorted(
        ["staff", "layoffs", "public-agreements", "borrowing"] if short else checklist.questions
    )
    assert all(step.item_states for step in made)
    assert len({step.id for step in made}) == len(made)


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ({}, ()),
        ({"staff": "1-9", "remote-posts": "some"}, ()),
        ({"staff": "0"}, ("staff",)),
        ({"remote-posts": "none"}, ("remote-posts",)),
        ({"staff": "1-9", "remote-posts": "none"}, ("remote-posts",)),
        ({"remote-posts": "none", "staff": "0"}, ("staff", "remote-posts")),
    ],
)
def test_the_reasons_for_setting_aside_are_the_questions_that_decided(checklist, profile, expected):
    item = checklist.items["remote-work"]
    assessment = assess(profile=profile)
    assert bool(set_aside(checklist, assessment) & {item.ref}) is bool(expected)
    if expected:
        assert reasons_set_aside(checklist, assessment, item) == expected


@given(assessments())
def test_every_item_stands_once_in_reading_order(checklist, assessment):
    states = item_states(checklist, assessment)
    assert [s.item.id for s in states] == list(checklist.items)
    assert [s for domain in checklist.domains for s in of_domain(states, domain.id)] == list(states)


@given(assessments())
def test_an_item_set_aside_always_has_a_reason_that_can_be_named(checklist, assessment):
    for state in item_states(checklist, assessment):
        if state.set_aside:
            assert reasons_set_aside(checklist, assessment, state.item)
