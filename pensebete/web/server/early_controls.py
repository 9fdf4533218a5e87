"""The controls of what stands in the page until the app has come: each names the app's own, which `own` finds."""

from __future__ import annotations

from html import escape


def names(own: str, nth: int = 0, leads: bool = False) -> str:
    """The attributes by which early_page.js finds the app's own control; `leads`: to another screen."""
    place = f' data-nth="{nth}"' if nth else ""
    return f' data-own="{escape(own)}"{place}{" data-leads" if leads else ""}'


def link(words: str, address: str, own: str, current: bool) -> str:
    """A way to another page, which its address leads to as well; `current`: to this one."""
    here = ' aria-current="page"' if current else ""
    return f'<a href="{escape(address)}"{names(own, leads=not current)}{here}>{escape(words)}</a>'


def way_on(words: str, address: str, own: str, first: bool = True, asks: str = "") -> str:
    """A button of the bar, which its address leads to as well; under its name what is `asked` there."""
    shown = f"<strong>{escape(words)}</strong><small>{escape(asks)}</small>" if asks else escape(words)
    look = "early-button first" if first else "early-button"
    return f'<a role="button" class="{look}" href="{escape(address)}"{names(own, leads=True)}>{shown}</a>'


def fold(words: str, own: str, nth: int = 0, heard: str = "") -> str:
    """Opened once the app has come; `heard`: what it is about, for who does not see where it stands."""
    about = f'<span class="out-of-sight"> {escape(heard)}</span>' if heard else ""
    return f'<button type="button" class="early-fold"{names(own, nth)}>{escape(words)}{about}</button>'
