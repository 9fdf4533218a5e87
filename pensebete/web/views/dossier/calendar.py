"""The due dates in the manager's own calendar: addresses to subscribe to, each renewed or revoked by itself."""

from __future__ import annotations

import streamlit as st

from pensebete.assessment.local_time import local_date
from pensebete.storage.calendars import CalendarAddress, add_calendar, calendars_of, renew_calendar, revoke_calendar
from pensebete.storage.errors import StoreError
from pensebete.storage.sync import Saving
from pensebete.text.markdown_escape import plain
from pensebete.web import session
from pensebete.web.components.link_to_send import links_to_send
from pensebete.web.layout.field_text import link_words
from pensebete.web.layout.save_status import address_of_app
from pensebete.web.server.calendar_feed import calendar_path
from pensebete.web.views.dossier.links import end, show_new

# What stands around a new address, each a sentence calendar.new.…
_WORDS = (
    "title",
    "explained",
    "subscribe",
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


def calendar_addresses(saving: Saving) -> None:
    """Every address that is read still, and the means to make another; nothing for a reader."""
    if saving.access == "read":
        return
    say = session.say()
    st.header(say("calendar.title"), anchor=False)
    st.write(say("calendar.explained"))
    st.write(say("calendar.who"))
    if not session.can_keep_links():
        st.warning(say("calendar.insecure"))
        return
    try:
        living = calendars_of(saving.store, saving.dossier_id, saving.link_id)
    except StoreError as error:
        _new_addresses(saving, None)
        st.error(plain(error.sentence(say)))
        return
    _new_addresses(saving, living)
    for address in living:
        _address(saving, address)
    with st.form(session.key("add_calendar"), border=True, clear_on_submit=True):
        label = st.text_input(say("calendar.for"), max_chars=80, key=session.key("calendar.label"), autocomplete="off")
        if st.form_submit_button(say("calendar.add"), key=session.key("calendar.add")):
            name = label.strip() or say("calendar.unnamed")
            show_new(
                lambda: add_calendar(saving.store, saving.dossier_id, saving.link_id, name, session.now()), "calendar"
            )


def _new_addresses(saving: Saving, living: list[CalendarAddress] | None) -> None:
    """Addresses made in this tab and not noted yet; they are nowhere but here and in the tab."""
    say = session.say()
    made = [
        {"id": one.id, "link": one.link, "address": f"{address_of_app()}{calendar_path(one.token)}"}
        for one in session.links_to_show("calendar")
    ]
    links_to_send(
        saving.dossier,
        made,
        None if living is None else {str(one.id): _titles(one) for one in living},
        {name: say(f"calendar.new.{name}") for name in _WORDS},
        session.forget_links_shown,
        key=session.key("new_calendars"),
        kind="calendar",
    )


def _titles(address: CalendarAddress) -> dict[str, str]:
    say = session.say()
    return {"title": say("calendar.new.for", name=link_words(address.label)), "email": say("calendar.new.email")}


def _address(saving: Saving, address: CalendarAddress) -> None:
    say = session.say()
    with st.container(border=True, key=f"calendar-{address.id}"):
        st.markdown(f"**{plain(link_words(address.label))}**")
        st.caption(plain(say("calendar.since", date=say.date(local_date(address.created_at, session.zone())))))
        with st.container(horizontal=True):
            if st.button(say("calendar.renew"), key=session.key(f"calendar.renew.{address.id}")):
                show_new(
                    lambda: renew_calendar(saving.store, saving.dossier_id, saving.link_id, address.id, session.now()),
                    "calendar",
                )
            if st.button(say("calendar.revoke"), key=session.key(f"calendar.revoke.{address.id}")):
                end(
                    lambda: revoke_calendar(saving.store, saving.dossier_id, saving.link_id, address.id, session.now()),
                    say("calendar.revoked", label=link_words(address.label)),
                )
