"""What was meant by a value that is typed as people type it: `1,5`, `2 semaines`, `1er mars 2026`, `oui`.

Nothing where it could be two things: 01-03-2026 is a day of January or of March.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date

_MONTHS = {
    name: n
    for n, names in enumerate(
        (
            "janvier january janv jan",
            "février fevrier february févr fév feb",
            "mars march mar",
            "avril april avr apr",
            "mai may",
            "juin june jun",
            "juillet july juil jul",
            "août aout august aug",
            "septembre september sept sep",
            "octobre october oct",
            "novembre november nov",
            "décembre decembre december déc dec",
        ),
        1,
    )
    for name in names.split()
}
_UNITS = {
    unit: letter
    for letter, units in {
        "h": "h hr hrs heure heures hour hours",
        "d": "d j jr jrs jour jours day days",
        "w": "w s sem semaine semaines week weeks wk wks",
    }.items()
    for unit in units.split()
}
_LANGUAGES = {
    **dict.fromkeys(("français", "francais", "french", "fra", "fre", "fr-ca", "fr_ca"), "fr"),
    **dict.fromkeys(("anglais", "english", "eng", "ang", "en-ca", "en_ca"), "en"),
    **dict.fromkeys(("espagnol", "español", "spanish", "spa", "esp"), "es"),
}
_BOOLEANS = {"oui": "true", "vrai": "true", "non": "false", "faux": "false"}
# The fields whose list holds words; elsewhere a lone word is no element.
_LISTS_OF_WORDS = frozenset({"languages", "retired", "urgency", "impact", "effort", "categories"})


def meant(expected: str, field: str, value: object) -> str:
    """What to write in its place; nothing where that is not sure. `expected` is a key of EXPECTED."""
    if not isinstance(value, str) or len(value) > 200 or expected not in _READINGS:
        return ""
    return _READINGS[expected](re.sub(r"[\s\u00a0\u202f]+", " ", value).strip(), field)


def _whole_number(value: str, field: str) -> str:
    """`90 jours`, `40 %`: with the unit that the field counts in."""
    found = re.fullmatch(r"([0-9]{1,4}) ?(%|[a-z]+)", value.casefold())
    if not found:
        return ""
    unit = "%" if field in ("from", "weak_domain_below") else "d" if field == "valid_days" else ""
    return found[1] if unit and unit == _UNITS.get(found[2], found[2]) else ""


def _share(value: str, _field: str) -> str:
    """`0,8`, `80 %`."""
    found = re.fullmatch(r"([0-9]{1,3})(?: ?%|,([0-9]{1,4}))", value)
    if not found:
        return ""
    return f"{found[1]}.{found[2]}" if found[2] else f"{int(found[1]) / 100:g}"


def _weight(value: str, _field: str) -> str:
    found = re.fullmatch(r"([0-9]{1,3}),([0-9]{1,2})", value)
    return f"{found[1]}.{found[2]}" if found else ""


def _level(value: str, _field: str) -> str:
    found = re.fullmatch(r"([123])(?:[.,]0+| ?/ ?3)", value)
    return found[1] if found else ""


def _horizon(value: str, _field: str) -> str:
    found = re.fullmatch(r"([1-9][0-9]{0,2}) ?([a-z]+)\.?", value.casefold())
    return found[1] + _UNITS[found[2]] if found and found[2] in _UNITS else ""


def _date(value: str, _field: str) -> str:
    if found := re.fullmatch(r"([0-9]{4}) ?[/., -] ?([0-9]{1,2}) ?[/., -] ?([0-9]{1,2})", value):
        return _day(found[1], found[2], found[3])
    if found := re.fullmatch(r"([0-9]{4})([0-9]{2})([0-9]{2})", value):
        return _day(*found.groups())
    if found := re.fullmatch(r"([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{4})", value):
        first, second, year = found.groups()
        if first == second or int(first) > 12:
            return _day(year, second, first)
        return _day(year, first, second) if int(second) > 12 else ""
    words = value.casefold().removeprefix("le ")
    if found := re.fullmatch(r"([0-9]{1,2})(?:er|st|nd|rd|th)?[ -]([^\W\d]+)\.?,?[ -]([0-9]{4})", words):
        return _day(found[3], str(_MONTHS.get(found[2], 0)), found[1])
    if found := re.fullmatch(r"([^\W\d]+)\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})", words):
        return _day(found[3], str(_MONTHS.get(found[1], 0)), found[2])
    return ""


def _day(year: str, month: str, day: str) -> str:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return ""
    return found.isoformat() if 1990 <= found.year <= 2100 else ""


def _url(value: str, _field: str) -> str:
    value = value.removeprefix("<").removesuffix(">")
    bare = re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[^\s<>\"]*)?", value, re.IGNORECASE)
    if bare:
        return f"https://{value}"
    return value if re.fullmatch(r"https?://(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[^\s<>\"]*)?", value, re.IGNORECASE) else ""


def _email(value: str, _field: str) -> str:
    value = re.sub(r" ?(?:\(at\)|\[at\]|@) ?", "@", value).removeprefix("<").removesuffix(">")
    return value if re.fullmatch(r"[^@\s<>]+@[^@\s<>]+\.[a-z]{2,}", value) else ""


def _id(value: str, field: str) -> str:
    """`trésorerie à jour` -> `tresorerie-a-jour`; no other sign is guessed at, and no space in what refers to an id."""
    plain = "".join(c for c in unicodedata.normalize("NFD", value) if not unicodedata.combining(c))
    if (plain == value or " " in value) and field not in ("id", "class"):
        return ""
    return re.sub(" +", "-", plain) if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9+_ -]*", plain) else ""


def _language(value: str, _field: str) -> str:
    return language_called(value)


def language_called(name: str) -> str:
    """The code of a language that is named by its name, or with capitals; nothing else."""
    plain = name.casefold().strip()
    return _LANGUAGES.get(plain, plain if plain != name and re.fullmatch("fr|en|es", plain) else "")


def _bool(value: str, _field: str) -> str:
    return _BOOLEANS.get(value.casefold(), "")


def _list(value: str, field: str) -> str:
    return listed(value) if field in _LISTS_OF_WORDS else ""


def listed(value: str) -> str:
    """`fr`, `fr, en`: the words of a list without its brackets."""
    return f"[{value}]" if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9+_-]*(?:, ?[A-Za-z0-9][A-Za-z0-9+_-]*)*", value) else ""


# Whom a message goes to, as people say it.
_RECIPIENTS = {
    name: meant
    for meant, names in {
        "staff": "personnel|tout le personnel|équipe|employés|all staff|team|employees",
        "public": "clientèle|clients|membres|population|customers|members",
        "government": "gouvernement|organismes publics|organisme public|élus|personnes élues|public bodies",
        "hub": "pôle|le pôle",
        "others": "autre|autres|other",
    }.items()
    for name in names.split("|")
}


def _choice(value: str, field: str) -> str:
    if field == "to":
        return _RECIPIENTS.get(value.casefold(), "")
    if field != "choose":
        return ""
    words = {"un": "one", "une": "one", "un seul": "one", "une seule": "one", "1": "one", "single": "one"}
    words |= dict.fromkeys(("plusieurs", "many", "multiple", "several"), "several")
    return words.get(value.casefold(), "")


_READINGS: dict[str, Callable[[str, str], str]] = {
    "whole_number": _whole_number,
    "share": _share,
    "number_above": _weight,
    "level": _level,
    "horizon": _horizon,
    "date": _date,
    "url": _url,
    "email": _email,
    "id": _id,
    "language": _language,
    "bool": _bool,
    "list": _list,
    "choice": _choice,
}
