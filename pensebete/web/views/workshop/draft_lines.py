"""The text of a shared draft, line by line: which lines are new, what is wrong with one, what was remarked about it.

A line is picked by its number, which is a button of our own HTML: a widget for each line would cost too much.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from html import escape

from pensebete.assessment.local_time import local_date
from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.line_ends import LINE_ENDS
from pensebete.checklist.versions.line_merge import matching_lines
from pensebete.storage.drafts import DraftRemark
from pensebete.text.wording import Wording
from pensebete.web import session
from pensebete.web.components.live_html import live_html

A_PAGE = 150  # lines shown at once
_AROUND = 2  # lines shown before and after what matters
_LONGEST = 500  # characters shown of a line


def lines_changed(served: str, draft: str) -> frozenset[int]:
    """The lines of a draft that the text served has not, counted from 1."""
    lines = LINE_ENDS.split(draft)
    same = {n for _, n in matching_lines(LINE_ENDS.split(served), lines)}
    return frozenset(n + 1 for n, line in enumerate(lines) if n not in same and line.strip())


def around(wanted: Iterable[int], count: int) -> list[range]:
    """Stretches of lines with a few around each that matters, those that touch made one."""
    found: list[range] = []
    for line in sorted({line for line in wanted if 1 <= line <= count}):
        begin, end = max(1, line - _AROUND), min(count, line + _AROUND) + 1
        if found and begin <= found[-1].stop:
            found[-1] = range(found[-1].start, end)
        else:
            found.append(range(begin, end))
    return found


class Lines:
    """A text with what is to be shown at its lines."""

    def __init__(
        self,
        text: str,
        changed: Collection[int],
        diagnostics: Iterable[Diagnostic],
        remarks: Iterable[DraftRemark],
        may_remark: bool,
    ) -> None:
        self.texts: Sequence[str] = LINE_ENDS.split(text)
        self._changed, self._may_remark = changed, may_remark
        self._wrong: dict[int, list[Diagnostic]] = {}
        for one in diagnostics:
            self._wrong.setdefault(one.place.line, []).append(one)
        self._remarks: dict[int, list[DraftRemark]] = {}
        for said in remarks:
            if said.line is not None:
                self._remarks.setdefault(said.line, []).append(said)

    @property
    def worth_reading(self) -> set[int]:
        """What changes, what is wrong, what was remarked about; a warning about a line that stays is no news."""
        mistakes = {line for line, some in self._wrong.items() if any(one.severity == "mistake" for one in some)}
        return {*self._changed, *mistakes, *self._remarks}

    def show(
        self,
        stretches: Sequence[range],
        picked: int | None,
        pick: Callable[[str], None],
        form: Callable[[], None],
        left: tuple[str, int] | None = None,
    ) -> None:
        """Some stretches of it; under the line that was `picked`, the form. `left`: the line whose form was left last,
        and what tells that time from others: its number gets the keyboard back."""
        focus = (left[0], f'button[data-open="{left[1]}"]', "nearest") if left and picked is None else None
        rows: list[str] = []
        for n, stretch in enumerate(stretches):
            if n:
                rows.append('<hr class="left-out">')
            for line in stretch:
                rows.append(self._row(line, line == picked))
                if line == picked:
                    _html(rows, "draft.lines", pick)
                    form()
                    rows = []
        _html(rows, "draft.lines.after" if picked else "draft.lines", pick, focus)

    def _row(self, line: int, picked: bool) -> str:
        say = session.say()
        text = self.texts[line - 1]
        shown = escape(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")
        sign = "+" if line in self._changed else "&nbsp;"
        number: str = str(line)
        if self._may_remark:
            name = escape(say("draft.pick", line=line))
            number = f'<button type="button" data-open="{line}" aria-label="{name}">{line}</button>'
        kind = " ".join(["draft-row", *(["changed"] if line in self._changed else []), *(["picked"] if picked else [])])
        beside = "".join([*map(_wrong, self._wrong.get(line, ())), *map(remark_html, self._remarks.get(line, ()))])
        return (
            f'<div class="{kind}"><span class="number">{number}</span><span class="added">{sign}</span>'
            f"<code><bdi>{shown}</bdi></code></div>{beside}"
        )


def _html(
    rows: Sequence[str], key: str, pick: Callable[[str], None], focus: tuple[str, str, str] | None = None
) -> None:
    if rows:
        live_html(f'<div class="draft-lines">{"".join(rows)}</div>', session.key(key), pick, focus)


def _wrong(one: Diagnostic) -> str:
    say = session.say()
    words = f"{one.sentence(say.language)} {one.remedy(say.language)}"
    kind = f"<strong>{escape(say(f'workshop.{one.severity}'))}</strong>"
    return f'<p class="draft-wrong {one.severity}">{kind} {escape(words)}</p>'


def remark_html(said: DraftRemark) -> str:
    """A remark with its answers; all of it is a stranger's, and shown as it was typed."""
    say = session.say()
    settled = f' <strong class="settled">{escape(say("draft.settled"))}</strong>' if said.settled_at else ""
    answers = "".join(
        f'<li><span dir="auto">{_text(one.text)}</span> {_by(one.author, one.own, one.at, say)}</li>'
        for one in said.answers
    )
    by = _by(said.author, said.own, said.at, say)
    below = f"<ul>{answers}</ul>" if answers else ""
    return f'<div class="draft-said"><p dir="auto">{_text(said.text)}</p>{by}{settled}{below}</div>'


def _text(text: str) -> str:
    return "<br>".join(escape(line) for line in text.splitlines())


def _by(author: str, own: bool, at: datetime, say: Wording) -> str:
    name = escape(author.strip()) or escape(say("draft.no_name"))
    whose = f" ({escape(say('draft.author'))})" if own else ""
    day = say.short_date(local_date(at, session.zone()))
    return f'<span class="draft-by"><bdi>{name}</bdi>{whose}, {escape(day)}</span>'
