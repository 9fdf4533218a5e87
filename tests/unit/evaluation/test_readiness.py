"""Readiness, against the method written a second time with fractions, and the properties a reader relies on."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pensebete.assessment.model import Answer, Planned
from pensebete.checklist.model import Checklist
from pensebete.evaluation.readiness import shown
from pensebete.evaluation.readiness_text import gain_words
from pensebete.text.wording import wording
from tests import reference_method as method
from tests.builders import MONDAY, assess, assessments, evaluate, every, mended, sound

BETTER = {"to_do": ("in_progress", "done"), "unknown": ("in_progress", "done"), "in_progress": ("done",)}


def assert_same(score, expected):
    for figure in ("score", "low", "high", "coverage"):
        number = expected[figure]
        assert getattr(score, figure) == (None if number is None else pytest.approx(float(number), abs=1e-9))
    assert score.band == expected["band"]
    assert score.provisional is expected["provisional"]
    assert score.counting == expected["items"]
    assert score.shown == (None if expected["score"] is None else method.rounded(expected["score"]))
    assert score.shown_low == (None if expected["low"] is None else method.rounded(expected["low"]))
    assert score.shown_high == (None if expected["high"] is None else method.rounded(expected["high"]))


# The method, whole


@given(assessments())
def test_the_overall_score_is_that_of_the_method(checklist, assessment):
    overall, expected = evaluate(checklist, assessment).readiness.overall, method.overall(assessment)
    assert_same(overall, expected)
    held = [(why.reason, why.item or why.domain) for why in overall.held_back_by]
    assert len(held) == len(set(held))
    assert set(held) == expected["held_back_by"]


@given(assessments())
def test_the_score_of_each_domain_is_that_of_the_method(checklist, assessment):
    found, expected = evaluate(checklist, assessment).readiness.domains, method.domains(assessment)
    assert list(found) == list(expected)
    for domain, score in found.items():
        assert_same(score, expected[domain])
        assert score.held_back_by == ()


@given(assessments())
def test_figures_stay_in_bounds_and_the_score_between_low_and_high(checklist, assessment):
    result = evaluate(checklist, assessment).readiness
    for score in (result.overall, *result.domains.values()):
        if score.counting:
            assert 0 <= score.low <= score.high <= 100
            assert 0 <= score.coverage <= 1
        if score.score is not None:
            assert score.low - 1e-9 <= score.score <= score.high + 1e-9
            assert score.shown_low <= score.shown <= score.shown_high


# What moves it, and what does not


@given(assessments(), st.data())
def test_a_better_answer_never_lowers_anything(checklist, assessment, data):
    open_items = [id for id, a in assessment.answers.items() if a.status in BETTER]
    assume(open_items)
    item = data.draw(st.sampled_from(open_items))
    answer = assessment.answers[item]
    better = answer.model_copy(update={"status": data.draw(st.sampled_from(BETTER[answer.status]))})
    after = assessment.model_copy(update={"answers": {**assessment.answers, item: better}})
    old, new = evaluate(checklist, assessment).readiness, evaluate(checklist, after).readiness
    pairs = [(old.overall, new.overall), *((old.domains[d], new.domains[d]) for d in old.domains)]
    for before, now in pairs:
        if before.score is not None:
            assert now.score >= before.score
        if before.counting:
            assert now.low >= before.low
        if before.counting and answer.status != "unknown":  # an unknown was hoped to be done already
            assert now.high >= before.high


@given(assessments(), st.randoms(use_true_random=False))
def test_the_order_of_answers_changes_nothing(checklist, assessment, random):
    shuffled = list(assessment.answers.items())
    random.shuffle(shuffled)
    profile = list(assessment.profile.items())
    random.shuffle(profile)
    again = assessment.model_copy(update={"answers": dict(shuffled), "profile": dict(profile)})
    assert evaluate(checklist, again).readiness == evaluate(checklist, assessment).readiness


@given(assessments(), st.randoms(use_true_random=False))
def test_the_order_of_domains_and_items_changes_no_figure(checklist, assessment, random):
    turned = []
    for domain in checklist.domains:
        items = list(domain.items)
        random.shuffle(items)
        turned.append(domain.model_copy(update={"items": tuple(items)}))
    random.shuffle(turned)
    other = Checklist.model_construct(**{**dict(checklist), "domains": tuple(turned)})
    here, there = evaluate(checklist, assessment).readiness, evaluate(other, assessment).readiness
    for one, two in ((here.overall, there.overall), *((here.domains[d], there.domains[d]) for d in here.domains)):
        assert (one.score, one.low, one.high, one.coverage) == (two.score, two.low, two.high, two.coverage)
        assert (one.band, one.provisional, set(one.held_back_by)) == (
            two.band,
            two.provisional,
            set(two.held_back_by),
        )


@pytest.mark.parametrize("behind", ["done", "to_do", "unknown", "in_progress", "not_applicable", None])
def test_an_item_set_aside_by_the_profile_leaves_the_score_unchanged(checklist, behind):
    no_loan = {"borrowing": "no"}
    answered = every(checklist, "in_progress", lender_relief=behind)
    del (without := dict(answered))["lender-relief"]
    one = evaluate(checklist, assess(answered, profile=no_loan)).readiness
    two = evaluate(checklist, assess(without, profile=no_loan)).readiness
    assert one == two


def test_not_applicable_counts_nowhere(checklist):
    answered = every(checklist, "done", community_roots="not_applicable", scale_back="to_do")
    two = {**answered, "community-roots": "done"}
    score = evaluate(checklist, assess(answered)).readiness.overall
    # 53 in all; without the 2 of C5, 51; without the 2 of L2, 49 done.
    assert score.score == pytest.approx(100 * 49 / 51)
    assert score.coverage == 1
    assert evaluate(checklist, assess(two)).readiness.overall.score == pytest.approx(100 * 51 / 53)


def test_an_overruled_item_counts_again(checklist):
    profile = {"staff": "0", "borrowing": "yes"}
    done = every(checklist, "done")
    overruled = {**done, "remote-work": Answer(status="to_do", overrule=True)}
    assert evaluate(checklist, assess(done, profile=profile)).readiness.overall.score == 100
    assert evaluate(checklist, assess(overruled, profile=profile)).readiness.overall.score < 100


@given(assessments())
def test_changes_to_the_plan_change_no_figure(checklist, assessment):
    planned = {id: {"verify": Planned(set_aside=True, owner="Ana", due=MONDAY)} for id in checklist.items}
    with_plan = assessment.model_copy(update={"plan": planned, "plan_started_on": MONDAY})
    assert evaluate(checklist, with_plan).readiness == evaluate(checklist, assessment).readiness


# The ends of the scale


def test_nothing_answered(checklist):
    result = evaluate(checklist, assess()).readiness
    for score in (result.overall, *result.domains.values()):
        assert (score.score, score.low, score.high, score.coverage) == (None, 0, 100, 0)
        assert (score.band, score.provisional, score.held_back_by, score.shown) == (None, True, (), None)


def test_nothing_counts(checklist):
    result = evaluate(checklist, assess(every(checklist, "not_applicable"))).readiness
    for score in (result.overall, *result.domains.values()):
        assert (score.score, score.low, score.high, score.coverage) == (None, None, None, None)
        assert (score.band, score.provisional, score.held_back_by, score.shown) == (None, False, (), None)
    assert (result.essentials_done, result.essentials) == (0, 0)


def test_all_done_is_100_and_solid(checklist):
    overall = evaluate(checklist, assess(every(checklist, "done"))).readiness.overall
    assert (overall.score, overall.low, overall.high, overall.band) == (100, 100, 100, "solid")
    assert overall.held_back_by == ()
    assert not overall.provisional


def test_all_unknown_is_answered_and_could_be_anything(checklist):
    overall = evaluate(checklist, assess(every(checklist, "unknown"))).readiness.overall
    assert (overall.score, overall.low, overall.high, overall.coverage) == (0, 0, 100, 1)
    assert (overall.band, overall.provisional) == ("act_now", True)


def test_a_domain_in_which_nothing_counts_is_neither_0_nor_100(checklist):
    answered = {item.id: "not_applicable" for item in checklist.domains[1].items}
    score = evaluate(checklist, assess(answered)).readiness.domains["human-resources"]
    assert (score.score, score.low, score.high, score.band, score.counting) == (None, None, None, None, 0)


def test_one_domain_answered_is_the_overall_score_but_covers_little(checklist):
    answered = {item.id: "done" for item in checklist.domains[3].items}
    result = evaluate(checklist, assess(answered)).readiness
    assert result.overall.score == result.domains["debt"].score == 100
    assert result.overall.coverage == pytest.approx(6 / 53)
    assert result.overall.provisional


# Rounding and bands


@pytest.mark.parametrize(
    ("number", "expected"), [("0", 0), ("0.5", 1), ("1.5", 2), ("2.5", 3), ("39.49999", 39), ("39.5", 40), ("100", 100)]
)
def test_a_shown_number_is_rounded_once_halves_up(number, expected):
    assert shown(Decimal(number)) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, "act_now"), (39, "act_now"), (40, "strengthen"), (59, "strengthen"),
     (60, "on_track"), (79, "on_track"), (80, "solid"), (100, "solid")],
)  # fmt: skip
def test_a_band_starts_at_its_number(checklist, number, expected):
    assert checklist.band_at(number).id == expected


def two_weights(first: str, second: str, *changes: tuple[str, str]) -> Checklist:
    """The small checklist with `cash` alone in a domain and `talk`, `listen` of given weights in the other."""
    first = ("urgency: 1\n        impact: 2", f"urgency: 1\n        impact: 2\n        weight: {first}")
    second = ("urgency: 2\n        impact: 2", f"urgency: 2\n        impact: 2\n        weight: {second}")
    return sound(mended(first, second, *changes))


def test_the_band_is_chosen_by_the_number_shown():
    # 49.5 is shown as 50, where « high » starts.
    small = two_weights("99", "101")
    overall = evaluate(small, assess({"talk": "done", "listen": "to_do", "cash": "not_applicable"})).readiness.overall
    assert (overall.score, overall.shown) == (49.5, 50)
    # Held back by the essential said not applicable, so not « low » by its number.
    assert [why.reason for why in overall.held_back_by] == ["essential_not_applicable"]


@pytest.mark.parametrize(("done", "number", "weak"), [("396", 39.6, False), ("394", 39.4, True)])
def test_a_domain_is_weak_by_the_number_shown(done, number, weak):
    # 39.6 is shown as 40: no reader sees « 40 % » called under 40.
    small = two_weights(done, str(1000 - int(done)), ("weight: 1.5", "weight: 1000"))
    result = evaluate(small, assess({"talk": "done", "listen": "to_do", "cash": "done"})).readiness
    assert result.domains["people"].score == pytest.approx(number)
    assert [why.domain for why in result.overall.held_back_by] == (["people"] if weak else [])


def test_a_weight_with_decimals_adds_up_exactly():
    small = two_weights("0.1", "0.2", ("weight: 1.5", "weight: 0.3"))
    overall = evaluate(small, assess({"talk": "done", "listen": "done", "cash": "to_do"})).readiness.overall
    assert overall.score == 50
    assert overall.shown == 50


def test_weight_is_the_impact_where_none_is_written(minimal):
    assert minimal.items["talk"].weighs == 2
    assert minimal.items["cash"].weighs == Decimal("1.5")


def test_a_domain_with_one_or_two_items_that_count_has_no_band(checklist):
    result = evaluate(checklist, assess(every(checklist, "done", public_aid="to_do"))).readiness
    assert result.domains["debt"].band is None
    assert (result.domains["debt"].done, result.domains["debt"].counting) == (1, 2)
    assert result.domains["supply"].band is None
    assert result.domains["liquidity"].band == "solid"
    # Three that count, and it has one again.
    kept = {"board-position", "ecosystem-channels", "customer-contact"}
    answers = {item.id: "done" if item.id in kept else "not_applicable" for item in checklist.domains[0].items}
    assert evaluate(checklist, assess(answers)).readiness.domains["communication"].band == "solid"
    answers["customer-contact"] = "not_applicable"
    assert evaluate(checklist, assess(answers)).readiness.domains["communication"].band is None


# What holds the overall band back


@pytest.mark.parametrize("essential", ["board-position", "staff-position", "leave-and-pay", "customer-contact",
                                       "cash-forecast", "lender-relief", "public-aid"])  # fmt: skip
@pytest.mark.parametrize(
    ("said", "reason", "band"),
    [
        ("to_do", "essential_open", "strengthen"),
        ("unknown", "essential_open", "strengthen"),
        (None, "essential_open", "strengthen"),
        ("in_progress", "essential_in_progress", "on_track"),
        ("not_applicable", "essential_not_applicable", "on_track"),
    ],
)
def test_an_essential_that_is_not_done_holds_the_band_back(checklist, essential, said, reason, band):
    overall = evaluate(checklist, assess({**every(checklist, "done"), essential: said})).readiness.overall
    assert overall.shown >= 80
    assert overall.band == band
    assert [(why.reason, why.item, why.domain) for why in overall.held_back_by] == [(reason, essential, None)]


def test_an_item_that_is_not_essential_holds_nothing_back(checklist):
    for row in method.TABLE:
        if row.ref not in method.ESSENTIAL and row.domain not in ("debt", "supply"):
            overall = evaluate(checklist, assess({**every(checklist, "done"), row.id: "to_do"})).readiness.overall
            assert (overall.band, overall.held_back_by) == ("solid", ())


def test_an_essential_that_the_profile_sets_aside_holds_nothing_back(checklist):
    answered = every(checklist, "done", lender_relief="to_do")
    overall = evaluate(checklist, assess(answered, profile={"borrowing": "no"})).readiness.overall
    assert (overall.band, overall.held_back_by) == ("solid", ())


def test_a_weak_liquidity_holds_the_band_at_strengthen(checklist):
    answered = every(checklist, "done")
    answered |= dict.fromkeys(["scale-back", "variable-costs", "postpone-investment", "public-payment"], "to_do")
    answered |= dict.fromkeys(["other-revenue", "interruption-insurance"], "to_do")
    result = evaluate(checklist, assess(answered)).readiness
    assert result.domains["liquidity"].shown < 40
    assert result.overall.shown >= 60
    assert result.overall.band == "strengthen"
    assert [(why.reason, why.domain) for why in result.overall.held_back_by] == [("vital_domain_weak", "liquidity")]


def test_any_other_weak_domain_holds_the_band_at_on_track(checklist):
    answered = every(checklist, "done", supplier_contact="to_do", stock_management="in_progress")
    overall = evaluate(checklist, assess(answered)).readiness.overall
    assert overall.shown >= 80
    assert overall.band == "on_track"
    assert [(why.reason, why.domain) for why in overall.held_back_by] == [("domain_weak", "supply")]


def test_every_reason_is_said_and_the_lowest_cap_wins(checklist):
    answered = every(checklist, "done", board_position="in_progress", public_aid="unknown", cash_forecast=None)
    answered |= {"customer-contact": "not_applicable", "supplier-contact": "to_do", "stock-management": "to_do"}
    overall = evaluate(checklist, assess(answered)).readiness.overall
    assert overall.shown >= 80
    assert overall.band == "strengthen"
    assert {(why.reason, why.item or why.domain) for why in overall.held_back_by} == {
        ("essential_in_progress", "board-position"),
        ("essential_not_applicable", "customer-contact"),
        ("essential_open", "cash-forecast"),
        ("essential_open", "public-aid"),
        ("domain_weak", "supply"),
    }


def test_nothing_holds_back_a_band_that_the_number_does_not_reach(checklist):
    overall = evaluate(checklist, assess(every(checklist, "to_do"))).readiness.overall
    assert (overall.band, overall.held_back_by) == ("act_now", ())


def test_essentials_4_of_7(checklist):
    answered = {"board-position": "done", "staff-position": "done", "leave-and-pay": "done", "public-aid": "done"}
    answered |= {"customer-contact": "in_progress", "cash-forecast": "to_do"}
    result = evaluate(checklist, assess(answered)).readiness
    assert (result.essentials_done, result.essentials) == (4, 7)
    without_loan = evaluate(checklist, assess(answered, profile={"borrowing": "no"})).readiness
    assert (without_loan.essentials_done, without_loan.essentials) == (4, 6)


# Provisional


def test_a_score_is_provisional_under_80_percent_of_coverage():
    # Weights 1.5 + 4.5 + 1.5 = 7.5: 80 % is 6.
    for first, provisional in (("4.5", False), ("4.4", True)):
        small = two_weights(first, "1.5")
        overall = evaluate(small, assess({"cash": "done", "talk": "done"})).readiness.overall
        assert overall.low >= 50  # the same band from low to high, so that only coverage decides
        assert overall.provisional is provisional


def test_a_score_is_provisional_where_low_and_high_fall_in_different_bands(checklist):
    answered = every(checklist, "done")
    answered |= dict.fromkeys(["scale-back", "variable-costs", "other-revenue", "regular-updates"], "unknown")
    overall = evaluate(checklist, assess(answered)).readiness.overall
    assert (overall.coverage, overall.shown_low, overall.shown_high) == (1, 85, 100)
    assert not overall.provisional
    answered |= dict.fromkeys(["community-roots", "remote-work"], "unknown")
    overall = evaluate(checklist, assess(answered)).readiness.overall
    assert (overall.coverage, overall.shown_low, overall.shown_high) == (1, 77, 100)
    assert overall.provisional


# What the plan would bring


@given(assessments())
def test_the_projection_never_falls_and_starts_no_lower_than_today(checklist, assessment):
    today = evaluate(checklist, assessment).readiness.overall
    stages = evaluate(checklist, assessment).projection
    assert [id for id, _ in stages] == ["P1", "P2", "P3"]
    if today.score is None:
        assert all(stage.score is None for _, stage in stages)
    else:
        numbers = [today.score, *(stage.score for _, stage in stages)]
        assert numbers == sorted(numbers)
        assert numbers[-1] == 100


@given(assessments())
def test_the_projection_ends_at_100_and_solid_when_all_is_answered(checklist, assessment):
    answers = {i: assessment.answers.get(i) for i in checklist.items}
    full = {
        i: a.model_copy(update={"status": "done" if a.status == "not_applicable" else a.status})
        if a and a.status
        else Answer(status="to_do", overrule=bool(a and a.overrule))
        for i, a in answers.items()
    }
    _, last = evaluate(checklist, assessment.model_copy(update={"answers": full})).projection[-1]
    assert (last.score, last.low, last.band, last.held_back_by) == (100, 100, "solid", ())


def test_the_projection_goes_by_class(checklist):
    weight = {"P1": 0, "P2": 0, "P3": 0}
    for row in method.TABLE:
        weight[method.rank(row)] += row.weight
    stages = evaluate(checklist, assess(every(checklist, "to_do"))).projection
    reached = [100 * float(weight["P1"]) / 53, 100 * float(weight["P1"] + weight["P2"]) / 53, 100]
    assert [stage.score for _, stage in stages] == pytest.approx(reached)


@given(assessments())
def test_each_gain_is_what_finishing_that_item_adds(checklist, assessment):
    before = evaluate(checklist, assessment).readiness.overall.score
    found = evaluate(checklist, assessment).gains
    assert sorted(g.state.item.id for g in found) == sorted(method.plan_order(assessment))
    for gain in found[:3]:
        item = gain.state.item.id
        done = assessment.answers[item].model_copy(update={"status": "done"})
        after = assessment.model_copy(update={"answers": {**assessment.answers, item: done}})
        assert evaluate(checklist, after).readiness.overall.score - before == pytest.approx(gain.points)


@pytest.mark.parametrize(
    ("weight", "points", "seen", "french", "english"),
    [
        ("2", 25, 25, "+25 points", "+25 points"),
        ("38", 2.5, 3, "+3 points", "+3 points"),
        ("98", 1, 1, "+1 point", "+1 point"),
        ("198", 0.5, None, "moins de 1 point", "less than 1 point"),
    ],
)
def test_a_gain_is_shown_rounded_halves_up_and_never_as_nothing(weight, points, seen, french, english):
    heavy = sound(mended(("weight: 1.5", f"weight: {weight}")))
    (gain,) = evaluate(heavy, assess({"cash": "done", "talk": "in_progress"}, checklist="small")).gains
    assert (gain.points, gain.shown) == (points, seen)
    assert (gain_words(gain, wording("fr")), gain_words(gain, wording("en"))) == (french, english)


@given(assessments())
def test_what_moves_readiness_most_goes_by_class_then_points(checklist, assessment):
    rows = {row.id: row for row in method.TABLE}
    keys = [(method.rank(rows[g.state.item.id]), -g.points) for g in evaluate(checklist, assessment).gains]
    assert keys == sorted(keys)
