"""« Et maintenant? »: folded before the PDF, open once it was taken, of one dossier, in few words."""

from __future__ import annotations

import pytest

from pensebete.assessment.model import Contact
from pensebete.text.wording import wording
from pensebete.web import session
from tests.builders import CHECKLIST, every
from tests.pages.test_call_pole import EMAIL, html, visit_with  # noqa: F401
from tests.pages.test_first_things import with_dossier
from tests.pages.test_ready_message import messages

FR = wording("fr")
WHOSE = {"organisation": "Coop du Fleuve", "prepared_by": "direction", "contact": Contact(name="Marie Roy")}


@pytest.fixture
def plan(visit):
    return with_dossier(visit, every(CHECKLIST, "to_do"), **WHOSE).open("action_plan")


def handed_over(plan):
    plan.widget("button", "pdf").click().run()
    return plan._sound()


def folded(plan) -> bool:
    return any(fold.label == FR("next.title") for fold in plan.app.expander)


def test_before_the_pdf_it_is_a_fold_with_nothing_in_it(plan):
    assert folded(plan)
    assert FR("reminder.add") not in [button.label for button in plan.app.button]
    opened = plan.unfold("next")
    assert FR("next.send", file=FR("next.the_pdf")) in opened.texts()
    assert FR("reminder.add") in [button.label for button in opened.app.button]


def test_once_the_pdf_was_handed_over_it_is_open_names_the_file_and_says_how_to_come_back(plan):
    text = handed_over(plan).texts()
    assert not folded(plan)
    assert "Envoyez le PDF plan-action_coop-du-fleuve_" in text
    assert FR("next.back", resume=FR("resume.title")) in text
    assert FR("next.keep") in [fold.label for fold in plan.app.expander]
    assert FR("ideas.share") not in [fold.label for fold in plan.app.expander]  # to whom, nobody said
    assert FR("reminder.add") in [button.label for button in plan.app.button]
    lines = [FR("next.send", file=""), FR("next.back", resume=""), FR("next.back.saved")]
    assert all(len(line.split()) <= 20 for line in lines)


def test_it_stays_until_one_leaves_the_page_then_only_while_the_dossier_says_what_the_file_says(plan):
    handed_over(plan)
    assert not folded(plan.open("results").open("action_plan"))
    plan.set("text_input", "organisation", "Coop du Lac")
    assert not folded(plan)
    assert folded(plan.open("results").open("action_plan"))


@pytest.mark.parametrize("kind", ["dossier", "xlsx", "csv"])
def test_another_file_is_not_the_plan(plan, kind):
    plan.unfold("other_downloads").widget("button", kind).click().run()
    assert folded(plan._sound())


def test_another_edition_is_not_the_plan(plan):
    plan.unfold("edition_downloads").set("radio", "edition_name", "board").widget("button", "edition").click().run()
    assert folded(plan._sound())


def test_the_message_goes_with_the_plan_and_holds_no_note(visit_with):  # noqa: F811
    plan = with_dossier(visit_with(email=EMAIL), every(CHECKLIST, "to_do"), **WHOSE).open("action_plan")
    [message] = messages(handed_over(plan).unfold("next.message"))
    assert message["subject"] == "Coop du Fleuve\u00a0: notre plan d’action de crise"
    assert message["address"] == EMAIL
    assert message["text"].endswith("\n\ndirection, Coop du Fleuve")
    assert "____" not in message["text"]
    assert f'à votre pôle (<a href="mailto:{EMAIL}">{EMAIL}</a>), au conseil' in html(plan)
    idea = messages(plan.unfold("idea.whole"))[-1]  # no staff has a key: an email, made ready
    assert (idea["subject"], idea["address"]) == (f"Une idée pour la liste\u00a0: {CHECKLIST.title['fr']}", EMAIL)
    assert idea["text"].endswith("\n\n____")


def test_an_advisor_who_reads_by_a_link_is_told_nothing_of_it(visit, monkeypatch):
    monkeypatch.setattr(session, "reading_only", lambda: True)
    plan = with_dossier(visit, every(CHECKLIST, "to_do"), **WHOSE).open("action_plan")
    assert not folded(plan)
    assert FR("next.title") not in handed_over(plan).texts()
