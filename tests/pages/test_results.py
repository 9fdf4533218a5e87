"""The results: figures twice and the same, first actions with their buttons, folds."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from uuid import UUID

import pytest

from pensebete.assessment.model import Answer, OwnAction
from pensebete.text.wording import wording
from pensebete.web import session
from tests.builders import CHECKLIST, assess, evaluate, every

FR = wording("fr")


def with_answers(visit, answers, **fields):
    now = datetime.now(UTC)
    said = {id: Answer(status=status, answered_at=now) for id, status in answers.items() if status}
    visit.app.session_state["assessment"] = assess(said, created_at=now, updated_at=now, timezone="UTC", **fields)
    return visit.open("results")


def evaluation_of(visit):
    return evaluate(CHECKLIST, visit.assessment, datetime.now(UTC).date())


def html(visit):
    return "\n".join(element.proto.body for element in visit.app.get("html"))


def buttons(visit, beginning):
    return [button.label for button in visit.app.button if button.label.startswith(beginning)]


def test_the_table_has_the_same_figures_as_the_bars(visit):
    statuses = ("done", "in_progress", "to_do", "unknown", None)
    visit = with_answers(visit, {id: statuses[n % 5] for n, id in enumerate(CHECKLIST.items)})
    bars = re.findall(r'class="domain-name">(.*?)</span>.*?class="domain-figure">(.*?)</strong>', html(visit))
    rows = re.findall(r'scope="row">(.*?)</th><td[^>]*>(.*?)</td>', html(visit))
    assert len(bars) == len(CHECKLIST.domains)
    figures = {name: cell.split(",")[0] for name, cell in rows}
    assert {name: figures[name] for name, _ in bars} == dict(bars)


def test_the_first_three_have_their_button_and_one_tap_says_the_action_done(visit):
    visit = with_answers(visit, every(CHECKLIST, "to_do"))
    first, *_ = firsts = evaluation_of(visit).first_actions
    assert len(firsts) == 5
    assert buttons(visit, "C’est fait") == [f"C’est fait · {action.item.ref}" for action in firsts[:3]]
    visit.press(f"C’est fait · {first.item.ref}")
    assert visit.assessment.planned(first.item.id, first.id).state == "done"
    assert visit.assessment.answer(first.item.id).status == "to_do"  # an answer is given by nobody else
    assert FR("first.noted") in visit.texts()
    visit.press(FR("undo.action_done"))
    assert visit.assessment.planned(first.item.id, first.id).state == first.state


def test_an_action_of_ones_own_is_done_by_a_tap_too(visit):
    own = OwnAction(id=UUID(int=7), text="Appeler la caisse", priority="P1")
    visit = with_answers(visit, every(CHECKLIST, "done"), own_actions=(own,))
    visit.press(FR("first.done.own"))
    assert visit.assessment.own_actions[0].state == "done"
    visit.press(FR("undo.action_done"))
    assert visit.assessment.own_actions == (own,)


def test_what_is_to_be_verified_is_to_be_answered(visit):
    visit = with_answers(visit, every(CHECKLIST, "done") | {"lender-relief": "unknown", "cash-weeks": "unknown"})
    (together,) = evaluation_of(visit).first_actions
    assert together.kind == "verify_together"
    assert not buttons(visit, "C’est fait")
    visit.press("Répondre · L1a")
    assert visit.app.session_state["item_to_show"] == "cash-weeks"


def test_the_help_of_an_action_is_that_of_its_item(visit):
    visit = with_answers(visit, every(CHECKLIST, "done") | {"lender-relief": "to_do"})
    visit.press("Aide · L5")
    assert visit.app.title[0].value == FR("questionnaire.title")
    assert visit.app.session_state["item_to_show"] == "lender-relief"


def test_who_may_only_read_has_no_button_that_changes(visit, monkeypatch):
    monkeypatch.setattr(session, "reading_only", lambda: True)
    visit = with_answers(visit, every(CHECKLIST, "to_do"))
    assert not buttons(visit, "C’est fait")
    assert buttons(visit, "Aide")


def test_with_nothing_answered_there_are_no_empty_bars_but_the_way_to_the_questions(visit):
    visit.open("results")
    assert "Pas encore de réponse" in visit.texts()
    assert "domain-bar" not in html(visit)
    visit.press(FR("results.to_questionnaire"))
    assert visit.app.title[0].value == FR("questionnaire.title")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_p1_and_the_points_mean_is_said_where_they_stand(visit, language):
    visit = with_answers(visit, every(CHECKLIST, "to_do"), language=language)
    said, say = visit.texts(), wording(language)
    first_class = CHECKLIST.ranking[0]
    assert say("results.class_means", name="P1", label=first_class.label[language]) in said
    assert say("results.gain_means") in said
    assert say("results.essential_means") in said
    assert CHECKLIST.readiness.caption[language] in said


def test_the_reasons_after_the_first_are_named_and_all_of_them_are_in_a_fold(visit):
    answers = every(CHECKLIST, "done") | {"lender-relief": "to_do", "cash-weeks": "to_do", "layoff-duties": "to_do"}
    visit = with_answers(visit, answers)
    reasons = evaluation_of(visit).readiness.overall.held_back_by
    assert len(reasons) == 3
    refs = [CHECKLIST.items[why.item].ref for why in reasons]
    assert FR("results.also_held", names=FR.listing(refs[1:])) in visit.texts()
    assert FR("results.all_reasons", n=3) in [fold.label for fold in visit.app.expander]
    assert unescape(html(visit)).count(FR("results.held")) == 1
