"""Readiness, against the method written a second time with fractions, and the properties a reader relies on."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pensebete.assessment.model import Answer, Planned
from pensebete.checklist.model import Checklist
from pensebete.evaluation.readiness import rounded
from pensebete.evaluation.readiness_text import gain_words
from pensebete.text.wording import wording
from tests import reference_method as method
from tests.builders import MONDAY, NOW, answer, assess, assessments, evaluate, every, mended, sound

ON_MONDAY = method.Day(MONDAY)
OLD = NOW - timedelta(days=400)
DATED = Answer(status="done", answered_at=OLD)


def assert_same(score, expected):
    for figure in ("score", "high", "coverage"):
        number = expected[figure]
        assert getattr(score, figure) == (None if number is None else pytest.approx(float(number), abs=1e-9))
    assert score.band == expected["band"]
    assert score.provisional is expected["provisional"]
    assert score.counting == expected["items"]
    assert score.essentials == expected["essentials"]
    assert (score.not_applicable, score.expired) == (expected["not_applicable"], expected["expired"])
    assert score.rounded == (None if expected["score"] is None else method.rounded(expected["score"]))
    assert score.rounded_high == (None if expected["high"] is None else method.rounded(expected["high"]))


# The method, whole


ZONES = st.sampled_from(["UTC", "America/Toronto", "Pacific/Auckland"]).map(ZoneInfo)


@given(assessments(), ZONES)
def test_the_overall_score_is_that_of_the_method(checklist, assessment, zone):
    overall = evaluate(checklist, assessment, zone=zone).readiness.overall
    expected = method.overall(assessment, method.Day(MONDAY, zone))
    assert_same(overall, expected)
    held = [(why.reason, why.item or why.domain) for why in overall.held_back_by]
    assert len(held) == len(set(held))
    assert set(held) == expected["held_back_by"]


@given(assessments(), ZONES)
def test_the_score_of_each_domain_is_that_of_the_method(checklist, assessment, zone):
    found = evaluate(checklist, assessment, zone=zone).readiness.domains
    expected = method.domains(assessment, method.Day(MONDAY, zone))
    assert list(found) == list(expected)
    for domain, score in found.items():
        assert_same(score, expected[domain])
        assert score.held_back_by == ()


@given(assessments())
def test_figures_stay_in_bounds_and_the_score_under_what_it_may_become(checklist, assessment):
    result = evaluate(checklist, assessment).readiness
    for score in (result.overall, *result.domains.values()):
        if score.counting:
            assert 0 <= score.coverage <= 1
            assert 0 <= score.high <= 100
        if score.score is not None:
            assert 0 <= score.score <= score.high + 1e-9
            assert score.rounded <= score.rounded_high


# What moves it, and what does not


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
        assert (one.score, one.high, one.coverage) == (two.score, two.high, two.coverage)
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
    # 54 in all; without the 2 of C5, 52; without the 2 of L2, 50 done.
    assert score.score == pytest.approx(100 * 50 / 52)
    assert (score.coverage, score.not_applicable) == (1, 1)
    assert evaluate(checklist, assess(two)).readiness.overall.score == pytest.approx(100 * 52 / 54)


@pytest.mark.parametrize("reason", ["", "  ", "\u00a0"])
def test_not_applicable_without_its_reason_is_unanswered(checklist, reason):
    answered = every(checklist, "done", community_roots=None)
    without = {**answered, "community-roots": Answer(status="not_applicable", reason=reason)}
    one, two = (evaluate(checklist, assess(answers)).readiness for answers in (answered, without))
    assert one == two
    assert (two.overall.unanswered, two.overall.not_applicable, two.overall.provisional) == (1, 0, True)


def test_silence_is_never_rewarded(checklist):
    """Four items left blank were 100 %, solid; the same four said to do, 85 %."""
    blank = dict.fromkeys(["scale-back", "variable-costs", "other-revenue", "regular-updates"])
    left, to_do = ({**every(checklist, "done"), **dict.fromkeys(blank, said)} for said in (None, "to_do"))
    silent, honest = (evaluate(checklist, assess(answers)).readiness.overall for answers in (left, to_do))
    assert silent.rounded == honest.rounded == 85
    assert silent.band == honest.band == "solid"
    assert (silent.provisional, honest.provisional) == (True, False)


def test_reporting_items_as_under_way_lowers_nothing(checklist):
    """Ten more reported as under way took the figure from 100 to 77."""
    some = dict.fromkeys(list(checklist.items)[:16], "done")
    more = some | dict.fromkeys(list(checklist.items)[16:], "in_progress")
    before, after = (evaluate(checklist, assess(answers)).readiness.overall for answers in (some, more))
    assert after.score > before.score


def test_much_said_not_applicable_is_said_beside_and_holds_the_band_back(checklist):
    """Seventeen items said not applicable were 100 %, solid."""
    some = [id for id, item in checklist.items.items() if not checklist.readiness.essential.match(item)][:17]
    answered = every(checklist, "done") | dict.fromkeys(some, "not_applicable")
    overall = evaluate(checklist, assess(answered)).readiness.overall
    assert (overall.rounded, overall.band, overall.not_applicable) == (100, "on_track", 17)
    assert [(why.reason, why.item, why.domain) for why in overall.held_back_by] == [("many_not_applicable", None, None)]
    without_reason = answered | {id: Answer(status="not_applicable") for id in some[:8]}
    overall = evaluate(checklist, assess(without_reason)).readiness.overall
    assert "many_not_applicable" in {why.reason for why in overall.held_back_by} or overall.rounded < 80
    assert overall.not_applicable == 9


@pytest.mark.parametrize(("said", "many"), [(8, False), (9, True)])
def test_a_third_of_the_items_may_be_said_not_applicable_and_no_more(checklist, said, many):
    others = ["ecosystem-channels", "customer-contact", "community-roots", "regular-updates", "everyday-tips"]
    others += ["remote-work", "supplier-contact", "variable-costs", "scale-back"]
    answered = every(checklist, "done") | dict.fromkeys(others[:said], "not_applicable")
    profile = {"layoffs": "no", "planned-investment": "no"}  # 24 items apply
    overall = evaluate(checklist, assess(answered, profile=profile)).readiness.overall
    assert ("many_not_applicable" in {why.reason for why in overall.held_back_by}) is many


@pytest.mark.parametrize(("said", "many"), [(3, False), (4, True)])
def test_so_it_is_of_a_vital_domain(checklist, said, many):
    others = ["scale-back", "variable-costs", "postpone-investment", "other-revenue"]
    answered = every(checklist, "done") | dict.fromkeys(others[:said], "not_applicable")
    overall = evaluate(checklist, assess(answered)).readiness.overall  # 9 items of liquidity apply
    assert ("many_not_applicable" in {why.reason for why in overall.held_back_by}) is many


@pytest.mark.parametrize("overrule", [False, True])
def test_not_applicable_says_nothing_of_an_item_that_the_profile_excludes(checklist, overrule):
    profile = {"borrowing": "no"}
    answered = every(checklist, "done")
    said = {**answered, "lender-relief": answer("not_applicable", overrule=overrule)}
    one, two = (evaluate(checklist, assess(a, profile=profile)).readiness for a in (answered, said))
    assert one == two


# A done that had its day


@pytest.mark.parametrize(("days", "expired"), [(7, False), (8, True)])
def test_a_done_expires_the_day_after_its_days_are_over(checklist, days, expired):
    answers = every(checklist, "done") | {
        "cash-weeks": Answer(status="done", answered_at=NOW.replace(month=3, day=30) - timedelta(days=days))
    }
    overall = evaluate(checklist, assess(answers)).readiness.overall
    assert overall.expired == expired
    assert overall.score == (pytest.approx(100 * (54 - 0.75) / 54) if expired else 100)
    assert [why.reason for why in overall.held_back_by] == (["essential_expired"] if expired else [])
    assert overall.band == ("on_track" if expired else "solid")


def test_nothing_said_of_validity_is_ninety_days(checklist):
    assert checklist.items["leave-and-pay"].valid_days == 90


def test_a_done_without_a_date_never_expires(checklist):
    overall = evaluate(checklist, assess(every(checklist, "done"))).readiness.overall
    assert (overall.expired, overall.rounded) == (0, 100)


def test_all_done_in_march_and_read_in_november_is_half_to_be_reconfirmed(checklist):
    """It was 100 %, solid, and no action."""
    at = NOW.replace(day=2)
    answers = {id: Answer(status="done", answered_at=at) for id in checklist.items}
    found = evaluate(checklist, assess(answers), at.date().replace(month=11, day=26))
    assert (found.readiness.overall.rounded, found.readiness.overall.expired) == (50, 26)
    assert found.readiness.overall.band == "strengthen"
    assert len(found.plan) == 26
    assert {action.kind for action in found.plan} == {"reconfirm"}
    assert not any(action.late for action in found.plan)


def test_only_done_expires(checklist):
    answers = {id: answer("in_progress", answered_at=OLD) for id in checklist.items}
    assert evaluate(checklist, assess(answers)).readiness.overall.expired == 0


# What changes no figure


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
        assert (score.score, score.high, score.coverage) == (None, 100, 0)
        assert (score.band, score.provisional, score.held_back_by, score.rounded) == (None, True, (), None)


def test_nothing_counts(checklist):
    result = evaluate(checklist, assess(every(checklist, "not_applicable"))).readiness
    for score in (result.overall, *result.domains.values()):
        assert (score.score, score.high, score.coverage) == (None, None, None)
        assert (score.band, score.provisional, score.held_back_by, score.rounded) == (None, False, (), None)
    assert result.overall.essentials == (0, 8)


def test_all_done_is_100_and_solid(checklist):
    overall = evaluate(checklist, assess(every(checklist, "done"))).readiness.overall
    assert (overall.score, overall.high, overall.band) == (100, 100, "solid")
    assert overall.held_back_by == ()
    assert not overall.provisional


def test_all_unknown_is_answered_and_could_be_anything(checklist):
    overall = evaluate(checklist, assess(every(checklist, "unknown"))).readiness.overall
    assert (overall.score, overall.high, overall.coverage) == (0, 100, 1)
    assert (overall.band, overall.provisional) == ("act_now", True)


def test_a_domain_in_which_nothing_counts_is_neither_0_nor_100(checklist):
    answered = {item.id: "not_applicable" for item in checklist.domains[1].items}
    score = evaluate(checklist, assess(answered)).readiness.domains["human-resources"]
    assert (score.score, score.high, score.band, score.counting) == (None, None, None, 0)


def test_one_domain_answered_is_little_of_the_whole(checklist):
    answered = {item.id: "done" for item in checklist.domains[3].items}
    result = evaluate(checklist, assess(answered)).readiness
    assert result.domains["debt"].score == 100
    assert result.overall.score == pytest.approx(100 * 6 / 54)
    assert result.overall.coverage == pytest.approx(6 / 54)
    assert result.overall.provisional


# Rounding and bands


@pytest.mark.parametrize(
    ("number", "expected"), [("0", 0), ("0.5", 1), ("1.5", 2), ("2.5", 3), ("39.49999", 39), ("39.5", 40), ("100", 100)]
)
def test_a_shown_number_is_rounded_once_halves_up(number, expected):
    assert rounded(Decimal(number)) == expected


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
    assert (overall.score, overall.rounded) == (49.5, 50)
    # Held back by the essential said not applicable, so not « low » by its number.
    assert "essential_not_applicable" in [why.reason for why in overall.held_back_by]


@pytest.mark.parametrize(("done", "number", "weak"), [("396", 39.6, False), ("394", 39.4, True)])
def test_a_domain_is_weak_by_the_number_shown(done, number, weak):
    # 39.6 is shown as 40: no reader sees « 40 % » called under 40.
    vital = ("  - id: people\n", "  - id: people\n    vital: true\n")  # any other needs three items
    small = two_weights(done, str(1000 - int(done)), ("weight: 1.5", "weight: 1000"), vital)
    result = evaluate(small, assess({"talk": "done", "listen": "to_do", "cash": "done"})).readiness
    assert result.domains["people"].score == pytest.approx(number)
    assert [why.domain for why in result.overall.held_back_by] == (["people"] if weak else [])


def test_a_weight_with_decimals_adds_up_exactly():
    small = two_weights("0.1", "0.2", ("weight: 1.5", "weight: 0.3"))
    overall = evaluate(small, assess({"talk": "done", "listen": "done", "cash": "to_do"})).readiness.overall
    assert overall.score == 50
    assert overall.rounded == 50


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


@pytest.mark.parametrize("essential", ["board-position", "staff-position", "leave-and-pay", "layoff-duties",
                                       "cash-weeks", "lender-relief", "public-payment", "public-aid"])  # fmt: skip
@pytest.mark.parametrize(
    ("said", "reason", "band"),
    [
        ("to_do", "essential_open", "strengthen"),
        ("unknown", "essential_open", "strengthen"),
        (None, "essential_open", "strengthen"),
        ("in_progress", "essential_in_progress", "on_track"),
        ("not_applicable", "essential_not_applicable", "on_track"),
        (Answer(status="not_applicable"), "essential_open", "strengthen"),
        (DATED, "essential_expired", "on_track"),
    ],
)
def test_an_essential_that_is_not_done_holds_the_band_back(checklist, essential, said, reason, band):
    overall = evaluate(checklist, assess({**every(checklist, "done"), essential: said})).readiness.overall
    assert overall.rounded >= 80
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
    answered |= dict.fromkeys(["scale-back", "variable-costs", "postpone-investment", "cash-forecast"], "to_do")
    answered |= dict.fromkeys(["other-revenue", "interruption-insurance"], "to_do")
    answered |= dict.fromkeys(["public-payment", "lender-relief"], DATED)
    result = evaluate(checklist, assess(answered)).readiness
    assert result.domains["liquidity"].rounded < 40
    assert result.overall.rounded >= 60
    assert result.overall.band == "strengthen"
    assert ("vital_domain_weak", "liquidity") in [(why.reason, why.domain) for why in result.overall.held_back_by]


def test_any_other_weak_domain_of_three_items_holds_the_band_at_on_track(checklist):
    human = ["work-with-staff", "regular-updates", "remote-work", "remote-work-guide", "government-support-info"]
    answered = every(checklist, "done") | dict.fromkeys(human, "to_do")
    overall = evaluate(checklist, assess(answered)).readiness.overall
    assert overall.rounded == 81
    assert overall.band == "on_track"
    assert [(why.reason, why.domain) for why in overall.held_back_by] == [("domain_weak", "human-resources")]


def test_a_domain_of_two_items_holds_nothing_back(checklist):
    answered = every(checklist, "done", supplier_contact="to_do", stock_management="to_do")
    overall = evaluate(checklist, assess(answered)).readiness.overall
    assert (overall.band, overall.held_back_by) == ("solid", ())


def test_a_domain_with_no_answer_at_all_shows_0(checklist):
    human = {item.id: None for item in checklist.domains[1].items}
    profile = {"layoffs": "no", "remote-posts": "none"}
    overall = evaluate(checklist, assess({**every(checklist, "done"), **human}, profile=profile)).readiness.overall
    assert ("domain_weak", "human-resources") in [(why.reason, why.domain) for why in overall.held_back_by]


def test_once_every_essential_is_seen_to_the_band_is_never_the_lowest(checklist):
    essentials = [id for id, item in checklist.items.items() if checklist.readiness.essential.match(item)]
    answered = every(checklist, "to_do") | dict.fromkeys(essentials, "done")
    overall = evaluate(checklist, assess(answered)).readiness.overall
    assert (overall.rounded, overall.band, overall.held_back_by) == (34, "strengthen", ())
    expired = answered | dict.fromkeys(essentials, DATED)
    assert evaluate(checklist, assess(expired)).readiness.overall.band == "strengthen"
    one_open = {**answered, "public-aid": "in_progress"}
    assert evaluate(checklist, assess(one_open)).readiness.overall.band == "act_now"
    none_counts = every(checklist, "to_do") | dict.fromkeys(essentials, "not_applicable")
    assert evaluate(checklist, assess(none_counts)).readiness.overall.band == "act_now"


def test_every_reason_is_said_and_the_lowest_cap_wins(checklist):
    answered = every(checklist, "done", board_position="in_progress", public_aid="unknown", cash_weeks=None)
    answered |= {"lender-relief": "not_applicable", "staff-position": DATED}
    overall = evaluate(checklist, assess(answered)).readiness.overall
    assert overall.rounded >= 80
    assert overall.band == "strengthen"
    assert {(why.reason, why.item or why.domain) for why in overall.held_back_by} == {
        ("essential_in_progress", "board-position"),
        ("essential_not_applicable", "lender-relief"),
        ("essential_open", "cash-weeks"),
        ("essential_open", "public-aid"),
        ("essential_expired", "staff-position"),
    }


def test_nothing_holds_back_a_band_that_the_number_does_not_reach(checklist):
    overall = evaluate(checklist, assess(every(checklist, "to_do"))).readiness.overall
    assert (overall.band, overall.held_back_by) == ("act_now", ())


def test_essentials_4_of_8(checklist):
    answered = {"board-position": "done", "staff-position": "done", "leave-and-pay": "done", "public-aid": "done"}
    answered |= {"layoff-duties": "in_progress", "cash-weeks": "to_do"}
    assert evaluate(checklist, assess(answered)).readiness.overall.essentials == (4, 8)
    no_loan = evaluate(checklist, assess(answered, profile={"borrowing": "no"})).readiness.overall
    assert no_loan.essentials == (4, 7)
    said = answered | {"lender-relief": "not_applicable", "board-position": DATED}
    assert evaluate(checklist, assess(said)).readiness.overall.essentials == (3, 8)


# Provisional


def test_a_score_is_provisional_while_one_item_is_unanswered(checklist):
    overall = evaluate(checklist, assess(every(checklist, "done", remote_work_guide=None))).readiness.overall
    assert (overall.rounded, overall.band, overall.provisional) == (98, "solid", True)


def test_under_which_coverage_is_content():
    # Weights 1.5 + 4.5 + 1.5 = 7.5: 80 % is 6.
    for first, provisional in (("4.5", False), ("4.4", True)):
        small = two_weights(first, "1.5")
        overall = evaluate(small, assess({"cash": "done", "talk": "done"})).readiness.overall
        assert overall.score >= 50  # the same band as the most it may become, so that only coverage decides
        assert overall.provisional is provisional


def test_a_score_is_provisional_where_it_may_come_to_another_band(checklist):
    answered = every(checklist, "done")
    answered |= dict.fromkeys(["scale-back", "variable-costs", "other-revenue", "regular-updates"], "unknown")
    overall = evaluate(checklist, assess(answered)).readiness.overall
    assert (overall.coverage, overall.rounded, overall.rounded_high) == (1, 85, 100)
    assert not overall.provisional
    answered |= dict.fromkeys(["community-roots", "remote-work"], "unknown")
    overall = evaluate(checklist, assess(answered)).readiness.overall
    assert (overall.coverage, overall.rounded, overall.rounded_high) == (1, 78, 100)
    assert overall.provisional


def test_a_domain_of_two_items_is_provisional_by_coverage_alone(checklist):
    answered = every(checklist, "done", public_aid="unknown", supplier_contact=None)
    domains = evaluate(checklist, assess(answered)).readiness.domains
    assert (domains["debt"].score, domains["debt"].high, domains["debt"].provisional) == (50, 100, False)
    assert domains["supply"].provisional


# What the plan would bring


@given(assessments())
def test_the_projection_never_falls_and_starts_no_lower_than_today(checklist, assessment):
    found = evaluate(checklist, assessment)
    today, stages = found.readiness.overall, found.projection
    if today.coverage != 1 or not found.plan:
        assert stages == ()
        return
    assert [id for id, _ in stages] == ["P1", "P2", "P3"]
    numbers = [today.score, *(stage.score for _, stage in stages)]
    assert numbers == sorted(numbers)
    assert numbers[-1] == 100


def test_the_projection_ends_at_100_and_solid_when_all_is_answered(checklist):
    for said in ("to_do", "in_progress", "unknown", DATED):
        _, last = evaluate(checklist, assess(every(checklist, said))).projection[-1]
        assert (last.score, last.band, last.held_back_by) == (100, "solid", ())


def test_the_projection_goes_by_priority(checklist):
    """An item with actions of two priorities is under way after the first of them."""
    stages = evaluate(checklist, assess(every(checklist, "to_do"))).projection
    done_after = {"P1": 0, "P2": 0, "P3": 0}
    for row in method.TABLE:
        horizons = [method.OF_HORIZON[a.within] for a in checklist.items[row.id].actions]
        ranks = [max(method.rank(row), horizon) for horizon in horizons]
        for stage in done_after:
            part = 1 if max(ranks) <= stage else 0.5 if min(ranks) <= stage else 0
            done_after[stage] += part * float(row.weight)
    reached = [100 * weight / 54 for weight in done_after.values()]
    assert [stage.score for _, stage in stages] == pytest.approx(reached)


def test_an_item_whose_actions_were_all_dismissed_stays_as_it_is(checklist):
    dismissed = {"cash-weeks": {"quick-runway": Planned(set_aside=True)}}
    _, last = evaluate(checklist, assess(every(checklist, "to_do"), plan=dismissed)).projection[-1]
    assert last.score == pytest.approx(100 * 52.5 / 54)
    assert [why.item for why in last.held_back_by] == ["cash-weeks"]


def test_there_is_no_projection_without_actions_or_with_an_item_unanswered(checklist):
    assert evaluate(checklist, assess(every(checklist, "done"))).projection == ()
    assert evaluate(checklist, assess(every(checklist, "to_do", everyday_tips=None))).projection == ()


@given(assessments())
def test_each_gain_is_what_finishing_that_item_adds(checklist, assessment):
    before = evaluate(checklist, assessment).readiness.overall.score
    found = evaluate(checklist, assessment).gains
    assert {g.state.item.id for g in found} == method.items_in_plan(assessment, ON_MONDAY)
    for gain in found[:3]:
        item = gain.state.item.id
        done = assessment.answers[item].model_copy(update={"status": "done", "answered_at": NOW})
        after = assessment.model_copy(update={"answers": {**assessment.answers, item: done}})
        assert evaluate(checklist, after).readiness.overall.score - before == pytest.approx(gain.points)


@pytest.mark.parametrize(
    ("weight", "points", "seen", "french", "english"),
    [
        ("2", 16.666666666666668, 17, "+17 points", "+17 points"),
        ("36", 2.5, 3, "+3 points", "+3 points"),
        ("96", 1, 1, "+1 point", "+1 point"),
        ("196", 0.5, None, "moins de 1 point", "less than 1 point"),
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
