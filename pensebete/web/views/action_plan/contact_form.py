"""Whom the pole may call, and how soon it should: folded, all of it optional, never in the way."""

from __future__ import annotations

import streamlit as st

from pensebete.assessment.edits import with_contact
from pensebete.assessment.model import MOST_WEEKS, NEXT_PAYS, Contact
from pensebete.evaluation.contact_text import weeks_words
from pensebete.text.typed_number import number_in
from pensebete.web import session
from pensebete.web.layout.late_fold import late_fold

# What is typed, in the order it is asked, and what a browser may fill in by itself.
_TYPED = (
    ("phone", "tel"),
    ("when", "off"),
    ("name", "name"),
    ("email", "email"),
    ("municipality", "address-level2"),
)


def contact_form(contact: Contact) -> None:
    say, closed = session.say(), session.reading_only()
    fold = late_fold(say("contact_form.title"), "contact_fold")
    if fold is None:
        return
    with fold, st.container(key="contact-form"):
        st.caption(say("contact_form.explained"))
        _box("call_wanted", contact.call_wanted)
        for name, filled in _TYPED:
            value = getattr(contact, name)
            key = session.widget(f"contact.{name}", value)
            st.text_input(
                say(f"contact.{name}"),
                value,
                key=key,
                on_change=_written,
                args=(name, key),
                autocomplete=filled,
                disabled=closed,
            )
        key = session.widget("contact.next_pay", contact.next_pay)
        st.pills(
            say("contact.next_pay"),
            NEXT_PAYS,
            default=contact.next_pay,
            format_func=lambda answer: say(f"contact.next_pay.{answer}"),
            key=key,
            on_change=_written,
            args=("next_pay", key),
            disabled=closed,
        )
        weeks = weeks_words(contact, say)
        key = session.widget("contact.weeks_of_money", weeks)
        st.text_input(
            say("contact_form.weeks_of_money"),
            weeks,
            key=key,
            on_change=_weeks_written,
            args=(key,),
            autocomplete="off",
            disabled=closed,
        )
        st.caption(say("contact_form.counted"))
        _box("not_counted", contact.not_counted)


def _box(name: str, value: bool) -> None:
    key = session.widget(f"contact.{name}", value)
    st.checkbox(
        session.say()(f"contact_form.{name}"),
        value,
        key=key,
        on_change=_written,
        args=(name, key),
        disabled=session.reading_only(),
    )


def _written(name: str, key: str) -> None:
    session.apply_edit(with_contact, **{name: session.typed(key)})


def _weeks_written(key: str) -> None:
    try:
        weeks = number_in(session.typed(key))
    except ValueError:
        weeks = -1
    if weeks is not None and not 0 <= weeks <= MOST_WEEKS:
        # The field goes on showing what was typed, for its author to mend.
        session.notify(session.say()("contact_form.no_weeks", most=MOST_WEEKS), in_view=True)
        return
    session.apply_edit(with_contact, weeks_of_money=weeks)
