"""The edition for a board: one page, whatever the dossier. What does not fit is counted, and is in the full plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pensebete.assessment.item_state import ItemState
from pensebete.checklist.model import Checklist, Domain
from pensebete.evaluation.action_plan import Action
from pensebete.evaluation.action_text import named
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.readiness import Readiness
from pensebete.evaluation.readiness_text import band_words, score_words, weakest
from pensebete.pdf.edition import Edition
from pensebete.pdf.layout.canvas import Document, words_height
from pensebete.pdf.layout.style import HEADING, LEFT, QUIET, QUIET_STRONG, SMALL, SMALL_STRONG, STRONG, TEXT
from pensebete.pdf.layout.table import row_height
from pensebete.pdf.sections.about import contact_line
from pensebete.pdf.sections.numbered_actions import numbered_rows, numbered_table
from pensebete.pdf.sections.readiness_panel import write_held_back, write_overall
from pensebete.pdf.sections.title_block import name_of, new_document, write_head
from pensebete.pdf.tagging import listing
from pensebete.text.wording import wording

_DOMAINS = 8  # in the chart; of more, the weakest
_BETWEEN = 24  # the lists of what is late and of what is done
_ABOVE = 12  # a heading
_HEADING = HEADING.line + 6


class _Share(NamedTuple):
    """How what is left of the page is shared: rows of the table, lines in each row, lines of each list."""

    rows: int
    most: int
    listed: int


# The first that fits. Whole texts come before many of them.
_SHARES = (
    _Share(5, 2, 15),
    _Share(5, 2, 8),
    *(_Share(rows, 2, listed) for rows in (5, 4) for listed in (5, 4, 3, 2)),
    *(_Share(rows, 1, listed) for rows in (5, 4, 3, 2) for listed in (3, 2, 1)),
    _Share(2, 1, 0),
    _Share(1, 1, 0),
)


def board_pdf(evaluation: Evaluation, language: str, edition: Edition) -> bytes:
    """The same three always give the same bytes. The dossier is not in it."""
    checklist = evaluation.checklist
    say = wording(language, checklist.languages)
    title = say("report.board.document_title", organisation=name_of(evaluation.assessment, say))
    document = new_document(say, title, evaluation, edition)
    write_head(document, evaluation, say("report.board.title"), edition)
    _readiness(document, evaluation)
    _plan(document, evaluation)
    return document.finish(header=title, footer=contact_line(checklist, say))


def _readiness(document: Document, evaluation: Evaluation) -> None:
    checklist, result = evaluation.checklist, evaluation.readiness
    say, overall = document.say, result.overall
    document.heading(say("report.readiness"), 1, before=_ABOVE, tag="H2")
    if overall.rounded is not None:
        band, score = band_words(checklist, overall, say), score_words(overall, say)
        said = (
            say("report.board.ready", score=score, band=band[:1].lower() + band[1:])
            if band
            else say("report.board.essentials", score=score)
        )
        if weak := weakest(checklist, result):
            names = say.listing(domain.title[say.language] for domain in weak)
            about = say("results.weakest", n=len(weak), domain=names)
            said += f" {about[:1].upper()}{about[1:]}."
        document.flow(document.lines(said, STRONG, most=2), after=8)
    shown = _charted(checklist, result)
    write_overall(document, checklist, result, shown, brief=True)
    if more := len(checklist.domains) - len(shown):
        document.paragraph(say("report.board.more_domains", n=more), QUIET)
    write_held_back(document, evaluation)


def _charted(checklist: Checklist, result: Readiness) -> Sequence[Domain]:
    """The domains of the chart, in the order of the checklist."""

    def figure(domain: Domain) -> int:
        score = result.domains[domain.id].rounded
        return 101 if score is None else score

    kept = {domain.id for domain in sorted(checklist.domains, key=figure)[:_DOMAINS]}
    return [domain for domain in checklist.domains if domain.id in kept]


def _plan(document: Document, evaluation: Evaluation) -> None:
    """Where to begin, what is late and what is done, as much of each as the page has room for."""
    say, checklist, states, actions = document.say, evaluation.checklist, evaluation.item_states, evaluation.plan
    still_open = [action for action in actions if action.open]
    firsts = evaluation.first_actions
    late = [_dated(document, action) for action in still_open if action.late]
    done = _done(document, states, actions)
    caption = document.lines(checklist.readiness.caption[say.language], QUIET)
    replaced = document.lines(say("report.replaced_only"), QUIET_STRONG) if document.replaced else []
    under = words_height(caption) + words_height(replaced) + SMALL.line + 14

    share = next(
        (s for s in _SHARES if _height(document, checklist, firsts, late, done, s) + under <= document.room),
        _SHARES[-1],
    )
    document.heading(say("report.first_actions"), 1, before=_ABOVE, tag="H2")
    if not firsts:
        kept = any(not action.set_aside for action in actions)
        document.flow(document.lines(say("report.nothing_open" if kept else "report.no_actions"), TEXT, most=2))
    table = numbered_table(document)
    for row in numbered_rows(document, checklist, firsts[: share.rows], share.most):
        table.row(row)
    document.y += 6
    if more := len(still_open) - sum(action.stands_for for action in firsts[: share.rows]):
        document.paragraph(say("report.board.more_actions", n=more), SMALL_STRONG)
    _lists(document, late, done, share.listed)
    document.y += 8
    document.flow(caption)
    document.flow(replaced)


def _height(
    document: Document, checklist: Checklist, firsts: Sequence[Action], late: list[str], done: list[str], share: _Share
) -> float:
    rows = numbered_rows(document, checklist, firsts[: share.rows], share.most)
    table = numbered_table(document).head_height + sum(map(row_height, rows)) if rows else 2 * TEXT.line
    longest = max(_lines_of(late, share.listed), _lines_of(done, share.listed))
    lists = _ABOVE + _HEADING + longest * SMALL.line if longest else 0
    return _ABOVE + _HEADING + table + 6 + lists


def _lines_of(texts: list[str], listed: int) -> int:
    """A line each, and one for how many more there are."""
    return min(len(texts), listed) + (len(texts) > listed) if listed else 0


def _lists(document: Document, late: list[str], done: list[str], listed: int) -> None:
    """What is late and what is done, side by side; one alone takes the whole width."""
    say = document.say
    both = [(id, texts) for id, texts in (("report.board.late", late), ("report.board.done", done)) if texts]
    if not both or not listed:
        return
    width = (document.content_width - _BETWEEN * (len(both) - 1)) / len(both)
    document.y += _ABOVE
    top = document.y
    lowest = top
    for n, (id, texts) in enumerate(both):
        left = LEFT + n * (width + _BETWEEN)
        document.y = top
        document.bookmark(say(id, n=len(texts)), 1)
        y = document.stack(left, top, document.lines(say(id, n=len(texts)), HEADING, width, most=1, tag="H2")) + 6
        with document.tags.inside(listing("Disc")):
            for text in texts[:listed]:
                y = _entry(document, left, y, text, width)
            if (more := len(texts) - listed) > 0:
                y = _entry(document, left, y, say("report.board.and_more", n=more), width)
        lowest = max(lowest, y)
    document.y = lowest


def _entry(document: Document, left: float, y: float, text: str, width: float) -> float:
    with document.tags.inside("LI"):
        document.write(left, y, "– ", SMALL, tag="Lbl")
        return document.stack(left + 10, y, document.lines(text, SMALL, width - 10, most=1, tag="LBody"))


def _dated(document: Document, action: Action) -> str:
    """« 2026-04-02 · L1 · Faire une prévision »."""
    due = document.say.short_date(action.due) if action.due else "–"
    return f"{due} · {named(action, document.say)}"


def _done(document: Document, states: Sequence[ItemState], actions: Sequence[Action]) -> list[str]:
    """Actions done, then items answered done."""
    found = [named(action, document.say) for action in actions if action.state == "done" and not action.set_aside]
    items = [s.item for s in states if s.current == "done"]
    return found + [f"{item.ref} · {item.title[document.say.language]}" for item in items]
