"""The table of the desk, a row an enterprise; the framework's own table is drawn, and no screen reader reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

from pensebete.checklist.model import Checklist
from pensebete.desk.desk_text import figure_words, name_words, reread_words, why_words
from pensebete.desk.portfolio import Entry
from pensebete.desk.remarked import NOTHING, remarked_words
from pensebete.evaluation.readiness_text import band_words
from pensebete.text.way_html import way_html
from pensebete.text.wording import Wording
from pensebete.web.components.table import rich_table_html
from pensebete.web.session import desk, desk_calls

USUAL_COLUMNS = ("why", "call", "figure", "late", "remarks")


def triage_html(entries: Sequence[Entry], columns: Sequence[str], say: Wording) -> str:
    checklists = desk.desk_checklists()
    if not any(map(_remarks_of, entries)):
        columns = [column for column in columns if column != "remarks"]
    heads = [say("desk.head.name"), *(say(f"desk.head.{column}") for column in columns)]
    rows = [
        [_name(entry, say), *(_CELLS[column](entry, checklists.get(entry.row.checklist), say) for column in columns)]
        for entry in entries
    ]
    return rich_table_html(say("desk.table"), heads, rows, "desk-rows") if rows else ""


def _name(entry: Entry, say: Wording) -> str:
    lane = f'<span class="lane">{escape(say("desk.lane.to_verify"))}</span>' if entry.lane == "to_verify" else ""
    read = read_html(say("desk.call.read")) if desk_calls.read_on(entry) else ""
    return (
        f'<button type="button" data-open="{escape(entry.row.digest)}">'
        f"{entry.rank}. {escape(name_words(entry, say))}</button>{lane}{read}"
    )


def read_html(words: str) -> str:
    """That an enterprise was read: a sign, and words."""
    return f'<span class="read"><span aria-hidden="true">✓</span> {escape(words)}</span>'


def _why(entry: Entry, checklist: Checklist | None, say: Wording) -> str:
    whys = "".join(f"<li>{escape(why_words(why, checklist, entry.row.result, say))}</li>" for why in entry.row.why)
    return f"<ul>{whys}</ul>" if whys else escape(say("desk.no_reason"))


def _call(entry: Entry, _checklist: Checklist | None, say: Wording) -> str:
    """Who, where, and when."""
    contact = entry.row.contact
    lines = [escape(contact.name or entry.row.prepared_by)]
    lines += [way_html(way) for way in (contact.phone, contact.email) if way]
    lines += [escape(contact.when)]
    return "<br>".join(filter(None, lines)) or escape(say("desk.no_contact"))


def _figure(entry: Entry, _checklist: Checklist | None, say: Wording) -> str:
    result = entry.row.result
    said = [figure_words(result, say)] if result else [say("desk.why.another_checklist")]
    if entry.row.reread:
        said.append(reread_words(entry.row, say))
    return "<br>".join(map(escape, said))


def _band(entry: Entry, checklist: Checklist | None, say: Wording) -> str:
    result = entry.row.result
    if not result or not checklist:
        return ""
    only = result.overall.essentials_only
    return escape(say("readiness.essentials_only") if only else band_words(checklist, result.overall, say))


def _late(entry: Entry, _checklist: Checklist | None, say: Wording) -> str:
    return escape(say.number(len(entry.row.result.late))) if entry.row.result else ""


def _answered(entry: Entry, _checklist: Checklist | None, say: Wording) -> str:
    return escape(say.date(entry.row.answered[1])) if entry.row.answered else ""


def _remarks(entry: Entry, _checklist: Checklist | None, say: Wording) -> str:
    to_send = say("remarks.stand.to_send") if entry.remarked.to_send else ""
    return "<br>".join(escape(words) for words in (remarked_words(entry.remarked, say), to_send) if words)


def _remarks_of(entry: Entry) -> bool:
    return entry.remarked != NOTHING


def _town(entry: Entry, _checklist: Checklist | None, say: Wording) -> str:
    return escape(entry.row.contact.municipality)


def _checks(entry: Entry, _checklist: Checklist | None, say: Wording) -> str:
    return escape(say.number(len(entry.row.checks)))


def _list(entry: Entry, _checklist: Checklist | None, say: Wording) -> str:
    return escape(" ".join(filter(None, (entry.row.checklist, entry.row.version))))


def _file(entry: Entry, _checklist: Checklist | None, say: Wording) -> str:
    return escape(entry.row.file)


_CELLS: Mapping[str, Callable[[Entry, Checklist | None, Wording], str]] = {
    "why": _why,
    "call": _call,
    "figure": _figure,
    "band": _band,
    "late": _late,
    "answered": _answered,
    "checks": _checks,
    "remarks": _remarks,
    "town": _town,
    "list": _list,
    "file": _file,
}
COLUMNS = tuple(_CELLS)
