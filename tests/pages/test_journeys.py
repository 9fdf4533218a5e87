"""What a manager can do, page by page."""

from __future__ import annotations

import itertools
import re
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from pensebete.assessment.model import OwnAction
from pensebete.evaluation.action_plan import due_date
from pensebete.web import session
from pensebete.web.session import Undo
from tests.builders import CHECKLIST

PAGES = ("start", "questionnaire", "check_answers", "results", "action_plan")


def answer_all(visit, status="to_do", reason="", profile=None):
    """Answer every item, and these questions of the profile, a step after the other, as « Suivant » leads."""
    visit.open("questionnaire")
    while True:
        for group in [g for g in visit.app.button_group if g.key.startswith("profile.")]:
            if chosen := (profile or {}).get(group.key.split(".")[1]):
                visit.set("button_group", group.key.rsplit(".", 2)[0], chosen if group.proto.click_mode else chosen[0])
        for radio in [r.key for r in visit.app.radio if r.key.startswith("status.")]:
            visit.app.radio(key=radio).set_value(status).run()
            if reason:
                visit.set("text_input", f"reason.{radio.split('.')[1]}", reason)
        onward = [button for button in visit.app.button if (button.key or "").startswith("next.")]
        if not onward:
            return visit
        visit.press(onward[0].label)


def test_a_new_visit_begins_in_french_with_a_way_to_the_questionnaire(visit):
    assert visit.assessment.language == "fr"
    visit.widget("button", "door.whole").click().run()
    assert visit.app.title[0].value == "Questionnaire"


@pytest.mark.parametrize("page", PAGES)
def test_every_page_carries_the_contact_the_disclaimer_what_is_not_covered_language_and_erase(visit, page):
    visit.open(page)
    labels = [button.label for button in visit.app.button]
    assert "English" in labels
    assert "Effacer" in labels
    text = visit.texts()
    assert CHECKLIST.contact.name["fr"] in text
    assert CHECKLIST.disclaimer["fr"] in text
    assert all(part["fr"] in text for part in CHECKLIST.not_covered)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_works_with_nothing_answered_in_both_languages(visit, page):
    visit.open(page).press("English").open(page)
    assert visit.assessment.language == "en"


def test_every_answer_survives_any_order_of_pages(visit):
    visit.open("questionnaire").set("radio", "status.board-position", "done")
    visit.open_note("board-position").set("text_area", "note.board-position", "Résolution du 12 mars")
    for first, second in itertools.permutations(PAGES, 2):
        visit.open(first).open(second)
    visit.open("questionnaire").open_note("board-position")
    assert visit.widget("radio", "status.board-position").value == "done"
    assert visit.widget("text_area", "note.board-position").value == "Résolution du 12 mars"


def test_changing_language_keeps_answers_notes_profile_and_place(visit):
    visit.open("questionnaire").set("button_group", "profile.staff", "1-9")
    visit.press("Suivant\u00a0: Ressources humaines")
    visit.set("radio", "status.work-with-staff", "in_progress")
    visit.open_note("work-with-staff").set("text_area", "note.work-with-staff", "réunion jeudi")
    visit.press("English")
    assert visit.app.header[0].value == "Human resources"
    assert visit.widget("radio", "status.work-with-staff").value == "in_progress"
    visit.open_note("work-with-staff")
    assert visit.widget("text_area", "note.work-with-staff").value == "réunion jeudi"
    visit.press("Français").press("Précédent")
    assert visit.widget("button_group", "profile.staff").value == "1-9"


def parts_of_items(visit) -> dict[str, str]:
    """By which name the framework knows the part of each card that a tap runs alone."""
    state = visit.app.session_state._state._state
    keys = {one.key: one.key.split(".")[1] for one in visit.app.radio if one.key.startswith("status.")}
    return {
        item: state._new_widget_state.widget_metadata[state._key_id_mapper.get_id_from_key(key)].fragment_id
        for key, item in keys.items()
    }


def test_an_item_that_comes_to_stand_where_another_stood_is_not_drawn_for_a_tap_on_that_one(visit):
    visit.open("questionnaire")
    while not any(group.key.startswith("profile.remote-posts.") for group in visit.app.button_group):
        visit.press(next(button.label for button in visit.app.button if (button.key or "").startswith("next.")))
    before = parts_of_items(visit)
    visit.set("button_group", "profile.remote-posts", "none")
    after = parts_of_items(visit)
    assert "remote-work" in before
    assert "remote-work" not in after
    names = {(name, item) for found in (before, after) for item, name in found.items()}
    assert len({name for name, _ in names}) == len(names)


def test_changing_the_profile_back_and_forth_keeps_the_answers_it_hid(visit):
    visit.open("questionnaire").set("radio", "status.staff-position", "done")
    visit.open("start").set("button_group", "profile.staff", "0")
    visit.open("questionnaire")
    assert not [r for r in visit.app.radio if "staff-position" in r.key]
    visit.open("start").set("button_group", "profile.staff", "10-49")
    visit.open("questionnaire")
    assert visit.widget("radio", "status.staff-position").value == "done"


def test_an_item_set_aside_says_why_and_can_be_overruled_and_set_aside_again(visit):
    visit.open("questionnaire").set("button_group", "profile.staff", "0")
    assert "vous avez répondu" in visit.texts()
    assert "Aucune" in visit.texts()
    visit.widget("button", "overrule.staff-position").click().run()
    assert visit.assessment.answers["staff-position"].overrule
    assert visit.widget("radio", "status.staff-position").value is None
    visit.widget("button", "overrule.staff-position").click().run()
    assert "staff-position" not in visit.assessment.answers


def test_sans_objet_asks_for_a_reason_and_keeps_it(visit):
    visit.open("questionnaire").set("radio", "status.community-roots", "not_applicable")
    visit.set("text_input", "reason.community-roots", "Aucun voisinage")
    assert visit.assessment.answers["community-roots"].reason == "Aucun voisinage"
    visit.set("radio", "status.community-roots", "done").set("radio", "status.community-roots", "not_applicable")
    assert visit.widget("text_input", "reason.community-roots").value == "Aucun voisinage"


def test_the_questionnaire_shows_progress_of_the_step_and_of_all(visit):
    visit.open("questionnaire").set("radio", "status.board-position", "done")
    assert "Communication\u00a0: 1 sur 6 · en tout\u00a0: 1 sur 26" in visit.texts()


def test_sans_objet_is_no_answer_before_it_has_its_reason(visit):
    answer_all(visit, "not_applicable").open("check_answers")
    assert visit.texts().count("Sans objet") >= len(CHECKLIST.items)
    visit.open("results")
    assert "%" not in visit.texts().split("Par domaine")[0]


def test_all_sans_objet_shows_no_number_and_no_action(visit):
    visit.open("questionnaire")
    answer_all(visit, "not_applicable", reason="Rien de cela ici").open("results")
    assert "Aucun élément ne compte" in visit.texts()
    visit.open("action_plan")
    assert "Aucune action pour l’instant" in visit.texts()


def test_one_domain_alone_gives_provisional_results(visit):
    visit.open("questionnaire")
    for item in CHECKLIST.domains[0].items:
        visit.set("radio", f"status.{item.id}", "done")
    visit.open("results")
    text = visit.texts()
    assert "22\u00a0%, jusqu’à 100\u00a0%" in text
    assert "Résultat provisoire" in text


def test_every_action_of_a_full_plan_is_on_the_page(visit):
    answer_all(visit, "to_do").open("action_plan")
    text = visit.texts()
    for item in CHECKLIST.items.values():
        for action in item.actions:
            if action.applies_when is None:
                assert action.text["fr"] in text


def test_an_own_action_is_added_and_survives_other_pages(visit):
    visit.open("action_plan").unfold("own_form")
    visit.widget("text_input", "own.text").set_value("Appeler la caisse")
    visit.press("Ajouter au plan")
    (own,) = visit.assessment.own_actions
    assert own.text == "Appeler la caisse"
    visit.open("results").open("action_plan")
    assert "Appeler la caisse" in visit.texts()


def test_an_own_action_is_offered_the_date_of_its_priority_and_may_have_another_or_none(visit):
    visit.open("action_plan").unfold("own_form")
    for text, priority, when, due in (
        ("proposée", "P2", "priority", None),
        ("sans date", "P1", "none", None),
        ("choisie", "P1", "priority", date(2031, 5, 6)),
    ):
        visit.widget("text_input", "own.text").set_value(text)
        visit.widget("radio", "own.priority").set_value(priority)
        visit.widget("radio", "own.when").set_value(when)
        visit.widget("date_input", "own.due").set_value(due)
        visit.press("Ajouter au plan")
    found = {own.text: own.due for own in visit.assessment.own_actions}
    within = next(row.within for row in CHECKLIST.ranking if row.class_ == "P2")
    started = visit.assessment.updated_at.date()
    assert found["proposée"] in [due_date(CHECKLIST, started + timedelta(days=n), within) for n in (-1, 0, 1)]
    assert (found["sans date"], found["choisie"]) == (None, date(2031, 5, 6))


def test_own_actions_without_a_lead_are_counted_and_not_listed(visit):
    own = tuple(OwnAction(id=uuid4(), text=f"Action très longue {n}", priority="P1") for n in range(40))
    visit.open("questionnaire").set("radio", "status.board-position", "to_do")
    visit.app.session_state["assessment"] = visit.assessment.model_copy(update={"own_actions": own})
    (told,) = [line for line in visit.open("action_plan").texts().split("\n") if "sans responsable" in line]
    assert told.endswith("40 actions à vous")
    assert "Action très longue" not in told


def test_an_own_action_without_words_is_refused_with_a_sentence(visit):
    visit.open("action_plan").unfold("own_form").press("Ajouter au plan")
    assert "Écrivez ce qu’il y a à faire" in visit.texts()
    assert not visit.assessment.own_actions


def test_the_plan_starts_counting_when_it_is_first_shown_with_answers(visit):
    visit.open("action_plan")
    assert visit.assessment.plan_started_on is None
    visit.open("questionnaire").set("radio", "status.board-position", "to_do").open("action_plan")
    assert isinstance(visit.assessment.plan_started_on, date)


UNDO = "Annuler\u00a0: reprendre mes réponses"


def erased(visit, ago=timedelta()):
    """What « Tout effacer » leaves, as of some time ago; its dialog is pressed in tests/browser."""
    visit.open("questionnaire").set("radio", "status.board-position", "done")
    before = visit.assessment
    visit.app.session_state["assessment"] = before.model_copy(update={"answers": {}})
    visit.app.session_state["undo"] = Undo(datetime.now(UTC) - ago, "erase", lambda: session.resume(before))
    visit.app.run()
    return visit


def test_what_was_erased_can_be_taken_back(visit):
    erased(visit).press(UNDO)
    assert visit.assessment.answers["board-position"].status == "done"
    assert "Vos réponses sont revenues" in visit.texts()


def test_an_action_of_ones_own_that_was_deleted_can_be_brought_back(visit):
    own = OwnAction(id=uuid4(), item=None, text="Appeler la caisse", priority="P1", owner="finance", comment="le lundi")
    visit.open("questionnaire").set("radio", "status.board-position", "done")
    visit.app.session_state["assessment"] = visit.assessment.model_copy(update={"own_actions": (own,)})
    visit.open("action_plan").unfold(f"change..{own.id}").press("Supprimer cette action")
    assert visit.assessment.own_actions == ()
    visit.press("Annuler\u00a0: remettre cette action")
    assert visit.assessment.own_actions == (own,)
    assert "L’action est revenue." in visit.texts()


def test_once_something_else_is_said_what_was_erased_is_gone(visit):
    erased(visit).set("radio", "status.community-roots", "done")
    assert UNDO not in [button.label for button in visit.app.button]
    assert "board-position" not in visit.assessment.answers


def test_what_was_erased_more_than_two_minutes_ago_is_gone(visit):
    erased(visit, ago=timedelta(minutes=3))
    assert UNDO not in [button.label for button in visit.app.button]
    assert not visit.app.session_state["undo"]


def test_the_answers_are_looked_over_before_the_results(visit):
    answer_all(visit, "to_do")
    visit.press("Vérifier mes réponses")
    assert visit.app.title[0].value == "Vérifiez vos réponses"
    text = visit.texts()
    assert "26 questions sur 26 ont une réponse." in text
    assert all(item.title["fr"] in text for item in CHECKLIST.items.values())
    assert text.count("À faire") == 26
    assert "Reste à revoir" not in text
    visit.open("check_answers").press("Voir les résultats")
    assert visit.app.title[0].value == "Votre degré de préparation"


def test_what_is_left_to_see_is_named_and_leads_to_its_card(visit):
    visit.open("questionnaire").set("radio", "status.community-roots", "not_applicable").open("check_answers")
    assert "Reste à revoir" in visit.texts()
    labels = [button.label for button in visit.app.button]
    assert "Communication\u00a0: 5 questions sans réponse" in labels
    assert "C5\u00a0: dites pourquoi c’est sans objet" in labels
    visit.press("Liquidités\u00a0: 9 questions sans réponse")
    assert visit.app.header[0].value == "Liquidités"
    assert visit.app.session_state["item_to_show"] == "cash-weeks"


def test_each_answer_looked_over_leads_to_its_card(visit):
    visit.open("check_answers").press("Changer E2")
    assert visit.app.title[0].value == "Questionnaire"
    assert visit.app.header[0].value == "Aide et endettement"
    assert visit.app.session_state["item_to_show"] == CHECKLIST.domains[3].items[1].id


def test_the_list_of_domains_says_which_are_done_and_leads_to_each(visit):
    visit.open("questionnaire").set("radio", "status.board-position", "done").unfold("all_steps")
    text = visit.texts()
    assert re.search(r"En cours\s+1 sur 6\s+vous êtes ici", text)
    assert len(re.findall(r"À commencer\s+0 sur 2", text)) == 4  # two domains, in the list and beside the questions
    visit.press("Aide et endettement")
    assert visit.app.header[0].value == "Aide et endettement"
    assert len(re.findall(r"À commencer\s+0 sur 2", visit.texts())) == 2  # the list is folded again


def test_keeping_the_answers_instead_of_erasing_changes_nothing(visit):
    visit.open("questionnaire").set("radio", "status.board-position", "done")
    visit.press("Effacer").press("Garder mes réponses")
    assert visit.assessment.answers["board-position"].status == "done"


def test_a_note_over_its_bound_is_refused_in_words_and_stays_in_its_field(visit):
    visit.open("questionnaire")
    item = next(iter(visit.app.session_state["published"].checklist.domains[0].items)).id
    visit.open_note(item)
    visit.set("text_area", f"note.{item}", "x" * 10_001)
    assert visit.say("bounds.note", found=10_001, most=10_000) in visit.texts()
    assert visit.assessment.answer(item).note == ""
    assert visit.widget("text_area", f"note.{item}").value == "x" * 10_001
    visit.set("text_area", f"note.{item}", "x" * 10_000)
    assert visit.assessment.answer(item).note == "x" * 10_000
