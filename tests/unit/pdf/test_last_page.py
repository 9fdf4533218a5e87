"""No document ends with a page that has a few lines on it."""

from __future__ import annotations

from datetime import date

import pytest

from pensebete.assessment import dossier_file
from pensebete.pdf.build import edition_pdf
from pensebete.pdf.edition import PAPER_NAMES, Edition
from pensebete.text.wording import LANGUAGES
from tests.builders import ROOT, evaluate
from tests.pdf_reading import pages

CASES = sorted((ROOT / "tests/fixtures/cases").glob("*.json"))
_AROUND = 4  # lines of header and footer


# In `make test` each case on both papers, in one language on each; the other two in `make thorough`.
EACH = [
    pytest.param(
        case,
        paper,
        language,
        marks=[pytest.mark.soak] * ((place + on + of) % 2),
        id=f"{case.stem[:2]}-{paper}-{language}",
    )
    for place, case in enumerate(CASES)
    for on, paper in enumerate(PAPER_NAMES)
    for of, language in enumerate(LANGUAGES)
]


@pytest.mark.parametrize(("case", "paper", "language"), EACH)
def test_the_last_page_of_a_plan_is_worth_its_paper(checklist, case, paper, language):
    evaluation = evaluate(checklist, dossier_file.read(case.read_bytes(), checklist), date(2026, 11, 26))
    last = pages(edition_pdf(Edition(paper=paper), evaluation, language))[-1]
    assert len(last.splitlines()) - _AROUND >= 8


@pytest.mark.parametrize("paper", PAPER_NAMES)
def test_so_is_that_of_the_blank_checklist(checklist, paper):
    evaluation = evaluate(checklist, dossier_file.read(CASES[0].read_bytes(), checklist))
    for language in ("fr", "en"):
        last = pages(edition_pdf(Edition("blank", paper=paper), evaluation, language))[-1]
        assert len(last.splitlines()) - _AROUND >= 8
