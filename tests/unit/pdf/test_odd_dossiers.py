"""Dossiers with nothing in them, too much in them, or strange things."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from pensebete.assessment.model import Answer, Planned
from pensebete.pdf.build import action_plan_pdf, blank_checklist_pdf
from pensebete.pdf.edition import Edition
from pensebete.pdf.fonts.fpdf_fonts import Face
from pensebete.pdf.layout.style import LEFT, PAPERS
from tests.builders import MONDAY, assess, evaluate, every
from tests.dossiers import full, own_action, with_domains
from tests.pdf_reading import body, has, read, squashed


def test_with_nothing_answered_there_is_a_document_without_figures(checklist):
    text = read(checklist, assess())
    assert has(
        text, "Entreprise sans nom", "Pas encore de réponse", "Aucune action au plan", "Éléments encore sans réponse"
    )
    assert re.search(r"\d%", text) is None
    assert has(text, *(item.title["fr"] for item in checklist.items.values()))


def test_with_everything_not_applicable_nothing_is_scored(checklist):
    text = read(checklist, assess(every(checklist, "not_applicable")))
    assert re.search(r"\d%", text) is None
    assert text.count(squashed("Raison : Rien à dire de plus")) == len(checklist.items)


def test_with_one_domain_only(checklist):
    one = with_domains(checklist, checklist.domains[0])
    text = read(one, assess(every(one, "to_do")))
    assert has(text, one.domains[0].title["fr"])
    assert not has(text, checklist.domains[-1].title["fr"])


def test_with_thirty_domains_the_chart_goes_on_over_pages(checklist):
    many = tuple(
        checklist.domains[0].model_copy(
            update={"id": f"d{n}", "items": (checklist.domains[0].items[0].model_copy(update={"id": f"i{n}"}),)}
        )
        for n in range(30)
    )
    wide = with_domains(checklist, *many)
    text = read(wide, assess(every(wide, "to_do")))
    assert text.count(squashed(checklist.domains[0].title["fr"])) >= 60


def test_a_note_of_five_thousand_characters_goes_on_over_pages(checklist):
    words = [f"mot{n:04}" for n in range(1000)]
    item = next(iter(checklist.items))
    plan = {item: {checklist.items[item].actions[0].id: Planned(comment=" ".join(words))}}
    text = read(checklist, assess({item: Answer(status="to_do", note=" ".join(words))}, plan=plan))
    assert re.findall(r"mot\d{4}", text) == words * 2


@pytest.mark.parametrize("sheet", PAPERS)
def test_nothing_is_drawn_outside_the_margins(checklist, monkeypatch, sheet):
    outside, drawn, paper = [], [], PAPERS[sheet]
    draw = Face.draw

    def watched(self, x, baseline, text, size, colour):
        drawn.append(text)
        right = x + self.typeface.width(text.rstrip(" "), size)
        if x < LEFT - 2 or right > paper.right + 0.5 or not 30 < baseline < paper.height - 20:
            outside.append((x, baseline, text))
        draw(self, x, baseline, text, size, colour)

    monkeypatch.setattr(Face, "draw", watched)
    token = "M" * 500
    item = next(iter(checklist.items))
    assessment = assess(
        {item: Answer(status="to_do", note=token, reason=token), token[:200]: Answer(note=token)},
        organisation=token,
        prepared_by=token,
        plan={item: {checklist.items[item].actions[0].id: Planned(comment=token, owner=token)}},
        own_actions=(own_action(1, token, owner=token, comment=token, priority=token[:200]),),
    )
    for language in ("fr", "en"):
        action_plan_pdf(evaluate(checklist, assessment, MONDAY), language, Edition(paper=sheet))
        action_plan_pdf(evaluate(checklist, full(checklist), MONDAY), language, Edition(paper=sheet))
        blank_checklist_pdf(checklist, language, MONDAY, sheet)
    assert len(drawn) > 500
    assert outside == []


def test_braces_in_a_note_stay_braces(checklist):
    item = next(iter(checklist.items))
    text = read(checklist, assess({item: Answer(status="done", note="{nb} pages, {n}, {0} et {text}")}))
    assert has(text, "{nb} pages, {n}, {0} et {text}")


def test_marks_of_other_languages_are_text_like_any_other(checklist):
    item = next(iter(checklist.items))
    note = "**gras** __souligné__ [lien](https://exemple.org) <b>html</b> ![image](/etc/passwd)"
    pdf = action_plan_pdf(evaluate(checklist, assess({item: Answer(status="done", note=note)}), MONDAY), "fr")
    assert has(body(pdf, checklist.contact.name["fr"]), note)
    notes = [note.get_object() for page in PdfReader(BytesIO(pdf)).pages for note in page.get("/Annots", [])]
    assert {note["/A"]["/URI"] for note in notes} == {"tel:211"}  # of the checklist


def test_a_character_the_font_lacks_is_replaced_and_a_footnote_says_so(checklist):
    item = next(iter(checklist.items))
    footnote = "remplace un caractère que la police n’a pas; le dossier joint le garde"
    assert has(read(checklist, assess({item: Answer(note="Bravo 🙂 張")})), "Bravo ▯ ▯", footnote)
    assert not has(read(checklist, assess({item: Answer(note="Bravo ▯, œuvre à 5 € → 100 %")})), footnote)
