"""Two doors on the first page: what cannot wait, and all of it; what each asks, and what is told after it."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from pensebete.assessment import dossier_file
from pensebete.checklist.loading import published_path
from pensebete.evaluation.first_page_text import about_minutes
from tests.builders import CHECKLIST, assess
from tests.pages.visit import Visit

ESSENTIALS = [item.id for item in CHECKLIST.items.values() if CHECKLIST.readiness.essential.match(item)]
DECIDING = ["staff", "layoffs", "public-agreements", "borrowing"]
PERCENT = re.compile(r"\d\s*%")
NB = "\u00a0"


def enter(visit, door):
    visit.widget("button", f"door.{door}").click().run()
    return visit


def asked(visit):
    return [radio.key.split(".")[1] for radio in visit.app.radio if (radio.key or "").startswith("status.")]


def questions(visit):
    return [group.key.split(".")[1] for group in visit.app.button_group if group.key.startswith("profile.")]


def labels(visit):
    return [button.label for button in visit.app.button]


def answer_essentials(visit, *statuses):
    """By the short door; the last status goes on for the rest of them."""
    enter(visit, "short")
    for n, item in enumerate(ESSENTIALS):
        if (status := statuses[min(n, len(statuses) - 1)]) is not None:
            visit.set("radio", f"status.{item}", status)
    return visit


def test_each_door_says_how_long_it_takes_and_what_it_asks(visit):
    short, whole = (visit.widget("button", f"door.{door}").label for door in ("short", "whole"))
    assert short == (
        f"**5 minutes{NB}: ce qui ne peut pas attendre** :small[4 questions sur l’entreprise, 8 essentiels]"
    )
    assert whole == f"**10 minutes{NB}: tout** :small[9 questions sur l’entreprise, 26 éléments]"
    assert questions(visit) == []  # they wait behind the doors


@pytest.mark.parametrize(
    ("exactly", "said"), [((4, 12), (5, 10)), ((1, 13), (5, 15)), ((3, 6), (3, 6)), ((8, 30), (10, 30))]
)
def test_a_door_says_its_minutes_by_fives_unless_both_would_say_the_same(exactly, said):
    assert about_minutes(*exactly) == said


def test_the_short_door_asks_the_essentials_and_what_decides_which_apply(visit):
    enter(visit, "short")
    assert visit.app.header[0].value == "Ce qui ne peut pas attendre"
    assert (questions(visit), asked(visit)) == (DECIDING, ESSENTIALS)
    visit.set("button_group", "profile.staff", "0").set("button_group", "profile.borrowing", "no")
    assert asked(visit) == ["board-position", "cash-weeks", "public-payment", "public-aid"]
    visit.set("radio", "status.board-position", "done")
    assert f"1 sur 4{NB}" not in visit.texts()
    assert "1 sur 4" in visit.texts()
    visit.press("Voir les résultats")
    assert visit.app.title[0].value == "Votre degré de préparation"


def test_the_other_door_asks_everything_each_question_above_what_it_decides(visit):
    enter(visit, "whole")
    assert questions(visit) == ["legal-form", "adapted-enterprise", "staff"]
    assert asked(visit) == [item.id for item in CHECKLIST.domains[0].items]
    assert not any(button.startswith("Répondre au reste") for button in labels(visit))


def test_what_the_short_door_leaves_out_is_no_omission(visit):
    answer_essentials(visit, "done", None).open("check_answers")
    text = visit.texts()
    assert "1 question sur 8 a une réponse." in text
    assert "4 questions sur votre entreprise" in text
    left = [button for button in labels(visit) if "sans réponse" in button]
    assert left == [
        f"Communication{NB}: 2 questions sans réponse",
        f"Ressources humaines{NB}: 1 question sans réponse",
        f"Liquidités{NB}: 3 questions sans réponse",
        f"Aide et endettement{NB}: 1 question sans réponse",
    ]
    assert f"Répondre au reste{NB}: 18 éléments" in labels(visit)


def test_the_result_is_essentials_and_no_percentage_on_any_page(visit):
    answer_essentials(visit, *["done"] * 5, "to_do")
    for page in ("results", "action_plan", "start"):
        visit.open(page)
        assert re.search("5 (essentiels )?sur 8", visit.texts()), page
        seen = visit.texts()
        assert not PERCENT.search(seen), (page, PERCENT.search(seen))
    visit.open("results")
    assert f"Essentiels{NB}: 5 sur 8" in visit.texts()
    assert "D’abord" in [header.value for header in visit.app.header]
    assert not [words for words in labels(visit) if "répondez" in words]  # nothing essential lacks its answer


def test_an_essential_without_an_answer_comes_first(visit):
    answer_essentials(visit, *["done"] * 7, None).open("results")
    visit.press("D’abord, répondez à l’essentiel qui reste")
    assert visit.app.session_state["item_to_show"] == ESSENTIALS[-1]
    assert asked(visit) == ESSENTIALS


def test_the_rest_is_one_tap_away_and_keeps_what_was_given(visit):
    answer_essentials(visit, "done").open("results").press(f"Répondre au reste{NB}: 18 éléments")
    assert visit.app.header[0].value == CHECKLIST.domains[0].title["fr"]
    assert visit.widget("radio", "status.board-position").value == "done"
    visit.set("radio", "status.ecosystem-channels", "to_do").open("results")
    assert PERCENT.search(visit.texts())
    assert "D’abord, répondez aux 17 points qui restent" in labels(visit)


def test_who_comes_back_goes_on_by_the_way_one_took(visit):
    answer_essentials(visit, "done", None).open("start").press("Reprendre à Ce qui ne peut pas attendre")
    visit.open("questionnaire")
    assert asked(visit) == ESSENTIALS
    visit.set("radio", f"status.{ESSENTIALS[1]}", "done")
    for item in ESSENTIALS[2:]:
        visit.set("radio", f"status.{item}", "done")
    visit.open("start")
    assert "Voir mon plan" in labels(visit)
    assert f"Répondre au reste{NB}: 18 éléments" in labels(visit)


def test_a_file_in_which_only_essentials_are_answered_goes_on_by_the_short_way(visit):
    for answers, expected in (({ESSENTIALS[0]: "done"}, ESSENTIALS), ({"scale-back": "to_do"}, None)):
        found = assess(answers, organisation="Coop du Fleuve", id=uuid4())
        [uploader] = visit.app.get("file_uploader")
        uploader.upload("dossier.json", dossier_file.dump(found), "application/json").run()
        if visit.assessment.id != found.id:  # the first one is opened at once
            visit.press(visit.say("resume.open"))
        assert visit.assessment.id == found.id
        visit.open("questionnaire")
        assert asked(visit) == (expected or [item.id for item in CHECKLIST.domains[0].items])
        visit.open("start")


def test_an_item_of_the_plan_that_is_no_essential_is_found_in_its_domain(visit):
    answer_essentials(visit, "done")
    visit.app.session_state["place"] = "liquidity"
    visit.open("questionnaire").set("radio", "status.scale-back", "to_do")
    visit.app.session_state["place"] = "essentials.first"
    visit.open("action_plan")
    visit.widget("button", "today.help.item").click().run()
    assert visit.app.session_state["place"] == "liquidity"


@pytest.mark.parametrize("place", ["urgent.first", "urgent.first.2", "essentials.first"])
def test_an_address_and_a_copy_of_before_that_name_the_most_urgent_lead_to_the_short_way(visit, place):
    visit.app.query_params["step"] = place
    visit.open("questionnaire")
    assert asked(visit) == ESSENTIALS
    assert visit.app.query_params["step"] == "essentials.first"


def test_where_all_is_essential_or_nothing_is_one_door_says_nothing_of_two(monkeypatch, tmp_path):
    text = published_path().read_text(encoding="utf-8")
    essential = "  essential:\n    urgency: [3]\n    impact: [3]"
    assert essential in text
    for levels in ("[1, 2, 3]", "[]"):
        file = tmp_path / "one-door.yaml"
        file.write_text(
            text.replace(essential, f"  essential:\n    urgency: {levels}\n    impact: {levels}"), encoding="utf-8"
        )
        monkeypatch.setenv("PENSEBETE_CHECKLIST", str(file))
        visit = Visit()
        assert "12 minutes** suffisent" in visit.texts()
        assert not any("door" in (button.key or "") for button in visit.app.button)
        visit.press(visit.say("start.begin"))
        assert asked(visit) == [item.id for item in CHECKLIST.domains[0].items]
