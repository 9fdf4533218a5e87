"""One remark: what was written and by whom, then the manager's answer to it, by one tap."""

from __future__ import annotations

from html import escape
from typing import Literal

import streamlit as st

from pensebete.assessment.review.file import MOST_OF_A_REMARK
from pensebete.assessment.review.model import EVENT_KINDS, Event, EventKind, Remark
from pensebete.assessment.review.standing import standing
from pensebete.checklist.status import STATUSES, Status, rule_of
from pensebete.evaluation.review_text import by_and_when, event_words, line_words, remark_words
from pensebete.text.markdown_escape import label, plain
from pensebete.web import session
from pensebete.web.layout.navigation import open_card, page
from pensebete.web.views.start.profile_form import PROFILE_FOLD

Place = Literal["list", "card"]
_GLANCE = 240  # characters of a remark on the card of its item


def one_remark(remark: Remark, place: Place) -> None:
    """On a card, whatever an answer adds has its place already: nothing below moves."""
    with st.container(key=f"remark-{remark.id}", gap="xxsmall"):
        st.html(_told(remark, place))
        if remark.kind != "seen":
            _answering(remark, place)


def ended_remark(remark: Remark) -> None:
    """One that an advisor settled or withdrew: to read."""
    with st.container(key=f"remark-{remark.id}", gap="xxsmall"):
        st.html(_told(remark, "list"))


def _told(remark: Remark, place: Place) -> str:
    """What was remarked, as written; by whom; in the list, what a status asks for and all that was said since."""
    say, checklist = session.say(), session.checklist()
    words = remark_words(remark, checklist, say)
    if place == "card" and len(words) > _GLANCE:
        words = words[: _GLANCE - 1].rstrip() + "…"
    who = by_and_when(remark.author, remark.at, session.zone(), say)
    parts = [f'<p class="remark-words">{escape(words)}</p><p class="remark-by">{escape(who)}</p>']
    if place == "list":
        if asked := _criterion(remark):
            parts.append(f'<p class="remark-asks">{escape(asked)}</p>')
        said = (event_words(event, session.zone(), say) for event in remark.events)
        if lines := "".join(f"<li>{escape(words)}</li>" for words in said):
            parts.append(f'<ul class="remark-said">{lines}</ul>')
    return "".join(parts)


def _criterion(remark: Remark) -> str:
    """« En cours » demande : what the checklist asks for, of the status that is proposed."""
    say, checklist = session.say(), session.checklist()
    item = checklist.items.get(remark.about.item or "")
    if item is None or remark.kind != "status" or remark.proposed not in STATUSES:
        return ""
    status = checklist.statuses[remark.proposed]
    of_item = rule_of(remark.proposed).criterion
    criterion = item.criteria[of_item] if of_item else status.meaning
    return say("received.criterion", status=status.label[say.language], criterion=criterion[say.language])


def _answering(remark: Remark, place: Place) -> None:
    """The three answers; once one was given, that it was, and the way back."""
    stands = standing(remark, session.assessment())
    with st.container(key=f"answering-{remark.id}", horizontal=True, vertical_alignment="center", gap="xsmall"):
        waits = stands == "open" or session.asked_again(remark.id)
        if waits and not session.reading_only():
            _corrected(remark, place)
            _detail(remark)
            st.button(
                _about("received.upheld", remark),
                key=session.key(f"upheld.{remark.id}"),
                on_click=_answer,
                args=(remark, "upheld"),
            )
        elif stands == "answered":
            _answered(remark)


def _about(sentence: str, remark: Remark, **values: str) -> str:
    """What a button says, and for ears which line it is about: many say the same."""
    say, checklist = session.say(), session.checklist()
    item = checklist.items.get(remark.about.item or "")
    line = item.ref if item else line_words(remark.about, checklist, session.assessment(), say)
    return f"{label(say(sentence, None, **values))} *{plain(line)}*"


def _corrected(remark: Remark, place: Place) -> None:
    """« Corrigé » takes the status that is proposed; without one, it leads to where one corrects, or is said there."""
    say, checklist, about = session.say(), session.checklist(), remark.about
    if status := _proposed(remark):
        words = _about("received.corrected.to", remark, status=checklist.statuses[status].label[say.language])
        reason = session.assessment().answer(str(about.item)).reason
        if not rule_of(status).asks_reason or reason.strip():
            st.button(words, key=session.key(f"take.{remark.id}"), on_click=_take, args=(remark,))
        elif st.button(words, key=session.key(f"take.{remark.id}")):
            session.take_proposal(remark)  # it counts for nothing without a reason: the card asks for it
            open_card(str(about.item))
    elif place == "list" and about.item and about.action is None and _has_card(about.item):
        if st.button(_about("received.correct", remark), key=session.key(f"correct.{remark.id}")):
            open_card(about.item)
    elif place == "list" and about.question in checklist.questions:
        if st.button(_about("received.correct", remark), key=session.key(f"correct.{remark.id}")):
            session.widget_shows(session.key(PROFILE_FOLD), True)
            st.switch_page(page("start"))
    else:
        st.button(
            _about("received.corrected", remark),
            key=session.key(f"corrected.{remark.id}"),
            on_click=_answer,
            args=(remark, "corrected"),
        )


def _proposed(remark: Remark) -> Status | None:
    """The status to take: of an item that has a card, and not the manager's already."""
    item, proposed = remark.about.item, remark.proposed
    if remark.kind != "status" or item is None or proposed not in STATUSES or not _has_card(item):
        return None
    return proposed if session.assessment().answer(item).status != proposed else None


def _has_card(item: str) -> bool:
    return any(state.item.id == item for step in session.asked_steps() for state in step.item_states)


def _detail(remark: Remark) -> None:
    """The field opens over the page, so that nothing under it moves; it is made only then."""
    say, opened = session.say(), session.key(f"detail.{remark.id}")
    over = st.popover(_about("received.detail", remark), key=opened, on_change="rerun")
    if over.open:
        with over:
            written = session.reply_being_written(remark.id)
            key = session.widget(f"reply.{remark.id}", written)
            st.text_area(
                say("received.detail.label"), written, key=key, on_change=_written, args=(remark, key), height=140
            )
            st.button(
                say("received.detail.keep"),
                type="primary",
                key=session.key(f"keep.{remark.id}"),
                on_click=_reply,
                args=(remark, key, opened),
            )


def _answered(remark: Remark) -> None:
    say = session.say()
    last = _last_answer(remark)
    kind = say(f"review.event.{last.kind}") if last and last.kind in EVENT_KINDS else say("received.changed")
    st.html(
        f'<p class="remark-answered"><span class="sign sign-done" aria-hidden="true"></span>{escape(kind)}</p>',
        width="content",
    )
    if session.reading_only():
        return
    if session.answer_to_take_back(remark.id):
        sentence, name, act = "received.take_back", "unsay", _take_back
    else:
        sentence, name, act = "received.again", "again", _again
    st.button(
        _about(sentence, remark),
        type="tertiary",
        key=session.key(f"{name}.{remark.id}"),
        on_click=act,
        args=(remark,),
    )


def _last_answer(remark: Remark) -> Event | None:
    return next((event for event in reversed(remark.events) if event.author.is_manager), None)


def _answer(remark: Remark, kind: EventKind, text: str = "") -> None:
    session.answer_remark(remark, kind, text)
    session.restore_focus(f"unsay.{remark.id}")


def _take(remark: Remark) -> None:
    session.take_proposal(remark)
    session.restore_focus(f"unsay.{remark.id}")


def _take_back(remark: Remark) -> None:
    session.take_answer_back(remark.id)
    session.restore_focus(f"upheld.{remark.id}")


def _again(remark: Remark) -> None:
    session.ask_again(remark.id)
    session.restore_focus(f"upheld.{remark.id}")


def _written(remark: Remark, key: str) -> None:
    session.write_reply(remark.id, session.typed(key))


def _reply(remark: Remark, key: str, opened: str) -> None:
    """What is too long, or nothing, stays in its field, and why is said there."""
    say, text = session.say(), str(session.chosen(key) or "").strip()
    if not text:
        session.notify(say("received.detail.empty"), in_view=True)
    elif len(text) > MOST_OF_A_REMARK:
        found, most = say.number(len(text)), say.number(MOST_OF_A_REMARK)
        session.notify(say("received.detail.too_long", found=found, most=most), in_view=True)
    else:
        session.widget_shows(opened, False)
        _answer(remark, "reply", text)
