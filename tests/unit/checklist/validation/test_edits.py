"""The edit of a diagnostic mends the text: what a person would have typed stands there afterwards."""

from __future__ import annotations

import re

import pytest

from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.diagnostics.text_edit import applied
from pensebete.checklist.loading import read
from pensebete.checklist.validation.meant import meant
from tests.builders import MINIMAL, SHIPPED, mended

SMALL = MINIMAL.read_text(encoding="utf-8")
# What is typed, and what it is in the small checklist; each is mended by its edit to the letter.
SLIPS = {
    "a comma in a number": ("weight: 1,5", "weight: 1.5"),
    "a share in percent": ("provisional_below: 80 %", "provisional_below: 0.8"),
    "a share with a comma": ("provisional_below: 0,8", "provisional_below: 0.8"),
    "a start in percent": ("from: 50 %", "from: 50"),
    "days with their unit": ("valid_days: 7 jours", "valid_days: 7"),
    "a delay in French": ("within: 2 semaines}", "within: 2w}"),
    "a delay with a letter of French": ("within: 2s}", "within: 2w}"),
    "a delay with a space": ("within: 30 d, owner", "within: 30d, owner"),
    "days of French": ("within: 30j, owner", "within: 30d, owner"),
    "a delay in capitals": ("within: 30D, owner", "within: 30d, owner"),
    "a date with strokes": ("verified_on: 2026/03/01", "verified_on: 2026-03-01"),
    "a date in words": ("verified_on: 1er mars 2026", "verified_on: 2026-03-01"),
    "a date in words of English": ("verified_on: March 1st 2026", "verified_on: 2026-03-01"),
    "a date without its zeros": ("verified_on: 2026-3-1", "verified_on: 2026-03-01"),
    "a yes": ("vital: oui", "vital: true"),
    "a truth": ("vital: Vrai", "vital: true"),
    "a sign too many": ("    vital: true]", "    vital: true"),
    "a quote too many": ("weight: 1.5'", "weight: 1.5"),
    "a level as a fraction": ("urgency: 1/3", "urgency: 1"),
    "a choice in French": ("choose: plusieurs", "choose: several"),
    "an option without brackets": ("        applies_when: {staff: some}\n", "        applies_when: {staff: [some]}\n"),
    "languages without brackets": ("languages: fr, en", "languages: [fr, en]"),
    "a list without brackets": ("quick_win: {effort: 1}", "quick_win: {effort: [1]}"),
    "a field in French": ("poids: 1.5", "weight: 1.5"),
    "a field with accents": ("        Critères: {done: {fr: Parlé", "        criteria: {done: {fr: Parlé"),
    "a field misspelt": ("    vitl: true", "    vital: true"),
    "an essential": ("    essentiel: true", "    vital: true"),
    "a condition in French": ("applies_when: {ou: [{staff", "applies_when: {any: [{staff"),
    "a condition in English": ("applies_when: {OR: [{staff", "applies_when: {any: [{staff"),
    "a contrary": ("{non: {operations: [none]}}", "{not: {operations: [none]}}"),
    "an owner misspelt": ("within: 48h, owner: managment", "within: 48h, owner: management"),
    "a language by its name": ("{Français: Argent, en: Money}", "{fr: Argent, en: Money}"),
    "a language in capitals": ("{FR: Argent, en: Money}", "{fr: Argent, en: Money}"),
    "a language misspelt": ("{fq: Argent, en: Money}", "{fr: Argent, en: Money}"),
}


def edited(text: str) -> tuple[list[Diagnostic], str]:
    told = list(read(text)[1])
    return told, applied(text, [one.edit for one in told if one.edit])


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_mended_to_the_letter_and_the_words_name_what_the_edit_writes(slip):
    wrong, right = SLIPS[slip]
    told, text = edited(mended((right, wrong)))
    assert text == SMALL
    edits = [one for one in told if one.edit]
    assert len(edits) == 1
    for language in ("fr", "en"):
        said = f"{edits[0].sentence(language)} {edits[0].remedy(language)}"
        assert (edits[0].suggestion or edits[0].values["meant"]) in said


AMBIGUOUS = {
    "a day or a month": ("verified_on: 01-03-2026", "verified_on: 2026-03-01"),
    "a thousand or a comma": ("weight: 1,500", "weight: 1.5"),
    "a month": ("within: 1 mois}", "within: 2w}"),
    "a number out of its limits": ("weight: 2000,5", "weight: 1.5"),
    "a share above one": ("provisional_below: 1,5", "provisional_below: 0.8"),
    "a language that may be meant": ("{es: Argent, en: Money}", "{fr: Argent, en: Money}"),
    "a field that is there already": ("title: {fr: Argent, en: Money}\n    titre: x", "title: {fr: Argent, en: Money}"),
    "a script": ('url: "javascript:alert(1)"', 'url: "https://example.org/"'),
    "an item of an older version": ("{hear: lisen}", "{hear: listen}"),
    "an option that there is not": (
        "        applies_when: {staff: bonjour}\n",
        "        applies_when: {staff: [some]}\n",
    ),
    "a reference with a space": ("belongs_with: ta lk", "belongs_with: talk"),
    "a field beside a fault of YAML": (
        "    x title: {fr: Argent, en: Money}\n    items\n",
        "    title: {fr: Argent, en: Money}\n    items:\n      - id: cash\n",
    ),
    "words in the place of an id": ("      - id: à compter", "      - id: cash"),
    "a word that joins options": ("        applies_when: {et: [some]}\n", "        applies_when: {staff: [some]}\n"),
}


@pytest.mark.parametrize("case", AMBIGUOUS)
def test_what_could_be_two_things_has_no_edit(case):
    wrong, right = AMBIGUOUS[case]
    told, text = edited(mended((right, wrong)))
    assert any(one.severity == "mistake" for one in told)
    assert text == mended((right, wrong))


def test_the_id_that_is_misspelt_may_be_that_of_the_thing_itself_and_no_edit_is_given():
    damaged = SHIPPED.read_text(encoding="utf-8").replace("  - id: borrowing\n", "  - id: borrowng\n")
    told, text = edited(damaged)
    assert [one.suggestion for one in told if one.code == "unknown-id"] == ["borrowng"]
    assert text == damaged


def test_a_date_whose_day_cannot_be_a_month_is_read():
    assert meant("date", "verified_on", "28-03-2026") == "2026-03-28"
    assert meant("date", "verified_on", "03/28/2026") == "2026-03-28"
    assert meant("date", "verified_on", "30/02/2026") == ""


def alone(text: str) -> str:
    """The small checklist in French alone."""
    text = re.sub(r"(\{fr: (?:\"[^\"]*\"|[^{}]*?)), en: [^{}]*?\}", r"\1}", text)
    return text.replace("languages: [fr, en]", "languages: [fr]").replace(", en: [till]", "")


@pytest.mark.parametrize(
    ("right", "wrong", "becomes"),
    [
        ("title: {fr: Petite liste}", "title: Petite liste", "title:\n  fr: Petite liste"),
        ("{fr: Compté}", "Compté", "{fr: Compté}"),
        ("not_covered: [{fr: Le reste}]", "not_covered:\n  - Le reste", "not_covered:\n  - fr: Le reste"),
        ("  board: {fr: Conseil}", '  board: "Conseil: CA"', '  board:\n    fr: "Conseil: CA"'),
    ],
)
def test_a_text_in_a_checklist_of_one_language_goes_under_it(right, wrong, becomes):
    text = alone(SMALL)
    assert text.count(right) == 1
    told, made = edited(text.replace(right, wrong))
    assert [one.code for one in told] == ["text-without-language"]
    assert made == text.replace(right, becomes)
    assert read(made)[1] == ()


def test_texts_without_their_language_in_a_french_checklist_ask_for_no_english():
    plain = re.sub(r"\{fr: (\"[^\"]*\"|[^{}]*?)\}", r"\1", alone(SMALL))
    told, made = edited(plain)
    assert {one.code for one in told} == {"text-without-language"}
    assert len(told) > 30
    assert [one.values["field"] for one in read(made)[1]] == ["examples"]  # a list is left to the person


def test_a_text_whose_colon_was_read_as_a_field_is_put_under_its_sign():
    folded = ("preface: {fr: Voici, en: Here}", "preface:\n  fr:\n    Trois choses: un, deux\n  en: Here")
    told, made = edited(mended(folded))
    assert [one.code for one in told] == ["wrong-value"]
    checklist, left = read(made)
    assert left == ()
    assert checklist is not None
    assert checklist.preface["fr"] == "Trois choses: un, deux"


@pytest.mark.parametrize("nothing", ["", " >-", " ''", ' ""', " |"])
def test_nothing_after_a_language_is_told_where_it_is_to_be_written(nothing):
    told = read(mended(("preface: {fr: Voici, en: Here}", f"preface:\n  fr:{nothing}\n  en: Here")))[1]
    assert [(one.code, one.place.line, one.values) for one in told] == [
        ("empty-text", 6, {"field": "preface", "language": "fr"})
    ]


def test_quotes_stay_where_what_they_hold_needs_them():
    told, made = edited(mended(('url: "https://example.org/"', 'url: "www.example.org/{a},b"')))
    assert [one.suggestion for one in told] == ["https://www.example.org/{a},b"]
    assert made == mended(('url: "https://example.org/"', 'url: "https://www.example.org/{a},b"'))


def test_an_example_that_stands_alone_gets_its_dash():
    lone = (
        "examples: {fr: [caisse], en: [till]}",
        "examples:\n          fr:\n            caisse\n          en: [till]",
    )
    told, made = edited(mended(lone))
    assert [one.code for one in told] == ["wrong-value"]
    assert read(made)[0] == read(SMALL)[0]


def test_an_empty_field_that_parts_a_name_from_what_is_under_it_is_taken_away():
    split = "title:\n      fr: Argent\n      en: Money\n"
    told, made = edited(
        mended(("title: {fr: Argent, en: Money}\n", "title:\n    note:\n" + split.removeprefix("title:\n")))
    )
    assert [one.code for one in told] == ["missing-field", "unknown-field"]
    assert made == mended(("title: {fr: Argent, en: Money}\n", split))


@pytest.mark.parametrize(
    ("wrong", "becomes"),
    [
        ("Voici **la liste**", "Voici la liste"),
        ("Voici&nbsp;tout", "Voici\u00a0tout"),
        ("Voici la recon\u00adnaissance", "Voici la reconnaissance"),
    ],
)
def test_a_sign_without_a_place_in_a_text_is_taken_away(wrong, becomes):
    told, made = edited(mended(("fr: Voici", f"fr: {wrong}")))
    assert len(told) == 1
    assert made == mended(("fr: Voici", f"fr: {becomes}"))


@pytest.mark.parametrize("written", ["<info@pole.example>", "mailto:info@pole.example", "'<mailto:info@pole.example>'"])
def test_signs_around_an_address_are_taken_away(written):
    told, made = edited(mended(("phone: 418 555-0100", f"email: {written}")))
    assert [one.code for one in told] == ["email-signs"]
    assert made == mended(("phone: 418 555-0100", "email: info@pole.example"))


# A field at another level than its own.
ITEM = "        criteria: {done: {fr: Compté, en: Counted}, in_progress: {fr: Entamé, en: Begun}}\n"
ACTION = "          - {id: ask, text: {fr: Demander, en: Ask}, within: 2w, owner: board}\n"
LONG = """\
          - id: ask
            text:
              fr: Demander
              en: Ask
            within: 2w
            owner: board
"""


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ("            owner: board\n", "          owner: board\n", ""),
        (
            "            within: 2w\n            owner: board\n",
            "            owner: board\n        within: 2w\n",
            "too-far-out",
        ),
        ("            owner: board\n", "              owner: board\n", ""),
        (
            "              en: Ask\n            within: 2w\n",
            "              en: Ask\n              within: 2w\n",
            "too-far-in",
        ),
        ("            owner: board\n", "        owner: board\n", "too-far-out"),
    ],
)
def test_a_field_at_a_wrong_level_is_told_once_with_where_it_goes(right, wrong, code):
    text = mended((ACTION, LONG))
    assert text.count(LONG) == LONG.count(right) == 1
    told, made = edited(text.replace(LONG, LONG.replace(right, wrong)))
    if code:
        assert [one.code for one in told] == [code]
        assert read(made)[0] == read(text)[0]
    else:
        assert told
        assert all(one.severity == "mistake" for one in told)


def test_a_field_with_what_is_under_it_moves_whole():
    long = """\
        criteria:
          done: {fr: Compté, en: Counted}
          in_progress:
            fr: Entamé
            en: Begun
"""
    text = mended((ITEM, long))
    out = long.replace("          in_progress:\n", "        in_progress:\n")
    told, made = edited(text.replace(long, out))
    assert [one.code for one in told] == ["too-far-out"]
    assert made == text
