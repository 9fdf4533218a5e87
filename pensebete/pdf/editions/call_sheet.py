"""Call sheets: a page an enterprise, never two, in one file for a day of calls.

What does not fit is shortened with « … » and counted; the dossier has it all, and is not in the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple

from pensebete.desk.call_sheet import CallSheet
from pensebete.desk.call_sheet_text import (
    figure_line,
    heard_words,
    held_back_lines,
    late_line,
    money_words,
    noted_words,
    profile_words,
    question_words,
    since_lines,
    since_words,
    who_words,
    why_lines,
)
from pensebete.desk.desk_text import check_words, name_words, remarks
from pensebete.evaluation.readiness_text import answer_words, essentials_words
from pensebete.pdf.layout.canvas import Document, Line, words_height
from pensebete.pdf.layout.style import (
    HEADING,
    LABEL,
    LEFT,
    LONG_TITLE,
    QUIET,
    QUIET_STRONG,
    SMALL,
    SMALL_STRONG,
    STRONG,
    TITLE,
    Style,
)
from pensebete.pdf.tagging import listing
from pensebete.text.addresses import address_of, as_copied
from pensebete.text.theme import ACCENT
from pensebete.text.wording import Wording

_TOP = 48
_ABOVE, _UNDER = 9, 3  # a heading
_LABEL = 12  # the column of « – » and « 1. »
_RULED = 22  # from a line to write on to the next
_FEWEST_RULED = 3


class _Share(NamedTuple):
    """How what is left of the page is shared: entries of each list, lines of a title and of a note."""

    essentials: int
    title: int  # lines
    note: int
    late: int
    since: int
    checks: int
    whys: int = 9
    asked: int = 3  # lines of a question


# The first that fits. Whole notes come before what changed, and the essentials before what is late.
_SHARES = (
    _Share(20, 2, 20, 10, 16, 10),
    _Share(20, 2, 20, 5, 8, 6),
    _Share(20, 2, 12, 5, 6, 4),
    _Share(20, 2, 8, 5, 4, 4),
    _Share(20, 2, 6, 4, 3, 3),
    _Share(20, 2, 4, 3, 3, 3),
    _Share(14, 1, 3, 3, 2, 2),
    _Share(14, 1, 2, 3, 2, 1),
    _Share(10, 1, 2, 3, 1, 1),
    _Share(10, 1, 1, 2, 1, 1),
    _Share(8, 1, 1, 2, 1, 0),
    _Share(6, 1, 1, 1, 0, 0),
    _Share(4, 1, 1, 1, 0, 0),
    _Share(2, 1, 1, 1, 0, 0, whys=4, asked=2),
    _Share(1, 1, 1, 1, 0, 0, whys=3, asked=1),
)


class _Entry(NamedTuple):
    """One of a list: its label, and paragraphs."""

    label: str
    lines: list[Line]


class _Part(NamedTuple):
    """A heading with paragraphs under it, then a list."""

    title: str
    said: list[Line]
    entries: list[_Entry]

    @property
    def height(self) -> float:
        listed = sum(words_height(entry.lines) for entry in self.entries)
        return _ABOVE + HEADING.line + _UNDER + words_height(self.said) + listed


def call_sheets_pdf(sheets: Iterable[CallSheet], say: Wording, today: date, paper: str = "letter") -> bytes:
    """The same arguments always give the same bytes. Sheets are taken one after the other, and let go. ValueError where
    there is none."""
    each = iter(sheets)
    first, second = next(each, None), next(each, None)
    if first is None:
        raise ValueError("no call sheets")
    title = say("report.sheet.titles") if second else _title(first, say)
    document = Document(say, title=title, author=say("report.program"), today=today, paper=paper)
    for n, sheet in enumerate(chain([first], [second] if second else [], each)):
        if n:
            document.new_page()
        _write(document, sheet)
    return document.finish(header="", footer=say("report.sheet.private"))


def _title(sheet: CallSheet, say: Wording) -> str:
    return say("report.sheet.document_title", organisation=name_words(sheet.entry, say))


def _write(document: Document, sheet: CallSheet) -> None:
    document.replaced, document.input_language = False, sheet.row.language
    _head(document, sheet)
    replaced: list[Line] = []
    for share in _SHARES:
        shown = [part for part in _parts(document, sheet, share) if part.said or part.entries]
        if document.replaced and not replaced:
            replaced = document.lines(document.say("report.replaced_only"), QUIET_STRONG)
        if sum(part.height for part in shown) + words_height(replaced) <= document.room:
            break
    for part in shown:
        _draw(document, part)
    _to_write_on(document, document.room - words_height(replaced))
    document.stack(LEFT, document.bottom - words_height(replaced), replaced)


def _head(document: Document, sheet: CallSheet) -> None:
    """Whose sheet it is, whom to call, since when nothing was heard, what the enterprise is."""
    say, contact = document.say, sheet.row.contact
    document.y = _TOP
    document.write(LEFT, document.y, say("report.sheet.title").upper(), LABEL)
    verify = f" · {say('desk.lane.to_verify')}" if sheet.entry.lane == "to_verify" else ""
    place = say("report.sheet.place", place=say.number(sheet.entry.rank)) + verify
    document.write(document.right, document.y, place, QUIET, align=1)
    document.y += 16
    name = name_words(sheet.entry, say)
    document.bookmark(name, 0)
    lines = document.lines(name, TITLE, tag="H1")
    if len(lines) > 1:
        lines = document.lines(name, LONG_TITLE, most=2, tag="H1")
    document.y = document.stack(LEFT, document.y, lines) + 2
    _told(document, who_words(sheet, say), STRONG)
    if contact.phone.strip():
        _way(document, contact.phone.strip(), HEADING)
    if contact.email.strip():
        _way(document, contact.email.strip(), SMALL)
    known = [contact.municipality.strip(), heard_words(sheet, say), *money_words(sheet, say)]
    _told(document, " · ".join(filter(None, known)), SMALL_STRONG)
    _told(document, profile_words(sheet, say), QUIET, most=3)
    _told(document, " · ".join(remarks(sheet.entry, say)), QUIET, most=3)
    document.y += 4
    document.rule(document.y, colour=ACCENT, width=1.2)


def _told(document: Document, text: str, style: Style, most: int = 2) -> None:
    if text:
        document.y = document.stack(LEFT, document.y, document.lines(text, style, most=most))


def _way(document: Document, way: str, style: Style) -> None:
    """A number or an email to tap, on a line; as it is where it is none."""
    address = address_of(way)
    if not address:
        _told(document, as_copied(way), style, most=1)
        return
    [line] = document.lines(as_copied(way), style, most=1, tag="")
    with document.tags.inside("P"), document.tags.inside("Link"):
        document.put(LEFT, document.y, line)
        width = document.width(line.text, style)
        document.tags.link(LEFT, document.y, width, style.line, address, says=as_copied(way))
    document.y += style.line


def _parts(document: Document, sheet: CallSheet, share: _Share) -> Iterator[_Part]:
    """In the order they are read, as much of each as the share says."""
    say = document.say
    yield _listed(document, say("desk.column.why"), why_lines(sheet, say), share.whys, most=1)
    asked = [question_words(question, sheet.evaluation, say) for question in sheet.questions]
    yield _listed(document, say("report.sheet.questions"), asked, len(asked), share.asked, numbered=True)
    figure = [figure_line(sheet, say), " · ".join(held_back_lines(sheet, say))]
    said = [line for text in figure if text for line in document.lines(text, SMALL, most=min(2, share.asked))]
    yield _Part(say("report.readiness"), said, [])
    yield _essentials(document, sheet, share)
    late = [late_line(action, sheet.evaluation.checklist, say) for action in sheet.late] if sheet.evaluation else []
    yield _listed(document, say("report.board.late", n=len(late)), late, share.late, most=1)
    if sheet.since:
        changed = list(since_lines(sheet.since, say)) if share.since else []
        part = _listed(document, say("report.sheet.since"), changed, share.since, most=1)
        yield part._replace(said=document.lines(since_words(sheet.since, say), SMALL, most=1))
    if sheet.checklist:
        checks = [check_words(check, sheet.checklist, say) for check in sheet.other_checks]
        yield _listed(document, say("report.sheet.checks"), checks, share.checks)


def _listed(
    document: Document, title: str, texts: Sequence[str], shown: int, most: int = 2, numbered: bool = False
) -> _Part:
    """So many of the texts, so many lines each; how many more there are is the last entry."""
    say, width = document.say, document.content_width - _LABEL
    entries = [
        _Entry(f"{say.number(n)}." if numbered else "–", document.lines(text, SMALL, width, most))
        for n, text in enumerate(texts[:shown], 1)
    ]
    return _Part(title, [], [*entries, *_more(document, len(texts) - shown)])


def _more(document: Document, more: int) -> list[_Entry]:
    words = document.say("report.board.and_more", n=more)
    return [_Entry("–", document.lines(words, QUIET, document.content_width - _LABEL, 1))] if more > 0 else []


def _essentials(document: Document, sheet: CallSheet, share: _Share) -> _Part:
    """Each with its answer, and under it what was noted, word for word."""
    say, evaluation, width = document.say, sheet.evaluation, document.content_width - _LABEL
    if evaluation is None:
        return _Part("", [], [])
    entries = []
    for state in sheet.essentials[: share.essentials]:
        status = answer_words(evaluation.checklist, state, say)
        lines = document.lines(
            f"{state.item.ref} · {status} · {state.item.title[say.language]}", SMALL_STRONG, width, 1
        )
        if noted := noted_words(state):
            lines += document.lines(noted, SMALL, width, share.note, lang=document.input_language)
        entries.append(_Entry("–", lines))
    entries += _more(document, len(sheet.essentials) - share.essentials)
    title = essentials_words(evaluation.readiness.overall, say)
    return _Part(title, [], entries)


def _draw(document: Document, part: _Part) -> None:
    document.y += _ABOVE
    title = document.lines(part.title, HEADING, most=1, tag="H2")
    document.y = document.stack(LEFT, document.y, title) + _UNDER
    document.y = document.stack(LEFT, document.y, part.said)
    if not part.entries:
        return
    with document.tags.inside(listing("Decimal" if part.entries[0].label[0].isdigit() else "Disc")):
        for label, lines in part.entries:
            with document.tags.inside("LI"):
                document.write(LEFT, document.y, f"{label} ", SMALL, tag="Lbl")
                with document.tags.inside("LBody"):
                    document.y = document.stack(LEFT + _LABEL, document.y, lines)


def _to_write_on(document: Document, room: float) -> None:
    """Lines for what is said in the call, down to the end of the page; none where only one or two would fit."""
    heading = _ABOVE + HEADING.line
    ruled = int((room - heading) // _RULED)
    if ruled < _FEWEST_RULED:
        return
    document.y += _ABOVE
    words = document.lines(document.say("report.sheet.to_write_on"), HEADING, most=1, tag="H2")
    document.y = document.stack(LEFT, document.y, words)
    for n in range(1, ruled + 1):
        document.rule(document.y + n * _RULED)
    document.y += ruled * _RULED
