"""Slips that leave a checklist at work: what is warned of, and what is left in peace."""

from __future__ import annotations

from time import process_time

import pytest

from pensebete.checklist.item_template import item_skeleton
from pensebete.checklist.loading import load, read
from pensebete.text.wording import LANGUAGES, wording
from tests.builders import MINIMAL, ROOT, SHIPPED, mended
from tests.yardstick import slowness

SLIPS = {"same-ref", "said-twice", "cut-word", "markup", "unwritten", "heavy-weight", "email-signs"}


def told(*changes: tuple[str, str]) -> list[str]:
    checklist, diagnostics = read(mended(*changes))
    assert checklist is not None
    return [one.code for one in diagnostics]


@pytest.mark.parametrize(
    "text", ["une recon- naissance", "la recon\u00adnaissance", "la recon\u00ad naissance", "l’entre- prise"]
)
def test_a_word_that_a_pdf_cut_is_told(text):
    assert told(("fr: Voici", f"fr: {text}")) == ["cut-word"]


@pytest.mark.parametrize(
    "text",
    [
        "socio- et économique",
        "avant- ou après",
        "short- and long-term",
        "semi- à hebdomadaire",
        "Rimouski - Matane",
        "vis-à-vis",
        "de 10- 20 ans",
        "le plan - le vrai",
        "Est-ce bien?",
    ],
)
def test_a_hyphen_that_is_meant_is_left_alone(text):
    assert told(("fr: Voici", f"fr: {text}")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Voici **tout**",
        "Voici __tout__",
        "'[ici](https://pole.example)'",
        "un <b>mot</b>",
        "un <br> mot",
        "un mot&nbsp;ici",
        "d&eacute;j&agrave;",
        "l&#39;aide",
        "'<a href=\"x\">ici</a>'",
        "un <br/> mot",
    ],
)
def test_signs_of_another_program_are_told(text):
    assert told(("fr: Voici", f"fr: {text}")) == ["markup"]


@pytest.mark.parametrize(
    "text",
    [
        "2 * 3 ** 2",
        "moins de 5 <10",
        "R&D; et plus",
        "A&W; B",
        "'[à confirmer] (bientôt)'",
        "mon_fichier__final",
        "a < b > c",
        "'<nom de la personne>'",
        "5 ** 2 et 3 ** 4",
    ],
)
def test_signs_of_a_sentence_are_left_alone(text):
    assert told(("fr: Voici", f"fr: {text}")) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_item_as_the_template_gives_it_is_told_once_and_is_sound(language):
    skeleton = item_skeleton(load(MINIMAL), wording(language))
    assert told(("      - id: listen\n", skeleton + "      - id: listen\n")) == ["unwritten"]


def test_the_id_of_the_template_is_told_when_all_else_is_written():
    assert told(("id: listen\n", "id: new-item-12\n"), ("{hear: listen}", "{hear: new-item-12}")) == ["unwritten"]


@pytest.mark.parametrize(("weight", "codes"), [("20", []), ("20.5", ["heavy-weight"]), ("900", ["heavy-weight"])])
def test_a_weight_of_more_than_ten_times_the_usual_one_is_told(weight, codes):
    assert told(("weight: 1.5", f"weight: {weight}")) == codes


def test_what_is_said_twice_is_told_once_whatever_its_languages():
    assert told(("{fr: Personnes, en: People}", "{fr: Argent, en: Money}")) == ["said-twice"]
    assert told(("label: {fr: Oui, en: Yes}", "label: {fr: Non, en: Yes}")) == ["said-twice"]
    assert told(("title: {fr: Écouter, en: Listen}", "title: {fr: Parler, en: Talk}")) == ["said-twice"]


@pytest.mark.parametrize(
    "file", [SHIPPED, *sorted((ROOT / "tests" / "fixtures" / "checklists").glob("*.yaml"))], ids=str
)
def test_no_sound_file_has_a_slip(file):
    assert {one.code for one in read(file.read_bytes())[1]} & SLIPS == set()


@pytest.mark.parametrize(
    ("number", "codes"), [(10, ["missing-glyph"] * 10), (11, ["missing-glyphs"]), (300, ["missing-glyphs"])]
)
def test_characters_that_the_pdf_cannot_draw_are_told_in_few_words(number, codes):
    assert told(("not_covered: [", "not_covered: [" + "{fr: 🙂, en: x}, " * number)) == codes


def test_a_third_language_begun_is_told_in_one_sentence_with_its_count():
    begun = mended(("languages: [fr, en]", "languages: [fr, en, es]"), ("en: Small checklist}", "en: S, es: Lista}"))
    (one,) = read(begun)[1]
    assert (one.code, one.values["count"], one.place.line) == ("missing-texts", "51", 5)


def test_a_text_of_brackets_and_stars_is_looked_through_at_once():
    for text in ("[" * 9_000, "**a" * 3_000, "<b " * 3_000, "ab- " * 2_500, "&" * 9_000, "__a" * 3_000):
        began = process_time()
        read(mended(("{fr: Voici, en: Here}", f"{{fr: '{text}', en: Here}}")))
        assert process_time() - began < 1 * slowness()
