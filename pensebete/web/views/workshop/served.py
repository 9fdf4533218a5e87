"""What the server has: the published text, the file on its disk where that is refused."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pensebete.checklist.accepted import digest_of
from pensebete.checklist.parsing.comments import without_comments
from pensebete.text.markdown_escape import plain
from pensebete.web import session
from pensebete.web.server.live import Seen, look
from pensebete.web.views.workshop.draft import bring, bring_file
from pensebete.web.views.workshop.versions import when


def file_on_disk() -> None:
    """The file that staff saved is not what managers see: why, and its text."""
    seen = look()
    if not seen.refused:
        return
    with st.container(border=True, key="file-on-disk"):
        st.markdown(plain(_why(seen)))
        if seen.content:
            st.button(session.say()("workshop.disk.show"), key="workshop.disk.show", on_click=_bring_file)


def which_serves() -> None:
    """Which text managers see, by which way it came, and what to do about a file that is older than it."""
    say, seen = session.say(), look()
    entry = seen.entry
    if entry is None or (entry.source == "file" and not seen.is_older and not session.staff_has_a_key()):
        return  # the file, as anybody expects
    told: dict[str, Any] = {"version": entry.version, "number": entry.number, "when": when(entry.at, say)}
    way = "file" if entry.source == "file" else "staff"
    if way == "staff" and session.is_staff():
        words = say("served.by", **told, who=entry.who)
    else:
        words = say(f"served.{way}", **told)
    words = f"{words.rstrip('.')}."  # one point after « 2:05 p.m. »
    if seen.is_older:
        file = seen.entry_of_file
        older = "served.older.staff" if session.is_staff() else "served.older"  # « Versions » is theirs
        words += f" {say(older, number=file.number) if file else say('served.not_taken')}"
    st.caption(plain(words))


def begin_from_published() -> None:
    if session.latest().text:
        st.button(session.say()("workshop.from_published"), key="workshop.published", on_click=_bring_published)


def _why(seen: Seen) -> str:
    say = session.say()
    mistakes = sum(one.severity == "mistake" for one in seen.diagnostics)
    why = say("workshop.disk.unreadable") if seen.error else say("workshop.disk.refused", n=mistakes)
    if seen.serving is None:
        return f"{why} {say('workshop.disk.nothing_served')}"
    return f"{why} {say('workshop.disk.served', version=seen.serving.checklist.version)}"


def _bring_file() -> None:
    bring_file(look().content, _for_this_visitor)


def _bring_published() -> None:
    published = session.latest().text
    shown = _for_this_visitor(published)
    session.bring_from(session.DraftBase(digest_of(published), shown != published), shown)
    bring(shown)


def _for_this_visitor(text: str) -> str:
    return text if session.is_staff() else without_comments(text)
