"""« Message prêt » in the plan: under the actions that have one, filled from the dossier, made once it is opened."""

from __future__ import annotations

import json
from uuid import UUID

import pytest

from pensebete.assessment.model import Contact
from pensebete.text.wording import wording
from tests.builders import CHECKLIST
from tests.pages.test_first_things import with_dossier

NAME = "lender-relief.list-loans"


@pytest.fixture
def plan(visit):
    said = {"organisation": "Coop du Fleuve", "prepared_by": "Marie Roy", "contact": Contact(phone="418 555-0100")}
    return with_dossier(visit, dict.fromkeys(CHECKLIST.items, "to_do"), **said).open("action_plan")


def letters(visit) -> list[str]:
    return [
        fold.label for fold in visit.app.expander if fold.label.startswith(visit.say("message.title", which="")[:8])
    ]


def messages(visit) -> list[dict[str, str]]:
    """What the component was given, of each that is drawn."""
    found = [json.loads(one.proto.json) for one in visit.app.get("bidi_component") if one.proto.json]
    return [data for data in found if "to_fill_one" in data.get("words", {})]


def test_every_action_with_a_message_offers_it_under_its_name_and_makes_none_before_it_is_opened(plan):
    assert len(letters(plan)) == 14
    assert len(set(letters(plan))) == 14
    assert messages(plan) == []


def test_opened_it_is_the_message_with_what_the_dossier_knows(plan):
    (message,) = messages(plan.unfold(f"letter.{NAME}"))
    assert message["subject"] == "Coop du Fleuve\u00a0: pouvons-nous parler de notre prêt?"
    assert message["text"].endswith("Marie Roy, Coop du Fleuve, 418 555-0100")
    assert (message["address"], message["words"]["note"]) == ("", "")


@pytest.mark.parametrize("changed", [{"id": UUID(int=9)}, {"organisation": "Coop du Lac"}, {"prepared_by": "Ana Roy"}])
def test_what_is_mended_is_kept_in_the_page_by_a_name_of_this_dossier_and_of_what_it_says(plan, changed):
    (before,) = messages(plan.unfold(f"letter.{NAME}"))
    (again,) = messages(plan.open("results").open("action_plan").unfold(f"letter.{NAME}"))
    assert again["name"] == before["name"]
    plan.app.session_state["assessment"] = plan.assessment.model_copy(update=changed)
    (after,) = messages(plan.open("results").open("action_plan").unfold(f"letter.{NAME}"))
    assert after["name"] != before["name"]


def test_in_english_a_message_to_staff_is_in_french_first_and_the_page_says_why(visit):
    said = {"language": "en"}
    plan = with_dossier(visit, dict.fromkeys(CHECKLIST.items, "to_do"), **said).open("action_plan")
    (message,) = messages(plan.unfold("letter.staff-position.send-message"))
    assert message["text"].index("Bonjour") < message["text"].index("Hello")
    assert message["words"]["note"] == wording("en")("message.french_first.staff")
