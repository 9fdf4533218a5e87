"""The edition for a lender: the domains a lender reads, measures taken, what is planned. No note, comment or reason.

Which domains those are, checklist.yaml says (`lender: true`); where it marks none, all of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from pensebete.assessment.item_state import ItemState, of_domain
from pensebete.checklist.model import Checklist, Domain
from pensebete.evaluation.action_plan import Action
from pensebete.evaluation.action_text import named
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.history_text import state_label
from pensebete.evaluation.provenance_text import version_words
from pensebete.evaluation.readiness import Readiness
from pensebete.evaluation.readiness_text import status_label
from pensebete.pdf.edition import Edition
from pensebete.pdf.layout.canvas import Document, Line
from pensebete.pdf.layout.last_page import fitted
from pensebete.pdf.layout.style import LEFT, QUIET, QUIET_STRONG, SMALL, SMALL_STRONG, TEXT
from pensebete.pdf.layout.symbols import status_sign
from pensebete.pdf.layout.table import Column, Table, row_height
from pensebete.pdf.sections.about import contact_line
from pensebete.pdf.sections.numbered_actions import numbered_rows, numbered_table
from pensebete.pdf.sections.title_block import name_of, new_document, write_head
from pensebete.text.wording import Wording, wording

_SIGN = 20  # the sign of an answer, before its words
_STATE = 170


def lender_pdf(evaluation: Evaluation, language: str, edition: Edition) -> bytes:
    """The same three always give the same bytes. The dossier is not in it."""
    checklist = evaluation.checklist
    say = wording(language, checklist.languages)
    title = say("report.lender.document_title", organisation=name_of(evaluation.assessment, say))
    document = fitted(lambda air: _written(new_document(say, title, evaluation, edition, air), evaluation, edition))
    return document.finish(header=title, footer=contact_line(checklist, say))


def _written(document: Document, evaluation: Evaluation, edition: Edition) -> Document:
    say, checklist, result = document.say, evaluation.checklist, evaluation.readiness
    domains = checklist.for_lenders
    read = {item.id for domain in domains for item in domain.items}
    actions = [action for action in evaluation.plan if action.item and action.item.id in read and not action.set_aside]
    write_head(document, evaluation, say("report.lender.title"), edition)
    document.y += 12
    names = say.listing(domain.title[say.language] for domain in domains)
    document.paragraph(say("report.lender.explained", domains=names), TEXT)
    document.paragraph(say("report.lender.self_assessed"), QUIET, after=4)
    document.paragraph(checklist.disclaimer[say.language], QUIET, after=4)
    document.paragraph(f"{version_words(evaluation, say)} {say('report.without_notes')}", QUIET)
    _measures(document, checklist, domains, evaluation.item_states, result, actions)
    _planned(document, checklist, actions)
    if document.replaced:
        document.y += 12
        document.paragraph(say("report.replaced_only"), QUIET_STRONG)
    return document


def _measures(
    document: Document,
    checklist: Checklist,
    domains: Sequence[Domain],
    states: Sequence[ItemState],
    result: Readiness,
    actions: Sequence[Action],
) -> None:
    """Domain by domain, the items done and in progress with what that means, then the actions done."""
    say = document.say
    document.heading(say("report.lender.measures"), 0, keep=110, before=20)
    for domain in domains:
        taken = [s for s in of_domain(states, domain.id) if s.counts and s.rule.credit]
        done = [a for a in actions if a.state == "done" and a.item in domain.items]
        table = _table(document)
        rows = [_measure(document, checklist, state, table.columns[0].width) for state in taken]
        rows += [_action_done(document, action, table.columns[0].width) for action in done]
        first = table.head_height + row_height(rows[0]) if rows else TEXT.line
        document.heading(domain.title[say.language], 1, keep=first + QUIET.line)
        score = result.domains[domain.id]
        if score.counting:
            document.paragraph(say("readiness.done_of", n=score.done, of=score.counting), QUIET, after=4)
        if not rows:
            document.paragraph(say("report.lender.no_measure"), TEXT)
        statuses = [state.current for state in taken] + ["done" for _ in done]
        for row, status in zip(rows, statuses, strict=True):
            table.row(row, lambda y, status=status: status_sign(document.pdf, status, LEFT + 6, y + 1.5))  # type: ignore[misc]


def _table(document: Document) -> Table:
    say = document.say
    width = document.content_width - 6 - _SIGN - _STATE - 10
    return Table(
        document,
        [
            Column(say("report.lender.measure"), LEFT + 6 + _SIGN, width),
            Column(say("report.lender.state"), document.right - _STATE, _STATE - 2),
        ],
    )


def _measure(document: Document, checklist: Checklist, state: ItemState, width: float) -> list[list[Line]]:
    say, item = document.say, state.item
    return [
        document.lines(f"{item.ref} · {item.title[say.language]}", SMALL_STRONG, width),
        document.lines(_said(checklist, state, say), SMALL, _STATE - 2),
    ]


def _said(checklist: Checklist, state: ItemState, say: Wording) -> str:
    """« Fait, selon l’entreprise, le 14 mars 2026; à reconfirmer depuis le 13 avril 2026 »: its word, and no fact."""
    status = status_label(checklist, state.status, say)
    if state.answered_on is None:
        return say("report.lender.said", status=status)
    said = say("report.lender.said.on", status=status, date=say.date(state.answered_on))
    if state.expired and state.expires_on:
        said += say("report.lender.expired", date=say.date(state.expires_on))
    return said


def _action_done(document: Document, action: Action, width: float) -> list[list[Line]]:
    lang = document.input_language if action.kind == "own" else ""
    return [
        document.lines(named(action, document.say), SMALL, width, lang=lang),
        document.lines(document.say("report.lender.said", status=state_label("done", document.say)), SMALL, _STATE - 2),
    ]


def _planned(document: Document, checklist: Checklist, actions: Sequence[Action]) -> None:
    say = document.say
    still_open = [action for action in actions if action.open]
    table = numbered_table(document)
    rows = numbered_rows(document, checklist, still_open)
    first = table.head_height + sum(map(row_height, rows[:2])) if rows else TEXT.line
    document.heading(say("report.lender.planned"), 0, keep=first, before=20)
    if not rows:
        document.paragraph(say("report.lender.none_planned"), TEXT)
    for row in rows:
        table.row(row)
