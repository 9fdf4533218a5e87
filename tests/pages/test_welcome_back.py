"""Whoever comes back meets their own dossier on the first page, and the way to where they were."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pensebete.assessment.model import Answer, Planned
from pensebete.web.views.start import welcome_back
from tests.builders import CHECKLIST, NOW, assess
from tests.pages.conftest import Visit

SECOND = CHECKLIST.domains[1]


def labels(visit: Visit) -> list[str]:
    return [button.label.replace("\\", "") for button in visit.app.button]


def with_dossier(visit: Visit, answers: dict[str, str], **details: object) -> Visit:
    found = assess(answers, organisation="Coop du Fleuve", **details)
    visit.app.session_state["assessment"] = found.model_copy(update={"language": "fr"})
    visit.app.session_state["said_something"] = True
    visit.app.run()
    return visit


def everything(status: str) -> dict[str, str]:
    return dict.fromkeys(CHECKLIST.items, status)


def test_a_newcomer_reads_what_this_is_and_no_dossier_of_theirs(visit):
    assert CHECKLIST.title["fr"] in visit.texts()
    assert visit.widget("button", "door.short")
    assert visit.say("welcome.tab") not in visit.texts()


def test_who_said_no_more_than_what_the_enterprise_is_finds_both_doors_open(visit):
    visit.open("questionnaire").set("button_group", "profile.staff", "0").open("start")
    assert "5 essentiels" in visit.widget("button", "door.short").label  # those that apply to it
    assert "9 questions" in visit.widget("button", "door.whole").label


def test_who_comes_back_reads_whose_dossier_it_is_where_it_is_kept_and_how_far_along(visit):
    with_dossier(visit, {"board-position": "done", "cash-forecast": "to_do"})
    text = visit.texts()
    assert visit.app.title[0].value == "Coop du Fleuve"
    assert visit.say("welcome.tab") in text
    assert visit.say("start.data").split(" :")[0].replace("**", "") not in text
    assert "Démarches faites" in text
    assert "Essentiels" in text
    assert "2 questions sur" in text


def test_without_a_name_and_without_a_figure_the_page_says_so_and_breaks_nothing(visit):
    found = assess({}, prepared_by="direction").model_copy(update={"language": "fr"})
    visit.app.session_state["assessment"] = found
    visit.app.run()
    assert visit.app.title[0].value == visit.say("welcome.unnamed")
    assert "Démarches faites" not in visit.texts()


def test_the_one_primary_way_leads_to_the_first_question_without_an_answer_of_where_one_was(visit):
    with_dossier(visit, {"board-position": "done"})
    visit.app.session_state["place"] = SECOND.id
    visit.app.run()
    resume = visit.say("welcome.resume", step=SECOND.title["fr"])
    assert labels(visit).index(visit.say("welcome.plan")) < labels(visit).index(resume)
    visit.press(resume)
    assert visit.app.title[0].value == visit.say("questionnaire.title")
    assert visit.app.header[0].value == SECOND.title["fr"]
    assert visit.app.session_state["item_to_show"] == SECOND.items[0].id


def test_once_everything_is_answered_the_way_leads_to_the_plan(visit):
    with_dossier(visit, everything("in_progress"))
    assert not any(label.startswith(visit.say("welcome.resume", step="")) for label in labels(visit))
    visit.press(visit.say("welcome.plan"))
    assert visit.app.title[0].value == visit.say("plan.title")


def test_what_is_late_is_counted_and_the_first_of_it_named(visit):
    item = CHECKLIST.items["board-position"]
    long_ago = NOW - timedelta(days=60)
    answers = {item.id: Answer(status="to_do", answered_at=long_ago)}
    plan = {item.id: {action.id: Planned(due=long_ago.date()) for action in item.actions}}
    with_dossier(visit, answers, plan=plan, plan_started_on=long_ago.date())  # type: ignore[arg-type]
    first = item.actions[0].text["fr"]
    assert visit.say("welcome.late", n=len(item.actions), first=first) in visit.texts()


def test_who_reads_only_is_told_so_and_sent_to_no_question(visit, monkeypatch):
    monkeypatch.setattr(welcome_back.session, "reading_only", lambda: True)
    with_dossier(visit, {"board-position": "done"})
    assert visit.say("welcome.reading") in visit.texts()
    assert not any(label.startswith(visit.say("welcome.resume", step="")) for label in labels(visit))
    assert {visit.say("welcome.answers"), visit.say("welcome.plan")} <= set(labels(visit))


@pytest.mark.parametrize("fold", ["welcome.profile", "welcome.other"])
def test_the_profile_and_another_dossier_wait_in_folds(visit, fold):
    with_dossier(visit, {"board-position": "done"})
    assert visit.say(fold) in [one.label for one in visit.app.expander]
