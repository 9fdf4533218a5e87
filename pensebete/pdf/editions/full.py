"""The action plan as a PDF, in reading order, carrying the dossier it was made from."""

from __future__ import annotations

from datetime import date

from pensebete.assessment import dossier_file
from pensebete.assessment.item_state import item_states
from pensebete.assessment.model import Assessment
from pensebete.checklist.model import Checklist
from pensebete.evaluation.action_plan import action_plan
from pensebete.evaluation.readiness import projection, readiness_of
from pensebete.pdf.edition import COMPLETE, Edition
from pensebete.pdf.layout.canvas import Document
from pensebete.pdf.sections.about import contact_line, write_about, write_profile
from pensebete.pdf.sections.answers import write_answers
from pensebete.pdf.sections.first_page import write_first_page
from pensebete.pdf.sections.orphans import write_leftovers
from pensebete.pdf.sections.plan import write_plan
from pensebete.pdf.sections.title_block import name_of, new_document
from pensebete.text.wording import wording


def action_plan_pdf(
    checklist: Checklist, assessment: Assessment, language: str, today: date, edition: Edition = COMPLETE
) -> bytes:
    """The full action plan, with the dossier where nothing is left out. The same five always give the same bytes."""
    say = wording(language, checklist.languages)
    states = item_states(checklist, assessment)
    result = readiness_of(checklist, states)
    actions = action_plan(checklist, assessment, today)
    title = say("report.document_title", organisation=name_of(assessment, say))
    document = new_document(say, title, assessment, today, edition)
    write_first_page(document, checklist, assessment, result, projection(checklist, assessment), actions)
    document.new_page()
    write_plan(document, checklist, actions, edition.notes)
    write_answers(document, checklist, assessment, states, result, edition)
    write_profile(document, checklist, assessment)
    write_leftovers(document, checklist, assessment, states, actions, edition)
    left_out = [] if edition.notes else [say("report.without_notes")]
    left_out += [] if edition.not_applicable else [say("report.without_not_applicable")]
    write_about(document, checklist, carries_dossier=edition.complete, left_out=left_out)
    if edition.complete:
        _carry(document, assessment)
    return document.finish(header=title, footer=contact_line(checklist, say))


def _carry(document: Document, assessment: Assessment) -> None:
    document.pdf.embed_file(
        bytes=dossier_file.dump(assessment),
        basename=dossier_file.ATTACHMENT,
        mime_type="application/json",
        associated_file_relationship="Source",  # the document is made from it
        desc=document.say("report.attachment_name"),
        creation_date=document.made_at,
        modification_date=document.made_at,
        compress=True,
    )
