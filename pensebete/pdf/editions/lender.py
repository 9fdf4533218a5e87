"""The edition for a lender: the domains a lender reads, measures taken, what is planned. No note, comment or reason.

Which domains those are, checklist.yaml says (`lender: true`); where it marks none, all of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from pensebete.assessment.item_state import ItemState, of_domain
from pensebete.checklist.model import Checklist, Domain, Item
from pensebete.evaluation.action_plan import Action
from pensebete.evaluation.action_text import named
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.history_text import state_label
from pensebete.evaluation.readiness import Readiness
from pensebete.evaluation.readiness_text import about_domain, answer_words
from pensebete.pdf.edition import Edition
from pensebete.pdf.layout.canvas import Document, Line
from pensebete.pdf.layout.style import LEFT, QUIET, QUIET_STRONG, SMALL, SMALL_STRONG, TEXT
from pensebete.pdf.layout.symbols import status_sign
from pensebete.pdf.layout.table import Column, Table, row_height
from pensebete.pdf.sections.about import contact_line
from pensebete.pdf.sections.chart import draw_chart
from pensebete.pdf.sections.numbered_actions import numbered_rows, numbered_table
from pensebete.pdf.sections.title_block import name_of, new_document, write_head
from pensebete.text.wording import wording

_SIGN = 20  # the sign of an answer, before its words
_STATE = 92
_DAY = 58


def lender_pdf(evaluation: Evaluation, language: str, edition: Edition) -> bytes:
    """The same three always give the same bytes. The dossier is not in it."""
    checklist, result = evaluation.checklist, evaluation.readiness
    say = wording(language, checklist.languages)
    domains = checklist.for_lenders
    read = {item.id for domain in domains for item in domain.items}
    actions = [action for action in evaluation.plan if action.item and action.item.id in read and not action.set_aside]
    title = say("report.lender.document_title", organisation=name_of(evaluation.assessment, say))
    document = new_document(say, title, evaluation, edition)
    write_head(document, evaluation, say("report.lender.title"))
    document.y += 12
    names = say.listing(domain.title[say.language] for domain in domains)
    document.paragraph(say("report.lender.explained", domains=names), TEXT)
    document.heading(say("report.readiness"), 0, keep=120)
    draw_chart(document, checklist, result, domains, LEFT, document.content_width)
    document.paragraph(checklist.readiness.caption[say.language], QUIET, after=4)
    document.paragraph(checklist.disclaimer[say.language], QUIET, after=4)
    version = say("report.version", id=checklist.id, version=checklist.version)
    document.paragraph(f"{version} {say('report.without_notes')}", QUIET)
    _measures(document, checklist, domains, evaluation.item_states, result, actions)
    _planned(document, checklist, actions)
    if document.replaced:
        document.y += 12
        document.paragraph(say("report.replaced_only"), QUIET_STRONG)
    return document.finish(header=title, footer=contact_line(checklist, say))


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
        score = result.domains[domain.id]
        taken = [s for s in of_domain(states, domain.id) if s.counts and s.rule.credit]
        done = [a for a in actions if a.state == "done" and a.item in domain.items]
        table = _table(document)
        rows = [_measure(document, checklist, state, table.columns[0].width) for state in taken]
        rows += [_action_done(document, action, table.columns[0].width) for action in done]
        first = table.head_height + row_height(rows[0]) if rows else TEXT.line
        document.heading(domain.title[say.language], 1, keep=first + QUIET.line)
        document.paragraph(about_domain(checklist, score, say), QUIET, after=4)
        if not rows:
            document.paragraph(say("report.lender.no_measure"), TEXT)
        statuses = [state.current for state in taken] + ["done" for _ in done]
        for row, status in zip(rows, statuses, strict=True):
            table.row(row, lambda y, status=status: status_sign(document.pdf, status, LEFT + 6, y + 1.5))  # type: ignore[misc]


def _table(document: Document) -> Table:
    say = document.say
    width = document.content_width - 6 - _SIGN - _STATE - _DAY - 10
    return Table(
        document,
        [
            Column(say("report.lender.measure"), LEFT + 6 + _SIGN, width),
            Column(say("report.lender.state"), document.right - _DAY - _STATE, _STATE - 8),
            Column(say("report.lender.said_on"), document.right - _DAY, _DAY - 2),
        ],
    )


def _measure(document: Document, checklist: Checklist, state: ItemState, width: float) -> list[list[Line]]:
    say, item = document.say, state.item
    said_on = say.short_date(state.answered_on) if state.answered_on else "–"
    return [
        document.lines(f"{item.ref} · {item.title[say.language]}", SMALL_STRONG, width)
        + document.lines(_criterion(item, state, say.language), QUIET, width),
        document.lines(answer_words(checklist, state, say), SMALL, _STATE - 8),
        document.lines(said_on, SMALL, _DAY - 2),
    ]


def _criterion(item: Item, state: ItemState, language: str) -> str:
    """What can be observed, by the answer given."""
    return item.criteria[state.rule.criterion or "done"][language]


def _action_done(document: Document, action: Action, width: float) -> list[list[Line]]:
    lang = document.input_language if action.kind == "own" else ""
    return [
        document.lines(named(action, document.say), SMALL, width, lang=lang),
        document.lines(state_label("done", document.say), SMALL, _STATE - 8),
        document.lines("–", SMALL, _DAY - 2),
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
