"""One enterprise of the desk: why and how to call, what to ask, what is late, notes, earlier dossiers, one's own."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

from pensebete.checklist.model import Checklist
from pensebete.desk.desk_text import check_words, figure_words, late_text, name_words, remarks, why_words
from pensebete.desk.intake_text import comment_text
from pensebete.desk.portfolio import Entry
from pensebete.desk.row import AnswerLine
from pensebete.desk.working_file import MOST_OF_A_NOTE
from pensebete.evaluation.action_text import owner_label
from pensebete.evaluation.readiness_text import about_domain, band_words, status_label
from pensebete.text.wording import Wording
from pensebete.web import session
from pensebete.web.components.live_html import live_html
from pensebete.web.components.table import table_html
from pensebete.web.components.ways import way_html
from pensebete.web.session import desk
from pensebete.web.views.desk.remarks import remarks_section

_MOST_LATE = 10
_NOTE = "desk.note"


def row_details(entry: Entry) -> None:
    say = session.say()
    checklist = desk.desk_checklists().get(entry.row.checklist)
    _ways(entry)
    parts = [_who(entry, checklist, say)]
    parts += [_section(say("desk.details.checks"), _checks(entry, checklist, say))]
    parts += [_section(say("desk.details.late"), _late(entry, checklist, say))]
    with st.container(key="desk-details"):
        live_html("".join(parts), "desk.details", lambda: None, desk.desk_focus())
    _private_note(entry)
    rest = [_section(say("desk.details.domains"), _domains(entry, checklist, say))]
    rest += [_section(say("desk.details.comments"), _items(comment_text(one, say) for one in entry.row.comments))]
    rest += [_section(say("desk.details.notes"), _notes(entry, checklist, say))]
    rest += [_section(say("desk.details.history"), _history(entry, say))]
    with st.container(key="desk-rest"):
        st.html("".join(rest) or " ")
    remarks_section(entry)


def _ways(entry: Entry) -> None:
    """Back to the list, and to the enterprises before and after in the order."""
    say, entries = session.say(), desk.desk_portfolio().entries
    before = entries[entry.rank - 2] if entry.rank > 1 else None
    after = entries[entry.rank] if entry.rank < len(entries) else None
    with st.container(horizontal=True, key="desk-ways"):
        st.button(say("desk.back"), key="desk.back", on_click=_back, args=(entry,))
        for name, other in (("before", before), ("after", after)):
            st.button(
                say(f"desk.{name}"),
                key=f"desk.{name}",
                disabled=other is None,
                on_click=_to,
                args=(other.row.digest if other else "",),
            )


def _back(entry: Entry) -> None:
    desk.open_at_desk("")
    desk.focus_at_desk(f'[data-open="{entry.row.digest}"]', "center")


def _to(digest: str) -> None:
    desk.open_at_desk(digest)


def _who(entry: Entry, checklist: Checklist | None, say: Wording) -> str:
    row, contact = entry.row, entry.row.contact
    whys = [why_words(why, checklist, row.result, say) for why in row.why] or [say("desk.no_reason")]
    name = f'<h2 tabindex="-1">{entry.rank}. {escape(name_words(entry, say))}</h2>'
    lane = f'<p class="lane">{escape(say("desk.lane.to_verify"))}</p>' if entry.lane == "to_verify" else ""
    figure = ""
    if row.result and checklist:
        band = band_words(checklist, row.result.overall, say)
        figure = f"<p><strong>{escape(figure_words(row.result, say))}</strong> {escape(band)}</p>"
    said = [
        (say("desk.column.contact"), escape(contact.name)),
        (say("desk.column.phone"), way_html(contact.phone) if contact.phone else ""),
        (say("desk.column.email"), way_html(contact.email) if contact.email else ""),
        (say("desk.column.when"), escape(contact.when)),
        (say("desk.column.municipality"), escape(contact.municipality)),
        (say("desk.column.next_pay"), escape(say(f"desk.pay.{contact.next_pay}")) if contact.next_pay else ""),
        (say("desk.column.weeks_of_money"), _number(contact.weeks_of_money, say)),
        (say("export.prepared_by"), escape(row.prepared_by)),
        (say("desk.head.answered"), escape(say.date(row.answered[1])) if row.answered else ""),
        (say("desk.column.file"), escape(row.file)),
    ]
    facts = "".join(f"<dt>{escape(what)}</dt><dd>{value}</dd>" for what, value in said if value)
    told = "".join(f"<p>{escape(remark)}</p>" for remark in remarks(entry, say))
    remarked = f'<div class="remarks">{told}</div>' if told else ""
    return f"{name}{lane}{_items(whys)}{figure}{remarked}<dl>{facts}</dl>"


def _number(number: float | None, say: Wording) -> str:
    return "" if number is None else escape(say.number(number, 0 if number % 1 == 0 else 1))


def _checks(entry: Entry, checklist: Checklist | None, say: Wording) -> str:
    if checklist is None:
        return ""
    asked = [check_words(check, checklist, say) for check in entry.row.checks]
    return f"<ol>{''.join(f'<li>{escape(one)}</li>' for one in asked)}</ol>" if asked else ""


def _late(entry: Entry, checklist: Checklist | None, say: Wording) -> str:
    result = entry.row.result
    if checklist is None or result is None or not result.late:
        return ""
    rows = [
        (
            late_text(checklist, late, say),
            late.priority,
            owner_label(checklist, late.owner, say.language).strip(),
            say.date(late.due),
        )
        for late in result.late[:_MOST_LATE]
    ]
    heads = [say("export.action"), say("export.priority"), say("plan.owner"), say("export.due")]
    more = len(result.late) - len(rows)
    rest = f"<p>{escape(say('desk.details.more_late', n=more))}</p>" if more else ""
    return table_html(say("desk.details.late"), heads, rows) + rest


def _domains(entry: Entry, checklist: Checklist | None, say: Wording) -> str:
    result = entry.row.result
    if checklist is None or result is None:
        return ""
    return _items(
        say(
            "desk.details.domain",
            domain=domain.title[say.language],
            about=about_domain(checklist, result.domains[domain.id], say),
        )
        for domain in checklist.domains
    )


def _notes(entry: Entry, checklist: Checklist | None, say: Wording) -> str:
    """Word for word, in the language they were written in."""
    result = entry.row.result
    if checklist is None or result is None:
        return ""
    written = [line for line in result.answers if line.note or line.reason]
    items = "".join(_note(line, checklist, entry.row.language, say) for line in written)
    return f"<ul>{items}</ul>" if items else ""


def _note(line: AnswerLine, checklist: Checklist, language: str, say: Wording) -> str:
    item, text = checklist.items[line.item], " · ".join(filter(None, (line.note, line.reason)))
    return (
        f"<li><strong>{escape(item.ref)}</strong> {escape(item.title[say.language])} "
        f"<em>{escape(status_label(checklist, line.current, say))}</em>"
        f'<br><span lang="{escape(language)}">{escape(text)}</span></li>'
    )


def _history(entry: Entry, say: Wording) -> str:
    return _items(
        " · ".join(
            filter(
                None,
                (
                    say.date(old.updated_at.astimezone(session.now().tzinfo).date()) if old.updated_at else "",
                    figure_words(old.result, say) if old.result else "",
                    old.file,
                ),
            )
        )
        for old in entry.earlier
    )


def _private_note(entry: Entry) -> None:
    """For the advisor alone: it lies in the working file, and in nothing else that leaves."""
    say = session.say()
    key = f"{_NOTE}.{entry.row.digest}"
    st.text_area(
        say("desk.note"),
        value=desk.desk_note(entry),
        key=key,
        max_chars=MOST_OF_A_NOTE,
        on_change=lambda: desk.set_desk_note(entry, session.typed(key)),
    )
    st.caption(say("desk.note.explained"))


def _section(title: str, html: str) -> str:
    return f"<section><h3>{escape(title)}</h3>{html}</section>" if html else ""


def _items(texts: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f"<ul>{items}</ul>" if items else ""
