"""Somebody to call: only where staff say whom, only where it is bad or nobody knew, on three pages, in few words."""

from __future__ import annotations

import pytest

from pensebete.assessment.model import Contact
from pensebete.text.wording import wording
from pensebete.web import session
from pensebete.web.layout import call_pole
from tests.builders import CHECKLIST, every
from tests.other_checklists import write_with_contact
from tests.pages.test_first_things import with_dossier
from tests.pages.visit import Visit

FR = wording("fr")
PHONE, EMAIL = "418-555-1234", "bonjour@pole.example"
LINE = FR("call.line", way="")[:-1]
BAD = {"organisation": "Coop du Fleuve", "contact": Contact(name="Marie Roy")}


@pytest.fixture
def visit_with(monkeypatch, tmp_path):
    """A function that opens the app on the checklist that ships, its contact with the ways that are given."""

    def opened(phone: str = "", email: str = "") -> Visit:
        file = write_with_contact(tmp_path / "checklist.yaml", phone, email)
        monkeypatch.setenv("PENSEBETE_CHECKLIST", str(file))
        return Visit()

    return opened


def html(visit: Visit) -> str:
    return "\n".join(element.proto.body for element in visit.app.get("html"))


@pytest.mark.parametrize("page", ["results", "action_plan"])
def test_where_it_is_bad_the_number_is_one_tap_away_and_what_to_say_is_folded(visit_with, page):
    visit = with_dossier(visit_with(PHONE), every(CHECKLIST, "to_do"), **BAD).open(page)
    assert f'{LINE}</span> <a href="tel:+14185551234">418 555-1234</a>' in html(visit)
    assert '<details><summary>Quoi dire</summary><p class="to-say">Bonjour, je m’appelle Marie Roy, de Coop' in html(
        visit
    )
    assert html(visit).count('class="call-pole"') == 1


@pytest.mark.parametrize("page", ["results", "action_plan", "questionnaire"])
def test_without_a_number_nothing_invites_to_call(visit, page):
    assert 'class="call-pole"' not in html(with_dossier(visit, every(CHECKLIST, "unknown"), **BAD).open(page))


@pytest.mark.parametrize("page", ["results", "action_plan"])
def test_where_all_is_well_nobody_is_told_to_call(visit_with, page):
    visit = with_dossier(visit_with(PHONE), every(CHECKLIST, "done", remote_work="to_do"), **BAD).open(page)
    assert 'class="call-pole"' not in html(visit)


def test_an_email_alone_is_begun_with_what_to_say_in_it(visit_with):
    visit = with_dossier(visit_with(email=EMAIL), every(CHECKLIST, "to_do"), **BAD).open("results")
    assert f'{LINE}</span> <a href="mailto:{EMAIL}?subject=Coop%20du%20Fleuve' in html(visit)
    assert "<details><summary>Quoi dire" not in html(visit)


def test_an_email_beside_a_number_is_in_the_fold(visit_with):
    visit = with_dossier(visit_with(PHONE, EMAIL), every(CHECKLIST, "to_do"), **BAD).open("results")
    line, fold = html(visit).split("<details><summary>Quoi dire")
    assert "tel:" in line[-200:]
    assert f'<a href="mailto:{EMAIL}?subject=' in fold


def test_the_card_of_what_nobody_knows_says_it_in_a_line_and_no_other_card_does(visit_with):
    first, second = list(CHECKLIST.items)[:2]
    visit = with_dossier(visit_with(PHONE), {first: "unknown", second: "to_do"}, **BAD).open("questionnaire")
    assert html(visit).count(f'{LINE}</span> <a href="tel:+14185551234">418 555-1234</a>') == 1
    assert "Quoi dire" not in html(visit)
    assert html(visit.set("radio", f"status.{first}", "done")).count('class="call-pole"') == 0


@pytest.mark.parametrize("page", ["results", "action_plan", "questionnaire"])
def test_who_reads_by_a_link_is_not_told_to_call(visit_with, monkeypatch, page):
    monkeypatch.setattr(call_pole.session, "reading_only", lambda: True)
    assert session.reading_only()
    visit = with_dossier(visit_with(PHONE), every(CHECKLIST, "unknown"), **BAD).open(page)
    assert 'class="call-pole"' not in html(visit)


def test_on_every_page_the_number_is_written_alike(visit_with):
    visit = with_dossier(visit_with("418-555-1234 ext 12"), every(CHECKLIST, "to_do"), language="en").open("results")
    assert html(visit).count(">418 555-1234, ext. 12</a>") == 2  # the footer has it too
    assert "555-1234 ext 12" not in html(visit)
