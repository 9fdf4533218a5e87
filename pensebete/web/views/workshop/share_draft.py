"""« Partager ce brouillon »: its links and until when, what colleagues see of it; and all of them, for staff."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from pensebete.assessment.local_time import local_date
from pensebete.storage.current import store
from pensebete.storage.drafts import (
    DAYS,
    MOST_OF_A_NAME,
    DraftLink,
    LinkAccess,
    SharedDraft,
    add_draft_link,
    delete_draft,
    delete_listed_draft,
    list_drafts,
    open_draft,
    revoke_draft_link,
    share_draft,
    short_id,
    update_draft,
)
from pensebete.storage.errors import DraftGoneError, StoreError
from pensebete.storage.links import NewLink
from pensebete.text.markdown_escape import plain
from pensebete.web import session
from pensebete.web.components.link_to_send import links_to_send
from pensebete.web.layout.save_status import address_of_app
from pensebete.web.server.draft_cookie import DRAFT_MARK
from pensebete.web.server.drafts_shared import may_share
from pensebete.web.views.workshop.draft import Draft

_WORDS = ("copy", "copied", "refused", "send", "text", "noted")  # as for the link of a dossier: saved.link.…
_OWN_WORDS = ("title", "explained", "email", "subject", "message", "gone")  # draft.link.…
_FOLD, _ACCESS, _LABEL, _DAYS = "draft.fold", "draft.access", "draft.label", "draft.days"
_ANOTHER = "draft.adds_link"  # the shared draft whose next link is being made


def may_share_drafts() -> bool:
    """Where the staff of this server have a key, only they share: what is shared is written on its disk."""
    return session.is_staff() or not session.staff_has_a_key()


def own_shared_draft() -> tuple[SharedDraft, str] | None:
    """The shared draft that the workshop goes on with, as it is now, and its author's token; None for none."""
    if (own := session.own_draft()) is None:
        return None
    short, token = own
    try:
        return open_draft(store(), token, session.now()), token
    except DraftGoneError:
        session.forget_own_draft(short)
        st.info(session.say()("draft.ended"))
    except StoreError as error:
        st.warning(plain(error.sentence(session.say())))
    return None


def sharing(draft: Draft | None, shared: tuple[SharedDraft, str] | None) -> None:
    """The fold of the workshop. Folded, it asks the database nothing."""
    say = session.say()
    title = say("draft.share.shared" if shared else "draft.share")
    fold = st.expander(title, key=session.unversioned_widget(_FOLD, False), on_change="rerun")
    if not fold.open:
        return
    with fold:
        if shared:
            _shared(draft, *shared)
        elif not may_share_drafts():
            st.write(say("draft.share.staff_only"))
        elif draft is None or not draft.text:
            st.write(say("draft.share.nothing"))
        else:
            st.write(say("draft.share.explained"))
            _new_link(lambda: _share(draft.text))
        _others()


def all_shared() -> None:
    """For staff: whatever is shared here, each to be ended."""
    say = session.say()
    if not session.is_staff():
        return
    fold = st.expander(say("draft.all"), key=session.unversioned_widget("draft.all.fold", False), on_change="rerun")
    if not fold.open:
        return
    with fold:
        try:
            listed = list_drafts(store(), session.now())
        except StoreError as error:
            st.error(plain(error.sentence(say)))
            return
        if not listed:
            st.write(say("draft.all.none"))
        for one in listed:
            days = (say.date(local_date(day, session.zone())) for day in (one.created_at, one.expires_at))
            since, until = days
            with st.container(border=True, key=f"shared-{short_id(one.id)}"):
                st.markdown(plain(say("draft.all.one", since=since, until=until)))
                st.caption(plain(f"{say('draft.links', n=one.links)} {say('draft.remarks', n=one.remarks)}"))
                st.button(
                    say("draft.all.end"), key=f"draft.end.{short_id(one.id)}", on_click=_end_listed, args=(one.id,)
                )


def _shared(draft: Draft | None, shared: SharedDraft, token: str) -> None:
    say = session.say()
    st.html(f'<h2 class="draft-title">{escape(say("draft.links_of"))}</h2>')
    _new_links(shared)
    text, zone = draft.text if draft else "", session.zone()
    updated, until = (say.date(local_date(one, zone)) for one in (shared.updated_at, shared.expires_at))
    with st.container(key="draft-shared-ways"):
        if text == shared.content:
            st.markdown(plain(say("draft.shared.same", until=until)))
        else:
            time = say.time(shared.updated_at.astimezone(zone))
            st.markdown(plain(say("draft.shared.older", updated=updated, time=time, until=until)))
        if text and text != shared.content:
            st.button(say("draft.update"), type="primary", key="draft.update", on_click=_update, args=(token, text))
    for link in shared.links:
        _link(link, token)
    if not shared.links:
        st.write(say("draft.no_link"))
    with st.container(key="draft-more"):
        if session.chosen(_ANOTHER) == shared.id:
            _new_link(lambda: _add_link(token))
        else:
            st.button(
                say("draft.another"), key="draft.another", on_click=session.widget_shows, args=(_ANOTHER, shared.id)
            )
    _end(token, shared)


def _new_links(shared: SharedDraft) -> None:
    """Links made in this tab and not noted yet; their addresses are nowhere but here and in the tab."""
    say = session.say()
    words = {name: say(f"saved.link.{name}") for name in _WORDS} | {
        name: say(f"draft.link.{name}") for name in _OWN_WORDS
    }
    made = session.links_to_show("draft")
    titles = {"title": words["title"], "email": words["email"]}
    links_to_send(
        shared.short,
        [{"id": one.id, "link": one.link, "address": _address(one.token)} for one in made],
        {str(link.id): titles for link in shared.links},
        words,
        session.forget_links_shown,
        key=session.key("new_draft_links"),
        kind="draft",
    )


def _address(token: str) -> str:
    return f"{address_of_app()}draft#{DRAFT_MARK}{token}"


def _link(link: DraftLink, token: str) -> None:
    say = session.say()
    until = say.date(local_date(link.expires_at, session.zone()))
    with st.container(border=True, key=f"draft-link-{link.id}", horizontal=True, vertical_alignment="center"):
        name = link.label or say("draft.link.no_name")
        what = f"{say(f'draft.access.{link.access}')} · {say('draft.until', until=until)}"
        st.markdown(f"**{plain(name)}** · {plain(what)}")
        st.button(say("draft.revoke"), key=f"draft.revoke.{link.id}", on_click=_revoke, args=(token, link.id, name))


def _new_link(make: Callable[[], None]) -> None:
    say = session.say()
    st.radio(
        say("draft.access"),
        ("remark", "read"),
        format_func=lambda access: say(f"draft.access.{access}"),
        key=session.unversioned_widget(_ACCESS, "remark"),
        horizontal=True,
    )
    st.radio(
        say("draft.days"),
        DAYS,
        format_func=lambda days: say("draft.days.n", n=days),
        key=session.unversioned_widget(_DAYS, DAYS[1]),
        horizontal=True,
    )
    st.text_input(
        say("draft.for"), key=session.unversioned_widget(_LABEL, ""), max_chars=MOST_OF_A_NAME, autocomplete="off"
    )
    st.button(say("draft.make_link"), key="draft.make_link", on_click=make)


def _share(text: str) -> None:
    if not may_share_drafts():
        _ask_for_the_key()
        return
    access, label, days = _chosen()
    try:
        with may_share():
            made = share_draft(store(), text, access, label, days, session.now(), _base())
    except StoreError as error:
        _refused(error)
        return
    session.set_own_draft(short_id(made.id), made.owner)
    _show(made.link)


def _base() -> str | None:
    """What the draft began from: whoever takes it up another day overwrites nothing that was published since."""
    base = session.draft_base()
    return base.as_text() if base else None


def _add_link(token: str) -> None:
    if not may_share_drafts():
        _ask_for_the_key()
        return
    access, label, days = _chosen()
    try:
        with may_share():
            made = add_draft_link(store(), token, access, label, days, session.now())
    except StoreError as error:
        _refused(error)
        return
    _show(made)


def _chosen() -> tuple[LinkAccess, str, int]:
    days = session.chosen(_DAYS)
    access: LinkAccess = "read" if session.chosen(_ACCESS) == "read" else "remark"
    return access, str(session.chosen(_LABEL) or "").strip()[:MOST_OF_A_NAME], days if days in DAYS else DAYS[1]


def _show(link: NewLink) -> None:
    session.show_link(link.token, link.link_id, "draft")
    session.widget_shows(_LABEL, "")
    session.widget_shows(_ANOTHER, None)
    session.widget_shows(_FOLD, True)


def _update(token: str, text: str) -> None:
    say = session.say()
    if not may_share_drafts():
        _ask_for_the_key()
        return
    try:
        with may_share():
            lost = update_draft(store(), token, text, session.now(), _base())
    except StoreError as error:
        _refused(error)
        return
    session.notify(
        f"{say('draft.updated')} {say('draft.updated.lost', n=lost) if lost else ''}".strip(), in_view=bool(lost)
    )


def _revoke(token: str, link: int, name: str) -> None:
    try:
        revoke_draft_link(store(), token, link, session.now())
    except StoreError as error:
        _refused(error)
        return
    session.notify(session.say()("draft.revoked", name=name))


def _end(token: str, shared: SharedDraft) -> None:
    """Delete it all, once it is said twice."""
    say = session.say()
    with st.container(key="draft-end", horizontal=True):
        if session.chosen("draft.ending") == shared.id:
            st.write(say("draft.end.sure"))
            st.button(say("draft.end.no"), key="draft.end.no", on_click=_do_not_end)
            st.button(say("draft.end.yes"), key="draft.end.yes", on_click=_delete, args=(token, shared.short))
        else:
            st.button(say("draft.end"), key="draft.end", on_click=_ask_to_end, args=(shared.id,))
            if may_share_drafts():
                st.button(say("draft.apart"), key="draft.apart", on_click=session.go_on_with_draft, args=("",))


def _ask_to_end(id: str) -> None:
    session.widget_shows("draft.ending", id)


def _do_not_end() -> None:
    session.widget_shows("draft.ending", None)


def _delete(token: str, short: str) -> None:
    _do_not_end()
    try:
        delete_draft(store(), token, session.now())
    except DraftGoneError:
        pass
    except StoreError as error:
        _refused(error)
        return
    session.forget_own_draft(short)
    session.widget_shows(_FOLD, True)
    session.notify(session.say()("draft.deleted"))


def _end_listed(id: str) -> None:
    if not session.is_staff():
        return
    try:
        delete_listed_draft(store(), id)
    except StoreError as error:
        _refused(error)
        return
    session.notify(session.say()("draft.deleted"))


def _others() -> None:
    """Drafts that this browser shared besides, to go on with."""
    others = session.other_own_drafts()
    if others:
        st.caption(session.say()("draft.others"))
        with st.container(key="draft-others", horizontal=True):
            for n, short in enumerate(others, 1):
                st.button(
                    session.say()("draft.other", n=n),
                    key=f"draft.other.{short}",
                    on_click=session.go_on_with_draft,
                    args=(short,),
                )


def _ask_for_the_key() -> None:
    session.notify(session.say()("draft.share.staff_only"), in_view=True)


def _refused(error: StoreError) -> None:
    session.notify(error.sentence(session.say()), in_view=True)
