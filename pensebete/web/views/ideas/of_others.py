"""« Idées d’autres entreprises », folded under their domain: what the staff published, one tap from one's own plan."""

from __future__ import annotations

from functools import partial
from html import escape
from uuid import NAMESPACE_OID, UUID, uuid5

import streamlit as st

from pensebete.assessment.bounds import MOST_CHARACTERS
from pensebete.assessment.edits import with_own_action, without_own_action
from pensebete.assessment.local_time import local_date
from pensebete.assessment.model import OwnAction
from pensebete.checklist.full_names import id_in
from pensebete.checklist.idea import Idea
from pensebete.checklist.model import Checklist
from pensebete.checklist.versions.renames import destination_of
from pensebete.evaluation.action_plan import due_date
from pensebete.text.markdown_escape import label, plain
from pensebete.web import session
from pensebete.web.components.idea_text import idea_html
from pensebete.web.server.ideas import published_of


def ideas_of_others(checklist: Checklist, domain: str) -> None:
    """Nothing where none is published, nor while a draft is tried out."""
    found = () if session.trying_out() else _published(checklist, domain)
    if not found:
        return
    say = session.say()
    fold = st.expander(say("ideas.others"), key=session.key(f"ideas.{domain}"), type="compact", on_change="rerun")
    if fold.open:
        with fold, st.container(key="ideas-of-others", gap="small"):
            st.caption(plain(say("ideas.others.explained")))
            for idea in found:
                _idea(checklist, idea)


def _published(checklist: Checklist, domain: str) -> list[Idea]:
    """Under the names too that the domain had before, the newest first."""
    former = (id_in(old) for old in checklist.renames.old_names("domains"))
    names = dict.fromkeys((domain, *(id for id in former if destination_of(checklist, "domains", id) == domain)))
    found = (idea for name in names for idea in published_of(checklist.id, name))
    return sorted(found, key=lambda idea: idea.id, reverse=True)


def _idea(checklist: Checklist, idea: Idea) -> None:
    say, of = session.say(), f"{idea.id}"
    when = say.date(local_date(idea.created_at, session.zone()))
    by = " · ".join(filter(None, (idea.sent.name, when)))
    with st.container(key=f"idea-of-other-{of}", gap="xsmall"):
        text = idea_html(idea.sent.text, idea.sent.language, say("ideas.read_on"), say.language)
        st.html(f'{text}<p class="idea-by" dir="auto">{escape(by)}</p>')
        if session.reading_only():
            return
        kept = _is_kept(idea)
        st.button(
            f"{label(say('ideas.in_plan' if kept else 'ideas.keep'))} *{plain(by)}*",
            key=session.key(f"idea.keep.{of}"),
            on_click=_keep,
            args=(checklist, idea),
            disabled=kept,
        )


def _keep(checklist: Checklist, idea: Idea) -> None:
    """About no item: done, it would count as a part of what the item asks for. Never ahead of what is urgent."""
    if _is_kept(idea):  # in another tab, or on another device, since this page was drawn: as it is there by now
        return
    say, whole = session.say(), " ".join(idea.sent.text.split())
    text, date = _shortened(whole), say.date(local_date(idea.created_at, session.zone()))
    row = checklist.ranking[-1]
    action = OwnAction(
        id=_action_id(idea),
        text=text,
        priority=row.class_,
        due=due_date(checklist, session.today(), row.within),
        comment="\n\n".join((say("ideas.kept.comment", date=date), *([] if text == whole else [idea.sent.text]))),
    )
    session.apply_edit(with_own_action, action)
    if action in session.assessment().own_actions:  # and not refused: a plan holds so many, a dossier so much
        session.offer_undo("idea_kept", partial(session.apply_edit, without_own_action, action.id))
        session.notify(say("ideas.kept"), in_view=True)


def _is_kept(idea: Idea) -> bool:
    return any(own.id == _action_id(idea) for own in session.assessment().own_actions)


def _action_id(idea: Idea) -> UUID:
    """The same for the same idea, so that one knows it again in the plan, also once the staff deleted it and put it
    back under another number; its code is not in it."""
    return uuid5(NAMESPACE_OID, f"pensebete idea {idea.created_at.isoformat()} {idea.sent.text}")


def _shortened(text: str) -> str:
    """As much of it as an action says; the rest goes into its comment."""
    most = MOST_CHARACTERS["text"]
    return text if len(text) <= most else f"{text[: most - 1].rpartition(' ')[0] or text[: most - 1]}…"
