"""The saved dossier of a visit, on screen: opened by its link, kept in step with the others, its state in one line."""

from __future__ import annotations

from datetime import timedelta
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pensebete.assessment.review.model import Author
from pensebete.evaluation.review_text import author_words, line_words
from pensebete.storage.current import store
from pensebete.storage.dossiers import keep
from pensebete.storage.sync import Saving, saving_of_kept
from pensebete.text.markdown_escape import plain
from pensebete.web import session
from pensebete.web.layout.field_text import link_words, place_words
from pensebete.web.layout.navigation import page
from pensebete.web.layout.tab_dossier import open_tab
from pensebete.web.server.dossiers_kept import may_keep
from pensebete.web.server.link_cookie import LINK_MARK
from pensebete.web.server.metrics import count_save

_EVERY = 3  # seconds between two looks at what others changed
# What somebody else changed is read by a person who may be looking elsewhere; « Mon dossier » keeps the list.
_LONG_ENOUGH = timedelta(minutes=1)


def waiting_to_open() -> None:
    """Say that the saved dossier cannot be opened now, and try again until it can or something else is begun."""

    @st.fragment(run_every=_EVERY)
    def follow() -> None:
        session.redraw_if_cut_short()
        error, say = session.unopened(), session.say()
        if error is None:
            return
        with st.container(key="saving-waits"):
            begun = session.said_something()
            st.warning(plain(say("saved.unopened.begun" if begun else "saved.unopened", reason=error.sentence(say))))
        if not begun:
            open_tab()
        if session.unopened() is None:
            session.draw_again()

    follow()


def keep_and_show_link(label: str) -> None:
    """The manager's consent: keep this dossier, and have its first link shown. Raises StoreError."""
    may_keep()
    assessment, now = session.assessment(), session.now()
    text = session.published().text
    kept = keep(store(), assessment, text, now, label)
    count_save("new")
    saving = saving_of_kept(store(), kept, assessment, text, now)
    session.set_saving(saving)
    session.set_dossier_of_tab(saving.dossier)
    session.take_in_saved(saving)
    session.set_lost_dossier(None)
    session.remember_link(kept.token)
    session.show_link(kept.token, kept.link_id)


def address_of(token: str) -> str:
    """The link to copy: the token stands behind the #, which reaches no server."""
    return f"{address_of_app()}#{LINK_MARK}{token}"


def address_of_app() -> str:
    """The address of the first page, as this visitor came to it."""
    base = (st.context.url or "").split("?")[0].split("#")[0]
    return f"{base.rsplit('/', 1)[0]}/"


def saving_status(slot: DeltaGenerator) -> None:
    """In `slot`, one discreet line: saved at what time; here, why saving waits. It looks for what others changed."""
    if session.saving() is None:
        return

    @st.fragment(run_every=_EVERY)
    def follow() -> None:
        session.redraw_if_cut_short()
        saving = session.saving()
        if saving is None:
            return
        # Said first: where the database keeps us waiting, the next look cuts this one short.
        _status(saving, slot)
        if session.sync(saving.pull):
            _tell_what_others_changed(saving)
            _tell_what_others_remarked(saving)
            session.draw_again()

    follow()


def _tell_what_others_changed(saving: Saving) -> None:
    say = session.say()
    by_link: dict[tuple[int, str], list[str]] = {}
    for change in saving.unsaid():
        by_link.setdefault((change.link_id, change.label), []).append(place_words(change.key))
    for (link, label), places in by_link.items():
        sentence = "saved.changed.device" if link == saving.link_id else "saved.changed"
        session.notify(
            say(sentence, label=link_words(label), what="; ".join(dict.fromkeys(places))), _LONG_ENOUGH, in_view=True
        )


def _tell_what_others_remarked(saving: Saving) -> None:
    """Whose remark or answer came, and about which lines; what was merely seen is told where one looks for it."""
    say, checklist, assessment = session.say(), session.checklist(), session.assessment()
    lines: dict[tuple[str, Author], list[str]] = {}
    for said in saving.unsaid_remarks():
        if said.remark.kind != "seen":
            sentence, author = "saved.remark.by", said.remark.author
            if said.event:
                sentence, author = "saved.remark.answered", said.event.author
            line = line_words(said.remark.about, checklist, assessment, say)
            lines.setdefault((sentence, author), []).append(line)
    for (sentence, author), about in lines.items():
        what = "; ".join(dict.fromkeys(about))
        session.notify(say(sentence, author=author_words(author, say), what=what), _LONG_ENOUGH, in_view=True)


def _status(saving: Saving, slot: DeltaGenerator) -> None:
    say = session.say()
    if session.contradicted():
        state = say("saved.paused")
    elif saving.access == "read":
        state = say("saved.reading")
    elif saving.saved_at and not saving.waits_for:
        state = say("saved.at", time=say.time(saving.saved_at))
    else:
        state = say("saved.open")
    slot.html(f'<p class="saved">{escape(state)}</p>')
    with st.container(key="saving-waits"):
        if saving.waits_for:
            st.warning(plain(say("saved.waiting", reason=saving.waits_for.sentence(say))))
        if saving.overwritten:
            st.warning(plain(say("saved.overwritten.title")))
            st.page_link(page("dossier"), label=say("saved.overwritten.see"))
