"""Questions before the PDF: on the plan of a manager, the first six in order of worth, and none where there is none."""

from __future__ import annotations

from pensebete.desk.checks import Check
from pensebete.text.wording import wording
from pensebete.web.views.action_plan import before_pdf
from tests.pages.test_desk import FEW
from tests.pages.test_files_from_life import give
from tests.pages.visit import Visit

SAY = wording("fr")


def plan_with(monkeypatch, *found: Check) -> Visit:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(before_pdf, "checks_for_manager", lambda _evaluation: found)
    return Visit().open("action_plan")


def test_a_manager_reads_what_an_advisor_would_ask_and_may_download_all_the_same():
    [case] = [content for name, content in FEW if name.startswith("09")]
    visit = give(Visit(), "dossier.json", case).open("action_plan")
    asked = [one for one in visit.app.expander if one.label.startswith("Avant d’envoyer")]
    assert len(asked) == 1
    assert asked[0].caption[0].value == SAY("desk.before_pdf.explained")
    assert asked[0].markdown[0].value.startswith("1. ")
    assert any(button.label.startswith(SAY("download.pdf")) for button in visit.app.button)


def test_the_first_six_are_asked_and_a_quoted_note_commands_nothing(monkeypatch):
    item = "board-position"
    visit = plan_with(monkeypatch, *[Check("note_says_otherwise", (item,), quote=f"**pas {n}**") for n in range(8)])
    [fold] = [one for one in visit.app.expander if one.label == SAY("desk.before_pdf", n=6)]
    [text] = [one.value for one in fold.markdown]
    assert text.count("\n") == 5
    assert "**pas" not in text


def test_nothing_is_shown_where_there_is_nothing_to_ask(monkeypatch):
    visit = plan_with(monkeypatch)
    assert not [one for one in visit.app.expander if one.label.startswith("Avant d’envoyer")]
