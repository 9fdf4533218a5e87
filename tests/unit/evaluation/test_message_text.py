"""A ready message with what a dossier knows: what is filled, what is left blank, and in which language first."""

from __future__ import annotations

from datetime import date

import pytest

from pensebete.assessment.model import Contact, Planned
from pensebete.checklist.inserts import INSERT
from pensebete.evaluation.action_plan import Action
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.message_text import ReadyMessage, message_of, ready_message
from pensebete.text.wording import wording
from tests.builders import MONDAY, assess, evaluate, every, mended, sound

FR, EN = wording("fr"), wording("en")
KNOWN = {
    "organisation": "Coop du Fleuve",
    "prepared_by": "Marie Roy",
    "contact": Contact(name="Jean Roy", phone="418 555-0100", email="marie@coop.example"),
    "profile": {"staff": "1-9"},
}


def action_of(evaluation: Evaluation, id: str) -> Action:
    return next(action for action in evaluation.plan if action.id == id)


def message(evaluation: Evaluation, id: str, say=FR) -> ReadyMessage:
    found = ready_message(evaluation, action_of(evaluation, id), say)
    assert found is not None
    return found


def to_do(checklist, day: date = MONDAY, **details) -> Evaluation:
    return evaluate(checklist, assess(every(checklist, "to_do"), **details), day)


def test_what_the_dossier_knows_is_filled_in_as_it_was_typed(checklist):
    found = message(to_do(checklist, **KNOWN), "list-loans")
    assert found.subject == "Coop du Fleuve\u00a0: pouvons-nous parler de notre prêt?"
    assert found.text.startswith("Bonjour,\n\nLa crise pourrait toucher nos paiements")
    assert found.text.endswith("d’ici le mardi 7 avril si possible?\n\nMarie Roy, Coop du Fleuve, 418 555-0100")
    assert found.blanks == 3


def test_what_nobody_said_is_a_blank_and_is_counted(checklist):
    found = message(to_do(checklist, profile={"staff": "1-9"}), "list-loans")
    assert found.subject.startswith("____\u00a0: ")
    assert found.text.endswith("\n\n____, ____, ____")
    assert found.blanks == 7


def test_who_prepared_the_dossier_signs_else_the_contact_person(checklist):
    nobody = KNOWN | {"prepared_by": " "}
    assert message(to_do(checklist, **nobody), "list-loans").text.endswith("Jean Roy, Coop du Fleuve, 418 555-0100")


def test_what_was_typed_between_braces_stays_as_it_was_typed(checklist):
    odd = KNOWN | {"organisation": "Coop {telephone} \\1"}
    assert message(to_do(checklist, **odd), "list-loans").subject.startswith("Coop {telephone} \\1\u00a0: ")


def test_an_answer_is_asked_for_on_a_working_day_and_the_due_date_is_that_of_the_plan(checklist):
    good_friday = date(2026, 4, 3)
    evaluation = to_do(checklist, date(2026, 3, 27), **KNOWN)
    assert f"d’ici le {FR.weekday(date(2026, 4, 7), evaluation.today)}" in message(evaluation, "list-loans").text
    assert evaluation.today.toordinal() + 7 == good_friday.toordinal()
    moved = KNOWN | {"plan": {"board-position": {"convene-board": Planned(due=date(2026, 4, 9))}}}
    assert "votre présence d’ici le jeudi 9 avril," in message(to_do(checklist, **moved), "convene-board").text


@pytest.mark.parametrize("planned", [Planned(due=date(2026, 3, 2)), Planned(undated=True)])
def test_a_due_date_that_is_past_or_that_there_is_none_of_is_a_blank(checklist, planned):
    late = KNOWN | {"plan": {"board-position": {"convene-board": planned}}}
    assert "votre présence d’ici le ____," in message(to_do(checklist, **late), "convene-board").text


def test_a_reader_of_english_writes_to_staff_in_french_first_and_in_english_beside_it(checklist):
    found = message(to_do(checklist, **KNOWN), "send-message", EN)
    assert found.french_first
    assert found.to_all_staff
    assert found.subject == "Où nous en sommes au 30 mars 2026 / Where we stand as of March 30, 2026"
    french, english = found.text.split("\n\n— English —\n\n")
    assert french.startswith("Bonjour à toutes et à tous,\n\nVoici où nous en sommes au 30 mars 2026.")
    assert english.startswith("Hello everyone,\n\nHere is where we stand as of March 30, 2026.")


def test_a_reader_of_french_writes_to_staff_in_french_alone_and_a_lender_is_written_to_as_one_reads(checklist):
    evaluation = to_do(checklist, **KNOWN)
    assert "Hello" not in message(evaluation, "send-message").text
    assert not message(evaluation, "send-message").french_first
    assert "Bonjour" not in message(evaluation, "list-loans", EN).text


def test_what_goes_to_the_hub_has_its_address_where_the_checklist_has_one(checklist):
    assert message(to_do(checklist, **KNOWN), "get-program-list").address == ""
    named = checklist.model_copy(
        update={"contact": checklist.contact.model_copy(update={"email": "aide@pole.example"})}
    )
    assert message(to_do(named, **KNOWN), "get-program-list").address == "aide@pole.example"
    assert message(to_do(named, **KNOWN), "list-loans").address == ""


def test_no_message_of_the_published_checklist_is_left_with_a_brace(checklist):
    evaluation = to_do(checklist, profile={"staff": "1-9"})
    found = [ready_message(evaluation, action, say) for action in evaluation.plan for say in (FR, EN)]
    written = [one for one in found if one is not None]
    assert len(written) == 2 * 14
    assert not [one for one in written if INSERT.search(one.subject + one.text)]
    assert all(one.subject and "\n" not in one.subject for one in written)


def test_what_the_program_asks_for_itself_has_no_message(checklist):
    evaluation = evaluate(checklist, assess({"lender-relief": "unknown", "board-position": "in_progress"}))
    assert {action.kind for action in evaluation.plan} == {"verify", "finish"}
    assert [message_of(action) for action in evaluation.plan] == [None, None]


def test_each_line_is_a_paragraph_however_it_is_written():
    written = sound(
        mended(
            ("fr: Venez lundi", 'fr: "Bonjour,\n\n               Venez.\n\n\n               À lundi"'),
            ("fr: Rencontre", "fr: '{pole}'"),
        )
    )
    answers = assess({"talk": "to_do"}, "small", profile={"staff": "some", "operations": ["stock"]})
    found = message(evaluate(written, answers), "meet")
    assert (found.subject, found.text, found.blanks) == ("Le pôle", "Bonjour,\n\nVenez.\n\nÀ lundi", 0)
