"""Sentences, numbers and dates: both languages say the same things, and French keeps its typography."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from pensebete.text.wording import CATALOGUES, LANGUAGES, READ_WHEN_SAID, own_name, read_sentences, wording
from tests.builders import ROOT
from tests.source_trees import nodes

ROOMS = sorted(path.name for path in (CATALOGUES / "fr").glob("*.po"))
NB = "\u00a0"


def catalogue(language: str, room: str) -> Catalog:
    with (CATALOGUES / language / room).open("rb") as opened:
        return read_po(opened, locale=language)


def sentences(language: str) -> dict[str, list[str]]:
    """Each message id -> its sentences, one or the plural forms of the language."""
    return {
        name(message): [message.string] if isinstance(message.string, str) else list(message.string)
        for room in ROOMS
        for message in catalogue(language, room)
        if message.id
    }


def name(message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def holes(sentence: str) -> set[str]:
    return {hole for _, hole, *_ in Formatter().parse(sentence) if hole is not None}


# The catalogues


def test_every_room_has_a_catalogue_in_each_language():
    assert ROOMS
    for language in LANGUAGES:
        assert sorted(path.name for path in (CATALOGUES / language).iterdir()) == ROOMS


@pytest.mark.parametrize("room", ROOMS)
def test_both_languages_have_the_same_sentences_in_the_same_order(room):
    french, english = ([m.id for m in catalogue(language, room) if m.id] for language in ("fr", "en"))
    assert french == english
    assert french


@pytest.mark.parametrize("room", ROOMS)
def test_no_catalogue_writes_an_id_twice_or_leaves_one_fuzzy_or_obsolete(room):
    for language in LANGUAGES:
        text = (CATALOGUES / language / room).read_text(encoding="utf-8")
        ids = re.findall(r'^msgid "(.+)"$', text, re.MULTILINE)
        assert len(ids) == len(set(ids))
        assert len(ids) == len([message for message in catalogue(language, room) if message.id])
        assert "#~" not in text
        assert "fuzzy" not in text


def test_no_two_rooms_share_an_id():
    ids = [name(message) for room in ROOMS for message in catalogue("fr", room) if message.id]
    assert len(ids) == len(set(ids))


def test_no_sentence_is_empty():
    for language in LANGUAGES:
        assert [id for id, forms in sentences(language).items() if not all(form.strip() for form in forms)] == []


def test_both_languages_leave_the_same_holes():
    french, english = sentences("fr"), sentences("en")
    for id in french:
        found = {frozenset(holes(form) - {"n"}) for form in french[id] + english[id]}
        assert len(found) == 1, id


@pytest.mark.parametrize("room", ROOMS)
def test_a_sentence_with_a_plural_has_one_in_both_languages(room):
    for french, english in zip(catalogue("fr", room), catalogue("en", room), strict=True):
        if french.id:
            assert french.pluralizable == english.pluralizable
        if french.pluralizable:
            assert french.id[1] == f"{french.id[0]}.plural"
            assert len(french.string) == len(english.string) == 2


def test_zero_is_singular_in_french_and_plural_in_english():
    assert [catalogue("fr", room).plural_expr for room in ROOMS] == ["(n > 1)"] * len(ROOMS)
    assert [catalogue("en", room).plural_expr for room in ROOMS] == ["(n != 1)"] * len(ROOMS)


def test_every_sentence_can_be_said():
    for language in LANGUAGES:
        say = wording(language)
        for room in ROOMS:
            for message in catalogue(language, room):
                if not message.id:
                    continue
                forms = [message.string] if isinstance(message.string, str) else message.string
                values = dict.fromkeys(set().union(*map(holes, forms)) - {"n"}, "x")
                for n in (0, 1, 2, 1000) if message.pluralizable else (None,):
                    assert say(name(message), n=n, **values)


def test_an_id_that_nobody_wrote_is_an_error_and_not_a_sentence():
    for language in LANGUAGES:
        with pytest.raises(KeyError, match=r"no\.such\.sentence"):
            wording(language)("no.such.sentence")


@pytest.mark.parametrize("room", sorted(READ_WHEN_SAID))
def test_a_catalogue_that_most_runs_say_nothing_of_is_read_with_its_first_sentence(room):
    """All of its ids begin with its name, no others do, and reading the others does not read it."""
    own = [id for id in sentences("fr") if id.startswith(f"{room}.")]
    assert own == [name(message) for message in catalogue("fr", f"{room}.po") if message.id]
    assert [id for id in own if read_sentences("fr").ugettext(id) != id] == []
    assert [id for id in own if read_sentences("fr", room).ugettext(id) == id] == []


def test_a_language_the_interface_does_not_speak_is_answered_in_french():
    say = wording("es")
    assert (say.language, say.spoken, say("pages.start")) == ("es", "fr", "Accueil")
    assert say.date(date(2026, 3, 1)) == "1er mars 2026"


def test_it_is_answered_in_english_where_the_checklist_has_english_and_no_french():
    assert wording("pl", ("en", "pl")).spoken == "en"
    assert wording("pl", ("pl", "en", "fr")).spoken == "fr"
    assert wording("pl", ("pl",)).spoken == "fr"
    assert wording("fr", ("en", "pl")).spoken == "fr"


def test_a_language_is_called_by_those_who_read_it_as_they_call_it():
    names = [own_name(language) for language in ("fr", "en", "pl", "ar", "iu", "zzz")]
    assert names == ["Français", "English", "Polski", "العربية", "ᐃᓄᒃᑎᑐᑦ", "zzz"]
    assert [wording("fr").language_name(language) for language in ("en", "pl", "zzz")] == ["anglais", "polonais", "zzz"]


# Ids in the code

SPEAKING = ("pensebete", "pages", "tools/processes")
SOURCES = [path for folder in SPEAKING for path in sorted((ROOT / folder).rglob("*.py"))]


def said(path: Path) -> Iterator[ast.expr]:
    """The id of each `say(…)` and `wording(…)(…)` of a file, both of them where it is one or the other."""
    for node in nodes(path.read_text(encoding="utf-8")):
        if isinstance(node, ast.Call) and node.args and _speaks(node.func):
            id = node.args[0]
            yield from (id.body, id.orelse) if isinstance(id, ast.IfExp) else (id,)


def _speaks(called: ast.expr) -> bool:
    if isinstance(called, ast.Call):
        return _speaks_name(called.func) == "wording"
    return _speaks_name(called) == "say"


def _speaks_name(called: ast.expr) -> str:
    return called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""


def beginning(made: ast.JoinedStr) -> str:
    """What a made id begins with: `status.` of f"status.{answer}"."""
    first = made.values[0]
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""


def test_every_id_the_code_says_is_in_the_catalogues():
    known = set(sentences("fr"))
    written = {(p.name, id.value) for p in SOURCES for id in said(p) if isinstance(id, ast.Constant)}
    made = {(p.name, beginning(id)) for p in SOURCES for id in said(p) if isinstance(id, ast.JoinedStr)}
    assert len(written) > 20
    assert made
    assert {(file, id) for file, id in written if id not in known} == set()
    assert {(file, id) for file, id in made if not any(known_id.startswith(id) for known_id in known)} == set()


def test_no_sentence_of_the_catalogues_is_without_use():
    written, beginnings = set(), set()
    for path in SOURCES:
        for node in nodes(path.read_text(encoding="utf-8")):
            if isinstance(node, ast.Constant):
                written.add(node.value)
            elif isinstance(node, ast.JoinedStr) and "." in beginning(node):
                beginnings.add(beginning(node))
    unused = set(sentences("fr")) - written
    assert {id for id in unused if not id.startswith(tuple(beginnings))} == set()


# Typography

FRENCH_FAULTS = {
    "a straight apostrophe": r"'",
    "a straight quotation mark": r'(?<!=)"',
    "no no-break space before a colon, a percent or a dollar": rf"(?<!{NB})[:%$](?!//)",
    "not one no-break space inside «»": rf"«(?!{NB}[^\s])|(?<![^\s]{NB})»",
    "a space before ; ! ?": r"\s[;!?]",
    "three dots for …": r"\.\.\.",
    "two spaces": r"[ \u00a0\u202f]{2}",
    "a narrow space": r"\u202f",
    "a median dot inside a word": r"\w·\w",
}
ENGLISH_FAULTS = {
    "a straight apostrophe": r"'",
    "French quotation marks": r"[«»]",
    "a space before punctuation": r"\s[:;!?%]",
    "two spaces": r"[ \u00a0\u202f]{2}",
    "British spelling": r"(?i)organis(?:e|ation)|programme\b",
}
# In a time such as 12:30, a field such as `title:`, or a hole with a format, a colon is not punctuation.
NOT_PUNCTUATION = re.compile(r"«\u00a0[\w{}-]+:(?: 0)?\u00a0»|\{[^}]*\}|https?://\S*|\b\d+:\d+\b")


def spoken(language: str) -> list[str]:
    return [form for forms in sentences(language).values() for form in forms]


def faulty(language: str, fault: str) -> list[str]:
    return [text for text in spoken(language) if re.search(fault, NOT_PUNCTUATION.sub("X", text))]


@pytest.mark.parametrize("fault", FRENCH_FAULTS.values(), ids=FRENCH_FAULTS)
def test_french_sentences_keep_their_typography(fault):
    if "«" in fault:  # what stands inside may be a hole
        assert [text for text in spoken("fr") if re.search(fault, text)] == []
    else:
        assert faulty("fr", fault) == []


@pytest.mark.parametrize("fault", ENGLISH_FAULTS.values(), ids=ENGLISH_FAULTS)
def test_english_sentences_are_canadian(fault):
    assert faulty("en", fault) == []


# Numbers, dates, hours

SAID_AS = [
    ("date", date(2026, 3, 28), "28 mars 2026", "March 28, 2026"),
    ("date", date(2026, 3, 1), "1er mars 2026", "March 1, 2026"),
    ("date", date(2026, 1, 11), "11 janvier 2026", "January 11, 2026"),
    ("date", date(2026, 8, 31), "31 août 2026", "August 31, 2026"),
    ("short_date", date(2026, 3, 1), "2026-03-01", "2026-03-01"),
    ("percent", 73, f"73{NB}%", "73%"),
    ("percent", 0, f"0{NB}%", "0%"),
    ("percent", 100, f"100{NB}%", "100%"),
    ("number", 12345, f"12{NB}345", "12,345"),
    ("number", 0.5, "0", "0"),
    ("time", datetime(2026, 3, 28, 14, 30), f"14{NB}h{NB}30", f"2:30{NB}p.m."),
    ("time", datetime(2026, 3, 28, 9, 45), f"09{NB}h{NB}45", f"9:45{NB}a.m."),
    ("listing", ["a"], "a", "a"),
    ("listing", ["a", "b"], "a et b", "a and b"),
    ("listing", ["a", "b", "c"], "a, b et c", "a, b and c"),
]


@pytest.mark.parametrize(("kind", "value", "french", "english"), SAID_AS)
def test_numbers_dates_and_hours_are_said_as_in_quebec_and_in_canada(kind, value, french, english):
    assert getattr(wording("fr"), kind)(value) == french
    assert getattr(wording("en"), kind)(value) == english


def test_decimals_have_a_comma_in_french_and_a_point_in_english():
    assert wording("fr").number(12345.6, decimals=2) == f"12{NB}345,60"
    assert wording("en").number(12345.6, decimals=2) == "12,345.60"


def test_every_whole_percent_from_0_to_100_is_said_as_it_is():
    for whole in range(101):
        assert wording("fr").percent(whole) == f"{whole}{NB}%"
        assert wording("en").percent(whole) == f"{whole}%"


@pytest.mark.parametrize(
    ("language", "day", "said"),
    [
        ("fr", date(2026, 3, 30), "lundi 30 mars"),
        ("fr", date(2026, 12, 1), "mardi 1er décembre"),
        ("fr", date(2027, 1, 4), "lundi 4 janvier 2027"),
        ("en", date(2026, 3, 30), "Monday, March 30"),
        ("en", date(2027, 1, 4), "Monday, January 4, 2027"),
    ],
)
def test_a_day_to_plan_for_is_named_with_its_year_only_where_that_is_another(language, day, said):
    assert wording(language).weekday(day, date(2026, 3, 28)) == said
