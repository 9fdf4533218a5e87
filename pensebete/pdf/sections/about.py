"""The end of the document: the profile, whom to call, what the checklist is and what it does not cover."""

from __future__ import annotations

from collections.abc import Sequence

from pensebete.checklist.model import Checklist
from pensebete.evaluation.evaluation import Evaluation
from pensebete.pdf.layout.canvas import Document
from pensebete.pdf.layout.style import LEFT, QUIET, QUIET_STRONG, SMALL, SMALL_STRONG
from pensebete.pdf.layout.table import Column, Table
from pensebete.text.wording import Wording


def write_profile(document: Document, evaluation: Evaluation) -> None:
    say, checklist, assessment = document.say, evaluation.checklist, evaluation.assessment
    document.heading(say("report.profile"), 0, keep=90, before=20)
    rows = [
        (say("report.organisation"), assessment.organisation),
        (say("report.who"), assessment.prepared_by),
    ]
    for question in checklist.profile:
        labels = {option.id: option.label[say.language] for option in question.options}
        words = "; ".join(labels[id] for id in evaluation.profile.get(question.id, ()))
        rows.append((question.question[say.language], words))
    width = document.content_width - 334
    table = Table(
        document,
        [
            Column(say("report.question"), LEFT + 6, 306, scope="Row"),
            Column(say("report.answer"), LEFT + 328, width),
        ],
    )
    for asked, answer in rows:
        said = document.lines(answer, SMALL, width) if answer.strip() else []
        none = document.lines(say("report.no_answer"), QUIET, width)
        table.row([document.lines(asked, SMALL, 306), said or none])


def write_about(document: Document, checklist: Checklist, carries_dossier: bool, left_out: Sequence[str] = ()) -> None:
    """Contact, disclaimer, what is not covered, the version, what this edition leaves out, replaced characters."""
    say = document.say
    document.heading(say("report.about"), 0, keep=110, before=20)
    contact = checklist.contact
    document.paragraph(say("report.contact"), SMALL_STRONG)
    document.paragraph(" · ".join(part for part in (contact.name[say.language], contact.phone) if part), SMALL)
    if contact.email:
        document.linked(contact.email, SMALL, f"mailto:{contact.email}")
    if contact.url:
        document.linked(contact.url, SMALL, contact.url)
    if contact.note:
        document.paragraph(contact.note[say.language], SMALL, after=8)
    document.paragraph(checklist.disclaimer[say.language], SMALL, after=8)
    if checklist.not_covered:
        document.need(SMALL.line * 3)
        document.paragraph(say("report.not_covered"), SMALL_STRONG)
        with document.bullets():
            for text in checklist.not_covered:
                document.bullet(text[say.language], SMALL)
        document.y += 8
    document.paragraph(say("report.version", id=checklist.id, version=checklist.version), QUIET)
    for sentence in left_out:
        document.paragraph(sentence, QUIET)
    if carries_dossier:
        document.paragraph(say("report.attachment"), QUIET)
    if document.replaced:
        document.paragraph(say("report.replaced" if carries_dossier else "report.replaced_only"), QUIET_STRONG, after=4)


def contact_line(checklist: Checklist, say: Wording) -> str:
    """« Votre pôle régional · 418 555-0100 · bonjour@pole.example »: what the staff have filled in."""
    contact = checklist.contact
    return " · ".join(p for p in (contact.name[say.language], contact.phone, contact.email, contact.url) if p)
