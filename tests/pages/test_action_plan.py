"""The plan: what is ticked, taken out, dated, filtered; and what is proposed beside what is done."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from pensebete.assessment.model import Answer, OwnAction, Planned
from pensebete.evaluation.action_text import owner_label
from pensebete.text.wording import wording
from tests.builders import CHECKLIST, evaluate
from tests.pages.test_first_things import with_dossier

FR = wording("fr")
ITEM = CHECKLIST.items["lender-relief"]
ACTION = ITEM.actions[0]
NAME = f"{ITEM.id}.{ACTION.id}"


def in_turn():
    """An answer for every item: done, in progress, to do, unknown."""
    statuses = ("done", "in_progress", "to_do", "unknown")
    return {id: statuses[n % 4] for n, id in enumerate(CHECKLIST.items)}


@pytest.fixture
def plan(visit):
    return with_dossier(visit, in_turn() | {ITEM.id: "to_do"}).open("action_plan")


def planned(visit):
    return visit.assessment.planned(ITEM.id, ACTION.id)


def checkbox(visit, name):
    return visit.widget("checkbox", name)


def test_one_tick_is_done_where_it_stands_and_another_takes_it_back(plan):
    before = [box.key for box in plan.app.checkbox]
    plan.set("checkbox", f"tick.{NAME}", True)
    assert planned(plan).state == "done"
    assert [box.key for box in plan.app.checkbox] == before
    plan.set("checkbox", f"tick.{NAME}", False)
    assert planned(plan).state == "to_start"


def test_what_was_done_is_folded_at_the_end_once_the_page_has_been_left(plan):
    plan.set("checkbox", f"tick.{NAME}", True)
    labels = [fold.label for fold in plan.app.expander]
    assert FR("plan.done", 1) not in labels
    plan.open("results").open("action_plan")
    assert FR("plan.done", 1) in [fold.label for fold in plan.app.expander]


def test_how_many_are_done_is_said_and_stays_said_when_their_item_is_done(plan):
    of = len(evaluate(CHECKLIST, plan.assessment, datetime.now(UTC).date()).plan)
    assert FR("plan.progress", 0, of=of) in plan.texts()
    for action in ITEM.actions:
        plan.set("checkbox", f"tick.{ITEM.id}.{action.id}", True)
    said = FR("plan.progress", len(ITEM.actions), of=of)
    assert said in plan.texts()
    plan.press("Fait")
    assert plan.assessment.answer(ITEM.id).status == "done"
    assert said in plan.texts()


def test_the_answer_is_proposed_beside_the_last_action_done_and_nowhere_else(plan):
    for n, action in enumerate(ITEM.actions, 1):
        plan.set("checkbox", f"tick.{ITEM.id}.{action.id}", True)
        assert len([b for b in plan.app.button if b.key.startswith(f"proposal.{ITEM.id}.")]) == 1
        status = "done" if n == len(ITEM.actions) else "in_progress"
        assert plan.widget("button", f"proposal.{ITEM.id}").label == CHECKLIST.statuses[status].label["fr"]
    assert FR("plan.proposed_below", 1, refs=ITEM.ref) not in plan.texts()
    plan.open("results").open("action_plan")
    assert FR("plan.proposed_below", 1, refs=ITEM.ref) in plan.texts()


def test_what_is_taken_out_is_told_where_it_stood_and_comes_back_by_one_tap(plan):
    plan.unfold(f"change.{NAME}").press("Retirer du plan")
    assert planned(plan).set_aside
    assert FR("plan.taken_out", what=ACTION.text["fr"]) in plan.texts().replace("\\", "")
    plan.press("Remettre")
    assert not planned(plan).set_aside
    assert plan.widget("checkbox", f"tick.{NAME}")


def test_an_action_of_ones_own_that_is_deleted_comes_back_where_it_stood(visit):
    own = OwnAction(id=uuid4(), text="Appeler la caisse", priority="P1", owner="finance", comment="le lundi")
    visit = with_dossier(visit, in_turn(), own_actions=(own,)).open("action_plan")
    before = [box.key for box in visit.app.checkbox if box.key.startswith("tick.")]
    visit.unfold(f"change..{own.id}").press("Supprimer cette action")
    assert visit.assessment.own_actions == ()
    visit.press("Remettre")
    assert visit.assessment.own_actions == (own,)
    assert [box.key for box in visit.app.checkbox if box.key.startswith("tick.")] == before


def test_a_due_date_is_removed_and_proposed_again(plan):
    proposed = plan.unfold(f"change.{NAME}").widget("date_input", f"due.{NAME}").value
    plan.set("checkbox", f"undated.{NAME}", True)
    assert planned(plan) == Planned(undated=True)
    assert plan.widget("date_input", f"due.{NAME}").value is None
    plan.set("date_input", f"due.{NAME}", proposed + timedelta(days=2))
    assert planned(plan) == Planned(due=proposed + timedelta(days=2))
    assert not checkbox(plan, f"undated.{NAME}").value
    plan.set("checkbox", f"undated.{NAME}", True).set("checkbox", f"undated.{NAME}", False)
    assert planned(plan) == Planned()
    assert plan.widget("date_input", f"due.{NAME}").value == proposed


def test_a_lead_is_a_role_in_one_tap_or_any_name(plan):
    plan.unfold(f"change.{NAME}")
    plan.set("text_input", f"owner.{NAME}", "Madame Tremblay")
    assert planned(plan).owner == "Madame Tremblay"
    role = next(role for role in CHECKLIST.owners if role != ACTION.owner)
    plan.widget("button_group", f"role.{NAME}").set_value(role).run()
    assert planned(plan).owner == role
    assert plan.widget("text_input", f"owner.{NAME}").value == ""
    assert f"{ITEM.ref} · {owner_label(CHECKLIST, role, 'fr')}" in plan.texts()


def test_what_a_filter_leaves_out_is_said_and_all_comes_back_by_one_tap(plan):
    every = [box.key for box in plan.app.checkbox if box.key.startswith("tick.")]
    title = next(domain.title["fr"] for domain in CHECKLIST.domains if ITEM in domain.items)
    plan.unfold("filter").set("selectbox", "filter.domain", title)
    shown = [box.key for box in plan.app.checkbox if box.key.startswith("tick.")]
    assert 0 < len(shown) < len(every)
    assert FR("plan.filtered", len(shown), of=len(every)) in plan.texts()
    plan.press("Tout montrer")
    assert [box.key for box in plan.app.checkbox if box.key.startswith("tick.")] == every


@pytest.mark.parametrize("order", ["domain", "lead"])
def test_however_it_is_sorted_every_action_is_there_once(plan, order):
    every = sorted(box.key for box in plan.app.checkbox if box.key.startswith("tick."))
    plan.unfold("filter").widget("button_group", "filter.order").set_value(order).run()
    plan._sound()
    assert sorted(box.key for box in plan.app.checkbox if box.key.startswith("tick.")) == every


def test_a_name_that_is_too_long_is_said_to_be_and_stays_in_its_field(plan):
    long = "Coopérative de solidarité " * 6
    plan.set("text_input", "organisation", long)
    assert FR("bounds.organisation", found=len(long), most=120) in plan.texts()
    assert plan.widget("text_input", "organisation").value == long
    assert plan.assessment.organisation == ""


def test_an_action_of_ones_own_that_is_refused_keeps_what_was_typed(plan):
    plan.unfold("own_form").widget("text_input", "own.owner").set_value("Madame Tremblay")
    plan.press("Ajouter au plan")
    assert FR("plan.add.no_text") in plan.texts()
    assert plan.widget("text_input", "own.owner").value == "Madame Tremblay"
    plan.widget("text_input", "own.text").set_value("Appeler la caisse")
    plan.press("Ajouter au plan")
    assert [own.owner for own in plan.assessment.own_actions] == ["Madame Tremblay"]
    assert plan.widget("text_input", "own.owner").value == ""


def test_before_the_download_at_most_three_lines_of_a_few_references(visit):
    own = (OwnAction(id=uuid4(), text="Sans responsable", priority="P1"),)
    aside = {id: Answer(status="not_applicable") for id in list(CHECKLIST.items)[:2]}
    few = dict.fromkeys(list(CHECKLIST.items)[2:4], "to_do")
    visit = with_dossier(visit, few | aside, days_ago=90, own_actions=own).open("action_plan")
    (told,) = [m.value for m in visit.app.markdown if "sans responsable" in m.value]
    assert len(told.split("\n")) == 3
    assert "et 17 autres" in told


def test_once_the_pdf_is_handed_over_what_comes_next_is_said(plan):
    assert FR("download.next") not in plan.texts()
    plan.widget("button", "pdf").click().run()
    assert FR("download.next") in plan._sound().texts()
    assert len(FR("download.next.steps").split()) <= 40


def test_an_action_of_ones_own_comes_back_as_it_was_when_it_was_deleted_last(visit):
    own = OwnAction(id=uuid4(), text="Appeler la caisse", priority="P1")
    visit = with_dossier(visit, in_turn(), own_actions=(own,)).open("action_plan").unfold(f"change..{own.id}")
    visit.press("Supprimer cette action").press("Remettre").unfold(f"change..{own.id}")
    visit.set("text_area", f"comment..{own.id}", "lundi").press("Supprimer cette action").press("Remettre")
    assert [action.comment for action in visit.assessment.own_actions] == ["lundi"]
