"""Numbers and addresses as HTML links: in the framework's Markdown « pole@example.org » would need a hidden sign."""

from __future__ import annotations

from html import escape

from pensebete.text.addresses import address_of, as_copied


def way_html(way: str, words: str = "") -> str:
    """A number, an email or a site to tap; `words` where it is called otherwise."""
    shown, address = escape(words or as_copied(way)), address_of(way)
    if not address:
        return shown
    # Another tab for a site: this one holds the answers.
    apart = ' target="_blank" rel="noopener noreferrer"' if address.startswith("http") else ""
    return f'<a href="{escape(address)}"{apart}>{shown}</a>'
