"""« Aujourd’hui, une seule chose »: done, entrusted, put off; what is said in its place, and what never changes."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from os import environ
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pensebete.assessment.model import OwnAction, Planned
from pensebete.evaluation.action_text import action_text
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.first_actions import actions_of
from pensebete.evaluation.plan_text import later_words
from pensebete.evaluation.postponing import later_days
from pensebete.pdf.build import edition_pdf
from pensebete.pdf.edition import Edition
from pensebete.text.wording import wording
from tests.builders import CHECKLIST, evaluate
from tests.pages.test_first_things import all_but, with_dossier
from tests.pages.visit import Visit
from tests.pdf_reading import pages, squashed

FR = wording("fr")
ALL = list(CHECKLIST.items)


def found(visit) -> Evaluation:
    return evaluate(CHECKLIST, visit.assessment, datetime.now(UTC).date())


def first(visit):
    return found(visit).first_actions[0]


def labels(visit) -> list[str]:
    return [button.label.replace("\\", "") for button in visit.app.button]


def what(action) -> str:
    return action_text(action, FR)


def answered(visit):
    """What « Confier » and « Plus tard » may never change."""
    evaluation = found(visit)
    return visit.assessment.answers, evaluation.item_states, evaluation.readiness


@pytest.fixture
def plan(visit):
    return with_dossier(visit, all_but(), organisation="Coop du Fleuve").open("action_plan")


def test_the_plan_opens_on_its_first_action_which_is_not_said_twice(plan):
    text, one = plan.texts(), first(plan)
    assert text.index(FR("today.title")) < text.index(FR("first.title")) < text.index(FR("week.title"))
    assert text.count(f"1. {what(one)}") == 1
    assert text.index(f"1. {what(one)}") < text.index(f"2. {what(found(plan).first_actions[1])}")
    assert labels(plan).count(FR("first.done.own")) == 1
    week = {one.name for one in found(plan).this_week} - {one.name for one in found(plan).first_actions}
    after = [box.key for box in plan.app.checkbox if box.key.startswith("tick.")][len(found(plan).first_actions) :]
    assert {key.removeprefix("tick.").rsplit(".", 2)[0] for key in after[: len(week)]} == week


def test_done_it_is_said_in_its_place_and_the_next_waits_to_be_asked_for(plan):
    one = first(plan)
    plan.press(FR("first.done.own"))
    assert next(a for a in found(plan).plan if a.name == one.name).state == "done"
    after = first(plan)
    assert FR("first.noted") in plan.texts()
    assert FR("today.next", what=what(after)) in plan.texts()
    assert FR("first.done.own") not in labels(plan), "a second tap finds nothing to say done"
    plan.press(FR("today.see_next"))
    assert f"1. {what(after)}" in plan.texts()
    assert FR("first.done.own") in labels(plan)


def test_done_by_a_slip_it_is_taken_back_where_it_stood(plan):
    one, before = first(plan), plan.assessment.plan
    plan.press(FR("first.done.own")).press(FR("today.take_back"))
    assert first(plan) == one
    assert plan.assessment.plan == before
    assert f"1. {what(one)}" in plan.texts()


def test_what_was_noted_is_gone_once_one_has_left_the_page(plan):
    plan.press(FR("first.done.own")).open("results").open("action_plan")
    assert FR("first.noted") not in plan.texts()
    assert f"1. {what(first(plan))}" in plan.texts()


def test_entrusted_to_a_role_or_a_name_it_offers_its_message_and_changes_no_answer(plan):
    one, before = first(plan), answered(plan)
    plan.press(FR("today.entrust"))
    roles = [role for role in CHECKLIST.owners if role != one.owner]
    plan.widget("button_group", f"first.role.{one.name}").set_value(roles[0]).run()
    assert first(plan).owner == roles[0]
    plan.set("text_input", f"first.owner.{one.name}", "Madame Tremblay")
    assert first(plan).owner == "Madame Tremblay"
    assert plan.widget("button_group", f"first.role.{one.name}").value is None
    assert answered(plan) == before
    [message] = messages(plan.unfold(f"letter.first{one.name}"))
    assert message["subject"].startswith("Argent en caisse")
    # The two fields of an action show one lead, whichever is typed in.
    plan.unfold(f"change.{one.name}").set("text_input", f"owner.{one.name}", "Luc")
    assert plan.widget("text_input", f"first.owner.{one.name}").value == "Luc"
    plan.press(FR("today.entrust"))
    assert not [fold for fold in plan.app.text_input if fold.key.startswith("first.owner.")]


def test_without_a_message_of_its_own_the_one_that_entrusts_it_is_ready(visit):
    plan = with_dossier(visit, {"lender-relief": "in_progress"}).open("action_plan").press(FR("today.entrust"))
    plan.widget("button_group", f"first.role.{first(plan).name}").set_value(None).run()
    assert first(plan).owner == ""
    assert not letters(plan), "nobody to send it to"
    plan.set("text_input", f"first.owner.{first(plan).name}", "Luc")
    [message] = messages(plan.unfold(letters(plan)[0]))
    assert message["text"].startswith("Bonjour Luc,\n\n" + what(first(plan)))


def letters(visit) -> list[str]:
    return [fold.key.rsplit(".", 2)[0] for fold in visit.app.expander if "letter.first" in (fold.key or "")]


def messages(visit) -> list[dict[str, str]]:
    every = [json.loads(one.proto.json) for one in visit.app.get("bidi_component") if one.proto.json]
    return [data for data in every if "to_fill_one" in data.get("words", {})]


def test_put_off_it_has_its_day_the_next_one_comes_and_it_is_the_same_first_on_paper(plan):
    one, before = first(plan), answered(plan)
    day = later_days(found(plan))[-1]
    plan.press(FR("today.later")).press(later_words(day, found(plan), FR))
    assert answered(plan) == before
    assert next(a for a in found(plan).plan if a.name == one.name).due == day
    after = first(plan)
    assert after.name != one.name
    assert FR("today.put_off", day=FR.weekday(day, found(plan).today)) in plan.texts()
    assert FR("today.next", what=what(after)) in plan.texts()
    plan.press(FR("today.see_next"))
    assert f"1. {what(after)}" in plan.texts()
    assert f"1. {what(after)}" in plan.open("results").texts()
    for edition in (Edition(), Edition("board")):
        page = squashed(pages(edition_pdf(edition, found(plan), "fr"))[0])
        above, it, _ = page.partition(squashed(FR("report.first_actions")))[2].partition(squashed(what(after)))
        assert it, edition
        assert len(above) < 60, "nothing is listed above it, but for the head of a table"


def test_put_off_by_a_slip_its_date_is_again_the_one_proposed(plan):
    before = plan.assessment.plan
    plan.press(FR("today.later")).press(FR("today.later.week")).press(FR("today.take_back"))
    assert plan.assessment.plan == before


def test_with_nothing_else_before_it_what_was_put_off_is_the_next_thing_on_its_day(visit):
    plan = with_dossier(visit, {"lender-relief": "to_do"}).open("action_plan")
    plan.press(FR("today.later")).press(FR("today.later.week"))
    assert FR("today.same") in plan.texts()
    day = FR.weekday(later_days(found(plan))[-1], found(plan).today)
    plan.open("results").open("action_plan")
    assert FR("today.title.later", day=day) in plan.texts()
    assert FR("today.title") not in plan.texts()


def test_with_nothing_open_any_more_a_kind_word_and_the_way_to_the_pdf(visit):
    own = OwnAction(id=uuid4(), text="Appeler la caisse", priority="P1")
    plan = with_dossier(visit, {ALL[0]: "done"}, own_actions=(own,)).open("action_plan")
    plan.press(FR("first.done.own"))
    assert FR("today.nothing") in plan.texts()
    plan.open("results").open("action_plan")
    assert FR("today.nothing") in plan.texts()
    assert FR("today.title") not in plan.texts()
    assert "#part-take-away" in "".join(element.proto.body for element in plan.app.get("html"))


def test_several_to_verify_are_entrusted_and_put_off_together(visit):
    plan = with_dossier(visit, all_but(status="unknown")).open("action_plan")
    together = actions_of(found(plan).plan, first(plan))
    assert len(together) == 5
    plan.press(FR("today.entrust")).set("text_input", "first.owner..verify", "Luc")
    plan.press(FR("today.later")).press(FR("today.later.week"))
    planned = [plan.assessment.planned(one.item.id, "verify") for one in together]
    assert {(one.owner, one.due) for one in planned} == {("Luc", later_days(found(plan))[-1])}
    assert not {one.name for one in together} & {one.name for one in actions_of(found(plan).plan, first(plan))}
    plan.press(FR("today.take_back"))
    assert {plan.assessment.planned(one.item.id, "verify") for one in together} == {Planned(owner="Luc")}


def test_what_has_had_its_day_is_confirmed_on_the_card_and_it_is_said(visit):
    plan = with_dossier(visit, all_but(status="done"), days_ago=400).open("action_plan")
    plan.press("Toujours «\u00a0Fait\u00a0» · L1a")
    assert found(plan).state_of("cash-weeks").current == "done"
    assert FR("first.noted") in plan.texts()
    assert FR("today.take_back") not in labels(plan), "an answer that was given anew is taken back on its card"


def test_any_other_date_will_do_and_a_date_that_is_cleared_changes_nothing(plan):
    one, day = first(plan), found(plan).today + timedelta(days=40)
    plan.press(FR("today.later")).set("date_input", f"today.day.{one.name}", day)
    assert next(a for a in found(plan).plan if a.name == one.name).due == day


TAPS = (
    "today.done",
    "today.entrust",
    "today.later",
    "today.later.0",
    "today.later.1",
    "today.next",
    "today.take_back",
)


@settings(
    max_examples=200 if environ.get("PENSEBETE_EXPLORE") else 3, deadline=None, suppress_health_check=list(HealthCheck)
)
@given(
    st.dictionaries(st.sampled_from(ALL), st.sampled_from(["done", "in_progress", "to_do", "unknown"]), min_size=3),
    st.integers(0, 60),
    st.lists(st.sampled_from(TAPS) | st.sampled_from(list(CHECKLIST.owners)), min_size=3, max_size=8),
)
def test_whatever_is_tapped_on_the_card_no_answer_its_day_nor_the_figure_changes(answers, days_ago, taps):
    plan = with_dossier(Visit(), answers, days_ago=days_ago).open("action_plan")
    before = answered(plan)
    for tap in taps:
        if tap in TAPS:
            buttons = [one for one in plan.app.button if one.key and one.key.rsplit(".", 2)[0] == tap]
        else:
            buttons = [one for one in plan.app.button_group if one.key and one.key.startswith("first.role.")]
        for one in buttons[:1]:
            one.click().run() if tap in TAPS else one.set_value(tap).run()
            plan._sound()
        assert answered(plan) == before
    assert [one.name for one in found(plan).plan if one.set_aside] == []


def test_in_english_the_message_that_entrusts_is_in_french_first(visit):
    plan = with_dossier(visit, {"lender-relief": "in_progress"}, language="en", prepared_by="Marie Roy")
    say = wording("en")
    plan.open("action_plan").press(say("today.entrust"))
    [message] = messages(plan.unfold(letters(plan)[0]))
    assert message["text"].startswith("Bonjour,\n\nTerminer")
    assert message["text"].index("Peux-tu t’en charger?") < message["text"].index("Could you take this on?")
    assert message["text"].endswith("Thank you!\n\nMarie Roy")
    assert message["words"]["note"] == say("message.french_first")
