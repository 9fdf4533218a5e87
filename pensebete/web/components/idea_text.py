"""An idea as HTML: its words as they were typed, in their language, whichever way they run."""

from __future__ import annotations

from html import escape


def idea_html(text: str, language: str) -> str:
    return f'<blockquote class="idea-text" lang="{escape(language)}" dir="auto">{escape(text)}</blockquote>'
