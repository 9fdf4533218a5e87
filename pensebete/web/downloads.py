"""What one leaves with: the PDF and the dossier; before them, what is still missing."""

from __future__ import annotations

from datetime import date

import streamlit as st

from pensebete import dossier
from pensebete.action_plan import Action, missing
from pensebete.action_wording import action_text
from pensebete.assessment import with_details
from pensebete.checklist import Checklist
from pensebete.i18n import LANGUAGES, wording
from pensebete.report import action_plan_pdf
from pensebete.web import session
from pensebete.web.hand_over import hand_over
from pensebete.web.plain import plain


def still_missing(checklist: Checklist, today: date) -> None:
    """A short list of what a reader of the plan would ask for, a line a kind."""
    say = session.say()
    gaps = missing(checklist, session.assessment(), session.actions(), today)
    first_class = checklist.ranking[0].class_
    kinds = (
        ("missing.owner", [_name(action) for action in gaps.without_owner]),
        ("missing.past", [_name(action) for action in gaps.past]),
        ("missing.reason", [standing.item.ref for standing in gaps.without_reason]),
        ("missing.unanswered", [standing.item.ref for standing in gaps.unanswered]),
    )
    st.header(say("missing.title"), anchor=False)
    lines = [
        f"- {plain(say(id, n=len(which), which=', '.join(dict.fromkeys(which)), priority=first_class))}"
        for id, which in kinds
        if which
    ]
    st.markdown("\n".join(lines) or say("missing.nothing"))


def _name(action: Action) -> str:
    """An action in a list of many: the reference of its item, or its own words."""
    return action.item.ref if action.item else action_text(action, session.say())


def downloads(checklist: Checklist, today: date) -> None:
    """Whose plan it is, then the PDF and the dossier, made when they are asked for."""
    say = session.say()
    st.header(say("download.title"), anchor=False)
    for what in ("organisation", "prepared_by"):
        key = session.widget(what, getattr(session.assessment(), what))
        st.text_input(
            say(f"download.{what}"),
            key=key,
            max_chars=120,
            on_change=_written,
            args=(what, key),
            autocomplete="off",
            disabled=session.reading_only(),
        )
    languages = {language: wording(language)("frame.language") for language in LANGUAGES}
    language = session.language()
    chosen = st.radio(
        say("download.language"),
        list(languages),
        index=list(languages).index(language) if language in languages else 0,
        format_func=languages.__getitem__,
        horizontal=True,
        key=session.key("pdf_language"),
    )
    name = say("download.file_name", date=today.isoformat())
    with st.container(horizontal=True, key="downloads"):
        pdf = st.button(say("download.pdf"), type="primary", key=session.key("pdf"))
        json = st.button(say("download.dossier"), key=session.key("dossier"))
    if pdf:
        made = action_plan_pdf(checklist, session.assessment(), chosen or language, today)
        hand_over(made, f"{name}.pdf", "application/pdf")
    if json:
        hand_over(dossier.dump(session.assessment()), f"{name}.json", "application/json")
    st.caption(say("download.explained"))


def _written(what: str, key: str) -> None:
    session.keep(with_details, **{what: session.typed(key)})
