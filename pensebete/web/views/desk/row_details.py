"""The call sheet of one enterprise: on one screen what one needs while its phone rings, the rest below."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

from pensebete.assessment.item_state import ItemState
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
from pensebete.desk.desk_text import check_words, late_text, name_words, remarks
from pensebete.desk.intake_text import comment_text
from pensebete.desk.portfolio import Entry
from pensebete.desk.row import AnswerLine
from pensebete.desk.working_file import MOST_OF_A_NOTE
from pensebete.evaluation.action_text import owner_label
from pensebete.evaluation.readiness_text import about_domain, answer_words, essentials_words, status_label
from pensebete.text.markdown_escape import plain
from pensebete.text.way_html import way_html
from pensebete.text.wording import Wording
from pensebete.web import session
from pensebete.web.components.live_html import live_html
from pensebete.web.components.table import table_html
from pensebete.web.session import desk, desk_calls
from pensebete.web.views.desk.call_sheets import call_sheet_button
from pensebete.web.views.desk.history import history_section
from pensebete.web.views.desk.remarks import remarks_section
from pensebete.web.views.desk.triage_table import read_html

_MOST_LATE = 3  # at first; then all of them, ten in a table
_MOST_IN_TABLE = 10
_NOTE = "desk.note"


def row_details(entry: Entry) -> None:
    say, sheet = session.say(), desk_calls.desk_sheet(entry)
    _ways(entry)
    with st.container(key="desk-sheet"):
        with st.container(key="desk-details"):
            live_html(_whom(sheet, say), "desk.details", lambda _: None, desk.desk_focus())
        with st.container(key="desk-beside"):
            if beside := _beside(sheet, say):
                st.html(beside)
        with st.container(key="desk-note"):
            _private_note(entry)
    with st.container(key="desk-rest"):
        st.html(_rest(sheet, say))
    call_sheet_button(entry)
    remarks_section(entry)
    history_section(entry)


def _ways(entry: Entry) -> None:
    """Back to the list, to the enterprises before and after in it, and on once this one is read.

    The keys are arrows: one letter alone would be heard by who dictates, and a key with Ctrl or Alt in a field too.
    """
    say = session.say()
    place, of, before, after = desk_calls.place_on_walk(entry)
    with st.container(horizontal=True, vertical_alignment="center", key="desk-ways"):
        st.button(say("desk.back"), key="desk.back", on_click=_back, args=(entry,))
        for name, other, arrow in (("before", before, "Left"), ("after", after, "Right")):
            st.button(
                say(f"desk.{name}"),
                key=f"desk.{name}",
                disabled=other is None,
                on_click=_to,
                args=(other.row.digest if other else "",),
                shortcut=arrow,
            )
        # Keyed by the enterprise: pressed twice, it marks none that was not shown.
        digest = entry.row.digest
        if desk_calls.read_on(entry):
            st.button(say("desk.call.unread"), key=f"desk.unread.{digest}", on_click=_unread, args=(digest,))
        else:
            st.button(
                say("desk.call.read"),
                key=f"desk.read.{digest}",
                type="primary",
                on_click=_read,
                args=(entry, after),
                shortcut="Shift+Right",
            )
        st.markdown(plain(say("desk.call.place", place=place, of=of)), width="content")


def _back(entry: Entry) -> None:
    desk.open_at_desk("")
    desk.focus_at_desk(f'[data-open="{entry.row.digest}"]', "center")


def _to(digest: str) -> None:
    desk.open_at_desk(digest)


def _read(entry: Entry, after: Entry | None) -> None:
    desk_calls.mark_read(entry.row.digest)
    if after:
        _to(after.row.digest)
    else:
        _back(entry)
        session.notify(session.say()("desk.call.last"))


def _unread(digest: str) -> None:
    desk_calls.unmark_read(digest)
    _to(digest)


def _whom(sheet: CallSheet, say: Wording) -> str:
    """Whose sheet it is, whom to call and why, what to ask."""
    contact = sheet.row.contact
    flags = (
        [f'<span class="lane">{escape(say("desk.lane.to_verify"))}</span>'] if sheet.entry.lane == "to_verify" else []
    )
    if day := desk_calls.read_on(sheet.entry):
        flags.append(read_html(say("desk.call.read_on", date=say.date(day))))
    profile = profile_words(sheet, say)
    told = " · ".join(remarks(sheet.entry, say))
    known = [escape(part) for part in (contact.municipality.strip(), heard_words(sheet, say), *money_words(sheet, say))]
    if contact.email.strip():
        known.insert(0, way_html(contact.email.strip()))
    asked = [question_words(question, sheet.evaluation, say) for question in sheet.questions]
    parts = [
        f'<h2 tabindex="-1">{sheet.entry.rank}. {escape(name_words(sheet.entry, say))}</h2>',
        f'<p class="flags">{" ".join(flags)}</p>' if flags else "",
        f'<p class="call-who">{escape(who_words(sheet, say))}</p>',
        f'<p class="call-phone">{way_html(contact.phone.strip())}</p>' if contact.phone.strip() else "",
        f"<p>{' · '.join(filter(None, known))}</p>" if any(known) else "",
        f'<p class="remarks">{escape(told)}</p>' if told else "",
        _section(say("desk.column.why"), _items(why_lines(sheet, say))),
        _section(say("report.sheet.questions"), _items(asked, "ol")),
        _section(say("report.readiness"), _readiness(sheet, say)),
        _section(say("report.profile"), f'<p class="quiet">{escape(profile)}</p>' if profile else ""),
    ]
    return "".join(parts)


def _readiness(sheet: CallSheet, say: Wording) -> str:
    figure, held = figure_line(sheet, say), " · ".join(held_back_lines(sheet, say))
    return "".join(f"<p>{escape(text)}</p>" for text in (figure, held) if text)


def _beside(sheet: CallSheet, say: Wording) -> str:
    """What the enterprise wrote, what is late, what changed since the last round."""
    evaluation = sheet.evaluation
    if evaluation is None:
        return ""
    late = [late_line(action, evaluation.checklist, say) for action in sheet.late[:_MOST_LATE]]
    if more := len(sheet.late) - len(late):
        late.append(say("report.board.and_more", n=more))
    essentials = "".join(_essential(state, sheet, say) for state in sheet.essentials)
    parts = [
        _section(essentials_words(evaluation.readiness.overall, say), essentials and f"<ul>{essentials}</ul>"),
        _section(say("report.board.late", n=len(sheet.late)), _items(late)),
    ]
    if sheet.since:
        lines = list(since_lines(sheet.since, say))
        changed = len(sheet.since.situation) + len(sheet.since.actions_done)
        listed = _fold(say("desk.call.others", n=changed), _items(lines)) if changed else f"<p>{escape(lines[0])}</p>"
        parts.append(_section(say("report.sheet.since"), f"<p>{escape(since_words(sheet.since, say))}</p>{listed}"))
    return "".join(parts)


def _essential(state: ItemState, sheet: CallSheet, say: Wording) -> str:
    assert sheet.evaluation
    item, noted = state.item, noted_words(state)
    note = f'<br><q lang="{escape(sheet.row.language)}">{escape(noted)}</q>' if noted else ""
    status = answer_words(sheet.evaluation.checklist, state, say)
    return f"<li><strong>{escape(item.ref)} · {escape(status)}</strong> · {escape(item.title[say.language])}{note}</li>"


def _rest(sheet: CallSheet, say: Wording) -> str:
    """Each folded: what there is besides, to look at once the call goes on."""
    row, evaluation, parts = sheet.row, sheet.evaluation, []
    if evaluation and row.result:
        checks = [check_words(check, evaluation.checklist, say) for check in sheet.other_checks]
        parts.append(_section(say("report.sheet.checks"), _items(checks)))
        if len(sheet.late) > _MOST_LATE:
            parts.append(_fold(say("desk.details.late"), _late_table(sheet, say)))
        told = {state.item.id for state in sheet.essentials}
        notes = [line for line in row.result.answers if (line.note or line.reason) and line.item not in told]
        if notes:
            listed = "".join(_note(line, sheet, say) for line in notes)
            parts.append(_fold(say("desk.call.other_notes", n=len(notes)), f"<ul>{listed}</ul>"))
        parts.append(_fold(say("desk.details.domains"), _domains(sheet, say)))
    if row.comments:
        comments = _items(comment_text(one, say) for one in row.comments)
        parts.append(_fold(say("desk.details.comments"), comments))
    known = filter(None, (row.file, row.checklist, row.version))
    parts.append(_fold(say("desk.call.file"), f"<p>{escape(' · '.join(known))}</p>"))
    return "".join(parts)


def _late_table(sheet: CallSheet, say: Wording) -> str:
    assert sheet.checklist
    assert sheet.row.result
    checklist, late = sheet.checklist, sheet.row.result.late
    rows = [
        (
            late_text(checklist, one, say),
            one.priority,
            owner_label(checklist, one.owner, say.language).strip(),
            say.date(one.due),
        )
        for one in late[:_MOST_IN_TABLE]
    ]
    heads = [say("export.action"), say("export.priority"), say("plan.owner"), say("export.due")]
    more = len(late) - len(rows)
    rest = f"<p>{escape(say('desk.details.more_late', n=more))}</p>" if more else ""
    return table_html(say("desk.details.late"), heads, rows) + rest


def _domains(sheet: CallSheet, say: Wording) -> str:
    assert sheet.checklist
    assert sheet.row.result
    checklist, domains = sheet.checklist, sheet.row.result.domains
    return _items(
        say(
            "desk.details.domain",
            domain=domain.title[say.language],
            about=about_domain(checklist, domains[domain.id], say),
        )
        for domain in checklist.domains
    )


def _note(line: AnswerLine, sheet: CallSheet, say: Wording) -> str:
    """Word for word, in the language it was written in."""
    assert sheet.checklist
    item, text = sheet.checklist.items[line.item], " · ".join(filter(None, (line.note, line.reason)))
    status = status_label(sheet.checklist, line.current, say)
    return (
        f"<li><strong>{escape(item.ref)} · {escape(status)}</strong> · {escape(item.title[say.language])}"
        f'<br><q lang="{escape(sheet.row.language)}">{escape(text)}</q></li>'
    )


def _private_note(entry: Entry) -> None:
    """For the advisor alone: it lies in the working file, and in nothing else that leaves."""
    say = session.say()
    key = f"{_NOTE}.{entry.row.digest}"
    st.text_area(
        say("desk.note"),
        value=desk.desk_note(entry),
        key=key,
        height=68,
        max_chars=MOST_OF_A_NOTE,
        on_change=lambda: desk.set_desk_note(entry, session.typed(key)),
    )
    st.caption(say("desk.note.explained"))


def _section(title: str, html: str) -> str:
    return f"<section><h3>{escape(title)}</h3>{html}</section>" if html else ""


def _fold(title: str, html: str) -> str:
    return f"<details><summary>{escape(title)}</summary>{html}</details>" if html else ""


def _items(texts: Iterable[str], tag: str = "ul") -> str:
    items = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f"<{tag}>{items}</{tag}>" if items else ""
