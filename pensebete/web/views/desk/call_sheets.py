"""Call sheets as a PDF: of the enterprise that is open, of those in the list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import streamlit as st

from pensebete.desk.call_sheet import CallSheet
from pensebete.desk.portfolio import Entry
from pensebete.export.file_name import slug
from pensebete.web import session
from pensebete.web.components.file_download import hand_over
from pensebete.web.session import desk_calls

MOST_SHEETS = 200  # of one file: some seconds of a server that others wait for; the command line writes any number


def call_sheets_button(entries: Sequence[Entry]) -> None:
    """The sheets of the list as it is filtered and sorted, the first ones where it is long."""
    say, shown = session.say(), entries[:MOST_SHEETS]
    if not shown:
        return
    words = "desk.call.pdfs" if len(shown) == len(entries) else "desk.call.pdfs_first"
    with st.container(key="desk-sheets"):
        if not st.button(say(words, n=len(shown)), key=session.key("desk.call.pdfs")):
            return
        bar = st.empty()

        def told() -> Iterator[CallSheet]:
            for made, sheet in enumerate(desk_calls.desk_sheets(shown)):
                bar.progress(made / len(shown), say("desk.call.making", made=made, of=len(shown)))
                yield sheet

        made = _pdf(told())
        bar.empty()
        _handed(made, f"{say('file_name.sheets')}_{session.today().isoformat()}.pdf")


def call_sheet_button(entry: Entry) -> None:
    say = session.say()
    with st.container(key="desk-sheet-pdf"):
        if st.button(say("desk.call.pdf"), key=session.key("desk.call.pdf")):
            made = _pdf([desk_calls.desk_sheet(entry)])
            parts = (say("file_name.sheet"), slug(entry.row.organisation), session.today().isoformat())
            _handed(made, "_".join(filter(None, parts)) + ".pdf")


def _pdf(sheets: Iterable[CallSheet]) -> bytes:
    from pensebete.pdf.build import call_sheets_pdf  # it brings fpdf2, which the list does without

    return call_sheets_pdf(sheets, session.say(), session.today())


def _handed(pdf: bytes, name: str) -> None:
    hand_over(pdf, name, "application/pdf")
    st.caption(session.say()("desk.handed_over", name=name))
