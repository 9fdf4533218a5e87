"""The end of the document: the profile, whom to call, what the checklist is and what it does not cover."""

from __future__ import annotations

from collections.abc import Sequence

from pensebete.checklist.model import Checklist, Resource
from pensebete.evaluation.contact_text import contact_words, not_counted_row, ways_words
from pensebete.evaluation.evaluation import Evaluation
from pensebete.pdf.edition import Edition
from pensebete.pdf.layout.canvas import Document
from pensebete.pdf.layout.style import LEFT, QUIET, QUIET_STRONG, SMALL, SMALL_STRONG
from pensebete.pdf.layout.table import Column, Table
from pensebete.text.addresses import address_of, as_copied
from pensebete.text.wording import Wording


def write_profile(document: Document, evaluation: Evaluation, edition: Edition) -> None:
    say, checklist, assessment = document.say, evaluation.checklist, evaluation.assessment
    document.heading(say("report.profile"), 0, keep=90, before=20)
    rows = [
        (say("report.organisation"), assessment.organisation),
        (say("report.who"), assessment.prepared_by),
    ]
    if edition.tells_contact:
        # In a row, and whole: on the first page it may have been cut.
        reached = (say("contact.title"), contact_words(assessment.contact, say))
        rows += [row for row in (reached, not_counted_row(assessment.contact, say)) if row[1]]
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


def write_about(
    document: Document, checklist: Checklist, version: str, carries_dossier: bool, left_out: Sequence[str] = ()
) -> None:
    """Contact, disclaimer, what is not covered, `version`, what this edition leaves out, replaced characters."""
    say = document.say
    document.heading(say("report.about"), 0, keep=110, before=20)
    contact = checklist.contact
    document.paragraph(say("report.contact"), SMALL_STRONG)
    document.paragraph(contact.name[say.language], SMALL)
    for way, words in ways_words(contact, say):
        _way(document, way, words)
    if contact.note:
        document.paragraph(contact.note[say.language], SMALL, after=8)
    _resources(
        document, [one for one in checklist.resources if not (one.valid_until and one.valid_until < document.today)]
    )
    document.paragraph(checklist.disclaimer[say.language], SMALL, after=8)
    if checklist.not_covered:
        document.need(SMALL.line * 3)
        document.paragraph(say("report.not_covered"), SMALL_STRONG)
        with document.bullets():
            for text in checklist.not_covered:
                document.bullet(text[say.language], SMALL)
        document.y += 8
    document.paragraph(version, QUIET)
    for sentence in left_out:
        document.paragraph(sentence, QUIET)
    if carries_dossier:
        document.paragraph(say("report.attachment"), QUIET)
    if document.replaced:
        document.paragraph(say("report.replaced" if carries_dossier else "report.replaced_only"), QUIET_STRONG, after=4)


def _resources(document: Document, resources: Sequence[Resource]) -> None:
    """Those that serve everybody, with the numbers and addresses that one can tap."""
    if not resources:
        return
    document.need(SMALL.line * 3)
    document.paragraph(document.say("start.resources"), SMALL_STRONG)
    with document.bullets():
        for resource in resources:
            title = _dated(resource, document.say)
            ways = [way for way in (resource.phone, resource.url) if way]
            within = next((way for way in ways if way in resource.title[document.say.language]), "")
            with document.item(SMALL):
                if within:
                    _way(document, within, title, indented=True)
                else:
                    document.paragraph(title, SMALL, x=LEFT + 10)
                for way in ways:
                    if way != within:
                        _way(document, way, indented=True)
    document.y += 8


def _dated(resource: Resource, say: Wording) -> str:
    """« CNESST : normes du travail (vérifié le 1er mars 2026) »."""
    title = resource.title[say.language]
    if resource.valid_until:
        return f"{title} ({say('item.valid_until', date=say.date(resource.valid_until))})"
    if resource.verified_on:
        return f"{title} ({say('item.verified_on', date=say.date(resource.verified_on))})"
    return title


def _way(document: Document, way: str, words: str = "", indented: bool = False) -> None:
    """A number, an email or a site to tap, by itself or in the words that hold it."""
    shown, address, x = words or as_copied(way), address_of(way), LEFT + 10 if indented else LEFT
    if address:
        document.linked(shown, SMALL, address, x)
    else:
        document.paragraph(shown, SMALL, x)


def contact_line(checklist: Checklist, say: Wording) -> str:
    """« Votre pôle régional · 418 555-0100 · bonjour@pole.example »: what the staff have filled in."""
    contact = checklist.contact
    return " · ".join([contact.name[say.language], *(words for _, words in ways_words(contact, say))])
