"""The action plan as a PDF, in reading order, carrying the dossier it was made from."""

from __future__ import annotations

from pensebete.assessment import dossier_file
from pensebete.assessment.model import Assessment
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.provenance_text import version_words
from pensebete.pdf.edition import COMPLETE, Edition
from pensebete.pdf.layout.canvas import Document
from pensebete.pdf.layout.last_page import fitted
from pensebete.pdf.sections.about import contact_line, write_about, write_profile
from pensebete.pdf.sections.answers import write_answers
from pensebete.pdf.sections.first_page import write_first_page
from pensebete.pdf.sections.orphans import write_orphans
from pensebete.pdf.sections.plan import write_plan
from pensebete.pdf.sections.title_block import name_of, new_document
from pensebete.text.wording import wording


def action_plan_pdf(evaluation: Evaluation, language: str, edition: Edition = COMPLETE) -> bytes:
    """The full action plan, with the dossier where nothing is left out. The same three always give the same bytes."""
    checklist, assessment = evaluation.checklist, evaluation.assessment
    say = wording(language, checklist.languages)
    title = say("report.document_title", organisation=name_of(assessment, say))
    document = fitted(lambda air: _written(new_document(say, title, evaluation, edition, air), evaluation, edition))
    if edition.complete:
        _carry(document, assessment)
    return document.finish(header=title, footer=contact_line(checklist, say))


def _written(document: Document, evaluation: Evaluation, edition: Edition) -> Document:
    say, checklist = document.say, evaluation.checklist
    write_first_page(document, evaluation, edition)
    document.new_page()
    write_plan(document, evaluation, edition.notes)
    write_answers(document, evaluation, edition)
    write_profile(document, evaluation, edition)
    write_orphans(document, evaluation, edition)
    left_out = [] if edition.notes else [say("report.without_notes")]
    left_out += [] if edition.not_applicable else [say("report.without_not_applicable")]
    left_out += [] if edition.tells_contact else [say("report.without_contact")]
    write_about(document, checklist, version_words(evaluation, say), edition.complete, left_out)
    return document


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
