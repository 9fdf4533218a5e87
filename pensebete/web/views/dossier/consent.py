"""Consent to keep a dossier, what an unseen change replaced, and the way to delete it all."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from pensebete.storage.changes import mark_seen
from pensebete.storage.current import why_not_saving
from pensebete.storage.dossiers import delete_dossier
from pensebete.storage.errors import StoreError
from pensebete.storage.months_kept import months_kept
from pensebete.storage.sync import Saving
from pensebete.text.markdown_escape import label, plain
from pensebete.web import session
from pensebete.web.layout.field_text import link_words, place_words, value_words
from pensebete.web.layout.navigation import JOURNEY, page
from pensebete.web.layout.save_status import keep_and_show_link
from pensebete.web.server.taps import undisturbed


def keeping() -> None:
    """What keeping means, and the button that agrees to it; where it cannot be done, that alone, calmly.

    Why it cannot is for whoever runs the server, who has read it in the log (server/lifespan.py).
    """
    say = session.say()
    if why_not_saving():
        st.info(plain(say("saved.not_offered")))
        return
    st.markdown(say("saved.explained"))
    terms = say("saved.what"), say("saved.how_long", n=months_kept()), say("saved.who"), say("saved.who_may")
    st.markdown("\n".join(f"- {term}" for term in terms))
    if not session.can_keep_links():
        st.warning(say("link.insecure"))
    if st.button(say("saved.keep"), type="primary", key=session.key("keep")):
        try:
            with undisturbed():  # saved, with a link that is not shown, it would be lost
                keep_and_show_link(say("saved.first_label"))
        except StoreError as error:
            st.error(plain(error.sentence(say)))
            return
        st.rerun()


def overwritten_values(saving: Saving) -> None:
    """What two people wrote in the same place, and the newest replaced: shown until somebody has seen it."""
    if not saving.overwritten:
        return
    say = session.say()
    with st.container(border=True, key="overwritten"):
        st.markdown(f"**{plain(say('saved.overwritten.title'))}**")
        for one in list(saving.overwritten.values()):
            what = say(
                "saved.overwritten.one",
                what=place_words(one.key),
                value=value_words(one.key, one.value),
                by=link_words(one.label),
                newer=link_words(one.replaced_by_label),
                time=_time(one.replaced_at),
            )
            st.markdown(f"- {plain(what)}")
            if saving.access == "write":
                back = say("saved.overwritten.back", value=value_words(one.key, one.value))
                if st.button(label(back), key=session.key(f"back.{one.id}")):
                    session.restore_field(one.key, one.value)
                    _seen(saving, [one.id])
        if saving.access == "write" and st.button(say("saved.overwritten.seen"), key=session.key("seen")):
            _seen(saving, list(saving.overwritten))


def _seen(saving: Saving, ids: list[int]) -> None:
    try:
        mark_seen(saving.store, saving.dossier_id, saving.link_id, ids)
    except StoreError as error:
        st.error(plain(error.sentence(session.say())))
        return
    for id in ids:
        saving.overwritten.pop(id, None)
    st.rerun()


def changes_of_others(saving: Saving) -> None:
    """What others changed during this visit, the latest first."""
    if not saving.heard:
        return
    say = session.say()
    with st.expander(say("saved.heard", n=len(saving.heard))):
        lines = [
            say("saved.heard.one", what=place_words(change.key), label=link_words(change.label), time=_time(change.at))
            for change in reversed(saving.heard)
        ]
        st.markdown("\n".join(f"- {plain(line)}" for line in lines))


def _time(moment: datetime) -> str:
    """A moment by the visitor's clock."""
    return session.say().time(moment.astimezone(session.now().tzinfo))


def deletion(saving: Saving) -> None:
    """Delete every row of the dossier; the answers stay in this tab until they are erased."""
    if saving.access == "read":
        return
    say = session.say()
    st.header(say("saved.delete.title"), anchor=False)
    st.write(say("saved.delete.explained"))
    if st.button(say("saved.delete"), key=session.key("delete")):
        _ask_before_deleting(saving)


def _ask_before_deleting(saving: Saving) -> None:
    say = session.say()

    @st.dialog(say("saved.delete.sure"))
    def ask() -> None:
        with st.container(horizontal=True):
            if st.button(say("saved.delete.yes"), type="primary", key="delete.yes"):
                try:
                    with undisturbed():
                        delete_dossier(saving.store, saving.dossier_id, saving.link_id)
                        session.leave_saved()
                        session.forget_link(saving.dossier)
                        session.notify(say("saved.deleted"))
                except StoreError as error:
                    st.error(plain(error.sentence(say)))
                    return
                st.switch_page(page(JOURNEY[0]))
            if st.button(say("saved.delete.no"), key="delete.no"):
                st.rerun()

    ask()
