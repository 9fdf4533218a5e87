"""What goes back to a manager: their dossier as it came, byte for byte, and beside it what was remarked."""

from __future__ import annotations

import json
from io import BytesIO
from uuid import UUID

import pytest
from pypdf import PdfReader

from pensebete.assessment import dossier_file
from pensebete.assessment.pdf_contents import pdf_contents
from pensebete.assessment.review.file import dump
from pensebete.assessment.review.model import Review
from pensebete.pdf.build import action_plan_pdf, edition_pdf
from pensebete.pdf.edition import EDITION_NAMES, Edition
from tests.builders import MONDAY, evaluate
from tests.dossiers import full
from tests.unit.assessment.review.reviews import DOSSIER, event, remark, review
from tests.unit.pdf.conformance import faults

REMARKED = review(
    remark(1, text="Quelle résolution, exactement?", events=(event(2, "reply", text="Celle du 12 mars"),)),
    remark(3, kind="status", item="cash-forecast", proposed="in_progress", text="La prévision s’arrête en mai."),
    remark(4, kind="seen"),
)


@pytest.fixture(scope="module")
def evaluation(checklist):
    return evaluate(checklist, full(checklist).model_copy(update={"id": DOSSIER}), MONDAY)


def test_the_dossier_stays_byte_for_byte_what_came_and_the_review_lies_beside_it(evaluation):
    came = json.dumps(json.loads(dossier_file.dump(evaluation.assessment)), indent=7).encode() + b"\n"
    pdf = action_plan_pdf(evaluation, "fr", review=REMARKED, dossier=came)
    assert dict(PdfReader(BytesIO(pdf)).attachments) == {"dossier.json": [came], "revue.json": [dump(REMARKED)]}
    found = pdf_contents(pdf)
    assert (found.dossiers, found.reviews) == ((came,), (dump(REMARKED),))
    assert faults(pdf) == []


def test_the_same_dossier_and_review_give_the_same_bytes(evaluation):
    came = dossier_file.dump(evaluation.assessment)
    once = action_plan_pdf(evaluation, "fr", review=REMARKED)
    assert edition_pdf(Edition(), evaluation, "fr", REMARKED, came) == once
    assert action_plan_pdf(evaluation, "fr") != once


def test_a_review_without_a_remark_changes_nothing(evaluation):
    assert action_plan_pdf(evaluation, "fr", review=Review(dossier=DOSSIER)) == action_plan_pdf(evaluation, "fr")


@pytest.mark.parametrize(
    "edition",
    [
        *(Edition(name) for name in EDITION_NAMES if name != "full"),
        Edition("board", contact=True),
        Edition(notes=False),
        Edition(not_applicable=False),
        Edition(contact=False),
    ],
)
def test_an_edition_that_leaves_something_out_has_neither_remarks_nor_review(evaluation, edition):
    with_review = edition_pdf(edition, evaluation, "fr", REMARKED, dossier_file.dump(evaluation.assessment))
    assert with_review == edition_pdf(edition, evaluation, "fr")


def test_the_words_about_one_enterprise_never_go_into_the_file_of_another(evaluation):
    other = evaluation.assessment.model_copy(update={"id": UUID(int=8)})
    with pytest.raises(ValueError, match="another dossier"):
        action_plan_pdf(evaluation, "fr", review=REMARKED.model_copy(update={"dossier": UUID(int=8)}))
    with pytest.raises(ValueError, match="another dossier"):
        action_plan_pdf(evaluation, "fr", dossier=dossier_file.dump(other))
