"""The message that goes with a PDF: how many remarks wait, how to open it, in the language of who reads it."""

from __future__ import annotations

from uuid import UUID

import pytest

from pensebete.assessment.review.model import ADVISOR, Author
from pensebete.desk.message import message_words
from pensebete.text.wording import wording
from tests.builders import assess
from tests.unit.assessment.review.reviews import MARIE, event, remark, review

ADDRESS = "https://pensebete.example/"


def message(*remarks, author=MARIE, language="fr"):  # type: ignore[no-untyped-def]
    return message_words(review(*remarks), assess(), author, ADDRESS, wording(language))


def test_it_counts_what_waits_for_an_answer_and_says_how_to_open_the_pdf():
    said = message(
        remark(1),
        remark(2),
        remark(3, kind="seen"),
        remark(4, events=(event(9, "reply"),)),
        remark(5, events=(event(10, "closed", MARIE),)),
    )
    assert "avec 2 remarques." in said
    assert f"ouvrez {ADDRESS}" in said
    assert wording("fr")("resume.title") in said
    assert said.startswith("Bonjour,\n\n")
    assert said.endswith("Merci!\nMarie Roy, Pôle de Québec")
    assert "avec 1 remarque." in message(remark(1))


@pytest.mark.parametrize(("language", "words"), [("fr", "Je n’ai pas de remarque"), ("en", "I have no remark")])
def test_where_nothing_waits_it_says_that_it_was_read(language, words):
    said = message(remark(1, kind="seen"), language=language)
    assert words in said
    assert ADDRESS in said


def test_it_counts_the_remarks_of_colleagues_and_claims_none_of_them():
    said = message(remark(1), remark(2, author=Author(name="Jean", role=ADVISOR)))
    assert "avec 2 remarques." in said
    assert "de ma part" not in said


@pytest.mark.parametrize(("language", "words"), [("fr", "Aucune remarque n’attend"), ("en", "No remark waits")])
def test_who_made_a_remark_that_is_answered_does_not_say_to_have_none(language, words):
    answered = remark(4, events=(event(9, "reply"),))
    assert words in message(answered, language=language)
    assert words not in message(answered, author=Author(name="Jean", role=ADVISOR), language=language)


def test_it_holds_no_word_of_a_remark_and_names_nobody_who_gave_no_name():
    said = message(remark(1, text="La marge de crédit est pleine", id=UUID(int=1)), author=Author(role=ADVISOR))
    assert "marge" not in said
    assert said.endswith("Merci!")


def test_it_is_in_the_language_of_the_dossier():
    assert "with 2 remarks." in message(remark(1), remark(2), language="en")
