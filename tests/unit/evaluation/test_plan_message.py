"""The message that goes with the plan: what comes first, as everywhere; whole whatever is missing; no note."""

from __future__ import annotations

import pytest

from pensebete.assessment.model import Contact
from pensebete.evaluation.action_text import action_text
from pensebete.evaluation.plan_message import plan_message
from pensebete.text.wording import wording
from tests.builders import answer, assess, evaluate

FR, EN = wording("fr"), wording("en")


def test_it_says_the_first_three_things_as_the_plan_does_and_who_signs(checklist):
    said = {"organisation": "Coop du Fleuve", "prepared_by": "direction", "contact": Contact(phone="418 555-0100")}
    answers = {id: answer("to_do", note="SECRET") for id in checklist.items}
    evaluation = evaluate(checklist, assess(answers, **said))
    firsts = [action_text(action, FR) for action in evaluation.first_actions[:3]]
    found = plan_message(evaluation, FR)
    assert found.subject == "Coop du Fleuve\u00a0: notre plan d’action de crise"
    assert f"d’abord\u00a0:\n1. {firsts[0]}\n2. {firsts[1]}\n3. {firsts[2]}\n\n" in found.text
    assert found.text.startswith("Bonjour,\n\nVoici en pièce jointe notre plan d’action, au 30 mars 2026.\n\n")
    assert found.text.endswith("\n\ndirection, Coop du Fleuve, 418 555-0100")
    assert "SECRET" not in found.text


@pytest.mark.parametrize("say", [FR, EN])
def test_where_nothing_is_known_no_line_is_empty_and_nothing_is_left_to_fill_in(checklist, say):
    found = plan_message(evaluate(checklist, assess({})), say)
    assert found.blanks == 0
    assert found.subject == say("next.message.subject")
    assert found.text.split("\n\n")[-1] == say("next.message.asked")
    assert all(part == part.strip() != "" for part in found.text.split("\n\n"))
