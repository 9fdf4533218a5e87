"""What comes to the desk: files dropped, a bar while they are read, what was refused, and the way to forget it all."""

from __future__ import annotations

from html import escape

import streamlit as st

from pensebete.assessment import dossier_file
from pensebete.desk.desk_text import refusal_words
from pensebete.text.markdown_escape import plain
from pensebete.web import session
from pensebete.web.session import desk

_MOST_REFUSED = 200  # named on the page; all of them are in the workbook
_PASSPHRASE = "desk.passphrase"


def about_desk() -> None:
    """What it is for, and what a reload loses."""
    say = session.say()
    st.write(say("desk.explained"))
    if desk.desk_was_lost():
        st.warning(say("desk.lost"))
    else:
        st.info(say("desk.nothing_kept"))


def intake_form() -> None:
    """The field for files; while they are read, how far it is and the way to stop."""
    say = session.say()
    key = f"desk.files.{desk.desk_turn()}"
    st.file_uploader(
        say("desk.files"),
        accept_multiple_files=True,
        key=key,
        on_change=_dropped,
        args=(key,),
        max_upload_size=dossier_file.MAX_BYTES // 1_000_000,
    )
    st.caption(say("desk.files.explained"))
    _read()
    _sealed()


def refused_files() -> None:
    """A line each, with its reason."""
    say, refused = session.say(), desk.desk_portfolio().refused
    if not refused:
        return
    with st.container(border=True, key="desk-refused"):
        st.markdown(f"**{plain(say('desk.refused', n=len(refused)))}**")
        lines = "".join(
            f"<li><strong>{escape(one.file)}</strong> {escape(refusal_words(one.problems, say))}</li>"
            for one in refused[:_MOST_REFUSED]
        )
        st.html(f'<ul class="desk-refused">{lines}</ul>')
        st.button(say("desk.refused.seen"), key=session.key("desk.refused.seen"), on_click=desk.forget_refused)


def erase_desk() -> None:
    """« Tout effacer », after a word."""
    say = session.say()
    if desk.desk_is_empty():
        return
    with st.popover(say("desk.erase")):
        st.write(say("desk.erase.unsaved" if desk.desk_is_unsaved() else "desk.erase.explained"))
        st.button(say("desk.erase.yes"), key=session.key("desk.erase.yes"), on_click=_erase)


def _dropped(key: str) -> None:
    desk.desk_takes(session.typed(key) or [])


def _read() -> None:
    if not desk.desk_waits():
        return
    say = session.say()
    with st.container(key="desk-reading"):
        bar = st.progress(0.0, say("desk.reading", read=0, of=0))
        st.button(say("desk.stop"), key=session.key("desk.stop"), on_click=_stop)

        def tell(read: int, of: int) -> None:
            bar.progress(read / max(of, 1), say("desk.reading", read=read, of=of))

        desk.read_desk(tell)
    session.draw_again()


def _stop() -> None:
    session.notify(session.say()("desk.stopped", n=desk.stop_reading()))


def _sealed() -> None:
    """The passphrase of a working file that is encrypted."""
    say, name = session.say(), desk.desk_is_sealed()
    if not name:
        return
    with st.container(border=True, key="desk-sealed"):
        st.markdown(plain(say("desk.sealed", file=name)))
        st.text_input(say("desk.passphrase"), type="password", key=_PASSPHRASE, autocomplete="off")
        if problem := desk.stays_sealed():
            st.error(plain(problem.sentence(say)))
        with st.container(horizontal=True):
            st.button(say("desk.unseal"), key=session.key("desk.unseal"), type="primary", on_click=_unseal)
            st.button(say("desk.unseal.no"), key=session.key("desk.unseal.no"), on_click=desk.forget_sealed)


def _unseal() -> None:
    if desk.unseal_desk(session.typed(_PASSPHRASE) or ""):
        session.unversioned_widget_forgets(_PASSPHRASE)


def _erase() -> None:
    desk.clear_desk()
    session.notify(session.say()("desk.erased"))
