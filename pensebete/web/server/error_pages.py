"""What is shown in the place of the app while checklist.yaml has mistakes: to staff, each one with its line."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import streamlit as st

from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.loading import published_path
from pensebete.text.markdown_escape import plain
from pensebete.text.wording import LANGUAGES, wording

_LOG = logging.getLogger(__name__)


def show_unreadable() -> None:
    """The file is not there, or cannot be read: the operator finds why in the log."""
    for language in LANGUAGES:
        say = wording(language)
        st.title(say("unsound.title"), anchor=False)
        st.write(say("unsound.unreadable"))


def script_error(error: Exception) -> bool:
    """Whatever goes wrong unforeseen: a sentence for the visitor, the reason for the operator's log alone."""
    _LOG.exception("a page failed", exc_info=error)
    for language in LANGUAGES:
        st.error(wording(language)("unsound.fault"))
    return True


def show_diagnostics(diagnostics: Sequence[Diagnostic]) -> None:
    """Every mistake, in both languages: nobody has chosen one yet."""
    for language in LANGUAGES:
        say = wording(language)
        st.title(say("unsound.title"), anchor=False)
        st.write(say("unsound.explained"))
        st.markdown(
            "\n".join(
                "- "
                + plain(say("unsound.mistake", file=published_path().name, line=m.place.line, code=m.code))
                + f" {plain(m.sentence(language))} {plain(m.remedy(language))}"
                for m in diagnostics
            )
        )
