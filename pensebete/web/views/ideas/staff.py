"""« Idées », in the workshop, for the staff: what managers sent, sorted by a tap each, and taken back by another.

What was listed stays in its place until one looks again: nothing goes from under a thumb, and what is sorted shows what
became of it. What somebody else of the staff did meanwhile is shown at each tap, and gone over by none.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from typing import Any, Literal

import streamlit as st

from pensebete.assessment.local_time import local_date
from pensebete.checklist.accepted import digest_of
from pensebete.checklist.idea import Idea, State
from pensebete.checklist.item_template import item_skeleton, new_item_id, with_new_item
from pensebete.checklist.model import Checklist
from pensebete.checklist.versions.renames import destination_of
from pensebete.storage.errors import StoreError
from pensebete.text.markdown_escape import label, plain
from pensebete.text.way_html import way_html
from pensebete.web import session
from pensebete.web.components.idea_text import idea_html
from pensebete.web.server.ideas import look_at_ideas
from pensebete.web.server.reading import TooMuchError, VisitorLeftError, read_checklist
from pensebete.web.server.taps import give_way
from pensebete.web.views.workshop.draft import current_draft

_FILTER = "ideas.filter"
_AT_ONCE = 10
_SORTED: tuple[State, ...] = ("kept", "published", "refused")


def ideas() -> None:
    """The filters with how many each shows, and the ideas of the one that is chosen."""
    from pensebete.storage.current import store
    from pensebete.storage.ideas import count_ideas, ideas_by_id, ideas_of

    say = session.say()
    try:
        counts = count_ideas(store()).of
        which = _filter({name: say(f"ideas.filter.{name}", many=say.number(many)) for name, many in counts.items()})
        shown = session.ideas_shown(which)
        if shown is None:
            first = ideas_of(store(), which, _AT_ONCE)  # type: ignore[arg-type]  # it is one of the filters
            shown = session.IdeasShown(which, tuple((one.id, one.code) for one in first))
            session.set_ideas_shown(shown)
        found = ideas_by_id(store(), [id for id, _ in shown.codes])
    except StoreError as error:
        st.info(plain(error.sentence(say)))
        return
    st.caption(plain(say("ideas.staff")))
    with st.container(key="ideas-listed", gap="small"):
        if not shown.codes:
            st.write(say("ideas.none"))
        deleted = {one.code: one for one in shown.deleted}
        for id, code in shown.codes:
            there = found.get(id)
            _card(there if there and there.code == code else None, deleted.get(code), code)
    with st.container(key="ideas-on", horizontal=True):
        if len(shown.codes) < counts[which]:  # type: ignore[index]
            st.button(say("ideas.more"), key=session.key("ideas.more"), on_click=_more, args=(which, len(shown.codes)))
        st.button(say("ideas.look_again"), key=session.key("ideas.look_again"), on_click=_look_again, type="tertiary")


def _filter(options: dict[Any, str]) -> str:
    with st.container(key="step-ideas-filter"):
        chosen = st.segmented_control(
            session.say()("ideas.filters"),
            list(options),
            key=session.unversioned_widget(_FILTER, "new"),
            format_func=options.__getitem__,
            required=True,
            label_visibility="collapsed",
            on_change=_look_again,
        )
    return chosen or "new"


def _card(idea: Idea | None, deleted: Idea | None, code: str) -> None:
    say = session.say()
    with st.container(border=True, key=f"idea-card-{code}", gap="xsmall"):
        if deleted:
            st.html(f'<p class="idea-by">{escape(say("ideas.deleted"))} · {escape(code)}</p>')
            _button("restore", deleted, _restore)
        elif idea is None:
            st.html(f'<p class="idea-by">{escape(say("ideas.gone"))} {escape(code)}</p>')
        else:
            _told(idea)
            with st.container(key=f"idea-sort-{code}", horizontal=True, gap="xsmall"):
                for state in _SORTED:
                    if state != "published" or idea.sent.may_be_quoted:
                        is_so = say(f"ideas.state.{state}") if idea.state == state else ""
                        _button(state, idea, _sort, state, is_so=is_so)
                is_so = say("ideas.do.answered") if idea.answered_at else ""
                _button("answered", idea, _answered, is_so=is_so)
            with st.container(key=f"idea-more-{code}", horizontal=True, gap="xsmall"):
                _button("draft", idea, _into_draft, look="tertiary")
                _button("delete", idea, _delete, look="tertiary")
            if session.chosen(_to_copy(idea)):
                st.code(session.chosen(_to_copy(idea)), language=None, wrap_lines=True)


Look = Literal["secondary", "tertiary"]


def _told(idea: Idea) -> None:
    say, sent = session.say(), idea.sent
    stands = [say(f"ideas.state.{idea.state}")]
    if idea.answered_at:
        stands.append(say("ideas.answered_on", date=say.date(local_date(idea.answered_at, session.zone()))))
    if not sent.may_be_quoted:
        stands.append(say("ideas.not_quoted"))
    about = [
        say.date(local_date(idea.created_at, session.zone())),
        _domain(idea),
        say.language_name(sent.language),
        idea.code,
    ]
    who = [escape(sent.name or say("ideas.no_name"))]
    who.append(way_html(sent.contact) if sent.contact else escape(say("ideas.read.no_contact")))
    st.html(
        f'<p class="idea-stands"><strong>{escape(" · ".join(stands))}</strong></p>'
        f'<p class="idea-by">{escape(" · ".join(about))}</p>'
        f'{idea_html(sent.text, sent.language)}<p class="idea-by" dir="auto">{" · ".join(who)}</p>'
    )


def _domain(idea: Idea) -> str:
    say, checklist, id = session.say(), session.latest().checklist, idea.sent.domain
    if not id:
        return say("ideas.domain.none")
    now = destination_of(checklist, "domains", id) if checklist.id == idea.sent.checklist_id else None
    found = next((one for one in checklist.domains if one.id == now), None)
    return found.title[_language(checklist)] if found else say("ideas.unknown_domain", id=id)


def _language(checklist: Checklist) -> str:
    """That of the page; a checklist that was published meanwhile may lack it."""
    return session.language() if session.language() in checklist.languages else checklist.languages[0]


def _button(what: str, idea: Idea, act: Any, *args: Any, look: Look = "secondary", is_so: str = "") -> None:
    """Which idea it is about is for ears: seen, it stands in its card. What is done already is no call to do it."""
    said = f"✓ {is_so}" if is_so else session.say()(f"ideas.do.{what}")
    words = f"{label(said)} *{plain(idea.code)}*"
    key = session.key(f"idea.{what}.{idea.code}")
    st.button(words, key=key, type=look, on_click=act, args=(idea, *args))


def _look_again() -> None:
    session.set_ideas_shown(None)


def _more(which: Any, shown: int) -> None:
    """More below those that are there; what was sent since stays for another look."""
    from pensebete.storage.current import store
    from pensebete.storage.ideas import ideas_of

    listed = session.ideas_shown(which)
    try:
        found = ideas_of(store(), which, shown + _AT_ONCE)
    except StoreError as error:
        session.notify(error.sentence(session.say()), in_view=True)
        return
    if listed:
        known = set(listed.codes)
        new = tuple((one.id, one.code) for one in found if (one.id, one.code) not in known)
        session.set_ideas_shown(replace(listed, codes=(*listed.codes, *new)))


def _sort(idea: Idea, state: State) -> None:
    """To tap what it is already takes it back among the new ones."""
    from pensebete.storage.current import store
    from pensebete.storage.ideas import sort_idea

    wanted: State = "new" if idea.state == state else state
    _do(lambda: sort_idea(store(), idea, wanted, datetime.now(UTC)))


def _answered(idea: Idea) -> None:
    from pensebete.storage.current import store
    from pensebete.storage.ideas import mark_answered

    _do(lambda: mark_answered(store(), idea, idea.answered_at is None, datetime.now(UTC)))


def _delete(idea: Idea) -> None:
    from pensebete.storage.current import store
    from pensebete.storage.ideas import delete_idea

    shown = session.ideas_shown(str(session.chosen(_FILTER)))
    if _do(lambda: delete_idea(store(), idea)) and shown:
        session.set_ideas_shown(replace(shown, deleted=(*shown.deleted, idea)))
        session.restore_focus(f"idea.restore.{idea.code}")


def _restore(idea: Idea) -> None:
    from pensebete.storage.current import store
    from pensebete.storage.ideas import restore_idea

    def put_back() -> None:
        back, shown = restore_idea(store(), idea), session.ideas_shown(str(session.chosen(_FILTER)))
        if shown:
            codes = tuple((back.id, code) if code == back.code else (id, code) for id, code in shown.codes)
            session.set_ideas_shown(replace(shown.without_one(idea), codes=codes))
            session.restore_focus(f"idea.delete.{idea.code}")

    _do(put_back)


def _do(act: Any) -> bool:
    """Whether it was done; if not, why is said. The key may have been changed since the page was drawn."""
    if not session.is_staff():
        session.notify(session.say()("publish.no_key"), in_view=True)
        return False
    try:
        act()
    except StoreError as error:
        session.notify(error.sentence(session.say()), in_view=True)
        return False
    look_at_ideas()
    return True


def _into_draft(idea: Idea) -> None:
    """Under its domain, in what the workshop holds, else in what is published; the text before can be taken back.

    The text is read as any draft before it counts: where what was sound would be so no more, it is left as it is, and
    the item is shown, to be copied.
    """
    say, given, draft = session.say(), session.draft(), current_draft()
    if not session.is_staff():
        session.notify(say("publish.no_key"), in_view=True)
        return
    if not isinstance(given, str):
        given = ""
    text = given or session.latest().text
    sound = draft.sound.checklist if draft and draft.sound else session.latest().checklist
    language = idea.sent.language if idea.sent.language in sound.languages else sound.languages[0]
    help, new = {language: idea.sent.text}, new_item_id(sound, text)
    domain = destination_of(sound, "domains", idea.sent.domain) or idea.sent.domain
    longer = with_new_item(text, domain, sound, say, help)
    if longer is None or not _holds(longer, new, domain, whole=_reads(text) is not None):
        session.widget_shows(_to_copy(idea), item_skeleton(sound, say, help, text))
        session.notify(say("ideas.not_drafted"), in_view=True)
        return
    session.replace_draft(longer, brought=False)
    if not given:  # what publishing it is to be compared with
        session.begin_draft_from(session.DraftBase(digest_of(text), False))
    session.widget_shows(session.DRAFT_FIELD, longer)
    session.notify(say("ideas.drafted", id=new, domain=_domain(idea)), in_view=True)


def _holds(text: str, item: str, domain: str, whole: bool) -> bool:
    """Whether the item stands under the domain; where the text could not be read before, nobody can tell."""
    checklist = _reads(text)
    if checklist is None:
        return not whole
    return any(one.id == item for of in checklist.domains if of.id == domain for one in of.items)


def _reads(text: str) -> Checklist | None:
    """By itself, whatever was accepted before: a version that is the same says nothing of the item."""
    try:
        return read_checklist(text, session.today(), (), session.visitor_has_left)[0]
    except TooMuchError:
        return None
    except VisitorLeftError:
        give_way()


def _to_copy(idea: Idea) -> str:
    return f"idea.to_copy.{idea.code}"
