"""Ready messages: what stands between braces, how long they may be, and in which language staff are written to."""

from __future__ import annotations

import pytest

from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.diagnostics.text_edit import applied
from pensebete.checklist.inserts import INSERTS, MOST_OF_SUBJECT, MOST_OF_TEXT, open_brace
from pensebete.checklist.item_template import item_skeleton
from pensebete.checklist.loading import load, read
from pensebete.checklist.model import Message
from pensebete.text.wording import LANGUAGES, wording
from tests.builders import MINIMAL, mended

TEXT, SUBJECT = "fr: Venez lundi", "fr: Rencontre"


def told(*changes: tuple[str, str]) -> list[Diagnostic]:
    return list(read(mended(*changes))[1])


@pytest.mark.parametrize("name", INSERTS)
def test_each_insert_may_stand_in_subject_and_text(name):
    assert told((TEXT, f'fr: "Venez {{{name}}}, {{{name}}}"'), (SUBJECT, f'fr: "{{{name}}}"')) == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("{telefone}", "{telephone}"),
        ("{téléphone}", "{telephone}"),
        ("{ date }", "{date}"),
        ("{Échéance}", "{echeance}"),
        ("{email}", "{courriel}"),
        ("{organization}", "{organisation}"),
        ("{nom du contact}", "{nom}"),
        ("{dans une semaine}", "{dans_une_semaine}"),
    ],
)
def test_a_name_that_is_meant_for_an_insert_is_mended(written, meant):
    text = mended((TEXT, f'fr: "Venez, {written}"'))
    (one,) = read(text)[1]
    assert (one.code, one.severity, one.edit is not None) == ("unknown-insert", "mistake", True)
    assert applied(text, [one.edit]) == mended((TEXT, f'fr: "Venez, {meant}"'))


@pytest.mark.parametrize("written", ["{montant}", "{x}", "{prix du billet}"])
def test_a_name_of_nothing_is_told_with_those_there_are_and_no_edit(written):
    (one,) = told((TEXT, f'fr: "Venez, {written}"'))
    assert (one.code, one.edit, one.suggestion) == ("unknown-insert", None, "")
    assert "{organisation}, {nom}, {telephone}" in one.remedy("fr")


@pytest.mark.parametrize("text", ["Venez {date", "Venez date}", "Venez {}", "Venez {{date}", "Venez {date}}"])
def test_a_brace_left_open_or_empty_is_a_mistake(text):
    assert [one.code for one in told((TEXT, f'fr: "{text}"'))] == ["open-brace"]


def test_a_brace_is_looked_for_outside_of_inserts():
    assert open_brace("{date} et {nom}") is None
    assert open_brace("{date} et {nom") == len("{date} et ")


@pytest.mark.parametrize(("more", "codes"), [(0, []), (1, ["message-too-long"])])
def test_subject_and_text_have_a_length_that_links_carry(more, codes):
    assert [one.code for one in told((TEXT, f"fr: {'x' * (MOST_OF_TEXT + more)}"))] == codes
    assert [one.code for one in told((SUBJECT, f"fr: {'x' * (MOST_OF_SUBJECT + more)}"))] == codes


def test_to_all_staff_is_french_first_and_to_a_lender_it_is_not():
    words = {"subject": {"fr": "a", "en": "b"}, "text": {"fr": "a", "en": "b"}}
    assert Message.model_validate(words).to == "others"
    french_first = {to: Message.model_validate(words | {"to": to}).french_first for to in ("staff", "public", "hub")}
    assert french_first == {"staff": True, "public": True, "hub": False}


def test_a_message_is_sent_and_not_printed_so_any_character_may_stand_in_it():
    assert told((TEXT, "fr: Venez lundi 🙂")) == []
    assert [one.code for one in told(("fr: Voici", "fr: Voici 🙂"))] == ["missing-glyph"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_message_of_the_template_is_sound_once_it_is_taken_out_of_its_comments(language):
    skeleton = item_skeleton(load(MINIMAL), wording(language))
    lines = skeleton.splitlines(keepends=True)
    start = next(n for n, line in enumerate(lines) if line.strip() == "# message:")
    lines[start:] = [line.replace("# ", "", 1) for line in lines[start:]]
    checklist, _ = read(mended(("      - id: listen\n", "".join(lines) + "      - id: listen\n")))
    assert checklist is not None
    assert checklist.items["new-item-1"].actions[0].message is not None
