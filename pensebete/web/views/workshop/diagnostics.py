"""What is wrong with the draft: the verdict in a sentence, then each diagnostic under its line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

import streamlit as st

from pensebete.checklist.diagnostics import Diagnostic
from pensebete.text.markdown_escape import plain
from pensebete.web import session
from pensebete.web.views.workshop.draft import Draft, mend_all

_AROUND = 1  # lines shown before and after the one with a mistake
_LONGEST = 300  # characters shown of a line


def verdict(draft: Draft, mends: bool = True) -> None:
    """Whether it would be published, in a sentence; where it is edited here, all sure edits at once."""
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
    if mends and (edits := sum(one.edit is not None for one in draft.diagnostics)):
        st.button(say("workshop.mend_all", n=edits), key="workshop.mend_all", on_click=mend_all)


def diagnostics_in_place(draft: Draft) -> None:
    """Each under the line to mend, the lines around it shown with their numbers; warnings wait until all mistakes are
    mended, folded.

    browser_bridge/workshop.js goes to the line in the text, and makes an edit there.
    """
    say = session.say()
    if not draft.diagnostics:
        if not draft.given_up:
            st.write(say("workshop.no_mistake"))
        return
    mistakes, warnings = _places(draft, "mistake"), _places(draft, "warning")
    if mistakes:
        st.html(f'<div class="draft-mistakes">{mistakes}</div>')
    if warnings:
        count = escape(say("workshop.warnings", n=draft.count("warning")))
        fold = "" if mistakes else " open"
        st.html(f'<details class="draft-warnings"{fold}><summary>{count}</summary>{warnings}</details>')


def _places(draft: Draft, severity: str) -> str:
    lines = draft.lines
    of_it = sorted((one for one in draft.diagnostics if one.severity == severity), key=_line)
    by_line = groupby(of_it, key=_line)
    return "".join(part for line, diagnostics in by_line for part in _beside(lines, line, list(diagnostics)))


def _line(diagnostic: Diagnostic) -> int:
    return diagnostic.place.line


def _beside(lines: Sequence[str], line: int, diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    say = session.say()
    yield f'<div class="draft-place"><h2><button type="button" class="to-line" data-line="{line}">'
    yield f"{escape(say('workshop.line', line=line))}</button></h2><pre>"
    for n in range(max(1, line - _AROUND), min(len(lines), line + _AROUND) + 1):
        shown = lines[n - 1]
        text = escape(shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…")
        yield f"{n:>5}  {f'<mark>{text}</mark>' if n == line else text}\n"
    yield "</pre><ul>"
    for diagnostic in diagnostics:
        words = f"{diagnostic.sentence(say.language)} {diagnostic.remedy(say.language)}"
        kind = say(f"workshop.{diagnostic.severity}")
        yield f"<li><strong>{escape(kind)}</strong> {escape(words)} <small>({escape(diagnostic.code)})</small>"
        if diagnostic.edit:
            edit = escape(json.dumps(diagnostic.edit.as_json(), ensure_ascii=False))
            yield f' <button type="button" class="mend" data-edit="{edit}">{escape(say("workshop.mend"))}</button>'
        yield "</li>"
    yield "</ul></div>"
