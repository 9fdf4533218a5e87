"""Numbers, emails and sites that can be tapped, and copied without anything hidden in them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote

_DIGITS = re.compile(r"[+(]?\d[\d\s().-]*")
_EXTENSION = re.compile(r"(?:poste|extension|ext\.?|\bx|#)\s*(\d+)", re.IGNORECASE)
# « 418 555-0100, poste 3 » and what may stand around it, without a word more: anything else is shown as it was written.
_WHOLE = re.compile(rf"(?P<number>{_DIGITS.pattern})[,;\s(]*(?:{_EXTENSION.pattern})?[\s).]*", re.IGNORECASE)
_CALLED = re.compile(r"(?:t[e\u00e9]l\w*|phone)[.:\s]*(?=[\d+(])", re.IGNORECASE)
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_NORTH_AMERICAN = 10  # digits of a number with its area code, without the country's 1
_FEWEST = 3  # digits that one dials: 211


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as people read it, « 418 555-0100 », with its extension, and where a tap on it leads."""

    number: str
    extension: str
    address: str


def phone_in(way: str) -> Phone | None:
    """The number that one may call; None where there is none, and no tap would call anybody."""
    address = address_of(way)
    if not address.startswith("tel:"):
        return None
    written = _without_label(as_copied(way))
    found = _WHOLE.fullmatch(_DASHES.sub("-", written))
    national = address.removeprefix("tel:+1").partition(";")[0]
    if found is None or not re.fullmatch(rf"\d{{{_NORTH_AMERICAN}}}", national):
        return Phone(written, "", address)
    dialled = re.sub(r"\D", "", found["number"])
    country = "1 " if len(dialled) > _NORTH_AMERICAN else ""
    return Phone(f"{country}{national[:3]} {national[3:6]}-{national[6:]}", found[2] or "", address)


def mail_to(address: str, subject: str, text: str = "") -> str:
    """An email that is begun: its sender reads it, mends it, and sends it. It has its own ends of line."""
    body = f"&body={quote(text.replace(chr(10), chr(13) + chr(10)), safe='')}" if text else ""
    return f"mailto:{quote(as_copied(address), safe='@')}?subject={quote(subject, safe='')}{body}"


def as_copied(way: str) -> str:
    """A number or an address without joiners, and with spaces that are spaces."""
    seen = "".join(sign for sign in way if unicodedata.category(sign) != "Cf")
    return " ".join(seen.split())


def address_of(way: str) -> str:
    """Where a tap leads: `tel:`, `mailto:`, or the site itself; empty for words that are none of these.

    An email leads to that address alone: who typed it says neither what is written there nor who else gets it.
    """
    way = as_copied(way)
    if way.lower().startswith(("http://", "https://")):
        return way
    return f"mailto:{quote(way, safe='@')}" if "@" in way else _telephone(way)


def _without_label(way: str) -> str:
    """« Tél. : 418 555-0100 » is a number."""
    return _CALLED.sub("", way, count=1) if _CALLED.match(way) else way


def _telephone(way: str) -> str:
    """RFC 3966. A number of ten digits is of this country; one of three (211) is dialled as it is."""
    way = _DASHES.sub("-", _without_label(way))
    found = _DIGITS.match(way)
    digits = re.sub(r"\D", "", found[0]) if found else ""
    if found is None or len(digits) < _FEWEST:
        return ""
    if len(digits) == _NORTH_AMERICAN and not found[0].startswith("+"):
        digits = f"+1{digits}"
    elif found[0].startswith("+") or len(digits) == _NORTH_AMERICAN + 1:
        digits = f"+{digits}"
    extension = _EXTENSION.search(way, found.end())
    return f"tel:{digits};ext={extension[1]}" if extension else f"tel:{digits}"
