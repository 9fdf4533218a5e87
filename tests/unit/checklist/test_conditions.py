"""Conditions on the profile, in Kleene's three values: true, false, not known yet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pensebete.checklist.conditions import choices, holds
from pensebete.checklist.model import Condition

# A question per value: one answered yes, one answered no, one not answered.
PROFILE = {"answered-yes": ("yes",), "answered-no": ("no",)}
TRUE, FALSE, UNKNOWN = ({question: ["yes"]} for question in ("answered-yes", "answered-no", "not-answered"))
WRITTEN = {True: TRUE, False: FALSE, None: UNKNOWN}
ALL = {
    (True, True): True, (True, False): False, (True, None): None,
    (False, True): False, (False, False): False, (False, None): False,
    (None, True): None, (None, False): False, (None, None): None,
}  # fmt: skip
ANY = {
    (True, True): True, (True, False): True, (True, None): True,
    (False, True): True, (False, False): False, (False, None): None,
    (None, True): True, (None, False): None, (None, None): None,
}  # fmt: skip


def value(written: dict[str, object], profile: dict[str, tuple[str, ...]] = PROFILE) -> bool | None:
    return holds(Condition.model_validate(written), profile)


@pytest.mark.parametrize(("condition", "expected"), [(TRUE, True), (FALSE, False), (UNKNOWN, None)])
def test_a_question_is_true_false_or_not_known_yet(condition, expected):
    assert value(condition) is expected


@pytest.mark.parametrize(("parts", "expected"), ALL.items())
def test_all_follows_kleenes_table(parts, expected):
    assert value({"all": [WRITTEN[part] for part in parts]}) is expected


@pytest.mark.parametrize(("parts", "expected"), ANY.items())
def test_any_follows_kleenes_table(parts, expected):
    assert value({"any": [WRITTEN[part] for part in parts]}) is expected


@pytest.mark.parametrize(("part", "expected"), [(True, False), (False, True), (None, None)])
def test_not_follows_kleenes_table(part, expected):
    assert value({"not": WRITTEN[part]}) is expected


@pytest.mark.parametrize(("parts", "expected"), ALL.items())
def test_what_stands_side_by_side_in_one_mapping_means_all_of_it(parts, expected):
    first, second = (WRITTEN[part] for part in parts)
    assert value({"any": [first], "all": [second]}) is expected
    assert value({"any": [first], "not": {"not": second}}) is expected


def test_several_questions_in_one_mapping_mean_all_of_them():
    assert value({"answered-yes": ["yes"], "answered-no": ["yes"]}) is False
    assert value({"answered-yes": ["yes"], "answered-no": ["no"]}) is True
    assert value({"answered-yes": ["yes"], "not-answered": ["yes"]}) is None


def test_one_of_several_options_is_enough():
    assert value({"answered-yes": ["maybe", "yes"]}) is True
    assert value({"operations": ["stock"]}, {"operations": ("online-sales", "stock")}) is True
    assert value({"operations": ["stock"]}, {"operations": ("online-sales",)}) is False


def test_an_empty_list_is_no_answer():
    assert value({"operations": ["stock"]}, {"operations": ()}) is None


def test_an_empty_condition_holds():
    assert value({}) is True


def test_no_condition_always_holds():
    assert holds(None, {}) is True


def test_choices_names_every_question_and_option_at_any_depth():
    condition = {"a": ["1", "2"], "any": [{"b": ["3"]}, {"not": {"c": ["4"]}}], "all": [{"d": ["5"]}]}
    named = list(choices(Condition.model_validate(condition)))
    assert sorted(named) == [("a", "1"), ("a", "2"), ("b", "3"), ("c", "4"), ("d", "5")]


_leaves = st.sampled_from([TRUE, FALSE, UNKNOWN])
_conditions = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        st.builds(lambda part: {"not": part}, inner),
        st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3)),
    ),
    max_leaves=12,
)


@given(_conditions)
def test_what_holds_before_a_question_is_answered_holds_after(condition):
    known = value(condition)
    for answer in ("yes", "no"):
        later = value(condition, {**PROFILE, "not-answered": (answer,)})
        assert later is not None
        assert known in (None, later)


@given(st.lists(_conditions, min_size=1, max_size=4))
def test_not_any_is_all_not(parts):
    assert value({"not": {"any": parts}}) is value({"all": [{"not": part} for part in parts]})
