"""What comes first, on the results page and on that of the plan; what is late, what is confirmed, what is done."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from pensebete.assessment.model import Answer, Planned
from pensebete.evaluation.action_text import action_text
from pensebete.text.wording import wording
from tests.builders import CHECKLIST, assess, evaluate

FR = wording("fr")


def with_dossier(visit, answers, days_ago=0, **fields):
    """The visit with these answers, given so many days ago."""
    then = datetime.now(UTC) - timedelta(days=days_ago)
    said = {
        id: answer if isinstance(answer, Answer) else Answer(status=answer, answered_at=then)
        for id, answer in answers.items()
    }
    visit.app.session_state["assessment"] = assess(
        said, created_at=then, updated_at=then, timezone="UTC", plan_started_on=then.date(), **fields
    )
    return visit


def all_but(left_out=(), status="to_do"):
    return {id: status for id in CHECKLIST.items if id not in left_out}


@pytest.mark.parametrize("page", ["results", "action_plan"])
def test_the_same_five_actions_come_first_with_who_and_when(visit, page):
    visit = with_dossier(visit, all_but())
    text = visit.open(page).texts().replace("\\", "")
    firsts = evaluate(CHECKLIST, visit.assessment, datetime.now(UTC).date()).first_actions
    assert len(firsts) == 5
    places = [text.index(f"{n}. {action_text(action, FR)}") for n, action in enumerate(firsts, 1)]
    assert places == sorted(places)
    assert "D’ici le " in text


@pytest.mark.parametrize("page", ["results", "action_plan"])
def test_while_an_answer_is_missing_answering_comes_first_and_leads_to_its_card(visit, page):
    visit = with_dossier(visit, all_but(("public-aid", "community-roots")))
    text = visit.open(page).texts().replace("\\", "")
    labels = [button.label for button in visit.app.button]
    asks = "D’abord, répondez aux 2 points qui restent"
    if page == "results":
        assert "E1, Bien connaître" in text
        assert FR("results.projection") not in text
    assert labels.index(asks) < next(n for n, label in enumerate(labels) if "C’est fait" in label)
    visit.press(asks)
    assert visit.app.session_state["item_to_show"] == "community-roots"


def test_with_every_answer_given_nothing_asks_for_one(visit):
    visit = with_dossier(visit, all_but()).open("action_plan")
    assert not [button for button in visit.app.button if "D’abord, répondez" in button.label]


def test_what_is_late_is_put_off_by_a_week_in_one_tap_and_no_answer_is_touched(visit):
    visit = with_dossier(visit, all_but(), days_ago=20)
    before = visit.open("action_plan").assessment.answers
    assert "En retard" in visit.texts()
    visit.press("Tout reporter d’une semaine")
    assert "En retard" not in visit.texts()
    assert visit.assessment.answers == before
    evaluation = evaluate(CHECKLIST, visit.assessment, datetime.now(UTC).date())
    assert not any(action.late for action in evaluation.plan)
    soonest = min(action.due for action in evaluation.plan if action.due)
    assert soonest >= evaluation.today + timedelta(days=7) or soonest >= evaluation.today


@pytest.mark.parametrize("page", ["results", "action_plan"])
def test_what_has_had_its_day_is_confirmed_by_one_tap(visit, page):
    visit = with_dossier(visit, all_but(status="done"), days_ago=400)
    visit.open(page)
    assert "à reconfirmer" in visit.texts()
    figure = evaluate(CHECKLIST, visit.assessment, datetime.now(UTC).date()).readiness.overall
    assert figure.rounded == 50
    visit.press("Toujours «\u00a0Fait\u00a0» · L1a")
    after = evaluate(CHECKLIST, visit.assessment, datetime.now(UTC).date())
    assert after.state_of("cash-weeks").current == "done"
    assert after.readiness.overall.rounded > 50


def test_what_is_done_stays_in_sight_with_its_date(visit):
    answers = all_but() | {"board-position": Answer(status="done", answered_at=datetime.now(UTC))}
    done = {"lender-relief": {"list-loans": Planned(state="done")}}
    done["board-position"] = {"record-decision": Planned(state="done")}
    visit = with_dossier(visit, answers, plan=done)
    today = FR.date(datetime.now(UTC).date())
    assert f"fait le {today}" in visit.open("results").texts()
    resolution = next(a for a in CHECKLIST.items["board-position"].actions if a.id == "record-decision")
    assert resolution.text["fr"] in visit.texts().replace("\\", "")
    labels = [fold.label for fold in visit.open("action_plan").app.expander]
    assert "Ce qui est fait · 1 action" in labels


def test_what_holds_the_band_back_comes_with_what_would_lift_it(visit):
    visit = with_dossier(visit, all_but(status="done") | {"lender-relief": "to_do"})
    text = visit.open("results").texts().replace("\\", "")
    loans = next(action for action in CHECKLIST.items["lender-relief"].actions if action.id == "list-loans")
    assert f"1. {loans.text['fr']}" in text
    assert "Ce qui le lèverait\u00a0: l’action 1 de la liste «\u00a0D’abord\u00a0»." in text


def test_each_heading_of_the_plan_is_the_date_of_its_actions_whatever_their_priority(visit):
    day = datetime.now(UTC).date() + timedelta(days=12)
    plan = {"community-roots": {"neighbour-collaboration": Planned(due=day)}}
    visit = with_dossier(visit, all_but(), plan=plan).open("action_plan")
    heading = FR("due.by", day=FR.weekday(day, datetime.now(UTC).date()))
    assert any(fold.label.startswith(f"{heading} · ") for fold in visit.app.expander)


def test_what_answering_for_actions_done_would_change_is_said_and_no_answer_given(visit):
    item = CHECKLIST.items["community-roots"]
    plan = {item.id: {action.id: Planned(state="done") for action in item.actions}}
    visit = with_dossier(visit, all_but(), plan=plan).open("action_plan")
    said = re.search(r"0\s% aujourd’hui, (\d+)\s% une fois ces réponses données", visit.texts().replace("\\", ""))
    assert said
    assert int(said[1]) > 0
    assert visit.assessment.answer(item.id).status == "to_do"
