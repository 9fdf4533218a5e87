"""The PDF: the action plan a manager downloads, the empty checklist to print. Only this room knows fpdf."""

from pensebete.report.blank import blank_checklist_pdf
from pensebete.report.document import action_plan_pdf

__all__ = ["action_plan_pdf", "blank_checklist_pdf"]
