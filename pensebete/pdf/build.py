"""The PDF in its editions: the full plan, a page for a board, a summary for a lender, the empty checklist to print; and
the call sheets of an advisor.

Only this room knows fpdf.
"""

from __future__ import annotations

from pensebete.assessment.review.model import Review
from pensebete.evaluation.evaluation import Evaluation
from pensebete.pdf.edition import Edition
from pensebete.pdf.editions.blank import blank_checklist_pdf
from pensebete.pdf.editions.board import board_pdf
from pensebete.pdf.editions.call_sheet import call_sheets_pdf
from pensebete.pdf.editions.full import action_plan_pdf
from pensebete.pdf.editions.lender import lender_pdf

__all__ = ["action_plan_pdf", "blank_checklist_pdf", "call_sheets_pdf", "edition_pdf"]


def edition_pdf(
    edition: Edition,
    evaluation: Evaluation,
    language: str,
    review: Review | None = None,
    dossier: bytes | None = None,
) -> bytes:
    """The edition asked for; the empty checklist has nothing of the assessment.

    The review and the dossier, byte for byte, are for the complete edition, and for no other.
    """
    if edition.name == "blank":
        return blank_checklist_pdf(evaluation.checklist, language, evaluation.today, edition.paper)
    if edition.name == "full":
        return action_plan_pdf(evaluation, language, edition, review, dossier)
    make = {"board": board_pdf, "lender": lender_pdf}[edition.name]
    return make(evaluation, language, edition)
