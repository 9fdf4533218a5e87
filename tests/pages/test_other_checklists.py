"""The app with checklists that have nothing in common with the one that ships: content is data, of any size."""

from __future__ import annotations

import re
from datetime import date

import pytest

from pensebete.assessment.edits import with_details
from pensebete.checklist.loading import load
from pensebete.pdf.build import action_plan_pdf, blank_checklist_pdf
from pensebete.text.wording import wording
from tests.builders import MONDAY, NOW, assess, evaluate, every
from tests.other_checklists import CYBER, FLOOD, write_sized
from tests.pages.test_journeys import PAGES, answer_all
from tests.pages.visit import Visit
from tests.pdf_reading import has, pages, squashed

SIZES = [(1, 1), (12, 12), (12, 300), (1, 40)]


@pytest.fixture
def open_app(monkeypatch):
    """A function that opens the app on a checklist file."""

    def opened(path) -> Visit:
        monkeypatch.setenv("PENSEBETE_CHECKLIST", str(path))
        return Visit()

    return opened


@pytest.mark.parametrize("file", [FLOOD, CYBER], ids=["flood", "cyber attack"])
def test_the_whole_way_is_walked_on_another_checklist(open_app, file):
    checklist, visit = load(file), open_app(file)
    answer_all(visit, "to_do", profile={q.id: [q.options[0].id] for q in checklist.profile})
    assert set(visit.assessment.profile) == set(checklist.questions)
    assert {answer.status for answer in visit.assessment.answers.values()} == {"to_do"}
    assert len(visit.assessment.answers) == len(checklist.items)
    visit.open("results")
    assert checklist.bands[0].label[visit.assessment.language] in visit.texts()
    visit.open("action_plan")
    for item in checklist.items.values():
        assert item.actions[0].text[visit.assessment.language] in visit.texts()


def test_a_checklist_in_one_language_offers_no_other(open_app):
    visit = open_app(FLOOD)
    labels = [button.label for button in visit.app.button]
    assert visit.assessment.language == "fr"
    assert not {"English", "Français"} & set(labels)
    assert visit.open("action_plan").unfold("languages").widget("radio", "pdf_language").options == ["Français"]


def test_a_language_that_the_interface_does_not_speak_is_offered_and_the_interface_answers_in_french(open_app):
    checklist, visit = load(CYBER), open_app(CYBER)
    visit.press("Polski").open("questionnaire")
    assert visit.assessment.language == "pl"
    assert visit.app.title[0].value == wording("fr")("questionnaire.title")
    assert visit.app.header[0].value == "Zatrzymać"
    radio = visit.widget("radio", "status.unplug")
    assert [option.replace("\\", "") for option in radio.options] == [
        checklist.statuses[status].label["pl"]
        for status in ("done", "in_progress", "to_do", "unknown", "not_applicable")
    ]
    for page in PAGES:
        visit.open(page)
        assert {"English", "Français"} <= {button.label for button in visit.app.button}
    options = visit.open("action_plan").unfold("languages").widget("radio", "pdf_language").options
    assert options == ["Polski", "English", "Français"]


def test_a_checklist_without_french_is_answered_in_english(open_app, tmp_path):
    text = CYBER.read_text(encoding="utf-8").replace("languages: [pl, en, fr]", "languages: [pl, en]")
    file = tmp_path / "without-french.yaml"
    file.write_text(_without_french(text), encoding="utf-8")
    visit = open_app(file)
    assert visit.assessment.language == "pl"  # the first one of the list: neither asked nor remembered is anything
    visit.open("results")
    assert visit.app.title[0].value == wording("en")("results.title")


@pytest.mark.parametrize(("domains", "items"), SIZES)
def test_every_page_holds_from_1_to_12_domains_and_from_1_to_300_items(open_app, tmp_path, domains, items):
    file = tmp_path / "sized.yaml"
    checklist = write_sized(file, domains, items)
    for status in (None, "to_do", "not_applicable") if items <= 12 else ("to_do",):
        for page in PAGES:  # a visit each: AppTest loses its way where it leaves a list of steps behind
            visit = open_app(file)
            visit.app.session_state["assessment"] = assess(
                every(checklist, status) if status else {}, checklist="flood"
            )
            visit.open(page)
            if page == "results" and status == "to_do":  # without a figure there are no bars
                assert all(domain.title["fr"] in visit.texts() for domain in checklist.domains)


def test_the_time_it_takes_is_that_of_its_items(open_app, tmp_path):
    write_sized(tmp_path / "one.yaml", 1, 1)
    assert "1 minute** suffit" in open_app(tmp_path / "one.yaml").texts()
    write_sized(tmp_path / "many.yaml", 12, 300)
    assert "125 minutes" in open_app(tmp_path / "many.yaml").widget("button", "door.whole").label


@pytest.mark.parametrize("status", [None, "to_do", "in_progress", "unknown", "done", "not_applicable"])
@pytest.mark.parametrize("file", [FLOOD, CYBER], ids=["flood", "cyber attack"])
def test_the_pdf_of_another_checklist_has_all_its_items_in_each_of_its_languages(file, status):
    checklist = load(file)
    for language in checklist.languages:
        assessment = assess({} if status is None else every(checklist, status), checklist=checklist.id)
        text = squashed("".join(pages(action_plan_pdf(evaluate(checklist, assessment, MONDAY), language))))
        assert has(text, *(item.title[language] for item in checklist.items.values()))
        assert "▯" not in text


@pytest.mark.parametrize("file", [FLOOD, CYBER], ids=["flood", "cyber attack"])
def test_the_blank_pdf_of_another_checklist_has_all_its_items_in_each_of_its_languages(file):
    checklist = load(file)
    for language in checklist.languages:
        text = squashed("".join(pages(blank_checklist_pdf(checklist, language, MONDAY))))
        assert has(text, *(item.title[language] for item in checklist.items.values()))
        assert "▯" not in text


@pytest.mark.parametrize(("domains", "items"), SIZES)
def test_the_pdf_holds_from_1_to_12_domains_and_from_1_to_300_items(tmp_path, domains, items):
    checklist = write_sized(tmp_path / "sized.yaml", domains, items)
    assessment = with_details(
        assess(every(checklist, "to_do"), checklist="flood"), NOW, plan_started_on=date(2026, 3, 1)
    )
    text = squashed("".join(pages(action_plan_pdf(evaluate(checklist, assessment, MONDAY), "fr"))))
    assert has(text, *(f"{item.ref} · {item.title['fr']}" for item in checklist.items.values()))
    blank = squashed("".join(pages(blank_checklist_pdf(checklist, "fr", MONDAY))))
    assert has(blank, *(domain.title["fr"] for domain in checklist.domains))


def _without_french(text: str) -> str:
    return re.sub(r", fr: (?:\"[^\"]*\"|\[[^\]]*\]|[^,}]*)(?=\})", "", text)
