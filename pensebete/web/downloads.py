"""What one leaves with: the PDF and the dossier; before them, what is still missing."""

from __future__ import annotations

from datetime import date

import streamlit as st

from pensebete import dossier
from pensebete.action_plan import Missing
from pensebete.action_wording import action_text
from pensebete.assessment import with_details
from pensebete.checklist import Checklist
from pensebete.i18n import LANGUAGES, wording
from pensebete.report import action_plan_pdf
from pensebete.web import session
from pensebete.web.hand_over import hand_over
from pensebete.web.plain import plain


def still_missing(checklist: Checklist, gaps: Missing) -> None:
    """A short list of what a reader of the plan would ask for."""
    say = session.say()
    st.header(say("missing.title"), anchor=False)
    first_class = checklist.ranking[0].class_
    lines = [
        *(say("missing.owner", priority=first_class, action=action_text(a, say)) for a in gaps.without_owner),
        *(say("missing.past", action=action_text(a, say), date=say.date(a.due)) for a in gaps.past if a.due),
        *(say("missing.reason", ref=s.item.ref) for s in gaps.without_reason),
    ]
    if gaps.unanswered:
        refs = ", ".join(s.item.ref for s in gaps.unanswered)
        lines.append(say("missing.unanswered", n=len(gaps.unanswered), refs=refs))
    if lines:
        st.markdown("\n".join(f"- {plain(line)}" for line in lines))
    else:
        st.write(say("missing.nothing"))


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
