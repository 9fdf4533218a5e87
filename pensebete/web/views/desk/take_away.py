"""What leaves the desk: its tables, and the working file with which to go on another day."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from pensebete.export.portfolio import PORTFOLIO_FORMATS, PortfolioFormat, export_portfolio
from pensebete.text.markdown_escape import plain
from pensebete.web import session
from pensebete.web.components.file_download import hand_over
from pensebete.web.session import desk
from pensebete.web.views.desk.sending import send_all

_TYPES: dict[PortfolioFormat, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "json": "application/json",
}
_PASSPHRASE, _AGAIN = "desk.seal", "desk.seal.again"


def take_away() -> None:
    say = session.say()
    if not desk.desk_portfolio().entries:
        return
    send_all()
    _working_file()
    with st.expander(say("desk.tables"), key="desk.tables"):
        st.caption(say("desk.tables.explained"))
        with st.container(horizontal=True):
            pressed = [
                to
                for to in sorted(PORTFOLIO_FORMATS, key=list(_TYPES).index)
                if st.button(say(f"desk.download.{to}"), key=session.key(f"desk.download.{to}"))
            ]
        for to in pressed:
            made = export_portfolio(to, desk.desk_portfolio(), desk.desk_checklists(), _now(), say)
            _handed(made, f"{say('desk.file_name')}_{session.today().isoformat()}.{to}", _TYPES[to])


def _working_file() -> None:
    """A file to go on with; encrypted where a passphrase is given, twice the same."""
    from pensebete.desk.working_file import written  # it brings cryptography, which no other page needs

    say = session.say()
    with st.expander(say("desk.save"), key="desk.save"):
        st.write(say("desk.save.explained"))
        sealed = st.checkbox(say("desk.save.sealed"), key="desk.save.sealed")
        passphrase = ""
        if sealed:
            st.warning(say("desk.save.lost"))
            passphrase = st.text_input(say("desk.passphrase"), type="password", key=_PASSPHRASE, autocomplete="off")
            again = st.text_input(say("desk.passphrase.again"), type="password", key=_AGAIN, autocomplete="off")
        if not st.button(say("desk.save.download"), key=session.key("desk.save.download"), type="primary"):
            return
        if sealed and not passphrase:
            st.error(say("desk.passphrase.missing"))
        elif sealed and passphrase != again:
            st.error(say("desk.passphrase.differs"))
        else:
            made = written(desk.working_file(), passphrase)
            _handed(
                made,
                f"{say('desk.save.file_name')}_{session.today().isoformat()}.pensebete",
                "application/octet-stream",
            )
            desk.desk_was_saved()


def _handed(content: bytes, name: str, type: str) -> None:
    hand_over(content, name, type)
    st.caption(plain(session.say()("desk.handed_over", name=name)))


def _now() -> datetime:
    return session.now()
