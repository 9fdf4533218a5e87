"""One remark: what was written and by whom, then the manager's answer to it, by one tap."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Literal

import streamlit as st

from pensebete.assessment.review.file import MOST_OF_A_REMARK
from pensebete.assessment.review.model import Event, EventKind, Remark
from pensebete.assessment.review.standing import ANSWERS, standing
from pensebete.checklist.status import STATUSES, Status, rule_of
from pensebete.evaluation.review_text import by_and_when, event_words, line_words, remark_words, standing_words
from pensebete.text.markdown_escape import label, plain
from pensebete.web import session
from pensebete.web.layout.navigation import open_card, page
from pensebete.web.views.remarks.advisor_ways import advisor_ways
from pensebete.web.views.start.profile_form import PROFILE_FOLD

Place = Literal["list", "card"]
_GLANCE = 240  # characters of a remark on the card of its item


def one_remark(remark: Remark, place: Place) -> None:
    """What was written, where it stands, and the three answers; by a reading link, what an advisor does with it.

    They stay where they are, whatever was answered: nothing below moves under a thumb, and the one that was given is
    taken back by another tap.
    """
    with st.container(key=f"remark-{remark.id}", gap="xxsmall"):
        st.html(_told(remark, place))
        if remark.kind == "seen":
            return
        if session.reading_only():
            advisor_ways(remark)
        else:
            _answers(remark, place)


def ended_remark(remark: Remark) -> None:
    """One that an advisor settled or withdrew: to read."""
    with st.container(key=f"remark-{remark.id}", gap="xxsmall"):
        st.html(_told(remark, "list"))


def _told(remark: Remark, place: Place) -> str:
    """What was remarked, as written, and by whom; in the list, what a status asks for and what was said since."""
    say, checklist = session.say(), session.checklist()
    words = remark_words(remark, checklist, say)
    if place == "card" and len(words) > _GLANCE:
        words = words[: _GLANCE - 1].rstrip() + "…"
    who = by_and_when(remark.author, remark.at, session.zone(), say)
    parts = [f'<p class="remark-words">{escape(words)}</p><p class="remark-by">{escape(who)}</p>']
    if place == "list":
        if asked := _criterion(remark):
            parts.append(f'<p class="remark-asks">{escape(asked)}</p>')
        below = (*session.unsent_answers(remark.id), _mark(remark))  # told in one line
        said = (event_words(event, session.zone(), say) for event in remark.events if event not in below)
        if lines := "".join(f"<li>{escape(words)}</li>" for words in said):
            parts.append(f'<ul class="remark-said">{lines}</ul>')
    if remark.kind != "seen":
        parts.append(_state(remark))
    return "".join(parts)


def _state(remark: Remark) -> str:
    """In one line, however long a reply is: waits, or what was answered."""
    say, stands = session.say(), standing(remark, session.assessment())
    sign, look, words = "", f"remark-state {stands}", standing_words(stands, say)
    if stands == "open":
        words = say("saved.remark.waits" if session.reading_only() else "received.waits")
    elif stands == "answered":
        sign = '<span class="sign sign-done" aria-hidden="true"></span>'
        mark, reply = _mark(remark), _given(remark, ("reply",))
        last = mark or reply
        words = say("saved.remark.changed" if session.reading_only() else "received.changed")
        if last:
            words = say(f"review.event.{last.kind}")
            if reply and reply.text:
                look, words = f"{look} in-one-line", say("review.said", kind=words, text=reply.text)
            elif mark and mark in session.unsent_answers(remark.id):
                words = say("received.once_more", said=words)
    return f'<p class="{look}">{sign}{escape(words)}</p>'


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


def _answers(remark: Remark, place: Place) -> None:
    with st.container(key=f"answering-{remark.id}", horizontal=True, vertical_alignment="center", gap="xsmall"):
        _corrected(remark, place)
        _detail(remark)
        _one_tap(remark, "upheld", _about("received.upheld", remark))


def _one_tap(remark: Remark, kind: EventKind, words: str) -> None:
    """The answer that was given stands out."""
    mark = _mark(remark)
    st.button(
        words,
        type="primary" if mark and mark.kind == kind else "secondary",
        key=session.key(f"{kind}.{remark.id}"),
        on_click=_tapped,
        args=(remark, kind),
    )


def _given(remark: Remark, kinds: Sequence[str]) -> Event | None:
    """The manager's last word of those kinds, since somebody else came back to the remark."""
    for event in reversed(remark.events):
        if event.kind not in ANSWERS:
            continue
        if not event.author.is_manager:
            return None
        if event.kind in kinds:
            return event
    return None


def _mark(remark: Remark) -> Event | None:
    return _given(remark, ("corrected", "upheld"))


def _about(sentence: str, remark: Remark, **values: str) -> str:
    """What a button says, and for ears which line it is about: many say the same."""
    say, checklist = session.say(), session.checklist()
    item = checklist.items.get(remark.about.item or "")
    line = item.ref if item else line_words(remark.about, checklist, session.assessment(), say)
    return f"{label(say(sentence, None, **values))} *{plain(line)}*"


def _corrected(remark: Remark, place: Place) -> None:
    """« Corrigé » takes the status that is proposed; without one, it leads to where one corrects, or is said there."""
    say, checklist, about, mark = session.say(), session.checklist(), remark.about, _mark(remark)
    if status := _proposed(remark):
        words = _about("received.corrected.to", remark, status=checklist.statuses[status].label[say.language])
        reason = session.assessment().answer(str(about.item)).reason.strip()
        if reason or not rule_of(status).asks_reason or (mark and mark.kind == "corrected"):
            _one_tap(remark, "corrected", words)
        elif st.button(words, key=session.key(f"corrected.{remark.id}")):
            session.take_proposal(remark)  # it counts for nothing without a reason: the card asks for it
            open_card(str(about.item))
    elif place == "list" and about.item and about.of_item and _has_card(about.item):
        if _said_corrected(remark):
            open_card(about.item)
    elif place == "list" and about.question in checklist.questions:
        if _said_corrected(remark):
            session.widget_shows(session.key(PROFILE_FOLD), True)
            st.switch_page(page("start"))
    else:
        _one_tap(remark, "corrected", _about("received.corrected", remark))


def _said_corrected(remark: Remark) -> bool:
    """« Corriger » says « Corrigé » and leads to the line, in one tap: what is changed there, in a note or in the
    profile, answers no remark by itself. Said here and not gone yet, it is taken back like the others."""
    said = _is_corrected(remark)
    words = _about("received.corrected" if said and _can_take_back(remark) else "received.correct", remark)
    look: Literal["primary", "secondary"] = "primary" if said else "secondary"
    key = session.key(f"corrected.{remark.id}")
    return st.button(words, type=look, key=key, on_click=_correct, args=(remark,)) and said


def _correct(remark: Remark) -> None:
    """Say it, in the place of another answer; or take it back."""
    mark = _mark(remark)
    if _is_corrected(remark):
        if _can_take_back(remark):
            _tapped(remark, "corrected")
    else:
        if mark:
            session.take_answer_back(remark.id, mark.id)
        session.correct(remark)


def _is_corrected(remark: Remark) -> bool:
    mark = _mark(remark)
    return mark is not None and mark.kind == "corrected"


def _can_take_back(remark: Remark) -> bool:
    return _mark(remark) in session.unsent_answers(remark.id)


def _proposed(remark: Remark) -> Status | None:
    """The status to take, of an item that has a card."""
    item, proposed = remark.about.item, remark.proposed
    if remark.kind != "status" or item is None or proposed not in STATUSES or not _has_card(item):
        return None
    return proposed


def _has_card(item: str) -> bool:
    return item in session.checklist().items


def _detail(remark: Remark) -> None:
    """The field opens over the page, so that nothing under it moves; it is made only then."""
    say, opened = session.say(), session.key(f"detail.{remark.id}")
    look: Literal["primary", "secondary"] = "primary" if _given(remark, ("reply",)) else "secondary"
    over = st.popover(_about("received.detail", remark), type=look, key=opened, on_change="rerun")
    if over.open:
        with over:
            written = session.reply_being_written(remark.id)
            key = session.widget(f"reply.{remark.id}", written)
            st.text_area(
                say("received.detail.label"), written, key=key, on_change=_written, args=(remark, key), height=100
            )
            st.button(
                say("received.detail.keep"),
                type="primary",
                key=session.key(f"keep.{remark.id}"),
                on_click=_reply,
                args=(remark, key, opened),
            )


def _tapped(remark: Remark, kind: EventKind) -> None:
    """Another answer takes the place of the one given, the same one takes it back; as long as nobody else has it."""
    mark = _mark(remark)
    session.restore_focus(f"{kind}.{remark.id}")
    if mark:
        session.take_answer_back(remark.id, mark.id)
    if mark and mark.kind == kind:
        return
    if kind == "corrected" and _proposed(remark):
        session.take_proposal(remark)
    else:
        session.answer_remark(remark, kind)


def _written(remark: Remark, key: str) -> None:
    session.write_reply(remark.id, session.typed(key))


def _reply(remark: Remark, key: str, opened: str) -> None:
    """What is too long, or nothing, stays in its field, and why is said."""
    say, text = session.say(), str(session.chosen(key) or "").strip()
    if not text:
        session.notify(say("received.detail.empty"), in_view=True)
    elif len(text) > MOST_OF_A_REMARK:
        found, most = say.number(len(text)), say.number(MOST_OF_A_REMARK)
        session.notify(say("received.detail.too_long", found=found, most=most), in_view=True)
    else:
        if before := _given(remark, ("reply",)):
            session.take_answer_back(remark.id, before.id)
        session.answer_remark(remark, "reply", text)
        session.widget_shows(opened, False)
        session.restore_focus(f"detail.{remark.id}")
