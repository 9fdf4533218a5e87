"""What one leaves with: buttons that say their size, and files made only when asked for."""

from __future__ import annotations

import re

import pytest

DAY = r"20\d\d-\d\d-\d\d"
KINDS = ("pdf", "dossier", "xlsx", "ics", "csv", "csv_answers")


FOLDS = ("languages", "edition_downloads", "other_downloads")


@pytest.fixture
def folded(visit):
    return visit.open("questionnaire").set("radio", "status.board-position", "to_do").open("action_plan")


@pytest.fixture
def plan(folded):
    return folded.unfold(*FOLDS)


def test_what_is_folded_is_made_when_it_is_opened_and_stays_when_it_is_closed_again(folded):
    made = [button.key.split(".")[0] for button in folded.app.button if button.key.split(".")[0] in KINDS]
    assert made == ["dossier", "pdf"]
    plan = folded.unfold(*FOLDS).set("radio", "pdf_language", "en").set("radio", "edition_name", "board")
    plan.app.session_state[f"languages.{plan.app.session_state['edition']}.fr"] = False
    plan.app.run()
    assert plan._sound().widget("radio", "pdf_language").value == "en"
    assert plan.open("results").open("action_plan").widget("button", "dossier")
    assert [radio.key for radio in plan.app.radio if radio.key.startswith(("pdf_language", "edition_name"))] == []


def test_every_button_says_about_how_large_its_file_is(plan):
    for kind in KINDS:
        assert "(environ\u00a0" in plan.widget("button", kind).label
        assert plan.widget("button", kind).label.endswith("ko)")


def test_the_pdf_is_in_the_bar_at_the_end_and_the_other_formats_are_in_a_fold(plan):
    keys = [button.key.split(".")[0] for button in plan.app.button if button.key.split(".")[0] in KINDS]
    assert keys == [*KINDS[1:], "pdf"]
    (fold,) = [fold for fold in plan.app.expander if fold.label == "Autres formats"]
    assert [button.key.split(".")[0] for button in fold.button] == list(KINDS[2:])


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_made_when_asked_for_and_its_size_said(plan, kind):
    assert "Fichier remis" not in plan.texts()
    plan.widget("button", kind).click().run()
    plan._sound()
    assert "Fichier remis" in plan.texts()
    plan.open("action_plan")
    assert "Fichier remis" not in plan.texts()


def test_a_calendar_without_a_date_is_said_and_not_made(visit):
    visit.open("action_plan").unfold("other_downloads").widget("button", "ics").click().run()
    assert "Aucune action à faire n’a d’échéance" in visit._sound().texts()
    assert "Fichier remis" not in visit.texts()


def test_the_other_files_speak_the_language_chosen(plan):
    plan.set("radio", "pdf_language", "en").widget("button", "csv_answers").click().run()
    assert re.search(rf"answers_{DAY}_{plan.assessment.id.hex[:4]}\.csv,", plan._sound().texts())


def test_every_file_says_whose_it_is_and_of_when(plan):
    plan.set("text_input", "organisation", "Coop du Fleuve")
    whose = f"coop-du-fleuve_{DAY}_{plan.assessment.id.hex[:4]}"
    names = (
        "plan-action.pdf",
        "dossier.json",
        "plan-action.xlsx",
        "plan-action.ics",
        "plan-action.csv",
        "reponses.csv",
    )
    for kind, name in zip(KINDS, names, strict=True):
        plan.widget("button", kind).click().run()
        stem, extension = name.split(".")
        assert re.search(rf"\b{stem}_{whose}\.{extension},", plan._sound().texts())


EDITIONS = ("board", "lender", "blank", "full")


def test_the_other_pdfs_are_in_a_fold_and_each_says_for_whom_it_is(plan):
    (fold,) = [fold for fold in plan.app.expander if fold.label == plan.say("edition.others")]
    (which,) = [radio for radio in fold.radio if radio.key.startswith("edition_name")]
    assert which.options == [plan.say(f"edition.name.{name}") for name in EDITIONS]
    assert not fold.toggle


@pytest.mark.parametrize("name", EDITIONS)
def test_the_button_names_the_edition_chosen_with_its_size_and_gives_it(plan, name):
    plan.set("radio", "edition_name", name).set("radio", "edition_paper", "a4")
    assert plan.say(f"edition.for.{name}", domains="Liquidités et Aide et endettement") in plan.texts()
    button = plan.widget("button", "edition")
    assert button.label.startswith(f"{plan.say(f'edition.download.{name}')} (environ\u00a0")
    button.click().run()
    stem = plan.say(f"file_name.{'plan' if name == 'full' else name}")
    whose = "" if name == "blank" else f"_{plan.assessment.id.hex[:4]}"
    assert re.search(rf"Fichier remis\u00a0: {stem}_{DAY}{whose}\.pdf,", plan._sound().texts())


def test_only_a_plan_that_leaves_nothing_out_is_said_to_contain_the_dossier(plan):
    assert plan.say("edition.carries_nothing") in plan.texts()
    plan.set("radio", "edition_name", "full")
    assert plan.say("edition.carries") in plan.texts()
    for what, said in (("edition_notes", "carries_nothing"), ("edition_not_applicable", "carries_no_dossier")):
        plan.set("toggle", what, False)
        assert plan.say(f"edition.{said}") in plan.texts()
        assert plan.say("edition.carries") not in plan.texts()
        plan.set("toggle", what, True)
    plan.set("radio", "edition_name", "blank")
    assert plan.say("edition.carries") not in plan.texts()
    assert plan.say("edition.carries_nothing") not in plan.texts()
