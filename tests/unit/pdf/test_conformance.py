"""The PDF conforms to PDF/UA-1 and PDF/A-3a as far as conformance/ can tell, and that checker can tell."""

from __future__ import annotations

import subprocess
from io import BytesIO

import pikepdf
import pytest

from pensebete.assessment.model import Answer
from pensebete.evaluation.readiness_text import readiness_in_words
from pensebete.pdf.build import action_plan_pdf, blank_checklist_pdf
from pensebete.pdf.edition import Edition
from pensebete.text.wording import wording
from tests.builders import MONDAY, assess, evaluate, every
from tests.dossiers import full, own_action, with_domains
from tests.unit.pdf.conformance import faults, read_content
from tests.unit.pdf.damages import DAMAGES, damaged, elements, first
from tests.unit.pdf.spoken import spoken as by_tags

FR = wording("fr")


@pytest.fixture(scope="session")
def linked(checklist):
    """The plan of one domain, with an address to write to and one to visit; it is looked at fifty times."""
    checklist = with_domains(checklist, checklist.domains[0])
    ways = {"phone": "418-555-0100 ext.\u00a03", "email": "info@pole.example", "url": "https://pole.example/é"}
    contact = checklist.contact.model_copy(update=ways)
    return action_plan_pdf(evaluate(checklist.model_copy(update={"contact": contact}), full(checklist), MONDAY), "fr")


def test_the_full_plan_conforms(whole, linked):
    assert faults(whole) == []
    assert faults(linked) == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_blank_checklist_conforms(checklist, language):
    assert faults(blank_checklist_pdf(checklist, language, MONDAY)) == []


def test_on_a4_both_conform_and_every_page_is_of_that_size(checklist):
    for pdf in (
        action_plan_pdf(evaluate(checklist, full(checklist), MONDAY), "fr", Edition(paper="a4")),
        blank_checklist_pdf(checklist, "fr", MONDAY, "a4"),
    ):
        assert faults(pdf) == []
        with pikepdf.open(BytesIO(pdf)) as file:
            assert {tuple(map(float, page.mediabox)) for page in file.pages} == {(0, 0, 595.28, 841.89)}


def test_plans_with_nothing_too_much_or_strange_things_conform(checklist):
    item = next(iter(checklist.items))
    many = tuple(
        checklist.domains[0].model_copy(
            update={"id": f"d{n}", "items": (checklist.domains[0].items[0].model_copy(update={"id": f"i{n}"}),)}
        )
        for n in range(30)
    )
    wide = with_domains(checklist, *many)
    strange = Answer(status="to_do", note="👩‍👩‍👧 شكرا 張 \ue000\n\n\ufffe" * 300, reason="M" * 500)
    own = tuple(own_action(n, f"Action {n} " * 9, comment="🙂 " * n) for n in range(60))
    for of, assessment in (
        (checklist, assess()),
        (checklist, assess(every(checklist, "not_applicable"))),
        (wide, assess(every(wide, "to_do"))),
        (checklist, assess({item: strange, "old": strange}, organisation="🙂" * 40, own_actions=own, language="en")),
    ):
        assert faults(action_plan_pdf(evaluate(of, assessment, MONDAY), "fr")) == []


def test_saved_anew_without_damage_it_still_conforms(linked):
    assert faults(damaged(linked, lambda pdf: None)) == []


@pytest.mark.parametrize(("clause", "damage"), [row[1:] for row in DAMAGES], ids=[row[0] for row in DAMAGES])
def test_the_checker_finds(linked, clause, damage):
    found = faults(damaged(linked, damage))
    assert [fault for fault in found if fault.startswith(f"{clause}:") or fault.startswith(f"{clause} ")], found


def test_the_checker_finds_what_follows_the_end_and_a_file_cut_short(whole):
    assert any(fault.startswith("A 6.1.3-3") for fault in faults(whole + b"x"))
    assert faults(whole[:-2000])


def test_a_plan_is_text_and_its_rules_and_running_heads_are_not(whole):
    with pikepdf.open(BytesIO(whole)) as pdf:
        pages = [read_content(page.obj, n) for n, page in enumerate(pdf.pages, 1)]
    assert sum(page.painted["tagged"] for page in pages) > 300
    assert sum(page.painted["artifact"] for page in pages) > 100
    assert sum(page.painted["bare"] for page in pages) == 0


def test_the_chart_is_one_figure_that_its_words_stand_for(checklist, whole):
    with pikepdf.open(BytesIO(whole)) as pdf:
        figures = list(elements(pdf, "Figure"))
        assert [str(figure.Alt) for figure in figures] == [
            readiness_in_words(checklist, evaluate(checklist, full(checklist)).readiness, FR)
        ]
        assert figures[0].A.BBox[2] > figures[0].A.BBox[0]


def test_a_repeated_head_is_tagged_once_and_a_table_is_one_over_its_pages(checklist):
    own = tuple(own_action(n, f"Action ajoutée numéro {n:02}") for n in range(60))
    with pikepdf.open(BytesIO(action_plan_pdf(evaluate(checklist, assess(own_actions=own), MONDAY), "fr"))) as pdf:
        tables = list(elements(pdf, "Table"))
        assert [len(table.K) for table in tables] == [6, 61, 13]
        heads = [cell for cell in elements(pdf, "TH") if cell.A.Scope == "/Column"]
        assert len(heads) == 4 + 3 + 2


def test_what_was_typed_in_another_language_says_so(checklist):
    item = next(iter(checklist.items))
    typed = assess({item: Answer(status="done", note="Fait hier")}, language="fr")
    with pikepdf.open(BytesIO(action_plan_pdf(evaluate(checklist, typed, MONDAY), "en"))) as pdf:
        assert pdf.Root.Lang == "en-CA"
        languages = [str(element.Lang) for element in elements(pdf, "P") if "/Lang" in element]
        assert languages == ["fr"]
    with pikepdf.open(BytesIO(action_plan_pdf(evaluate(checklist, typed, MONDAY), "fr"))) as pdf:
        assert not any("/Lang" in element for element in elements(pdf, "P"))


def test_a_link_is_an_annotation_and_its_words(linked):
    with pikepdf.open(BytesIO(linked)) as pdf:
        assert first(pdf, "Link")
        notes = [note for page in pdf.pages for note in page.obj.get("/Annots", [])]
        told = [(str(note.A.URI), str(note.Contents)) for note in notes]
        assert told == [
            ("tel:+14185550100;ext=3", "418 555-0100, poste 3"),
            ("mailto:info@pole.example", "info@pole.example"),
            ("https://pole.example/%C3%A9", "https://pole.example/é"),
            ("tel:211", "211\u00a0: services sociaux et communautaires, par téléphone (vérifié le 1er mars 2026)"),
        ]


def test_boxes_to_tick_are_read_as_boxes(checklist):
    with pikepdf.open(BytesIO(blank_checklist_pdf(checklist, "fr", MONDAY))) as pdf:
        boxes = [label for label in elements(pdf, "Lbl") if str(label.get("/ActualText", "")) == "☐ "]
        options = sum(len(question.options) for question in checklist.profile)
        assert len(boxes) == options + 5 * len(checklist.items)


def test_the_score_is_read_before_the_chart_that_is_drawn_before_it(checklist, whole):
    said = by_tags(whole)
    chart = next(n for n, text in enumerate(said) if text.startswith("Degré de préparation") and len(text) > 60)
    assert said.index(FR.percent(evaluate(checklist, full(checklist)).readiness.overall.rounded)) < chart


def spoken(pdf: bytes, path) -> str:
    """The text by its tags, as poppler reads it."""
    path.write_bytes(pdf)
    ran = subprocess.run(["pdfinfo", "-struct-text", str(path)], capture_output=True, text=True, check=True)
    assert not ran.stderr
    return ran.stdout


def test_by_its_tags_it_reads_in_order_and_with_its_spaces(checklist, tmp_path):
    # Poppler looks at the whole page again for each element, so that a long plan takes it many seconds.
    one = with_domains(checklist, checklist.domains[-1])
    text = spoken(action_plan_pdf(evaluate(one, assess(every(one, "to_do")), MONDAY), "fr"), tmp_path / "plan.pdf")
    places = [
        text.index(f'"{words}"')
        for words in (
            "Entreprise sans nom",
            "Degré de préparation",
            "Agir maintenant",
            "D’abord",
            "Plan d’action",
            "Réponses par domaine",
            "Profil de l’entreprise",
            "À propos de ce document",
        )
    ]
    assert places == sorted(places)
    assert checklist.readiness.caption["fr"] in text
    assert checklist.disclaimer["fr"] in text
    for item in one.items.values():
        assert f"{item.ref} · {item.title['fr']}" in text
