"""What is shown in the place of a page that failed."""

from __future__ import annotations

import logging

import streamlit as st

from pensebete.text.wording import LANGUAGES, wording

_LOG = logging.getLogger(__name__)


def script_error(error: Exception) -> bool:
    """Whatever goes wrong unforeseen: a sentence for the visitor, the reason for the operator's log alone."""
    _LOG.exception("a page failed", exc_info=error)
    for language in LANGUAGES:
        st.error(wording(language)("unsound.fault"))
    return True
