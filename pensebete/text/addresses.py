"""Numbers, emails and sites that can be tapped, and copied without anything hidden in them."""

from __future__ import annotations

import re
import unicodedata

_DIGITS = re.compile(r"[+(]?\d[\d\s().-]*")
_EXTENSION = re.compile(r"(?:poste|ext\.?|extension|#)\s*(\d+)", re.IGNORECASE)
_NORTH_AMERICAN = 10  # digits of a number with its area code, without the country's 1


def as_copied(way: str) -> str:
    """A number or an address without joiners, and with spaces that are spaces."""
    seen = "".join(sign for sign in way if unicodedata.category(sign) != "Cf")
    return " ".join(seen.split())


def address_of(way: str) -> str:
    """Where a tap leads: `tel:`, `mailto:`, or the site itself; empty for words that are none of these."""
    way = as_copied(way)
    if way.lower().startswith(("http://", "https://")):
        return way
    return f"mailto:{way}" if "@" in way else _telephone(way)


def _telephone(way: str) -> str:
    """RFC 3966. A number of ten digits is of this country; one of three (211) is dialled as it is."""
    found = _DIGITS.match(way)
    if found is None:
        return ""
    digits = re.sub(r"\D", "", found[0])
    if len(digits) == _NORTH_AMERICAN and not found[0].startswith("+"):
        digits = f"+1{digits}"
    elif found[0].startswith("+") or len(digits) == _NORTH_AMERICAN + 1:
        digits = f"+{digits}"
    extension = _EXTENSION.search(way, found.end())
    return f"tel:{digits};ext={extension[1]}" if extension else f"tel:{digits}"
