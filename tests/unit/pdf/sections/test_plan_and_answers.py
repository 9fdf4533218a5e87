"""The plan and the answers: all that was typed is there, and in its place."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given

from pensebete.assessment import dossier_file
from pensebete.assessment.model import Answer, Planned
from pensebete.evaluation.action_text import action_text
from pensebete.evaluation.readiness_text import band_words, score_words
from pensebete.pdf.build import action_plan_pdf
from pensebete.pdf.fonts.right_to_left import is_written
from pensebete.text.wording import wording
from tests.builders import MONDAY, assess, assessments, evaluate, written_dossiers
from tests.cases_tried import few
from tests.dossiers import full, input_language, own_action
from tests.pdf_reading import body, has, pages, read, squashed

FR = wording("fr")


def test_every_action_is_in_the_plan_in_its_order(checklist, whole):
    text = body(whole, checklist.contact.name["fr"])
    text = text[text.index(squashed("Les actions sont dans l’ordre")) :]
    at = 0
    actions = [a for a in evaluate(checklist, full(checklist), MONDAY).plan if not a.set_aside]
    assert len(actions) > 12
    for action in actions:
        at = text.index(squashed(action_text(action, FR)), at)


def test_quick_wins_are_marked(checklist, whole):
    wins = [a for a in evaluate(checklist, full(checklist), MONDAY).plan if a.quick_win and not a.set_aside]
    assert len(wins) > 1
    assert body(whole, checklist.contact.name["fr"]).count(squashed("Gain rapide")) == len(wins)


def test_actions_set_aside_are_listed_apart_with_their_comment(checklist):
    item = next(item for item in checklist.items.values() if len(item.actions) > 1)
    plan = {item.id: {item.actions[0].id: Planned(set_aside=True, comment="Déjà assuré")}}
    text = read(checklist, assess({item.id: "to_do"}, plan=plan))
    apart = text.index(squashed("Actions mises de côté"))
    assert text.index(squashed(item.actions[1].text["fr"])) < apart
    assert text.index(squashed(item.actions[0].text["fr"]), apart) < text.index(squashed("Déjà assuré"), apart)


def test_a_date_that_is_past_is_said_on_the_first_page_and_in_the_plan_and_no_other(checklist):
    early, late = own_action(1, "Tôt", due=MONDAY - timedelta(days=1)), own_action(2, "Tard", due=MONDAY)
    assert read(checklist, assess(own_actions=(early, late))).count("dépassée") == 2


def test_sixty_actions_go_on_over_pages_under_a_repeated_head(checklist):
    own = tuple(own_action(n, f"Action ajoutée numéro {n:02}") for n in range(60))
    pdf = action_plan_pdf(evaluate(checklist, assess(own_actions=own), MONDAY), "fr")
    text = body(pdf, checklist.contact.name["fr"])
    assert [n for n in range(60) if text.count(squashed(f"Action ajoutée numéro {n:02}")) != 1 + (n < 5)] == []
    holding = [text for text in pages(pdf) if "Action ajoutée numéro" in text]
    assert len(holding) > 3
    assert all("Responsable" in text and "Échéance" in text for text in holding)


def test_each_item_has_its_answer_in_words(checklist, whole):
    text = body(whole, checklist.contact.name["fr"])
    text = text[text.rindex(squashed("Réponses par domaine")) :]
    for item in checklist.items.values():
        status = full(checklist).answers[item.id].status
        label = squashed(checklist.statuses[status].label["fr"])
        after = text[text.index(squashed(f"{item.ref} · {item.title['fr']}")) :]
        said = after[len(squashed(f"{item.ref} · {item.title['fr']}")) :]
        assert said.startswith(label), item.id


def test_what_does_not_apply_and_what_is_unanswered_stand_apart(checklist):
    assessment = assess(
        {"stock-management": Answer(status="not_applicable", reason="Aucun stock")}, profile={"staff": "0"}
    )
    text = read(checklist, assessment)
    aside, unanswered = (
        text.index(squashed("Éléments sans objet")),
        text.index(squashed("Éléments encore sans réponse")),
    )
    title = checklist.items["stock-management"].title["fr"]
    assert aside < text.index(squashed(title), aside) < text.index(squashed("Aucun stock")) < unanswered
    assert aside < text.index(squashed("Sans objet selon le profil")) < unanswered
    assert has(text, checklist.questions["staff"].question["fr"])


def test_an_answer_kept_behind_the_profile_is_told_and_so_is_an_overrule(checklist):
    answers = {
        "remote-work": Answer(status="to_do", overrule=True),
        "remote-habits": Answer(status="done", note="Gardée"),
    }
    gated = [id for id, item in checklist.items.items() if item.applies_when and id not in answers]
    answers[gated[0]] = Answer(status="done", note="Réponse derrière le profil")
    text = read(checklist, assess(answers, profile={"staff": "0", "remote-posts": "none"}))
    assert has(
        text, "l’entreprise dit qu’il s’applique", "Réponse gardée, non comptée : Fait.", "Réponse derrière le profil"
    )


@pytest.mark.parametrize("language", ["fr", "en"])
def test_all_that_was_typed_is_in_the_text(checklist, language):
    text = read(checklist, full(checklist), language)
    assert len(input_language(full(checklist))) > 80
    assert [typed for typed in input_language(full(checklist)) if squashed(typed) not in text] == []


@few(6)
@given(assessment=written_dossiers)
def test_whatever_is_typed_the_pdf_is_made_read_back_and_complete(checklist, assessment):
    pdf = action_plan_pdf(evaluate(checklist, assessment, MONDAY), assessment.language)
    assert dossier_file.read(pdf, checklist) == assessment
    text = body(pdf, checklist.contact.name[assessment.language])
    # What is written from right to left is extracted in another order: test_nothing_typed_is_lost.py looks for that.
    looked_for = [typed for typed in input_language(assessment) if not is_written(typed)]
    assert [typed for typed in looked_for if squashed(typed) not in text] == []


@few(5)
@given(assessment=assessments())
def test_whatever_is_answered_the_figures_are_those_of_the_core(checklist, assessment):
    first = squashed(pages(action_plan_pdf(evaluate(checklist, assessment, MONDAY), "fr"))[0])
    overall = evaluate(checklist, assessment).readiness.overall
    words = FR.percent(overall.rounded) if overall.rounded is not None else score_words(overall, FR).capitalize()
    assert squashed("Degré de préparation") in first
    assert has(first, words, band_words(checklist, overall, FR))


def test_ids_the_checklist_does_not_know_are_listed_with_all_that_was_said(checklist):
    item = next(iter(checklist.items.values()))
    assessment = assess(
        {"old-item": Answer(status="in_progress", note="Ancienne note", reason="Ancienne raison")},
        profile={"old-question": "choix perdu", "staff": "300"},
        plan={
            "old-item": {"old-action": Planned(owner="Marcel", comment="Ancien commentaire", due=MONDAY)},
            item.id: {"older-action": Planned(comment="Plus vieux encore")},
        },
        own_actions=(own_action(1, "Action orpheline", item="older-item"),),
    )
    text = read(checklist, assessment)
    text = text[text.index(squashed("Réponses à des éléments qui ne sont plus dans la liste")) :]
    assert has(text, "old-item", "En cours", "Ancienne note", "Ancienne raison", "old-question", "choix perdu", "300")
    assert has(text, "old-action", "Marcel", "Ancien commentaire", "2026-03-30", "older-action", "Plus vieux encore")
    assert has(text, "older-item", "Action orpheline")


def test_options_kept_for_a_question_that_takes_one_are_listed_by_their_labels_and_count_for_nothing(checklist):
    two = assess({"cash-forecast": "done"}, profile={"staff": ("0", "10-49")})
    text = read(checklist, two)
    labels = [option.label["fr"] for option in checklist.questions["staff"].options if option.id in ("0", "10-49")]
    apart = text[text.index(squashed("Réponses à des éléments qui ne sont plus dans la liste")) :]
    assert has(apart, checklist.questions["staff"].question["fr"], *labels)
    assert evaluate(checklist, two).readiness == evaluate(checklist, assess({"cash-forecast": "done"})).readiness


def test_what_was_said_of_an_action_no_longer_called_for_is_kept(checklist):
    item = next(iter(checklist.items.values()))
    plan = {item.id: {item.actions[0].id: Planned(comment="Fait la semaine passée")}}
    text = read(checklist, assess({item.id: "done"}, plan=plan))
    assert has(text, "Précisions sur des actions qui ne sont plus au plan", "Fait la semaine passée")
