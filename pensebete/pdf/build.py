"""The PDF in its editions: the full plan, a page for a board, a summary for a lender, the empty checklist to print; and
the call sheets of an advisor.

Only this room knows fpdf.
"""

from __future__ import annotations

from pensebete.evaluation.evaluation import Evaluation
from pensebete.pdf.edition import Edition
from pensebete.pdf.editions.blank import blank_checklist_pdf
from pensebete.pdf.editions.board import board_pdf
from pensebete.pdf.editions.call_sheet import call_sheets_pdf
from pensebete.pdf.editions.full import action_plan_pdf
from pensebete.pdf.editions.lender import lender_pdf

__all__ = ["action_plan_pdf", "blank_checklist_pdf", "call_sheets_pdf", "edition_pdf"]


def edition_pdf(edition: Edition, evaluation: Evaluation, language: str) -> bytes:
    """The edition asked for; the empty checklist has nothing of the assessment."""
    if edition.name == "blank":
        return blank_checklist_pdf(evaluation.checklist, language, evaluation.today, edition.paper)
    make = {"full": action_plan_pdf, "board": board_pdf, "lender": lender_pdf}[edition.name]
    return make(evaluation, language, edition)
