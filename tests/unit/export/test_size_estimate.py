"""The size that a button announces is near that of the file it gives."""

from __future__ import annotations

import pytest

from pensebete.assessment import dossier_file
from pensebete.assessment.model import Answer
from pensebete.export.size_estimate import about_size, about_size_words, size_words
from pensebete.pdf.build import edition_pdf
from pensebete.pdf.edition import Edition
from pensebete.text.wording import wording
from tests.builders import MONDAY, assess, evaluate, every
from tests.dossiers import full
from tests.unit.export.reading import made


def dossiers(checklist):
    long = {id: Answer(status="to_do", note=f"Une longue note de réunion sur {id}. " * 100) for id in checklist.items}
    return (
        assess(every(checklist, "done")),
        assess(every(checklist, "to_do")),
        assess(every(checklist, "in_progress")),
        full(checklist),
        assess(long),
    )


def edition(which, checklist, assessment):
    return edition_pdf(which, evaluate(checklist, assessment, MONDAY), "fr")


MAKE = {
    "pdf": lambda checklist, assessment: edition(Edition(), checklist, assessment),
    "pdf_without_notes": lambda checklist, assessment: edition(Edition(notes=False), checklist, assessment),
    "pdf_board": lambda checklist, assessment: edition(Edition("board"), checklist, assessment),
    "pdf_lender": lambda checklist, assessment: edition(Edition("lender"), checklist, assessment),
    "pdf_blank": lambda checklist, assessment: edition(Edition("blank"), checklist, assessment),
    "json": lambda _, assessment: dossier_file.dump(assessment),
    "xlsx": lambda checklist, assessment: made("xlsx", checklist, assessment),
    "ics": lambda checklist, assessment: made("ics", checklist, assessment),
    "csv": lambda checklist, assessment: made("csv", checklist, assessment),
    "csv_answers": lambda checklist, assessment: made("csv", checklist, assessment, sheet="answers"),
}


@pytest.mark.parametrize("kind", MAKE)
def test_a_size_announced_is_between_two_thirds_and_one_and_a_half_of_the_truth(checklist, kind):
    for assessment in dossiers(checklist):
        actions = evaluate(checklist, assessment, MONDAY).plan
        if kind == "ics" and not actions:
            continue
        true = len(MAKE[kind](checklist, assessment))
        assert 2 / 3 < about_size(kind, evaluate(checklist, assessment, MONDAY)) / true < 3 / 2


@pytest.mark.parametrize(
    ("size", "exact", "about"),
    [
        (0, "1\u00a0ko", "environ\u00a01\u00a0ko"),
        (4_400, "4\u00a0ko", "environ\u00a04\u00a0ko"),
        (12_600, "13\u00a0ko", "environ\u00a015\u00a0ko"),
        (44_600, "45\u00a0ko", "environ\u00a045\u00a0ko"),
        (1_234_000, "1\u00a0234\u00a0ko", "environ\u00a01\u00a0235\u00a0ko"),
    ],
)
def test_sizes_are_said_in_kilobytes(size, exact, about):
    assert (size_words(size, wording("fr")), about_size_words(size, wording("fr"))) == (exact, about)
