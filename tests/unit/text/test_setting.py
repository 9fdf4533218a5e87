"""What an operator writes for a number."""

from __future__ import annotations

import pytest

from pensebete.text.setting import WholeNumber
from pensebete.text.wording import LANGUAGES, wording

NAME = "PENSEBETE_TEST"
MANY = WholeNumber(NAME, 50)
SOME = WholeNumber(NAME, 50, least=1, off=0)


@pytest.mark.parametrize(("said", "of_many", "of_some"), [("7", 7, 7), (" 7 ", 7, 7), ("0", 0, 50), ("off", 50, 0)])
def test_a_number_counts_where_it_may_be_said(said, of_many, of_some, monkeypatch):
    monkeypatch.setenv(NAME, said)
    assert (MANY.value, SOME.value) == (of_many, of_some)


@pytest.mark.parametrize("said", ["beaucoup", "-1", "1.5", "٣", "²", "1 000", "9" * 5_000])
def test_what_is_none_counts_for_the_usual_one_and_is_said_in_both_languages(said, monkeypatch):
    monkeypatch.setenv(NAME, said)
    for setting in (MANY, SOME):
        assert setting.value == 50
        for language in LANGUAGES:
            sentence = setting.mistake(wording(language)) or ""
            assert [word for word in (NAME, said, "50") if word not in sentence] == []


@pytest.mark.parametrize("said", [None, "", "  ", "7"])
def test_nothing_is_wrong_with_what_is_not_set(said, monkeypatch):
    monkeypatch.delenv(NAME, raising=False) if said is None else monkeypatch.setenv(NAME, said)
    assert MANY.mistake(wording("fr")) is None
    assert MANY.value == (7 if said == "7" else 50)
