"""The plan: a table for each day, with a box to tick; apart, what is done, dropped or set aside."""

from __future__ import annotations

from pensebete.checklist.model import Checklist
from pensebete.evaluation.action_plan import Action
from pensebete.evaluation.action_text import named, owner_label
from pensebete.evaluation.due_groups import due_groups
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.history_text import state_label
from pensebete.evaluation.plan_text import heading_words
from pensebete.evaluation.urgency import urgency_of
from pensebete.pdf.layout.canvas import Document, Line
from pensebete.pdf.layout.style import LABEL, LEFT, QUIET, SMALL, SMALL_STRONG, TEXT
from pensebete.pdf.layout.symbols import quick_win_sign, tick_box, urgency_sign
from pensebete.pdf.layout.table import Column, Table, row_height
from pensebete.pdf.sections.done import write_done

_SIGN = 12  # points that the sign of urgency and its air take of a line


def write_plan(document: Document, evaluation: Evaluation, notes: bool) -> None:
    say, checklist, actions = document.say, evaluation.checklist, evaluation.plan
    kept = [action for action in actions if not action.set_aside]
    document.heading(say("report.plan"), 0, keep=110)
    if not kept:
        document.paragraph(say("report.no_actions"), TEXT)
    else:
        wins = " " + say("report.quick_win_explained") if any(action.quick_win for action in kept) else ""
        document.paragraph(say("report.plan_explained") + wins, QUIET)
    for group in due_groups(actions):
        _table(document, checklist, heading_words(group, evaluation.today, say), list(group.actions), notes)
    write_done(document, evaluation, notes)
    if dropped := [action for action in kept if action.state == "dropped"]:
        _table(document, checklist, say("report.dropped_actions"), dropped, notes)
    if aside := [action for action in actions if action.set_aside]:
        _table(document, checklist, say("report.set_aside_actions"), aside, notes)


def _table(document: Document, checklist: Checklist, title: str, actions: list[Action], notes: bool) -> None:
    say = document.say
    columns = [
        Column("", LEFT + 6, 16),
        Column(say("report.action"), LEFT + 26, document.content_width - 194),
        Column(say("report.owner"), document.right - 158, 96),
        Column(say("report.due"), document.right - 58, 56),
    ]
    table = Table(document, columns)
    rows = [_cells(document, checklist, action, columns, notes) for action in actions]
    document.heading(title, 1, keep=table.head_height + sum(row_height(cells) for cells in rows[:2]))
    for action, cells in zip(actions, rows, strict=True):

        def mark(y: float, action: Action = action) -> None:
            tick_box(document.pdf, LEFT + 6, y + 1.5, ticked=action.state == "done")
            if _has_urgency(action):
                above = len(document.lines(_due(document, action), SMALL, columns[3].width))
                urgency_sign(document.pdf, urgency_of(checklist, action), columns[3].x, y + SMALL.line * above + 3)
            if action.quick_win:
                lines_above = len(document.lines(named(action, document.say), SMALL, columns[1].width))
                quick_win_sign(document.pdf, LEFT + 26, y + SMALL.line * lines_above + 3)

        table.row(cells, mark)


def _cells(
    document: Document, checklist: Checklist, action: Action, columns: list[Column], notes: bool
) -> list[list[Line]]:
    say = document.say
    width = columns[1].width
    lang = document.input_language if action.kind == "own" else ""
    what = document.lines(named(action, document.say), SMALL, width, lang=lang)
    if action.quick_win:
        win = document.lines(say("report.quick_win"), LABEL, width)
        what += [line._replace(text=f"    {line.text}") for line in win]
    if action.kind == "own":
        what += document.lines(say("report.own_action"), QUIET, width)
    if action.state != "to_start":
        what += document.lines(say("report.state_is", state=state_label(action.state, say)), SMALL_STRONG, width)
    if notes and action.comment.strip():
        what += document.lines(say("report.comment", text=action.comment), QUIET, width, lang=document.input_language)
    owner = owner_label(checklist, action.owner, say.language)
    due = document.lines(_due(document, action), SMALL, columns[3].width)
    priority = document.lines(action.priority, QUIET, columns[3].width - _SIGN, most=1)
    due += [line._replace(text=f"    {line.text}") for line in priority] if _has_urgency(action) else priority
    if action.late:
        due += document.lines(say("report.late"), SMALL_STRONG, columns[3].width)
    return [
        [],
        what,
        document.lines(owner, SMALL, columns[2].width)
        if owner.strip()
        else document.lines(say("report.no_owner"), QUIET, columns[2].width),
        due,
    ]


def _due(document: Document, action: Action) -> str:
    return document.say.short_date(action.due) if action.due else "–"


def _has_urgency(action: Action) -> bool:
    """Whether it is done or still to do: what was dropped or set aside does not press."""
    return action.open or (action.state == "done" and not action.set_aside)
