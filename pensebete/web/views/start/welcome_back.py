"""What somebody reads first who comes back: whose dossier it is, where it is kept, how far along, what is late."""

from __future__ import annotations

from html import escape
from typing import Literal

import streamlit as st

from pensebete.assessment.item_state import ItemState
from pensebete.assessment.steps import progress
from pensebete.evaluation.action_text import action_text
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.readiness_text import band_words, essentials_words, range_words, score_words
from pensebete.text.markdown_escape import label, plain
from pensebete.web import session
from pensebete.web.components.urgency import urgency_html
from pensebete.web.layout.navigation import open_card, page
from pensebete.web.layout.remarks_waiting import way_to_remarks
from pensebete.web.layout.step_bar import ways_on
from pensebete.web.layout.the_rest import the_rest


def comes_back() -> bool:
    """Whether there is a dossier to go on with. To have said no more than what the enterprise is leaves the doors
    open."""
    said = session.assessment()
    if session.saving() is not None or session.review().remarks:
        return True
    return said.model_copy(update={"profile": {}}).says_something


def whose() -> None:
    st.title(plain(session.assessment().organisation or session.say()("welcome.unnamed")), anchor=False)


def welcome_back(evaluation: Evaluation) -> None:
    """The dossier in a few lines."""
    with st.container(key="welcome"):
        st.html("".join((_kept(), _figure(evaluation), _facts(evaluation))))


def ways_back(evaluation: Evaluation) -> None:
    """One way to where one was, the plan beside it; to the plan, once everything has its answer. Remarks come first."""
    say, waiting = session.say(), _next_question(evaluation)
    if session.short_way():
        the_rest("welcome")
    with ways_on():
        if session.open_remarks():
            _way("action_plan", say("welcome.plan"), "secondary")
            way_to_remarks(waiting=True)
        elif waiting and not session.reading_only():
            _way("action_plan", say("welcome.plan"), "secondary")
            short = session.short_way()
            where = say("questionnaire.essentials") if short else waiting.domain.title[session.language()]
            resume = label(say("welcome.resume", step=where))
            if st.button(resume, type="primary", key=session.key("back_to.questionnaire")):
                open_card(waiting.item.id)
        else:
            _way("check_answers", say("welcome.answers"), "secondary")
            _way("action_plan", say("welcome.plan"), "primary")


def _way(name: str, words: str, kind: Literal["primary", "secondary"]) -> None:
    if st.button(words, type=kind, key=session.key(f"back_to.{name}")):
        st.switch_page(page(name))


def _next_question(evaluation: Evaluation) -> ItemState | None:
    """The first question without an answer in the domain where one was; else the first of all that this way asks."""
    here = (session.place() or "").partition(".")[0]
    asked = {state.item.id for step in session.asked_steps() for state in step.item_states}
    waiting = [state for state in evaluation.unanswered if state.item.id in asked]
    return next((state for state in waiting if state.domain.id == here), waiting[0] if waiting else None)


def _kept() -> str:
    """Where it is kept; in a trial, the page says so above."""
    if session.trying_out():
        return ""
    say = session.say()
    where = "reading" if session.reading_only() else "saved" if session.saving() else "tab"
    said = f'<p class="kept-{where}">{escape(say(f"welcome.{where}"))}</p>'
    return said if session.saving() else f'{said}<p class="kept-browser">{escape(say("keep.welcome"))}</p>'


def _figure(evaluation: Evaluation) -> str:
    """« Démarches faites : 41 %, jusqu’à 54 % · Agir maintenant »; nothing while nothing is answered."""
    say, overall = session.say(), evaluation.readiness.overall
    if overall.rounded is None:
        return ""
    if overall.essentials_only:
        return f'<p class="figure">{escape(essentials_words(overall, say))}</p>'
    ready = ", ".join(filter(None, (say("results.ready", score=score_words(overall, say)), range_words(overall, say))))
    band = band_words(evaluation.checklist, overall, say)
    return f'<p class="figure">{escape(" · ".join(filter(None, (ready, band))))}</p>'


def _facts(evaluation: Evaluation) -> str:
    say, overall, saving = session.say(), evaluation.readiness.overall, session.saving()
    lines = []
    if late := [action for action in evaluation.plan if action.open and action.late]:
        words = say("welcome.late", n=len(late), first=action_text(late[0], say))
        lines.append(urgency_html("now", words))
    if overall.counting:
        if overall.essentials.of and not overall.essentials_only:  # said above
            lines.append(escape(essentials_words(overall, say)))
        # As the questionnaire counts, to which the way on leads: who said « Sans objet » has answered.
        answers = progress(evaluation.item_states)
        lines.append(escape(say("check.answered", n=answers.answered, of=answers.of)))
        if overall.expired:
            lines.append(escape(say("readiness.to_reconfirm", n=overall.expired)))
    if saving and saving.heard:
        lines.append(escape(say("saved.heard", n=len(saving.heard))))
    return f"<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>" if lines else ""
