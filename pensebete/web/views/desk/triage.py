"""The order in which to call: what is shown of it, fifty enterprises a page, and the way to each."""

from __future__ import annotations

from math import ceil
from typing import Any

import streamlit as st

from pensebete.desk.portfolio import Entry
from pensebete.desk.selection import SORTS, Selection, Stand, reasons_in, selected, stands_in
from pensebete.text.markdown_escape import label, plain
from pensebete.web import session
from pensebete.web.components.live_html import live_html
from pensebete.web.session import desk, desk_calls
from pensebete.web.views.desk.call_sheets import call_sheets_button
from pensebete.web.views.desk.triage_table import COLUMNS, USUAL_COLUMNS, triage_html

_ROWS = 50  # of a page
_TABLE = "desk.table"
_FILTERS = ("search", "lane", "reason", "marked", "stand", "sort")


def triage() -> None:
    """The whole of it; nothing while nothing was read."""
    say, entries = session.say(), desk.desk_portfolio().entries
    if not entries:
        return
    st.header(say("desk.order", n=len(entries)), anchor=False)
    st.caption(say("desk.order.explained"))
    found = selected(entries, _selection(entries), desk_calls.all_read())
    desk_calls.walk_along(found)
    columns = _columns()
    if len(found) < len(entries):
        with st.container(horizontal=True, vertical_alignment="center", key="desk-filtered"):
            st.markdown(plain(say("desk.filtered", shown=len(found), of=len(entries))))
            st.button(say("plan.filter.clear"), key=session.key("desk.clear"), on_click=_clear)
    pages = max(1, ceil(len(found) / _ROWS))
    page = min(max(int(session.chosen("desk.page") or 0), 0), pages - 1)
    shown = found[page * _ROWS : (page + 1) * _ROWS]
    call_sheets_button(found)
    with st.container(key="desk-table"):
        live_html(triage_html(shown, columns, say), _TABLE, _opened, desk.desk_focus())
    if pages > 1:
        _pager(page, pages)


def _selection(entries: tuple[Entry, ...]) -> Selection:
    say = session.say()
    with st.container(key="desk-filters"):
        search = st.text_input(
            say("desk.search"),
            key=session.unversioned_widget("desk.search", ""),
            placeholder=say("desk.search.example"),
            on_change=_first_page,
            autocomplete="off",
        )
        with st.expander(say("plan.filter"), key="desk.filters"):
            verify = sum(entry.lane == "to_verify" for entry in entries)
            lanes = {"order": len(entries) - verify, "to_verify": verify}
            lane: Any = st.pills(
                say("desk.column.lane"),
                list(lanes),
                format_func=lambda lane: f"{say(f'desk.lane.{lane}')} ({lanes[lane]})",
                key="desk.lane",
                on_change=_first_page,
            )
            read = sum(desk_calls.read_on(entry) is not None for entry in entries)
            readings = {"unread": len(entries) - read, "read": read}
            reading: Any = st.pills(
                say("desk.column.reading"),
                list(readings),
                format_func=lambda reading: f"{say(f'desk.reading.{reading}')} ({readings[reading]})",
                key="desk.marked",
                on_change=_first_page,
            )
            reasons = reasons_in(entries)
            reason = st.selectbox(
                say("desk.column.why"),
                sorted(reasons, key=list(reasons).index),
                index=None,
                format_func=lambda reason: label(f"{say(f'desk.reason.{reason}')} ({reasons[reason]})"),
                key="desk.reason",
                placeholder=say("plan.filter.all"),
                on_change=_first_page,
            )
            stand = _stand(entries)
            sort = st.pills(
                say("plan.sort"),
                SORTS,
                required=True,
                format_func=lambda sort: say(f"desk.sort.{sort}"),
                key=session.unversioned_widget("desk.sort", "order"),
                on_change=_first_page,
            )
            st.pills(
                say("desk.columns"),
                COLUMNS,
                selection_mode="multi",
                format_func=lambda column: say(f"desk.head.{column}"),
                key=session.unversioned_widget("desk.columns", list(USUAL_COLUMNS)),
            )
    return Selection(search or "", lane, reason, reading, stand, sort or "order")


def _stand(entries: tuple[Entry, ...]) -> Stand | None:
    """By how remarks stand; nothing to choose where there is none."""
    say, found = session.say(), stands_in(entries)
    if not found:
        return None
    chosen: Stand | None = st.pills(
        say("remarks.title"),
        list(found),
        format_func=lambda stand: f"{say(f'remarks.stand.{stand}')} ({found[stand]})",
        key="desk.stand",
        on_change=_first_page,
    )
    return chosen


def _columns() -> list[str]:
    chosen = session.chosen("desk.columns")
    return [column for column in COLUMNS if column in (USUAL_COLUMNS if chosen is None else chosen)]


def _pager(page: int, pages: int) -> None:
    say = session.say()
    with st.container(horizontal=True, vertical_alignment="center", key="desk-pages"):
        st.button(
            say("desk.page.before"), key="desk.page.before", disabled=page == 0, on_click=_to_page, args=(page - 1,)
        )
        st.markdown(plain(say("desk.page", page=page + 1, of=pages)))
        st.button(
            say("desk.page.after"),
            key="desk.page.after",
            disabled=page == pages - 1,
            on_click=_to_page,
            args=(page + 1,),
        )


def _to_page(page: int) -> None:
    session.widget_shows("desk.page", page)
    desk.focus_at_desk("button[data-open]", "start")


def _first_page() -> None:
    session.unversioned_widget_forgets("desk.page")


def _clear() -> None:
    for name in _FILTERS:
        session.unversioned_widget_forgets(f"desk.{name}")
    _first_page()


def _opened(which: str) -> None:
    desk.open_at_desk(which)
