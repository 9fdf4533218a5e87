"""« Publier »: the draft takes the place of what is served, once its author has seen what that changes."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from pensebete.checklist.accepted import MOST_WHO, MOST_WHY, Entry, digest_of
from pensebete.checklist.parsing.comments import with_comments_back
from pensebete.checklist.versions.diff import diff
from pensebete.checklist.versions.three_way import three_way
from pensebete.evaluation.impact import effect
from pensebete.evaluation.impact_text import effect_words
from pensebete.storage.errors import StoreError
from pensebete.text.markdown_escape import plain
from pensebete.web import session
from pensebete.web.server.live import Published, Seen, look
from pensebete.web.server.publishing import publish_text, text_of_entry
from pensebete.web.views.workshop.differences import show_changes
from pensebete.web.views.workshop.draft import Draft, bring, current_draft, read_here, take_up
from pensebete.web.views.workshop.three_way import show_three_way


def publish_form(draft: Draft) -> None:
    """Who, why, the difference and its effect, then the button; or what was published since the draft began."""
    say, seen = session.say(), look()
    if draft.sound is None:
        st.info(say("workshop.mend_first"))
    elif seen.serving and draft.text == seen.serving.text:
        st.info(say("publish.same"))
    elif (base := session.draft_base()) and base.without_comments and session.is_staff():
        _comments(base)
    elif _began_from_another(seen):
        _conflict(draft, seen)
    else:
        _what_changes(draft.sound, seen.serving)
        declaration("publish")
        with st.container(key="publish-go"):
            st.button(
                plain(say("publish.publish", version=draft.sound.checklist.version)),
                type="primary",
                key="publish.publish",
                on_click=_publish,
                args=(seen.compared_with, digest_of(draft.text)),
            )
        st.caption(say("publish.then"))


def declaration(form: str) -> None:
    """Who publishes, and why: two fields, and what of them is missing."""
    say = session.say()
    fields: tuple[tuple[Literal["who", "why"], int], ...] = (("who", MOST_WHO), ("why", MOST_WHY))
    for name, most in fields:
        key = session.widget(f"{form}.{name}", session.declared(name))
        st.text_input(
            say(f"publish.{name}"),
            key=key,
            max_chars=most,
            placeholder=say(f"publish.{name}.example"),
            autocomplete="off",
            on_change=_declare,
            args=(name, key),
        )
    with st.container(key=f"{form}-refused"):
        if refused := session.chosen(f"{form}.refused"):
            st.error(plain(refused))


def declared(form: str) -> tuple[str, str] | None:
    """What was declared; None where something is missing, which is then said under the fields."""
    who, why = session.declared("who"), session.declared("why")
    missing = [name for name, words in (("who", who), ("why", why)) if not words]
    refuse(form, " ".join(session.say()(f"publish.{name}.missing") for name in missing))
    if missing:
        session.restore_focus(f"{form}.{missing[0]}", even_from=f"{form}-go")
    return None if missing else (who, why)


def refuse(form: str, words: str) -> None:
    session.widget_shows(f"{form}.refused", words)


def published(form: str, words: str) -> None:
    """It is done: said in view, and the next one has another reason."""
    session.declare("why", "")
    session.widget_forgets(f"{form}.why")
    session.notify(words, in_view=True)


def _declare(name: Literal["who", "why"], key: str) -> None:
    session.declare(name, str(session.typed(key)))


def _what_changes(draft: Published, serving: Published | None) -> None:
    if serving is None:
        return
    say = session.say()
    st.header(say("publish.effect"), anchor=False)
    st.markdown(
        "\n".join(f"- {plain(words)}" for words in effect_words(effect(serving.checklist, draft.checklist), say))
    )
    show_changes(say("publish.changes"), diff(serving.checklist, draft.checklist, say), "publish", open=True)


def _publish(over: Entry | None, digest: str) -> None:
    """Only what was compared is published: the text and the entry that the page showed."""
    say, draft = session.say(), current_draft()
    if not session.is_staff():
        refuse("publish", say("publish.no_key"))
        return
    if (words := declared("publish")) is None:
        return
    if draft is None or draft.sound is None or digest_of(draft.text) != digest:
        refuse("publish", say("publish.changed"))
        return
    base = session.draft_base()
    try:
        entry = publish_text(draft.sound, over, *words, "published", _entry_of(base) if base else None)
    except StoreError as error:
        refuse("publish", error.sentence(say))
        return
    session.begin_draft_from(session.DraftBase(entry.digest))
    published("publish", say("publish.done", version=entry.version, number=entry.number))


def _began_from_another(seen: Seen) -> bool:
    """Whether what is served is not what the draft began from, as its author saw it."""
    base = session.draft_base()
    return base is not None and seen.serving is not None and base.digest != digest_of(seen.serving.text)


def _comments(base: session.DraftBase) -> None:
    """The draft was begun by somebody who had not given the key: the comments of the file are to come back first."""
    st.warning(session.say()("publish.comments_left"))
    st.button(session.say()("publish.comments"), key="publish.comments", on_click=_take_comments, args=(base,))


def _take_comments(base: session.DraftBase) -> None:
    if not session.is_staff():
        session.notify(session.say()("publish.no_key"), in_view=True)
        return
    draft, began = current_draft(), _entry_of(base)
    try:
        commented = text_of_entry(began) if began else None
    except StoreError as error:
        session.notify(error.sentence(session.say()), in_view=True)
        return
    if draft and commented:
        take_up(with_comments_back(commented, draft.text))
    session.begin_draft_from(session.DraftBase(base.digest))


def _entry_of(base: session.DraftBase) -> Entry | None:
    return next((one for one in reversed(look().known.log) if one.digest == base.digest), None)


def _conflict(draft: Draft, seen: Seen) -> None:
    """Both texts, side by side with the one that both began from; nothing is published before they are one."""
    say, base, newest = session.say(), session.draft_base(), seen.known.newest
    assert base is not None
    assert seen.serving is not None
    began = _entry_of(base)
    if newest and newest.who:
        st.warning(plain(say("publish.meanwhile.by", number=newest.number, who=newest.who, why=newest.why)))
    else:
        st.warning(say("publish.meanwhile"))
    try:
        text = text_of_entry(began) if began else None
    except StoreError as error:
        st.error(plain(error.sentence(say)))
        return
    found = None
    if text is None:
        st.info(say("publish.base_unknown"))
        if draft.sound:
            _what_changes(draft.sound, seen.serving)
    else:
        found = three_way(text, seen.serving.text, draft.text, say, read_here)
        show_three_way(found, _united)
    with st.container(key="publish-ways", horizontal=True):
        if found is None or found.merged is None:  # else the merged text is the way on, and this would undo theirs
            st.button(say("publish.keep_mine"), key="publish.keep_mine", on_click=_united)
        st.button(say("publish.begin_again"), key="publish.begin_again", on_click=_begin_again)


def _united() -> None:
    """The draft counts as made from what is served now: the difference with that is shown before it is published."""
    if (serving := look().serving) is not None:
        session.begin_draft_from(session.DraftBase(digest_of(serving.text)))


def _begin_again() -> None:
    if (serving := look().serving) is not None:
        session.bring_from(session.DraftBase(digest_of(serving.text)), serving.text)
        bring(serving.text)
