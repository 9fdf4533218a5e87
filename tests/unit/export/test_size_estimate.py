"""The size that a button announces is near that of the file it gives."""

from __future__ import annotations

import random
from datetime import date
from uuid import UUID

import pytest

from pensebete.assessment import dossier_file
from pensebete.assessment.model import Answer
from pensebete.assessment.review.merge import ordered
from pensebete.assessment.review.model import Remark, Review
from pensebete.export.build import NoDueDateError, export
from pensebete.export.size_estimate import about_size, about_size_words, size_words
from pensebete.pdf.build import edition_pdf
from pensebete.pdf.edition import Edition
from pensebete.text.wording import LANGUAGES, wording
from tests.builders import MONDAY, ROOT, assess, evaluate, every
from tests.dossiers import full
from tests.unit.assessment.review.reviews import event, remark

CASES = sorted((ROOT / "tests/fixtures/cases").glob("*.json"))


def dossiers(checklist):
    long = {id: Answer(status="to_do", note=f"Une longue note de réunion sur {id}. " * 100) for id in checklist.items}
    return (
        assess(every(checklist, "done")),
        assess(every(checklist, "to_do")),
        assess(every(checklist, "in_progress")),
        full(checklist),
        assess(long),
    )


def reviews(checklist, dossier):
    """Of advisors who say little, much, or only that they saw it."""
    words = [word for item in checklist.items.values() for word in item.help["fr"].split()]
    chance, items = random.Random(1), list(checklist.items)

    def text(most: int) -> str:
        return " ".join(chance.choices(words, k=chance.randint(most // 2, most)))

    def one(kind: str, item: str, length: int) -> Remark:
        replies = tuple(
            event(n, "reply", id=UUID(int=chance.getrandbits(128)), text=text(length // 2))
            for n in range(chance.choice((0, 0, 1, 2)) if kind != "seen" else 0)
        )
        id, seen = UUID(int=chance.getrandbits(128)), f"{chance.getrandbits(64):016x}"
        return remark(1, kind=kind, item=item, id=id, text=text(length), seen=seen, events=replies)

    for asked, seen, length in ((0, 26, 0), (1, 0, 8), (3, 26, 12), (10, 26, 15), (30, 0, 100), (80, 100, 30)):
        remarks = [one("clarify", chance.choice(items), length) for _ in range(asked)]
        remarks += [one("seen", items[n % len(items)], 0) for n in range(seen)]
        yield ordered(Review(dossier=dossier, remarks=tuple(remarks)))


def edition(*which, **details):
    return lambda evaluation, language: len(edition_pdf(Edition(*which, **details), evaluation, language))


def file(to, **details):
    return lambda evaluation, language: len(export(to, evaluation, language, **details))


def calendar(evaluation, language):
    try:
        return len(export("ics", evaluation, language))
    except NoDueDateError:
        return 0


MAKE = {
    "pdf": edition(),
    "pdf_without_notes": edition(notes=False),
    "pdf_board": edition("board"),
    "pdf_lender": edition("lender"),
    "pdf_blank": edition("blank"),
    "json": lambda evaluation, _: len(dossier_file.dump(evaluation.assessment)),
    "xlsx": file("xlsx"),
    "ics": calendar,
    "csv": file("csv"),
    "csv_answers": file("csv", sheet="answers"),
}


# Its pages are those of "pdf", with less on them.
@pytest.mark.parametrize(
    "kind", [pytest.param(one, marks=[pytest.mark.soak] * (one == "pdf_without_notes")) for one in MAKE]
)
def test_a_size_announced_is_within_a_tenth_of_the_truth(checklist, kind):
    """Else, after a change of what is in a file: tools/fit-sizes."""
    of_cases = [(dossier_file.read(case.read_bytes(), checklist), date(2026, 11, 26)) for case in CASES]
    for n, (assessment, day) in enumerate([*((dossier, MONDAY) for dossier in dossiers(checklist)), *of_cases]):
        evaluation, language = evaluate(checklist, assessment, day), LANGUAGES[n % 2]
        if true := MAKE[kind](evaluation, language):
            assert 0.9 < about_size(kind, evaluation, language) / true < 1.1


def test_so_is_that_of_a_plan_with_remarks(checklist):
    for case in CASES[:1]:
        evaluation = evaluate(checklist, dossier_file.read(case.read_bytes(), checklist), date(2026, 11, 26))
        for review in reviews(checklist, evaluation.assessment.id):
            true = len(edition_pdf(Edition(), evaluation, "fr", review))
            assert 0.9 < about_size("pdf", evaluation, "fr", review) / true < 1.1


@pytest.mark.parametrize(
    ("size", "exact", "about"),
    [
        (0, "1\u00a0ko", "environ\u00a01\u00a0ko"),
        (4_400, "4\u00a0ko", "environ\u00a04\u00a0ko"),
        (12_600, "13\u00a0ko", "environ\u00a013\u00a0ko"),
        (44_600, "45\u00a0ko", "environ\u00a045\u00a0ko"),
        (1_234_000, "1\u00a0234\u00a0ko", "environ\u00a01\u00a0235\u00a0ko"),
    ],
)
def test_sizes_are_said_in_kilobytes(size, exact, about):
    assert (size_words(size, wording("fr")), about_size_words(size, wording("fr"))) == (exact, about)
