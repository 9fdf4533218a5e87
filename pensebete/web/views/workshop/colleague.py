"""What the link of a shared draft opens: the draft as it stands, line by line, its preview, what it changes."""

from __future__ import annotations

from html import escape
from uuid import uuid4

import streamlit as st

from pensebete.assessment.local_time import local_date
from pensebete.storage.current import store
from pensebete.storage.drafts import (
    MOST_OF_A_NAME,
    MOST_OF_A_REMARK,
    DraftRemark,
    SharedDraft,
    add_remark,
    open_draft,
)
from pensebete.storage.errors import StoreError
from pensebete.text.markdown_escape import plain
from pensebete.web import session
from pensebete.web.server.draft_cookie import DRAFT_REFUSALS
from pensebete.web.server.drafts_shared import may_remark
from pensebete.web.views.workshop.diagnostics import verdict
from pensebete.web.views.workshop.draft import Draft, read_draft
from pensebete.web.views.workshop.draft_lines import A_PAGE, Lines, around, lines_changed, remark_html
from pensebete.web.views.workshop.views import choice, differences, preview

VIEWS, _PARTS = ("text", "preview", "differences"), ("worth_reading", "all")
VIEW = "draft.view"  # also of the end of a trial: left on the preview, it would begin another one
_PART, _LINE = "draft.part", "draft.go_to"
_TEXT, _NAME, _SEND = "draft.remark.text", "draft.remark.name", "draft.remark.send"


def colleague() -> None:
    """The page of the link that was followed to this tab, or why there is none."""
    say, followed = session.say(), session.draft_followed()
    st.title(say("pages.draft"), anchor=False)
    token = session.token_of_followed(followed) if followed else None
    if followed is None or token is None:
        st.info(plain(_why_not(followed)))
        return
    try:
        shared = open_draft(store(), token, session.now())
    except StoreError as error:
        if session.trying_out():
            session.end_trial()
        st.info(plain(error.sentence(say)))
        return
    draft = read_draft(shared.content)
    _follow(draft)
    _about(shared)
    verdict(draft, mends=False)
    view = choice(VIEW, say("draft.views"), {one: say(f"draft.view.{one}") for one in VIEWS})
    if view == "text":
        _text(shared, draft, token)
    elif draft.sound is None:
        st.info(say("draft.not_sound"))
    elif view == "preview":
        preview(draft.sound)
    else:
        differences(draft.sound)


def _why_not(followed: str | None) -> str:
    say = session.say()
    if followed is None:
        return say("draft.none_followed")
    if followed in DRAFT_REFUSALS and followed != "gone":
        return say(f"draft.refused.{followed}")
    return say("draft.store.gone")


def _follow(draft: Draft) -> None:
    """What is being tried out is the draft as its author has it seen now."""
    if session.trying_out() and draft.sound and draft.sound is not session.published():
        session.try_out(draft.sound)
        st.rerun()


def _about(shared: SharedDraft) -> None:
    say = session.say()
    updated, until = (local_date(one, session.zone()) for one in (shared.updated_at, shared.expires_at))
    access = "read" if shared.access == "read" else "remark"
    st.markdown(plain(say(f"draft.page.{access}")))
    st.caption(plain(say("draft.page.dates", updated=say.date(updated), until=say.date(until))))


def _text(shared: SharedDraft, draft: Draft, token: str) -> None:
    say, may = session.say(), shared.access != "read"
    changed = lines_changed(session.latest().text, shared.content)
    lines = Lines(shared.content, changed, draft.diagnostics, shared.remarks, may)
    count = len(lines.texts)
    picked = session.line_of_draft() if may else None
    part = choice(_PART, say("draft.parts"), {one: say(f"draft.part.{one}") for one in _PARTS})
    if part == "all":
        wanted = _page_of(count)
        stretches = [range(wanted, min(wanted + A_PAGE, count + 1))]
        if picked and picked not in stretches[0]:
            picked = None
    else:
        matter = sorted(lines.worth_reading)
        stretches = around([*matter[: 3 * A_PAGE], *([picked] if picked else [])], count)
        if not stretches:
            st.write(say("draft.same_as_served"))
        elif len(matter) > 3 * A_PAGE:
            st.write(say("draft.more_lines", n=len(matter) - 3 * A_PAGE))
    st.caption(say("draft.legend"))
    lines.show(stretches, picked, _pick, lambda: _form(lines, shared, token), session.line_left())
    _without_line(shared.remarks)


def _page_of(count: int) -> int:
    """The line that one goes to, the first of those shown."""
    say = session.say()
    first = int(session.chosen(_LINE) or 1)
    first = max(1, min(first, count))
    with st.container(key="draft-pages", horizontal=True, vertical_alignment="bottom"):
        key = session.unversioned_widget(_LINE, first)
        st.number_input(say("draft.go_to"), min_value=1, max_value=max(count, first), step=1, key=key, width=160)
        st.button(say("draft.before"), key="draft.before", on_click=_turn, args=(-A_PAGE, count), disabled=first == 1)
        st.button(
            say("draft.after"), key="draft.after", on_click=_turn, args=(A_PAGE, count), disabled=first + A_PAGE > count
        )
    return first


def _turn(by: int, count: int) -> None:
    session.widget_shows(_LINE, max(1, min(int(session.chosen(_LINE) or 1) + by, count)))


def _without_line(remarks: tuple[DraftRemark, ...]) -> None:
    """Those whose line its author took out meanwhile."""
    lost = [one for one in remarks if one.line is None]
    if lost:
        st.header(session.say()("draft.lost"), anchor=False)
        shown = "".join(f"<pre><bdi>{escape(one.line_text)}</bdi></pre>{remark_html(one)}" for one in lost)
        st.html(f'<div class="draft-lines">{shown}</div>')


def _form(lines: Lines, shared: SharedDraft, token: str) -> None:
    say, line = session.say(), session.line_of_draft()
    assert line is not None
    words = lines.texts[line - 1]
    with st.container(key="draft-remark", border=True):
        text = session.widget(_TEXT, "")
        st.text_area(say("draft.remark.text", line=line), "", key=text, max_chars=MOST_OF_A_REMARK, height=100)
        name = session.widget(_NAME, session.name_on_drafts())
        st.text_input(
            say("draft.remark.name"), session.name_on_drafts(), key=name, max_chars=MOST_OF_A_NAME, autocomplete="name"
        )
        with st.container(horizontal=True):
            st.button(
                say("draft.remark.send"),
                type="primary",
                key=session.key(_SEND),
                on_click=_send,
                args=(token, line, shared.number, words),
            )
            st.button(say("draft.remark.cancel"), key=session.key("draft.remark.cancel"), on_click=_leave)


def _pick(line: str) -> None:
    if len(line) < 10 and line.isascii() and line.isdigit():  # it comes from the browser
        session.set_line_of_draft(int(line))
        session.restore_focus(_TEXT)


def _send(token: str, line: int, number: int, words: str) -> None:
    say = session.say()
    text = str(session.chosen(session.key(_TEXT)) or "").strip()
    name = str(session.chosen(session.key(_NAME)) or "").strip()
    session.set_name_on_drafts(name)
    if not text:
        session.notify(say("draft.remark.empty"), in_view=True)
        session.restore_focus(_TEXT, even_from=_SEND)
        return
    try:
        with may_remark():
            add_remark(store(), token, str(uuid4()), line, number, words, name, text, session.now())
    except StoreError as error:  # what was typed stays in its field
        session.notify(error.sentence(say), in_view=True)
        return
    session.notify(say("draft.remark.sent"))
    _leave()


def _leave() -> None:
    session.widget_forgets(_TEXT)
    session.set_line_of_draft(None)
