"""The dossier of this tab: opened when a visit begins, asked for where it is not clear, told where it changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import streamlit as st

from pensebete.checklist.loading import read_again
from pensebete.storage.current import store
from pensebete.storage.dossiers import Glance, glance, open_link
from pensebete.storage.errors import LinkGoneError, StoreError
from pensebete.storage.sync import saving_of_opened
from pensebete.text.markdown_escape import label as label_text
from pensebete.text.markdown_escape import plain
from pensebete.web import session
from pensebete.web.layout.field_text import link_words
from pensebete.web.server.link_cookie import REFUSALS

# Which dossier this is is read by a person who may be looking elsewhere.
_LONG_ENOUGH = timedelta(minutes=1)


def open_tab() -> None:
    """At the beginning of a run: make sure that the visit goes on with the dossier that its tab is about."""
    if session.dossier_of_tab() is not None or (session.lost_dossier() and session.said_something()):
        return
    if session.said_something():
        session.set_dossier_of_tab(session.OWN)
        return
    unsorted = None
    if token := session.unsorted_link():
        try:
            seen = glance(store(), [token]).get(token)
        except StoreError as error:
            session.set_unopened(error)
            return
        unsorted = seen.dossier if seen and not seen.revoked else None
        session.move_link()
        if unsorted is None and session.said_by_tab() is None and not session.remembered():
            session.notify(LinkGoneError().sentence(session.say()), _LONG_ENOUGH)
    begin = session.opening(session.said_by_tab(), session.remembered(), unsorted)
    session.set_asks_which(begin.what == "ask")
    if begin.what == "open" and begin.dossier:
        link = session.remembered().get(begin.dossier)
        open_dossier(begin.dossier, link.token if link else str(token), told=session.said_by_tab() is None)
    elif begin.what == "lost":
        session.set_lost_dossier(begin.dossier)


def open_dossier(dossier: str, token: str, told: bool = False) -> None:
    """Open the saved dossier of a link, and go on with it here."""
    try:
        opened = open_link(store(), token, session.now())
    except StoreError as error:
        session.set_unopened(error)
        return
    session.set_unopened(None)
    if opened is None:
        session.notify(LinkGoneError().sentence(session.say()), _LONG_ENOUGH)
        session.drop_link(dossier)
        session.set_lost_dossier(dossier)
        return
    saving = saving_of_opened(store(), opened, session.published().text)
    if saving.dossier != dossier:  # the cookie was meddled with
        session.set_lost_dossier(dossier)
        return
    older = read_again(opened.checklist_text)
    session.set_lost_dossier(None)
    session.set_asks_which(False)
    # Its remarks are found by the id of the dossier, which one kept long ago may not have.
    session.resume(opened.assessment.model_copy(update={"id": opened.review.dossier}), older)
    if not session.step_was_asked():
        session.go_on_as_answered()
    session.set_saving(saving)
    session.set_dossier_of_tab(dossier)
    session.take_in_saved(saving)
    session.used_link(dossier)
    if told:
        session.notify(session.say()("link.opened", name=dossier_name(saving.known.organisation)), _LONG_ENOUGH)


def dossier_name(organisation: str) -> str:
    return organisation or session.say()("link.unnamed")


def seen_links(dossiers: Iterable[str] | None = None) -> dict[str, Glance]:
    """What the links of this browser lead to, by the short id of their dossiers. Raises StoreError."""
    links = session.remembered()
    wanted = {one: links[one].token for one in (links if dossiers is None else dossiers) if one in links}
    found = glance(store(), wanted.values())
    return {one: found[token] for one, token in wanted.items() if token in found and found[token].dossier == one}


def hear_of_link(told: str | None) -> None:
    """A link was followed in this tab: say what it opened or why it did not, or ask whether to open it here."""
    if told in REFUSALS:
        session.set_refused_link(told)
    elif told == session.LINK_OPENED:
        _tell_arrival()
    elif told:
        session.offer_dossier(told)


def _tell_arrival() -> None:
    """Say which dossier this is, and which one this browser had open before."""
    saving = session.saving()
    if saving is None:
        return
    others = [one for one in session.remembered() if one != saving.dossier]
    try:
        seen = seen_links(others[:1])
    except StoreError:
        seen = {}
    say, name = session.say(), dossier_name(saving.known.organisation)
    if seen:
        before = _named(next(iter(seen.values())))
        session.notify(say("link.opened.other", name=name, other=before), _LONG_ENOUGH)
    else:
        session.notify(say("link.opened", name=name), _LONG_ENOUGH)


def choose_dossier() -> None:
    """In the place of the page: several dossiers are remembered, and the tab does not say which it is about."""
    say = session.say()
    st.title(say("link.which"), anchor=False)
    st.markdown(plain(say("link.which.explained")))
    _choices()
    st.button(say("link.which.new"), on_click=_begin_own, key=session.key("which.new"))


def _choices() -> None:
    say = session.say()
    try:
        seen = seen_links()
    except StoreError as error:
        st.error(plain(error.sentence(say)))
        return
    for dossier, link in session.remembered().items():
        if dossier not in seen or seen[dossier].revoked:
            continue
        with st.container(border=True, key=f"which-{dossier}"):
            opened = datetime.fromtimestamp(link.used_at, UTC).astimezone(session.now().tzinfo)
            st.markdown(f"**{plain(_named(seen[dossier]))}**")
            at = say.time(opened)
            st.caption(
                plain(
                    say(
                        "link.last_opened", label=link_words(seen[dossier].label), date=say.date(opened.date()), time=at
                    )
                )
            )
            with st.container(horizontal=True):
                name = _named(seen[dossier])
                st.button(
                    label_text(say("link.other.open", name=name)),
                    on_click=_open,
                    args=(dossier,),
                    key=session.key(f"which.open.{dossier}"),
                )
                st.button(
                    label_text(say("link.forget", name=name)),
                    on_click=session.forget_link,
                    args=(dossier,),
                    type="tertiary",
                    key=session.key(f"which.forget.{dossier}"),
                )


def tell_about_tab() -> None:
    """What is to be known about the dossier of this tab before anything else is read on the page."""
    _refused()
    _lost()
    _other()


def _refused() -> None:
    """A link that opened nothing: why, and that nothing else has changed."""
    why = session.refused_link()
    if why is None:
        return
    say = session.say()
    with st.container(border=True, key="link-refused"):
        st.markdown(plain(say(f"link.refused.{why}")))
        st.button(say("link.refused.seen"), on_click=session.set_refused_link, args=(None,), key=session.key("refused"))


def _lost() -> None:
    """The tab says a dossier that this browser has no link for."""
    dossier = session.lost_dossier()
    if dossier is None or session.saving():
        return
    say = session.say()
    with st.container(border=True, key="lost-dossier"):
        st.markdown(plain(say("link.lost")))
        if not session.said_something():
            _choices()
        st.button(say("link.lost.own"), on_click=_begin_own, key=session.key("lost.own"))


def _other() -> None:
    """A link, or an address, led to another dossier than the one of this tab: nothing changes until it is said."""
    dossier = session.contradiction() or session.offered_dossier()
    if dossier is None or dossier in (session.OWN, session.dossier_of_tab()):
        if session.offered_dossier():
            session.answer_offer()
        return
    say, saving = session.say(), session.saving()
    held = dossier_name(session.assessment().organisation)
    try:
        seen = seen_links([dossier]).get(dossier)
    except StoreError as error:
        st.error(plain(error.sentence(say)))
        return
    with st.container(border=True, key="other-dossier"):
        if seen is None or seen.revoked:
            st.markdown(plain(say("link.other.lost", held=held)))
        else:
            sentence = "link.other.saved" if saving else "link.other.unsaved"
            st.markdown(plain(say(sentence, name=_named(seen), held=held)))
        with st.container(horizontal=True):
            st.button(
                label_text(say("link.other.stay", name=held)),
                on_click=_stay,
                type="primary",
                key=session.key("other.stay"),
            )
            if seen and not seen.revoked:
                st.button(
                    label_text(say("link.other.open", name=_named(seen))),
                    on_click=_open,
                    args=(dossier,),
                    key=session.key("other.open"),
                )


def _named(seen: Glance) -> str:
    return dossier_name(seen.organisation)


def _open(dossier: str) -> None:
    session.answer_offer()
    if link := session.remembered().get(dossier):
        open_dossier(dossier, link.token)


def _stay() -> None:
    session.answer_offer()
    session.stay()


def _begin_own() -> None:
    """Go on without a saved dossier."""
    session.set_lost_dossier(None)
    session.set_asks_which(False)
    session.set_dossier_of_tab(session.OWN)
