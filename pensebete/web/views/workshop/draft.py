"""The draft that the workshop looks at: pasted, dropped, begun from what is published or lies on the disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import streamlit as st

from pensebete.checklist.accepted import digest_of
from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.diagnostics.text_edit import applied
from pensebete.checklist.line_ends import LINE_ENDS
from pensebete.checklist.model import Checklist
from pensebete.checklist.parsing.encoding import NAMES, NotTextError, decoded
from pensebete.web import session
from pensebete.web.components.file_download import hand_over
from pensebete.web.server.live import Published, look
from pensebete.web.server.reading import TooMuchError, VisitorLeftError, read_checklist
from pensebete.web.server.taps import give_way

_TEXT, _FILE = session.DRAFT_FIELD, "workshop.file"  # the keys of the two fields
MOST_TYPED = session.MOST_TYPED


@dataclass(frozen=True, slots=True)
class Draft:
    """What was given, as far as it could be read."""

    sound: Published | None
    diagnostics: tuple[Diagnostic, ...]
    text: str
    given_up: bool = False  # it took longer than anybody's checklist does

    @property
    def lines(self) -> list[str]:
        return LINE_ENDS.split(self.text)

    def count(self, severity: str) -> int:
        return sum(diagnostic.severity == severity for diagnostic in self.diagnostics)


def draft_form() -> None:
    """The text, and the ways to bring one."""
    say, given = session.say(), session.draft()
    st.file_uploader(
        say("workshop.file"),
        type=["yaml", "yml", "txt"],
        key=_FILE,
        on_change=_dropped,
        max_upload_size=-(-MOST_TYPED // 1_000_000),
    )
    _offered()
    st.text_area(
        say("workshop.text"),
        key=session.unversioned_widget(_TEXT, given if isinstance(given, str) else ""),
        height=320,
        max_chars=MOST_TYPED,
        on_change=_typed,
    )
    st.caption(say("workshop.text.explained"))
    with st.container(key="draft-ways", horizontal=True):
        if isinstance(given, str) and given and st.button(say("workshop.take_away"), key="workshop.take_away"):
            hand_over(given.encode(), "checklist.yaml", "application/yaml")
        if session.draft_before() is not None:
            st.button(say("workshop.take_back"), key="workshop.take_back", on_click=_take_back)


def current_draft() -> Draft | None:
    """The draft as it is read; None where nothing was given yet."""
    if session.draft() and session.draft_base() is None:
        session.begin_draft_from(session.DraftBase(digest_of(session.latest().text)))
    return session.of_draft(_read, (session.today(), accepted_texts())) if session.draft() else None


def read_draft(text: str) -> Draft:
    """A draft that a colleague shares, as it would be read here."""
    return session.of_text(text, _read, (session.today(), accepted_texts()))


def bring(source: str | bytes) -> None:
    """Make a text the draft; where that would replace what was written here, once its author says so."""
    if session.draft_was_edited() and session.draft() != source:
        session.offer_draft(source)
    else:
        _replace(source)


def bring_file(content: bytes, shown: Callable[[str], str] = str) -> None:
    """A file as the draft, `shown` as this visitor may see it; converted from another encoding, which is said."""
    try:
        text, encoding = decoded(content)
    except NotTextError:  # the mistake says what it is
        bring(content)
        return
    if encoding in NAMES:
        session.notify(session.say()("workshop.converted", encoding=NAMES[encoding]), in_view=True)
    bring(shown(text))


def take_up(text: str) -> None:
    """Go on with a text that the program made of the draft; the text before can be taken back."""
    session.replace_draft(text, brought=False)
    _show()


def mend_all() -> None:
    """Make every edit that the diagnostics of the draft carry; the text before can be taken back."""
    draft = current_draft()
    if draft and (edits := [one.edit for one in draft.diagnostics if one.edit]):
        take_up(applied(draft.text, edits))


def _offered() -> None:
    """A text that would take the place of the draft: as the visitor says."""
    if session.offered_draft() is None:
        return
    say = session.say()
    with st.container(border=True, key="draft-offered"):
        st.write(say("workshop.replace"))
        with st.container(horizontal=True):
            st.button(say("workshop.replace.no"), key="workshop.replace.no", on_click=session.forget_offered_draft)
            st.button(say("workshop.replace.yes"), key="workshop.replace.yes", on_click=_take_offered)


def _read(source: str | bytes) -> Draft:
    try:
        checklist, diagnostics = read_checklist(source, session.today(), accepted_texts(), session.visitor_has_left)
    except TooMuchError:
        return Draft(None, (), "", given_up=True)
    except VisitorLeftError:
        give_way()
    text = source if isinstance(source, str) else source.decode("utf-8", "replace")
    return Draft(Published(checklist, text) if checklist else None, diagnostics, text)


def read_here(text: str, accepted: tuple[str, ...] = ()) -> tuple[Checklist | None, tuple[Diagnostic, ...]]:
    """As any text is read in the web, by a child process; None where that takes too long."""
    try:
        return _read_once(text, session.today(), accepted)
    except TooMuchError:
        return None, ()


@lru_cache(maxsize=8)
def _read_once(text: str, day: date, accepted: tuple[str, ...]) -> tuple[Checklist | None, tuple[Diagnostic, ...]]:
    return read_checklist(text, day, accepted)


def accepted_texts() -> tuple[str, ...]:
    """What publication would compare the draft with."""
    return tuple(one.text for one in look().accepted)


def _typed() -> None:
    text: str = session.typed(_TEXT)
    if len(text) > MOST_TYPED:
        session.notify(session.say()("workshop.too_long", most=MOST_TYPED), in_view=True)
        _replace("")
    else:
        session.set_draft(text)


def _dropped() -> None:
    if session.dropped_is_gone(_FILE):
        session.notify(session.say()("resume.upload_gone"))
    content = session.dropped(_FILE)
    if content is None:
        return
    if len(content) > MOST_TYPED:
        session.notify(session.say()("workshop.too_long", most=MOST_TYPED), in_view=True)
        return
    bring_file(content)


def _take_offered() -> None:
    if (source := session.offered_draft()) is not None:
        _replace(source)


def _take_back() -> None:
    session.take_draft_back()
    _show()


def _replace(source: str | bytes) -> None:
    session.replace_draft(source)
    _show()


def _show() -> None:
    source = session.draft()
    session.widget_shows(_TEXT, source if isinstance(source, str) else "")
