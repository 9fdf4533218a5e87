"""Whose dossier it is stands on every page, saved or not, in a trial too."""

from __future__ import annotations

import pytest

from tests.builders import MINIMAL, mended
from tests.pages.visit import Visit

PAGES = ("start", "questionnaire", "check_answers", "results", "action_plan", "dossier")
NAME = "Coop <b>du Fleuve</b> & Cie"


def brand(visit: Visit) -> str:
    (found,) = [one.proto.body for one in visit.app.get("html") if 'class="brand"' in one.proto.body]
    return found


@pytest.mark.parametrize("page", [*PAGES, "workshop"])
def test_the_name_of_the_enterprise_stands_on_every_page(visit, page):
    assert brand(visit.open(page)) == '<p class="brand">Pense-bête</p>'
    visit.open("action_plan").set("text_input", "organisation", NAME)
    assert brand(visit.open(page)) == '<p class="brand">Coop &lt;b&gt;du Fleuve&lt;/b&gt; &amp; Cie</p>'


def test_in_a_trial_it_is_that_of_the_trial_and_ones_own_comes_back(monkeypatch):
    monkeypatch.setenv("PENSEBETE_CHECKLIST", str(MINIMAL))
    visit = Visit().open("action_plan").set("text_input", "organisation", NAME).open("workshop")
    visit.app.text_area(key="workshop.text").set_value(mended(('version: "1"', 'version: "2"'))).run()
    visit.app.button_group(key="workshop.view").set_value("preview").run()
    visit.open("action_plan").set("text_input", "organisation", "Essai")
    for page in PAGES:
        assert ">Essai<" in brand(visit.open(page))
    visit.press(visit.say("trial.end"))
    assert "du Fleuve" in brand(visit.open("results"))
