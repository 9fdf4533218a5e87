"""The version before reviews opens a plan that was sent back, drops the remarks, and loses nothing else."""

from __future__ import annotations

from uuid import UUID

import pytest

from pensebete.assessment import dossier_file
from pensebete.assessment.review.file import dump, read_review
from pensebete.assessment.review.model import Author, Review
from pensebete.pdf.build import action_plan_pdf
from tests import version_before
from tests.builders import ROOT, evaluate
from tests.unit.assessment.review.reviews import event, remark

CASES = sorted((ROOT / "tests" / "fixtures" / "cases").glob("*.json"))
QUOTED = Author(name="pensebete-dossier", organisation='"format": "pensebete-dossier"')
REMARKS = (
    remark(1, text='{"format": "pensebete-dossier"}', author=QUOTED, events=(event(9, "reply", QUOTED),)),
    remark(2, kind="seen"),
)


@pytest.fixture(params=CASES, ids=lambda case: case.stem[:2])
def sent(request, checklist) -> tuple[bytes, bytes]:
    """What the manager sent, and the plan that comes back with remarks."""
    came = request.param.read_bytes()
    assessment = dossier_file.read(came, checklist)
    assert assessment.id
    review = Review(dossier=assessment.id, remarks=REMARKS)
    return came, action_plan_pdf(evaluate(checklist, assessment), assessment.language, review=review, dossier=came)


def test_it_takes_the_dossier_byte_for_byte_as_it_was_sent(sent):
    came, pdf = sent
    assert version_before.attached(pdf) == came
    dossiers, review = version_before.attached_as_next_day(pdf)
    assert dossiers == (came,)
    assert review


def test_it_reads_all_of_it_and_writes_it_back(sent, checklist):
    came, pdf = sent
    again = version_before.dump(version_before.read_json(version_before.attached(pdf)))
    assert dossier_file.read(again, checklist) == dossier_file.read(came, checklist)


def test_it_keeps_the_dossier_that_a_new_cycle_was_copied_from(checklist):
    assessment = dossier_file.read(CASES[0].read_bytes(), checklist)
    cycle = assessment.model_copy(update={"id": UUID(int=5), "previous_id": assessment.id})
    by_it = version_before.dump(version_before.read_json(dossier_file.dump(cycle)))
    assert dossier_file.read(by_it, checklist) == cycle


def test_the_mark_by_which_it_knows_a_dossier_is_in_no_review():
    review = Review(dossier=UUID(int=7), remarks=REMARKS)
    assert b'"pensebete-dossier"' not in dump(review)
    assert read_review(dump(review)) == review
