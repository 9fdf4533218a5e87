"""The saved dossier of a visit, on screen: opened by its link, kept in step with the others, its state in one line."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from pensebete.checklist.loading import read
from pensebete.storage.current import store
from pensebete.storage.dossiers import keep, open_link
from pensebete.storage.errors import LinkGoneError, StoreError
from pensebete.storage.sync import Saving, saving_of_kept, saving_of_opened
from pensebete.text.markdown_escape import plain
from pensebete.web import session
from pensebete.web.layout.field_text import place_words
from pensebete.web.layout.navigation import page
from pensebete.web.server.link_cookie import LINK_COOKIE, LINK_MARK

_EVERY = 3  # seconds between two looks at what others changed
# What somebody else changed is read by a person who may be looking elsewhere; « Mon dossier » keeps the list.
_LONG_ENOUGH = timedelta(minutes=1)


def open_by_cookie() -> None:
    """At the beginning of a visit: open the dossier whose link the browser remembers."""
    token = st.context.cookies.get(LINK_COOKIE)
    if not isinstance(token, str) or not token or session.said_something():  # without a browser there are no cookies
        return
    try:
        opened = open_link(store(), token, session.now())
    except StoreError as error:
        session.set_unopened(error)
        return
    session.set_unopened(None)
    if opened is None:
        session.notify(LinkGoneError().sentence(session.say()))
        session.remember_link("")
        return
    older, _ = read(opened.checklist_text)
    session.resume(opened.assessment, older)
    session.set_saving(saving_of_opened(store(), opened, session.published().text))


def waiting_to_open() -> None:
    """Say that the saved dossier cannot be opened now, and try again until it can or something else is begun."""

    @st.fragment(run_every=_EVERY)
    def follow() -> None:
        session.redraw_if_cut_short()
        error, say = session.unopened(), session.say()
        if error is None:
            return
        with st.container(key="saving-status"):
            begun = session.said_something()
            st.warning(plain(say("saved.unopened.begun" if begun else "saved.unopened", reason=error.sentence(say))))
        open_by_cookie()
        if session.unopened() is None:
            st.rerun()

    follow()


def keep_and_get_link(label: str) -> str:
    """The manager's consent: keep this dossier, and return the token of its first link. Raises StoreError."""
    assessment, now = session.assessment(), session.now()
    text = session.published().text
    kept = keep(store(), assessment, text, now, label)
    session.set_saving(saving_of_kept(store(), kept, assessment, text, now))
    session.remember_link(kept.token)
    return kept.token


def address_of(token: str) -> str:
    """The link to copy: the token stands behind the #, which reaches no server."""
    base = (st.context.url or "").split("?")[0].split("#")[0]
    return f"{base.rsplit('/', 1)[0]}/#{LINK_MARK}{token}"


def saving_status() -> None:
    """One discreet line: saved at what time, or why saving waits. It looks by itself for what others changed."""
    if session.saving() is None:
        return

    @st.fragment(run_every=_EVERY)
    def follow() -> None:
        session.redraw_if_cut_short()
        saving = session.saving()
        if saving is None:
            return
        # Said first: where the database keeps us waiting, the next look cuts this one short.
        _status(saving)
        if session.sync(saving.pull):
            _tell_what_others_changed(saving)
            st.rerun()

    follow()


def _tell_what_others_changed(saving: Saving) -> None:
    say = session.say()
    by_label: dict[str, list[str]] = {}
    for change in saving.unsaid():
        by_label.setdefault(change.label, []).append(place_words(change.key))
    for label, places in by_label.items():
        session.notify(say("saved.changed", label=label, what="; ".join(dict.fromkeys(places))), _LONG_ENOUGH)


def _status(saving: Saving) -> None:
    say = session.say()
    with st.container(key="saving-status"):
        if saving.waits_for:
            st.warning(plain(say("saved.waiting", reason=saving.waits_for.sentence(say))))
        elif saving.access == "read":
            st.caption(plain(say("saved.reading")))
        elif saving.saved_at:
            st.caption(plain(say("saved.at", time=say.time(saving.saved_at))))
        else:
            st.caption(plain(say("saved.open")))
        if saving.overwritten:
            st.warning(plain(say("saved.overwritten.title")))
            st.page_link(page("dossier"), label=say("saved.overwritten.see"))
