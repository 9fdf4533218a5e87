"""An idea as HTML: its words as they were typed, in their language, whichever way they run."""

from __future__ import annotations

from html import escape

_LONG, _FIRST = 600, 400  # characters: one that is longer than this is folded after so many


def idea_html(text: str, language: str, read_on: str = "", of_page: str = "") -> str:
    """Whole; or, with the words that open the rest, in the language of the page, a long one folded: among others it
    would be a wall on a phone."""
    first, rest = (text, "") if not read_on or len(text) <= _LONG else _cut(text)
    opens = f'<summary lang="{escape(of_page)}">{escape(read_on)}</summary>'
    folded = f"<details>{opens}…{escape(rest)}</details>" if rest else ""
    shown = f"{escape(first)}{'…' if rest else ''}"
    return f'<blockquote class="idea-text" lang="{escape(language)}" dir="auto">{shown}{folded}</blockquote>'


def _cut(text: str) -> tuple[str, str]:
    """After a word, where there is one."""
    at = max(text.rfind(space, 0, _FIRST) for space in " \n") + 1
    return (text[:at].rstrip(), text[at:]) if at > 1 else (text[:_FIRST], text[_FIRST:])
