"""Actions in a table that numbers them: what, who, for when; and where they stand, where that needs saying."""

from __future__ import annotations

from collections.abc import Iterable

from pensebete.checklist.model import Checklist
from pensebete.evaluation.action_plan import Action
from pensebete.evaluation.action_text import named, owner_label
from pensebete.evaluation.history_text import state_label
from pensebete.pdf.layout.canvas import Document, Line
from pensebete.pdf.layout.style import LEFT, QUIET, SMALL, SMALL_STRONG
from pensebete.pdf.layout.table import Column, Table

_OWNER = 3  # lines


def numbered_table(document: Document) -> Table:
    say = document.say
    return Table(
        document,
        [
            Column(say("report.rank"), LEFT + 6, 17),
            Column(say("report.action"), LEFT + 27, _text_width(document)),
            Column(say("report.owner"), document.right - 150, 84),
            Column(say("report.due"), document.right - 58, 56),
        ],
    )


def numbered_rows(
    document: Document, checklist: Checklist, actions: Iterable[Action], most: int | None = None
) -> list[list[list[Line]]]:
    """The rows of that table. With `most`, texts take that many lines at most, owners three; late is always said."""
    return [_row(document, checklist, n, action, most) for n, action in enumerate(actions, 1)]


def _row(document: Document, checklist: Checklist, n: int, action: Action, most: int | None) -> list[list[Line]]:
    say = document.say
    owner = owner_label(checklist, action.owner, say.language).strip()
    who = document.lines(
        owner or say("report.no_owner"), SMALL if owner else QUIET, 84, most=most and max(most, _OWNER)
    )
    if action.state == "under_way" and most != 1:
        who += document.lines(state_label(action.state, say), QUIET, 84)
    due = document.lines(say.short_date(action.due) if action.due else "–", SMALL, 56)
    if action.late:
        due += document.lines(say("report.late"), SMALL_STRONG, 56)
    lang = document.input_language if action.kind == "own" else ""
    return [
        document.lines(say.number(n), SMALL_STRONG, 17),
        document.lines(named(action, document.say), SMALL, _text_width(document), most=most, lang=lang),
        who,
        due,
    ]


def _text_width(document: Document) -> float:
    return document.content_width - 27 - 158
