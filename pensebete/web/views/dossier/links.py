"""The links of a saved dossier: for writing or for reading, each revoked or renewed by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st

from pensebete.assessment.local_time import local_date
from pensebete.storage.errors import StoreError
from pensebete.storage.links import Access, Link, NewLink, add_link, links_of, renew, revoke
from pensebete.storage.sync import Saving
from pensebete.text.markdown_escape import plain
from pensebete.web import session
from pensebete.web.components.link_to_send import links_to_send
from pensebete.web.layout.field_text import link_words
from pensebete.web.layout.save_status import address_of
from pensebete.web.server.taps import undisturbed

# What stands around a new link, each a sentence saved.link.…
_WORDS = (
    "title",
    "explained",
    "copy",
    "copied",
    "refused",
    "send",
    "text",
    "email",
    "subject",
    "message",
    "noted",
    "gone",
)


def links(saving: Saving) -> None:
    """Every living link, and the means to make another; a reader sees only what it is."""
    say = session.say()
    if saving.access == "read":
        st.markdown(plain(say("saved.reading.explained")))
        return
    st.header(say("saved.links"), anchor=False)
    st.write(f"{say('saved.links.explained')} {say('saved.who_may')}")
    try:
        living = [one for one in links_of(saving.store, saving.dossier_id, saving.link_id) if one.revoked_at is None]
    except StoreError as error:
        _new_links(saving, None)
        st.error(plain(error.sentence(say)))
        return
    _new_links(saving, living)
    for link in living:
        _link(saving, link)
    with st.form(session.key("add_link"), border=True, clear_on_submit=True):
        label = st.text_input(say("saved.links.for"), max_chars=80, key=session.key("link.label"), autocomplete="off")
        access: Access = st.radio(
            say("saved.links.access"),
            ("write", "read"),
            format_func=lambda access: say(f"saved.access.{access}"),
            key=session.key("link.access"),
        )
        if st.form_submit_button(say("saved.links.add"), key=session.key("link.add")):
            name = label.strip() or say(f"saved.access.{access}")
            show_new(lambda: add_link(saving.store, saving.dossier_id, saving.link_id, access, name, session.now()))


def _new_links(saving: Saving, living: list[Link] | None) -> None:
    """Links made in this tab and not noted yet; their addresses are nowhere but here and in the tab."""
    say = session.say()
    words = {name: say(f"saved.link.{name}") for name in _WORDS}
    links_to_send(
        saving.dossier,
        [{"id": one.id, "link": one.link, "address": address_of(one.token)} for one in session.links_to_show()],
        None if living is None else {str(link.id): _titles(saving, link) for link in living},
        words,
        session.forget_links_shown,
        key=session.key("new_links"),
    )


def _titles(saving: Saving, link: Link) -> dict[str, str]:
    """One's own link, or somebody else's."""
    say = session.say()
    if link.id == saving.link_id:
        return {"title": say("saved.link.title"), "email": say("saved.link.email.self")}
    return {"title": say("saved.link.for", name=link_words(link.label)), "email": say("saved.link.email")}


def _link(saving: Saving, link: Link) -> None:
    say = session.say()
    with st.container(border=True, key=f"link-{link.id}"):
        here = f" · {say('saved.links.here')}" if link.id == saving.link_id else ""
        st.markdown(f"**{plain(link_words(link.label))}** · {plain(say(f'saved.access.{link.access}') + here)}")
        st.caption(plain(say("saved.links.since", date=say.date(local_date(link.created_at, session.zone())))))
        with st.container(horizontal=True):
            if st.button(say("saved.links.renew"), key=session.key(f"renew.{link.id}")):
                _renew(saving, link)
            if link.id != saving.link_id and st.button(say("saved.links.revoke"), key=session.key(f"revoke.{link.id}")):
                end(
                    lambda: revoke(saving.store, saving.dossier_id, saving.link_id, link.id, session.now()),
                    say("saved.links.revoked", label=link_words(link.label)),
                )


def _renew(saving: Saving, link: Link) -> None:
    def make() -> NewLink:
        made = renew(saving.store, saving.dossier_id, saving.link_id, link.id, session.now())
        if link.id == saving.link_id:
            saving.link_id = made.link_id
            session.remember_link(made.token)
        return made

    show_new(make)


def show_new(make: Callable[[], NewLink], kind: Literal["link", "calendar"] = "link") -> None:
    """Make it, and have the tab show it until it is noted; or say why there is none."""
    try:
        with undisturbed():  # one that was made and is not shown is lost
            made = make()
            session.show_link(made.token, made.link_id, kind)
    except StoreError as error:
        st.error(plain(error.sentence(session.say())))
        return
    st.rerun()


def end(revoke_it: Callable[[], None], told: str) -> None:
    """Revoke it and say so; or say why it goes on."""
    try:
        with undisturbed():
            revoke_it()
            session.notify(told)
    except StoreError as error:
        st.error(plain(error.sentence(session.say())))
        return
    st.rerun()
