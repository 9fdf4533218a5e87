"""The PDF as a file: its bytes, what it carries, what it says of itself."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from datetime import timedelta
from importlib.metadata import version
from io import BytesIO

import pytest
from pypdf import PdfReader

from pensebete.assessment import dossier_file
from pensebete.evaluation.due_groups import due_groups
from pensebete.evaluation.plan_text import heading_words
from pensebete.pdf.build import action_plan_pdf
from pensebete.text.wording import wording
from tests.builders import MONDAY, ROOT, assess, evaluate
from tests.dossiers import full
from tests.pdf_reading import bookmarks, pages, squashed


def test_the_same_dossier_checklist_language_and_date_give_the_same_bytes(checklist, whole):
    action_plan_pdf(evaluate(checklist, assess(organisation="Autre"), MONDAY), "en")
    assert action_plan_pdf(evaluate(checklist, full(checklist), MONDAY), "fr") == whole
    assert action_plan_pdf(evaluate(checklist, full(checklist), MONDAY + timedelta(days=1)), "fr") != whole
    assert action_plan_pdf(evaluate(checklist, full(checklist), MONDAY), "en") != whole


@pytest.mark.parametrize("seed", ["1", pytest.param("2", marks=pytest.mark.soak)])
def test_another_process_gives_the_same_bytes(whole, seed):
    code = (
        "import hashlib\n"
        "from pensebete.checklist.loading import load\n"
        "from pensebete.pdf.build import action_plan_pdf\n"
        "from tests.builders import SHIPPED, evaluate\n"
        "from tests.dossiers import full\n"
        "checklist = load(SHIPPED)\n"
        "print(hashlib.sha256(action_plan_pdf(evaluate(checklist, full(checklist)), 'fr')).hexdigest())"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={"PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo", "PYTHONPATH": str(ROOT)},
        check=True,
    )
    assert ran.stdout.strip() == hashlib.sha256(whole).hexdigest()


def test_it_carries_the_dossier_byte_for_byte(checklist, whole):
    assert dossier_file.attached(whole) == dossier_file.dump(full(checklist))
    assert dossier_file.read(whole, checklist) == full(checklist)


def test_it_says_its_title_author_and_language(whole):
    reader = PdfReader(BytesIO(whole))
    assert reader.metadata.title == "Plan d’action · Coopérative de solidarité du Fleuve"
    assert reader.metadata.author == "direction générale"
    assert reader.trailer["/Root"]["/Lang"] == "fr-CA"
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"] is not None


def test_in_english_it_says_so(checklist):
    reader = PdfReader(BytesIO(action_plan_pdf(evaluate(checklist, full(checklist), MONDAY), "en")))
    assert reader.metadata.title == "Action plan · Coopérative de solidarité du Fleuve"
    assert reader.trailer["/Root"]["/Lang"] == "en-CA"


def test_its_pages_are_letter_and_numbered(whole):
    texts = pages(whole)
    assert len(texts) > 4
    for n, text in enumerate(texts, 1):
        assert f"page {n} de {len(texts)}" in text
    assert {tuple(page.mediabox) for page in PdfReader(BytesIO(whole)).pages} == {(0, 0, 612, 792)}


def test_its_fonts_are_inside(whole):
    fonts = [
        font.get_object() for page in PdfReader(BytesIO(whole)).pages for font in page["/Resources"]["/Font"].values()
    ]
    inside = [f["/DescendantFonts"][0].get_object()["/FontDescriptor"]["/FontFile2"].get_data() for f in fonts]
    assert len(set(inside)) == 2
    assert all(file[:4] == b"\x00\x01\x00\x00" for file in inside)


def test_the_private_parts_it_leans_on_are_those_of_the_pinned_fpdf2():
    assert version("fpdf2") == "2.8.9"
    assert "fpdf2==2.8.9" in (ROOT / "requirements.in").read_text().splitlines()


def test_a_full_dossier_stays_small(whole):
    assert len(whole) < 150_000


def test_bookmarks_lead_to_each_part(checklist, whole):
    found = [(level, title) for level, title, _ in bookmarks(whole)]
    evaluation = evaluate(checklist, full(checklist), MONDAY)
    plan = [(1, heading_words(group, MONDAY, wording("fr"))) for group in due_groups(evaluation.plan)]
    domains = [(1, domain.title["fr"]) for domain in checklist.domains]
    for part in [(0, "En bref"), (0, "Plan d’action"), (0, "Réponses par domaine"), (0, "Profil de l’entreprise")]:
        assert part in found
    assert [entry for entry in found if entry in plan] == plan
    assert [entry for entry in found if entry in domains] == domains
    places = [page for _, _, page in bookmarks(whole)]
    assert places == sorted(places)
    texts = pages(whole)
    for _, title, page in bookmarks(whole)[1:]:
        assert squashed(title) in squashed(texts[page - 1])
