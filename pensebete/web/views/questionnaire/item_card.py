"""The card of one item: its question, five answers by one tap, what each asks for, a note."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from html import escape
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pensebete.assessment.edits import confirmed, overruled, with_answer
from pensebete.assessment.item_state import ItemState, reasons_set_aside, to_confirm
from pensebete.assessment.review.model import About, Remark
from pensebete.checklist.model import Checklist, Item
from pensebete.checklist.question_kinds import given
from pensebete.checklist.status import STATUSES, rule_of
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.history_text import confirm_label, confirm_words
from pensebete.evaluation.item_html import asked_of, help_html, title_html
from pensebete.text.markdown_escape import label, plain
from pensebete.web import session
from pensebete.web.layout.call_pole import call_line
from pensebete.web.views.remarks.advisor_form import remark_fold
from pensebete.web.views.remarks.of_item import remarks_on_card, standings

_GLANCE = 200  # characters of a note, of which a line shows what it can


def item_card(checklist: Checklist, item: Item, remarked: Sequence[Remark] = ()) -> None:
    """The card of an item that applies: question, what was remarked, answers, help, note.

    Whatever an answer adds to it has its place already: nothing below may move under a thumb that is on its way.
    """
    say = session.say()
    answer = session.assessment().answer(item.id)
    with st.container(key=f"card-{item.id}", gap="xsmall"):
        st.html(title_html(checklist, item, say))
        if remarked:
            remarks_on_card(item.id, remarked)
        reason_asked = rule_of(answer.status).asks_reason
        with st.container(key=f"answers-{item.id}", gap=None):
            _answers_of(item.id)(checklist, item, reason_asked, remarked, standings(remarked))
            # Drawn by the page, and again where that changes: a part of the page sends all that it drew with each tap.
            with st.container(key=f"pole-{item.id}"):
                session.show_changes_in(st.empty(), partial(_whom_to_call, item), _html_or_nothing)
            with st.container(key=f"unanswer-{item.id}", width="content"):
                if not session.reading_only():
                    session.show_changes_in(st.empty(), partial(_is_answered, item), partial(_take_back_button, item))
            with st.container(key=f"why-{item.id}"):
                if reason_asked:
                    _reason(item, answer.reason)
        with st.container(key=f"more-{item.id}", horizontal=True, gap="small"):
            st.html(help_html(checklist, item, say), width="content")
            _note(item, answer.note)
            remark_fold(About(item=item.id), item.ref)
        if session.evaluation().state_of(item.id).overruled:
            _overrule_button(item, "item.set_aside_again", overrule=False)


@lru_cache(maxsize=1000)  # the items of texts that are tried in the workshop too
def _answers_of(item: str) -> Callable[..., None]:
    """The answers of an item, as a part of the page that a tap in it runs alone.

    The framework knows a part by its name and its place, where another item stands once one above it applies no more:
    what was tapped before the page was seen anew would draw that one.
    """

    def answers(*arguments: Any) -> None:
        _answers(*arguments)

    answers.__qualname__ = f"{_answers.__qualname__}.{item}"
    return st.fragment(answers)


def _answers(
    checklist: Checklist,
    item: Item,
    reason_asked: bool,
    remarked: Sequence[Remark],
    stood: tuple[str, ...],
) -> None:
    """The five answers, each with what it asks for. A tap runs this alone, whatever the length of the page; but where
    it answers what was remarked, that is to be said too.

    No field to type in stands here: a field left by tapping a button elsewhere sends both in one message, and the
    framework would run this fragment alone, and not what the button is for.
    """
    session.redraw_if_cut_short()
    language, answer = session.language(), session.assessment().answer(item.id)
    if rule_of(answer.status).asks_reason != reason_asked or standings(remarked) != stood:
        st.rerun()
    _confirm(checklist, session.evaluation().state_of(item.id))
    key = session.widget(f"status.{item.id}", answer.status)
    st.radio(
        label(item.title[language]),
        STATUSES,
        index=None if answer.status is None else STATUSES.index(answer.status),
        format_func=lambda status: plain(checklist.statuses[status].label[language]),
        captions=[plain(asked_of(item, status, language)) for status in STATUSES],
        key=key,
        on_change=_answered,
        args=(item.id, key),
        width="stretch",
        label_visibility="collapsed",
        disabled=session.reading_only(),
    )
    session.show_changes()


def _whom_to_call(item: Item, evaluation: Evaluation) -> str:
    """The line of whom to call, where the answer is « Je ne sais pas »."""
    return call_line(evaluation) if evaluation.assessment.answer(item.id).status == "unknown" else ""


def _html_or_nothing(slot: DeltaGenerator, html: str) -> None:
    if html:
        slot.html(html)
    else:
        slot.empty()


def _is_answered(item: Item, evaluation: Evaluation) -> bool:
    return evaluation.assessment.answer(item.id).status is not None


def _take_back_button(item: Item, slot: DeltaGenerator, is_answered: bool) -> None:
    if not is_answered:
        slot.empty()
        return
    slot.button(
        session.say()("item.take_back", ref=_heard(item)),
        type="tertiary",
        key=session.key(f"unanswer.{item.id}"),
        on_click=_take_back,
        args=(item.id,),
    )


def _heard(item: Item) -> str:
    """Which item a button is about, for who hears one button after the other; seen, it stands in its card."""
    return f"*{plain(item.ref)}*"


def _confirm(checklist: Checklist, state: ItemState) -> None:
    """Whether an answer that has had its day still holds: what was asked stays, said, until another screen."""
    waits = to_confirm([state])
    if not session.shown_since_arriving(f"confirm.{state.item.id}", bool(waits)):
        return
    say = session.say()
    with st.container(key=f"confirm-{state.item.id}", gap="xsmall"):
        st.html(f"<p>{escape(confirm_words(state, say) if waits else say('item.confirmed'))}</p>")
        st.button(
            confirm_label(checklist, state, say),
            key=session.key(f"confirm.{state.item.id}"),
            on_click=session.apply_edit,
            args=(confirmed, state.item.id),
            disabled=session.reading_only() or not waits,
        )


def _reason(item: Item, written: str) -> None:
    """Why it is not applicable, on the line of that answer."""
    say, key = session.say(), session.widget(f"reason.{item.id}", written)
    st.text_input(
        say("item.reason"),
        written,
        key=key,
        on_change=_written,
        args=(item.id, "reason", key),
        max_chars=500,
        autocomplete="off",
        placeholder=say("item.reason.short"),
        label_visibility="collapsed",
        disabled=session.reading_only(),
    )


def set_aside_items(checklist: Checklist, item_states: tuple[ItemState, ...]) -> None:
    """The items that the profile sets aside, folded, each with why and the means to overrule."""
    if not item_states:
        return
    say, language = session.say(), session.language()
    with st.expander(say("item.set_aside", n=len(item_states))):
        st.write(say("item.set_aside.explained"))
        for state in item_states:
            item = state.item
            with st.container(border=True, key=f"set-aside-{item.id}"):
                st.markdown(f"**{plain(item.ref)} · {plain(item.title[language])}**")
                st.markdown(plain(why_set_aside(checklist, item)))
                _overrule_button(item, "item.overrule", overrule=True)


def _overrule_button(item: Item, sentence: str, overrule: bool) -> None:
    st.button(
        session.say()(sentence),
        key=session.key(f"overrule.{item.id}"),
        on_click=_overrule,
        args=(item.id, overrule),
        disabled=session.reading_only(),
    )


def _overrule(item: str, overrule: bool) -> None:
    """The button goes with its place on the page: the keyboard follows to the card, or back to the top."""
    session.apply_edit(overruled, item, overrule=overrule)
    session.show_item(item if overrule else None)


def why_set_aside(checklist: Checklist, item: Item) -> str:
    """The answers of the profile that set the item aside, in a sentence."""
    say, language, profile = session.say(), session.language(), session.assessment().profile
    reasons = []
    for question in reasons_set_aside(checklist, session.assessment(), item):
        asked = checklist.questions[question]
        chosen = given(profile[question])
        labels = [option.label[language] for option in asked.options if option.id in chosen]
        reasons.append(say("item.because", question=asked.question[language], answer=say.listing(labels)))
    return " ".join(reasons)


def _note(item: Item, written: str) -> None:
    """The note, made only when it is opened: a field for each card would slow every tap on the page.

    Its label stays the same: another one would close the fold under the eyes of who has just written.
    """
    say = session.say()
    opened = session.key(f"note_opened.{item.id}")
    fold = st.expander(say("item.note", ref=_heard(item)), key=opened, type="compact", on_change="rerun")
    if fold.open:
        with fold:
            key = session.widget(f"note.{item.id}", written)
            st.text_area(
                say("item.note.label"),
                written,
                key=key,
                on_change=_written,
                args=(item.id, "note", key),
                placeholder=say("item.note.placeholder"),
                disabled=session.reading_only(),
            )
            st.caption(say("item.note.warning"))
    elif written:
        st.html(f'<p class="note-line">{escape(written[:_GLANCE])}</p>')


def _take_back(item: str) -> None:
    session.apply_edit(with_answer, item, status=None)
    session.widget_shows(session.key(f"status.{item}"), None)


def _answered(item: str, key: str) -> None:
    session.apply_edit(with_answer, item, status=session.typed(key))


def _written(item: str, what: str, key: str) -> None:
    session.apply_edit(with_answer, item, **{what: session.typed(key)})
