"""Whom to call, in words: short, nothing of what was not said, weeks as people write them."""

from __future__ import annotations

import pytest

from pensebete.assessment.model import NO_CONTACT, Contact
from pensebete.evaluation.contact_text import contact_rows, contact_words, phone_words, ways_words
from pensebete.text.wording import LANGUAGES, wording

FR, EN = wording("fr"), wording("en")
NB = "\u00a0"


def test_what_was_not_said_is_in_no_line_and_no_row():
    for say in (FR, EN):
        assert contact_words(NO_CONTACT, say) == ""
        assert contact_rows(NO_CONTACT, say) == []
        assert contact_words(Contact(name=" ", phone="\n"), say) == ""
        assert contact_rows(Contact(name=" ", phone="\n"), say) == []


def test_a_call_that_is_asked_for_comes_first_in_the_line():
    asked = Contact(phone="418 555-0100", when="avant midi", municipality="Matane", call_wanted=True, next_pay="no")
    words = f"Appel souhaité{NB}: 418 555-0100, avant midi · Matane · prochaine paie non assurée"
    assert contact_words(asked, FR) == words
    there = asked.model_copy(update={"call_wanted": False})
    assert contact_words(there, FR) == words.replace("Appel souhaité", "Pour joindre l’entreprise")
    assert contact_words(Contact(call_wanted=True), EN) == "Call requested"


@pytest.mark.parametrize(
    ("weeks", "french", "english"),
    [
        (0, f"0{NB}semaine", "0 weeks"),
        (0.5, f"0,5{NB}semaine", "0.5 weeks"),
        (1, f"1{NB}semaine", "1 week"),
        (1.5, f"1,5{NB}semaine", "1.5 weeks"),
        (2, f"2{NB}semaines", "2 weeks"),
        (2.25, f"2,25{NB}semaines", "2.25 weeks"),
        (3.0, f"3{NB}semaines", "3 weeks"),
        (2.001, f"2{NB}semaines", "2 weeks"),
    ],
)
def test_weeks_are_said_as_the_language_writes_and_counts_them(weeks, french, english):
    said = Contact(weeks_of_money=weeks)
    assert contact_words(said, FR).endswith(f"argent pour {french}")
    assert contact_words(said, EN).endswith(f"money for {english}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_thing_that_was_said_has_its_row(language):
    whole = Contact(
        **{name: name.upper() for name in ("name", "phone", "email", "municipality", "when")},
        call_wanted=True,
        next_pay="unknown",
        weeks_of_money=3,
        not_counted=True,
    )
    rows = contact_rows(whole, wording(language))
    assert len({asked for asked, _ in rows}) == len(Contact.model_fields) == len(rows)
    assert {"NAME", "PHONE", "EMAIL", "MUNICIPALITY", "WHEN", "3"} <= {answered for _, answered in rows}


@pytest.mark.parametrize("say", [FR, EN])
def test_a_number_is_told_with_its_extension_in_the_language_of_the_page(checklist, say):
    word = {"fr": "poste", "en": "ext."}[say.language]
    assert phone_words("418-555-1234 ext 12", say) == f"418 555-1234, {word} 12"
    contact = checklist.contact.model_copy(update={"phone": "4185551234", "email": None, "url": "https://pole.example"})
    ways = [("4185551234", "418 555-1234"), ("https://pole.example", "https://pole.example")]
    assert ways_words(contact, say) == ways
    assert phone_words("à venir", say) == "à venir"
