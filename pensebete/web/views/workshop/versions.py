"""« Versions »: what was accepted, when, by whom and why; what each changed; and the way back to one of them."""

from __future__ import annotations

from datetime import datetime
from html import escape

import streamlit as st

from pensebete.assessment.local_time import local_date, with_zone
from pensebete.checklist.accepted import Entry
from pensebete.checklist.model import Checklist
from pensebete.checklist.versions.diff import diff
from pensebete.checklist.versions.going_back import text_to_go_back_to
from pensebete.evaluation.impact import effect
from pensebete.evaluation.impact_text import effect_words
from pensebete.storage.errors import StoreError
from pensebete.text.markdown_escape import plain
from pensebete.text.wording import Wording
from pensebete.web import session
from pensebete.web.server.live import Published, Seen, look
from pensebete.web.server.publishing import publish_text, text_of_entry
from pensebete.web.views.workshop.differences import show_changes
from pensebete.web.views.workshop.draft import accepted_texts, bring, read_here
from pensebete.web.views.workshop.publish import declaration, declared, published, refuse

_CHOSEN = "versions.chosen"
_SHOWN = 5  # the others are folded


def versions() -> None:
    say, seen = session.say(), look()
    log = seen.known.log[::-1]
    if not log:
        st.info(say("versions.none"))
        return
    st.html(_list(log, say))
    titles = {entry.number: _title(entry, say) for entry in log}
    chosen = st.selectbox(
        say("versions.choose"),
        [*titles],
        index=None,
        key=session.unversioned_widget(_CHOSEN, None),
        format_func=titles.__getitem__,
        placeholder=say("versions.choose.placeholder"),
    )
    if chosen is not None and chosen <= len(log):
        _one(seen.known.log[chosen - 1], seen)


def when(moment: datetime, say: Wording) -> str:
    """« 12 novembre 2026, 14 h 05 », by the visitor's clock."""
    zone = session.zone()
    return say(
        "versions.when", day=say.date(local_date(moment, zone)), time=say.time(with_zone(moment).astimezone(zone))
    )


def _title(entry: Entry, say: Wording) -> str:
    return say("versions.title", number=entry.number, version=entry.version, when=when(entry.at, say))


def _list(log: tuple[Entry, ...], say: Wording) -> str:
    shown, folded = log[:_SHOWN], log[_SHOWN:]
    rest = ""
    if folded:
        rest = (
            f"<details><summary>{escape(say('versions.older', n=len(folded)))}</summary>{_lines(folded, say)}</details>"
        )
    return f'<div class="versions">{_lines(shown, say)}{rest}</div>'


def _lines(entries: tuple[Entry, ...], say: Wording) -> str:
    return f"<ul>{''.join(f'<li>{_line(entry, say)}</li>' for entry in entries)}</ul>"


def _line(entry: Entry, say: Wording) -> str:
    who = f'<p dir="auto">{escape(say("versions.why", who=entry.who, why=entry.why))}</p>' if entry.who else ""
    return f"<strong>{escape(_title(entry, say))}</strong><p>{escape(_way(entry, say))}</p>{who}"


def _way(entry: Entry, say: Wording) -> str:
    if entry.based_on and entry.source != "file":
        return say(f"versions.{entry.source}.from", number=entry.based_on)
    return say(f"versions.{entry.source}")


def _one(entry: Entry, seen: Seen) -> None:
    say = session.say()
    before = seen.known.log[entry.number - 2] if entry.number > 1 else None
    try:
        text, text_before = text_of_entry(entry), text_of_entry(before) if before else None
    except StoreError as error:
        st.error(plain(error.sentence(say)))
        return
    checklist = read_here(text)[0] if text else None
    if text is None or checklist is None:
        st.info(say("versions.unreadable"))
        return
    older = read_here(text_before)[0] if text_before else None
    if older:
        show_changes(say("versions.changed", number=entry.number), diff(older, checklist, say), "version")
    st.button(say("versions.open"), key="versions.open", on_click=_open, args=(text,))
    if seen.serving and entry.digest != (newest.digest if (newest := seen.known.newest) else ""):
        _way_back(entry, checklist, text, seen.serving, seen)


def _open(text: str) -> None:
    """As it was, with its comments: for who has the key when it is opened."""
    if session.is_staff():
        bring(text)
    else:
        session.notify(session.say()("publish.no_key"), in_view=True)


def _way_back(entry: Entry, checklist: Checklist, text: str, serving: Published, seen: Seen) -> None:
    """What going back changes, who and why, then the button."""
    say = session.say()
    st.header(say("versions.back.title", number=entry.number), anchor=False)
    again = text_to_go_back_to(checklist, text, serving.checklist, lambda tried: read_here(tried, accepted_texts()))
    found = read_here(again)[0] if again else None
    if again is None or found is None:
        st.info(say("versions.back.not_by_itself"))
        return
    if again != text:
        st.markdown(plain(say("versions.back.names")))
    st.markdown("\n".join(f"- {plain(words)}" for words in effect_words(effect(serving.checklist, found), say)))
    show_changes(say("publish.changes"), diff(serving.checklist, found, say), "back", open=True)
    declaration("revert")
    with st.container(key="revert-go"):
        st.button(
            say("versions.back"),
            type="primary",
            key="revert.revert",
            on_click=_revert,
            args=(Published(found, again), seen.compared_with, entry),
        )


def _revert(found: Published, over: Entry | None, entry: Entry) -> None:
    say = session.say()
    if not session.is_staff():
        refuse("revert", say("publish.no_key"))
        return
    if (words := declared("revert")) is None:
        return
    try:
        made = publish_text(found, over, *words, "reverted", entry)
    except StoreError as error:
        refuse("revert", error.sentence(say))
        return
    session.widget_shows(_CHOSEN, None)
    published("revert", say("versions.back.done", version=made.version, number=made.number))
