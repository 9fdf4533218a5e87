"""Whom to call, from the plan page: folded, kept at once, in the files that tell it."""

from __future__ import annotations

import json

import pytest

from pensebete.assessment import dossier_file
from pensebete.assessment.model import NO_CONTACT
from pensebete.text.wording import wording

TYPED = {"name": "Ana", "phone": "418 555-0100", "email": "ana@coop.example", "municipality": "Matane", "when": "midi"}


@pytest.fixture
def plan(visit):
    visit.open("questionnaire").set("radio", "status.board-position", "to_do").open("action_plan")
    return visit.unfold("contact_fold")


def test_it_is_folded_and_made_when_it_is_opened_and_nothing_of_it_is_said_at_first(visit):
    plan = visit.open("questionnaire").set("radio", "status.board-position", "to_do").open("action_plan")
    (fold,) = [fold for fold in plan.app.expander if fold.label == plan.say("contact_form.title")]
    assert not fold.proto.expanded
    assert not fold.text_input
    (fold,) = [
        fold for fold in plan.unfold("contact_fold").app.expander if fold.label == plan.say("contact_form.title")
    ]
    assert {field.key.split(".")[1] for field in fold.text_input} == {*TYPED, "weeks_of_money"}
    assert plan.assessment.contact == NO_CONTACT


def test_each_answer_is_kept_as_it_is_given_and_shown_again(plan):
    for name, text in TYPED.items():
        plan.set("text_input", f"contact.{name}", text)
    plan.set("checkbox", "contact.call_wanted", True).set("checkbox", "contact.not_counted", True)
    plan.set("button_group", "contact.next_pay", "no").set("text_input", "contact.weeks_of_money", " 2,50 ")
    contact = plan.assessment.contact
    assert {name: getattr(contact, name) for name in TYPED} == TYPED
    assert (contact.call_wanted, contact.not_counted, contact.next_pay, contact.weeks_of_money) == (
        True,
        True,
        "no",
        2.5,
    )
    plan.open("results").open("action_plan").unfold("contact_fold")
    assert plan.widget("text_input", "contact.phone").value == "418 555-0100"
    assert plan.widget("text_input", "contact.weeks_of_money").value == "2,5"
    assert plan.widget("checkbox", "contact.call_wanted").value is True
    assert plan.widget("button_group", "contact.next_pay").value == "no"
    assert json.loads(dossier_file.dump(plan.assessment))["contact"]["weeks_of_money"] == 2.5


def test_each_answer_can_be_taken_back(plan):
    plan.set("checkbox", "contact.call_wanted", True).set("button_group", "contact.next_pay", "unknown")
    plan.set("text_input", "contact.weeks_of_money", "0")
    assert plan.assessment.contact.weeks_of_money == 0
    plan.set("checkbox", "contact.call_wanted", False).set("button_group", "contact.next_pay", None)
    plan.set("text_input", "contact.weeks_of_money", "")
    assert plan.assessment.contact == NO_CONTACT


@pytest.mark.parametrize("typed", ["trois", "-1", "521", "1e3"])
def test_weeks_that_are_no_number_are_said_and_what_was_kept_stays(plan, typed):
    plan.set("text_input", "contact.weeks_of_money", "3").set("text_input", "contact.weeks_of_money", typed)
    assert plan.say("contact_form.no_weeks", most=520) in plan.texts()
    assert plan.widget("text_input", "contact.weeks_of_money").value == typed
    assert plan.assessment.contact.weeks_of_money == 3


def test_a_text_that_is_too_long_is_said_and_not_kept(plan):
    plan.set("text_input", "contact.municipality", "x" * 121)
    assert plan.say("bounds.contact", found=121, most=120) in plan.texts()
    assert plan.assessment.contact == NO_CONTACT


def test_in_the_other_language_the_same_is_asked_and_shown(plan):
    plan.set("text_input", "contact.weeks_of_money", "2,5").press("English")
    assert plan.widget("text_input", "contact.weeks_of_money").value == "2.5"
    assert plan.widget("checkbox", "contact.not_counted").label == wording("en")("contact_form.not_counted")


def test_a_board_and_a_lender_are_told_only_by_choice_and_nobody_is_asked_who_said_nothing(plan):
    assert not plan.unfold("edition_downloads").app.toggle
    plan.set("text_input", "contact.phone", "418 555-0100")
    for name, told in (("board", False), ("lender", False), ("full", True)):
        plan.set("radio", "edition_name", name)
        assert plan.widget("toggle", f"edition_contact_{name}").value is told
    plan.set("toggle", "edition_contact_full", False)
    assert plan.say("edition.carries_no_dossier") in plan.texts()
    plan.set("radio", "edition_name", "blank")
    assert not plan.app.toggle
