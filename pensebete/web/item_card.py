"""The card of one item: its question, five answers by one tap, what each asks for, a note."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pensebete.assessment import with_answer
from pensebete.checklist import STATUSES, Checklist, Item, Resource
from pensebete.journey import Standing, reasons_set_aside
from pensebete.web import session
from pensebete.web.plain import label, plain

# Runs again alone when one of its own widgets changes: what the other cards cost does not matter.
Said = Callable[[], None]


@st.fragment
def item_card(checklist: Checklist, item: Item, said: Said) -> None:
    """The card of an item that applies. `said` is called at each change, to show progress outside the card."""
    say, language = session.say(), session.language()
    answer = session.assessment().answer(item.id)
    title = item.title[language]
    with st.container(border=True, key=f"card-{item.id}"):
        st.subheader(f"{plain(item.ref)} · {plain(title)}", anchor=False)
        key = session.widget(f"status.{item.id}", answer.status)
        st.radio(
            label(title),
            STATUSES,
            index=None,
            format_func=lambda status: plain(checklist.statuses[status].label[language]),
            key=key,
            on_change=_answered,
            args=(item.id, key),
            horizontal=True,
            label_visibility="collapsed",
        )
        # Always there, so that nothing below moves, or closes, when an answer is given.
        with st.container():
            if answer.status == "not_applicable":
                key = session.widget(f"reason.{item.id}", answer.reason)
                st.text_input(
                    say("item.reason"), key=key, on_change=_written, args=(item.id, "reason", key), max_chars=500
                )
            elif answer.status:
                st.markdown(plain(_criterion(checklist, item, answer.status, language)))
        with st.expander(say("item.help"), type="compact"):
            _help(checklist, item)
        with st.expander(say("item.note.written") if answer.note else say("item.note"), type="compact"):
            key = session.widget(f"note.{item.id}", answer.note)
            st.text_area(
                say("item.note.label"),
                key=key,
                help=None,
                on_change=_written,
                args=(item.id, "note", key),
                placeholder=say("item.note.placeholder"),
            )
            st.caption(say("item.note.warning"))
        if answer.overrule and reasons_set_aside(checklist, session.assessment(), item):
            st.button(
                say("item.set_aside_again"),
                key=session.key(f"set_aside.{item.id}"),
                on_click=session.keep,
                args=(with_answer, item.id),
                kwargs={"overrule": False},
            )
    said()
    session.show_changes()


def set_aside_items(checklist: Checklist, standings: tuple[Standing, ...]) -> None:
    """The items that the profile sets aside, folded, each with why and the means to overrule."""
    if not standings:
        return
    say, language = session.say(), session.language()
    with st.expander(say("item.set_aside", n=len(standings))):
        st.write(say("item.set_aside.explained"))
        for standing in standings:
            item = standing.item
            with st.container(border=True, key=f"set-aside-{item.id}"):
                st.markdown(f"**{plain(item.ref)} · {plain(item.title[language])}**")
                st.markdown(plain(why_set_aside(checklist, item)))
                st.button(
                    say("item.overrule"),
                    key=session.key(f"overrule.{item.id}"),
                    on_click=session.keep,
                    args=(with_answer, item.id),
                    kwargs={"overrule": True},
                )


def why_set_aside(checklist: Checklist, item: Item) -> str:
    """The answers of the profile that set the item aside, in a sentence."""
    say, language, profile = session.say(), session.language(), session.assessment().profile
    reasons = []
    for question in reasons_set_aside(checklist, session.assessment(), item):
        asked = checklist.questions[question]
        chosen = profile[question]
        chosen = (chosen,) if isinstance(chosen, str) else chosen
        labels = [option.label[language] for option in asked.options if option.id in chosen]
        reasons.append(say("item.because", question=asked.question[language], answer=say.listing(labels)))
    return " ".join(reasons)


def _criterion(checklist: Checklist, item: Item, status: str, language: str) -> str:
    if status == "done":
        return item.criteria.done[language]
    if status == "in_progress":
        return item.criteria.in_progress[language]
    return checklist.statuses["to_do" if status == "to_do" else "unknown"].meaning[language]


def _help(checklist: Checklist, item: Item) -> None:
    say, language = session.say(), session.language()
    st.markdown(plain(item.help[language]))
    criteria = {"done": item.criteria.done[language], "in_progress": item.criteria.in_progress[language]}
    st.markdown(
        "\n".join(
            f"- **{plain(checklist.statuses[status].label[language])}**{say('item.colon')} "
            + plain(criteria.get(status) or checklist.statuses[status].meaning[language])
            for status in STATUSES
        )
    )
    if examples := item.examples_in(language):
        st.markdown(f"**{say('item.examples')}**\n" + "\n".join(f"- {plain(example)}" for example in examples))
    if item.resources:
        st.markdown(f"**{say('item.resources')}**\n" + resource_list(item.resources))


def resource_list(resources: tuple[Resource, ...]) -> str:
    """Markdown of resources: title, address, when it was verified, until when it holds."""
    say, language = session.say(), session.language()
    lines = []
    for resource in resources:
        line = f"- {plain(resource.title[language])}"
        if resource.url:
            line += f" <{resource.url}>"
        if resource.valid_until:
            line += f" ({say('item.valid_until', date=say.date(resource.valid_until))})"
        elif resource.verified_on:
            line += f" ({say('item.verified_on', date=say.date(resource.verified_on))})"
        lines.append(line)
    return "\n".join(lines)


def _answered(item: str, key: str) -> None:
    session.keep(with_answer, item, status=session.typed(key))


def _written(item: str, what: str, key: str) -> None:
    session.keep(with_answer, item, **{what: session.typed(key)})
