"""What colleagues remarked about the draft that is shared, beside its lines as they are now: answered, or settled."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from uuid import uuid4

import streamlit as st

from pensebete.checklist.versions.line_following import lines_followed
from pensebete.storage.current import store
from pensebete.storage.drafts import (
    MOST_OF_A_NAME,
    MOST_OF_A_REMARK,
    DraftRemark,
    SharedDraft,
    answer_remark,
    settle_remark,
)
from pensebete.storage.errors import StoreError
from pensebete.web import session
from pensebete.web.server.drafts_shared import may_remark
from pensebete.web.views.workshop.draft import Draft, bring
from pensebete.web.views.workshop.draft_lines import remark_html

_NAME = "draft.answer.name"


def remarks_view(draft: Draft | None, shared: SharedDraft, token: str) -> None:
    say = session.say()
    st.button(say("draft.look_again"), key="draft.look_again")
    if draft is None:
        st.button(say("draft.resume"), key="draft.resume", on_click=_resume, args=(shared,))
    if not shared.remarks:
        st.write(say("draft.no_remark"))
        return
    text = draft.text if draft else shared.content
    places = lines_followed(shared.content, text, {one.line for one in shared.remarks if one.line})
    waiting = [one for one in shared.remarks if one.settled_at is None]
    st.write(say("draft.waiting", n=len(waiting)) if waiting else say("draft.all_settled"))
    for one in (*waiting, *(one for one in shared.remarks if one.settled_at is not None)):
        _remark(one, places, text, token, draft is not None)


def _resume(shared: SharedDraft) -> None:
    if base := session.base_in(shared.base or ""):
        session.bring_from(base, shared.content)
    bring(shared.content)


def _remark(said: DraftRemark, places: Mapping[int, int | None], text: str, token: str, to_go: bool) -> None:
    say = session.say()
    line = places.get(said.line) if said.line else None
    with st.container(border=True, key=f"draft-remark-{said.id}"):
        if line is None:
            where = f"<p>{escape(say('draft.line_gone'))}</p><pre><bdi>{escape(said.line_text)}</bdi></pre>"
        else:
            number = escape(say("workshop.line", line=line))
            shown = Draft(None, (), text).lines[line - 1][:300]
            way = f'<button type="button" class="to-line" data-line="{line}">{number}</button>' if to_go else number
            where = f"<h2>{way}</h2><pre><bdi>{escape(shown)}</bdi></pre>"
        st.html(f'<div class="draft-place">{where}</div>{remark_html(said)}')
        with st.container(horizontal=True):
            settled = said.settled_at is not None
            st.button(
                say("draft.unsettle" if settled else "draft.settle"),
                key=f"draft.settle.{said.id}",
                on_click=_settle,
                args=(token, said.id, not settled),
            )
        fold = st.expander(
            say("draft.answer"),
            key=session.unversioned_widget(f"draft.answer.fold.{said.id}", False),
            type="compact",
            on_change="rerun",
        )
        if fold.open:
            with fold:
                _form(said, token)


def _form(said: DraftRemark, token: str) -> None:
    say, key = session.say(), f"draft.answer.text.{said.id}"
    st.text_area(
        say("draft.answer.text"), key=session.unversioned_widget(key, ""), max_chars=MOST_OF_A_REMARK, height=80
    )
    name = session.unversioned_widget(f"{_NAME}.{said.id}", session.name_on_drafts())
    st.text_input(say("draft.remark.name"), key=name, max_chars=MOST_OF_A_NAME, autocomplete="name")
    st.button(
        say("draft.answer.send"),
        type="primary",
        key=f"draft.answer.send.{said.id}",
        on_click=_answer,
        args=(said, token),
    )


def _answer(said: DraftRemark, token: str) -> None:
    say, key = session.say(), f"draft.answer.text.{said.id}"
    text = str(session.chosen(key) or "").strip()
    name = str(session.chosen(f"{_NAME}.{said.id}") or "").strip()
    session.set_name_on_drafts(name)
    if not text:
        session.notify(say("draft.remark.empty"), in_view=True)
        return
    try:
        with may_remark():
            answer_remark(store(), token, str(uuid4()), said.id, name, text, session.now())
    except StoreError as error:
        session.notify(error.sentence(say), in_view=True)
        return
    session.unversioned_widget_forgets(key)
    session.widget_shows(f"draft.answer.fold.{said.id}", False)


def _settle(token: str, id: str, settled: bool) -> None:
    try:
        settle_remark(store(), token, id, settled, session.now())
    except StoreError as error:
        session.notify(error.sentence(session.say()), in_view=True)
