"""The draft that the workshop looks at, pasted, dropped or begun from the published one; its mistakes, in place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

import streamlit as st

from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.live import Published
from pensebete.text.markdown_escape import plain
from pensebete.web import session
from pensebete.web.components.file_download import hand_over
from pensebete.web.server.reading import TooMuchError, VisitorLeftError, read_checklist

_TEXT, _FILE = "workshop.text", "workshop.file"  # the keys of the two fields
MOST_TYPED = 1_500_000  # characters; a checklist of 500 items has half as many, and a page sends them at each tap
_AROUND = 1  # lines shown before and after the one with a mistake
_LONGEST = 300  # characters shown of a line


@dataclass(frozen=True, slots=True)
class Draft:
    """What was given, as far as it could be read."""

    sound: Published | None
    diagnostics: tuple[Diagnostic, ...]
    lines: tuple[str, ...]
    given_up: bool = False  # it took longer than anybody's checklist does

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
    st.button(say("workshop.from_published"), key="workshop.published", on_click=_show, args=(session.latest().text,))
    st.text_area(
        say("workshop.text"),
        key=session.unversioned_widget(_TEXT, given if isinstance(given, str) else ""),
        height=320,
        max_chars=MOST_TYPED,
        on_change=_typed,
    )
    st.caption(say("workshop.text.explained"))
    if isinstance(given, str) and given and st.button(say("workshop.take_away"), key="workshop.take_away"):
        hand_over(given.encode(), "checklist.yaml", "application/yaml")


def current_draft() -> Draft | None:
    """The draft as it is read; None where nothing was given yet."""
    return session.of_draft(_read) if session.draft() else None


def verdict(draft: Draft) -> None:
    """Whether it is sound, in a sentence."""
    say = session.say()
    if draft.given_up:
        st.error(say("workshop.given_up"))
        return
    warnings = say("workshop.warnings", n=draft.count("warning")) if draft.count("warning") else ""
    if draft.sound:
        checklist = draft.sound.checklist
        sound = say("workshop.sound", version=checklist.version, n=len(checklist.items))
        st.success(plain(f"{sound} {warnings}"))
    else:
        st.error(plain(f"{say('workshop.unsound', n=draft.count('mistake'))} {warnings}"))


def mistakes_in_place(draft: Draft) -> None:
    """Each mistake under the line to mend, the lines around it shown with their numbers."""
    if not draft.diagnostics:
        if not draft.given_up:
            st.write(session.say()("workshop.no_mistake"))
        return
    by_line = groupby(sorted(draft.diagnostics, key=_line), key=_line)
    st.html("".join(part for line, diagnostics in by_line for part in _beside(draft.lines, line, list(diagnostics))))


def _line(diagnostic: Diagnostic) -> int:
    return diagnostic.place.line


def _beside(lines: Sequence[str], line: int, diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    say = session.say()
    yield f'<div class="draft-place"><h2>{escape(say("workshop.line", line=line))}</h2><pre>'
    for n in range(max(1, line - _AROUND), min(len(lines), line + _AROUND) + 1):
        shown = lines[n - 1]
        text = escape(shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…")
        yield f"{n:>5}  {f'<mark>{text}</mark>' if n == line else text}\n"
    yield "</pre><ul>"
    for diagnostic in diagnostics:
        words = f"{diagnostic.sentence(say.language)} {diagnostic.remedy(say.language)}"
        kind = say(f"workshop.{diagnostic.severity}")
        yield f"<li><strong>{escape(kind)}</strong> {escape(words)} <small>({escape(diagnostic.code)})</small></li>"
    yield "</ul></div>"


def _read(source: str | bytes) -> Draft:
    try:
        checklist, diagnostics = read_checklist(source, session.visitor_has_left)
    except TooMuchError:
        return Draft(None, (), (), given_up=True)
    except VisitorLeftError:
        st.stop()
    text = source if isinstance(source, str) else source.decode("utf-8", "replace")
    return Draft(Published(checklist, text) if checklist else None, diagnostics, tuple(text.splitlines()))


def _typed() -> None:
    text: str = session.typed(_TEXT)
    if len(text) > MOST_TYPED:
        session.notify(session.say()("workshop.too_long", most=MOST_TYPED), in_view=True)
        _show("")
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
    try:
        _show(content.decode("utf-8-sig"))
    except UnicodeDecodeError:  # the mistake says which encoding it is in
        _show("")
        session.set_draft(content)


def _show(text: str) -> None:
    session.set_draft(text)
    session.widget_shows(_TEXT, text)
