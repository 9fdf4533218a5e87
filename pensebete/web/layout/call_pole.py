"""Somebody to call, where the result is bad or « Je ne sais pas » was said: the number to tap, and what to say, folded.

Only where staff filled in a number; an email where they filled in that alone. Nothing is sent from here.
"""

from __future__ import annotations

from html import escape

import streamlit as st

from pensebete.evaluation.call_text import call_email, call_words
from pensebete.evaluation.contact_text import phone_words
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.worth_a_call import worth_a_call
from pensebete.text.addresses import mail_to, phone_in
from pensebete.web import session


def call_pole(evaluation: Evaluation) -> None:
    """One line, and folded under it what to read aloud."""
    with st.container(key="call-pole"):  # what comes and goes keeps its place
        if session.reading_only() or not _reachable(evaluation) or not worth_a_call(evaluation):
            return
        say = session.say()
        told = [f'<p class="to-say">{escape(call_words(evaluation, say))}</p>']
        if _phone(evaluation) and evaluation.checklist.contact.email:
            told.append(f"<p>{_said('call.by_email', _email_html(evaluation))}</p>")
        fold = f"<details><summary>{escape(say('call.what'))}</summary>{''.join(told)}</details>"
        st.html(f'<div class="call-pole">{_line_html(evaluation)}{fold if _phone(evaluation) else ""}</div>')


def call_line(evaluation: Evaluation) -> str:
    """The line alone, where an answer is « Je ne sais pas »; empty where there is none to show."""
    if session.reading_only() or not _reachable(evaluation):
        return ""
    return f'<div class="call-pole">{_line_html(evaluation)}</div>'


def _line_html(evaluation: Evaluation) -> str:
    """« Votre pôle peut vous aider : 418 555-0100 »"""
    return f"<p>{_said('call.line', _phone_html(evaluation) or _email_html(evaluation))}</p>"


def _said(id: str, way: str) -> str:
    """A sentence around a link."""
    before, _, after = session.say()(id, way="\n").partition("\n")
    return f"<span>{escape(before.rstrip(' '))}</span> {way}{escape(after)}"


def _reachable(evaluation: Evaluation) -> bool:
    return bool(_phone(evaluation) or evaluation.checklist.contact.email)


def _phone(evaluation: Evaluation) -> str:
    phone = evaluation.checklist.contact.phone or ""
    return phone if phone_in(phone) else ""


def _phone_html(evaluation: Evaluation) -> str:
    phone = _phone(evaluation)
    found = phone_in(phone)
    return f'<a href="{escape(found.address)}">{escape(phone_words(phone, session.say()))}</a>' if found else ""


def _email_html(evaluation: Evaluation) -> str:
    """An email that is begun: what to say is in it."""
    address, begun = evaluation.checklist.contact.email or "", call_email(evaluation, session.say())
    return f'<a href="{escape(mail_to(address, begun.subject, begun.text))}">{escape(address)}</a>'
