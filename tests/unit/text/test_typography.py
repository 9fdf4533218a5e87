"""French as it is set in Quebec: what staff write plainly is shown with its no-break spaces, guillemets and 1er."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pensebete.checklist.model import Text
from pensebete.text.typography import (
    _LONGEST_REMEMBERED,
    _REMEMBERED,
    _remembered,
    day_of_french_month,
    held,
    kept_together,
    typeset,
)

NB = "\u00a0"
FRENCH = [
    ("a colon, a percent, a dollar", "Note : 5 % de 300 $", f"Note{NB}: 5{NB}% de 300{NB}$"),
    ("guillemets with plain spaces", "dire « oui » ou « non »", f"dire «{NB}oui{NB}» ou «{NB}non{NB}»"),
    ("guillemets without spaces", "dire «oui»", f"dire «{NB}oui{NB}»"),
    ("a narrow space", "«\u202foui\u202f»", f"«{NB}oui{NB}»"),
    ("apostrophes", "l'aide d'aujourd'hui", "l’aide d’aujourd’hui"),
    ("no space before ; ! ?", "Vraiment ! Quand ? Oui ;", "Vraiment! Quand? Oui;"),
    ("three dots", "et puis...", "et puis…"),
    ("thousands", "12 345,60 $ et 300 000", f"12{NB}345,60{NB}$ et 300{NB}000"),
    ("the first of a month", "le 1 mars, le 11 mai", f"le 1er{NB}mars, le 11 mai"),
    ("an hour and an address", "à 12:30, https://exemple.org/a:b?c", "à 12:30, https://exemple.org/a:b?c"),
    ("a text set already", f"«{NB}Sans objet{NB}»{NB}: 73{NB}%…", f"«{NB}Sans objet{NB}»{NB}: 73{NB}%…"),
]


@pytest.mark.parametrize(("plain", "set_"), [row[1:] for row in FRENCH], ids=[row[0] for row in FRENCH])
def test_french_is_set(plain, set_):
    assert typeset(plain, "fr") == set_


def test_english_has_its_apostrophe_and_no_french_space():
    assert typeset("the board's answer: 5% or so...", "en") == "the board’s answer: 5% or so…"


@given(text=st.text("a1 \u00a0\u202f«»:%$;!?'.mars", max_size=40), language=st.sampled_from(["fr", "en"]))
def test_setting_twice_changes_nothing_more(text, language):
    assert typeset(typeset(text, language), language) == typeset(text, language)


def test_what_staff_write_in_the_checklist_is_set_in_its_language():
    text = Text({"fr": "Dire « oui » : l'essentiel", "en": "Say 'yes' : it's vital"})
    assert text["fr"] == f"Dire «{NB}oui{NB}»{NB}: l’essentiel"
    assert text["en"] == "Say 'yes' : it’s vital"
    assert Text({"fr": "Oui : non"})["en"] == f"Oui{NB}: non"


def test_a_checklist_that_ships_set_is_shown_as_it_is_written(checklist):
    texts = [item.title for item in checklist.items.values()] + [checklist.preface, checklist.disclaimer]
    assert len(texts) > 20
    assert [text for text in texts for language, words in text.root.items() if text[language] != words] == []


def test_only_the_first_day_of_a_french_month_is_ordinal():
    assert [day_of_french_month(f"{day} mars") for day in (1, 2, 11, 21)] == [
        "1er mars",
        "2 mars",
        "11 mars",
        "21 mars",
    ]


def test_an_hour_is_held_in_one_piece():
    assert held("14 h\u202f30") == f"14{NB}h{NB}30"


def test_a_line_never_ends_before_a_sign_that_belongs_to_its_word():
    assert list(kept_together(["dire", "«", "oui", "»", ":", "5", "%"])) == ["dire", "« oui » :", "5 %"]
    assert list(kept_together(["a", "", ":", "b"])) == ["a", "", ":", "b"]


def test_a_line_never_ends_within_a_number():
    assert list(kept_together(["il", "faut", "22", "500", "$", "et", "1", "250", "000", "de", "plus"])) == [
        "il",
        "faut",
        "22 500 $",
        "et",
        "1 250 000",
        "de",
        "plus",
    ]
    assert list(kept_together(["en", "2020", "500", "fois", "12", "5000"])) == [
        "en",
        "2020",
        "500",
        "fois",
        "12",
        "5000",
    ]


def test_what_is_remembered_is_bounded_whatever_visitors_paste():
    before = _remembered.cache_info()
    for number in range(50):
        assert typeset(f"{number} l'an " * 1000, "fr").startswith(f"{number} l’an")
    assert _remembered.cache_info() == before
    assert _REMEMBERED * _LONGEST_REMEMBERED * 2 * 4 < 20_000_000
