"""The action plan as a PDF, in reading order; it carries the dossier it was made from, and what was remarked of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from pensebete.assessment import dossier_file
from pensebete.assessment.review import file as review_file
from pensebete.assessment.review.carried import carried
from pensebete.assessment.review.model import Review
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
from pensebete.pdf.sections.review import review_line_words, write_review
from pensebete.pdf.sections.title_block import name_of, new_document
from pensebete.text.wording import wording

_DESCRIPTIONS = {
    dossier_file.ATTACHMENT: "report.attachment_name",
    review_file.ATTACHMENT: "report.review_attachment_name",
}


def action_plan_pdf(
    evaluation: Evaluation,
    language: str,
    edition: Edition = COMPLETE,
    review: Review | None = None,
    dossier: bytes | None = None,
) -> bytes:
    """The full action plan; where nothing is left out, with the dossier and the remarks. The same always give the same
    bytes.

    `dossier` is what it carries, byte for byte, where that is not to be written anew. ValueError where the review or
    these bytes are of another dossier than the one evaluated: one enterprise's words never come into another's file.
    """
    checklist, assessment = evaluation.checklist, evaluation.assessment
    say = wording(language, checklist.languages)
    title = say("report.document_title", organisation=name_of(assessment, say))
    if not edition.complete:
        review = dossier = None
    if review and not review.remarks:
        review = None
    if review and review.dossier != assessment.id:
        raise ValueError("the review of another dossier")
    if dossier and dossier_file.assessment_in(dossier).id != assessment.id:
        raise ValueError("another dossier than the one evaluated")
    shown = carried(review, checklist) if review else None

    def written(air: float) -> Document:
        return _written(lambda: new_document(say, title, evaluation, edition, air), evaluation, edition, shown)

    document = fitted(written)
    if edition.complete:
        _carry(document, dossier_file.ATTACHMENT, dossier or dossier_file.dump(assessment), "Source")
    if review:
        _carry(document, review_file.ATTACHMENT, review_file.dump(review), "Supplement")
    return document.finish(header=title, footer=contact_line(checklist, say))


def _written(
    new: Callable[[], Document], evaluation: Evaluation, edition: Edition, review: Review | None, review_on: int = 2
) -> Document:
    """`review_on` is the page of the remarks, which the first page names: they follow it, and are what is new there."""
    document = new()
    say, checklist = document.say, evaluation.checklist
    write_first_page(document, evaluation, edition, review_line_words(review, review_on, say) if review else ())
    document.new_page()
    if review:
        if document.pages != review_on:  # of a checklist so wide that the first page is several
            return _written(new, evaluation, edition, review, document.pages)
        write_review(document, evaluation, review)
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


def _carry(document: Document, name: str, content: bytes, relationship: Literal["Source", "Supplement"]) -> None:
    """Source: what the document is made from."""
    document.pdf.embed_file(
        bytes=content,
        basename=name,
        mime_type="application/json",
        associated_file_relationship=relationship,
        desc=document.say(_DESCRIPTIONS[name]),
        creation_date=document.made_at,
        modification_date=document.made_at,
        compress=True,
    )
