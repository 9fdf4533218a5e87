"""What people call the fields: each name of the table leads to a field that there is."""

from __future__ import annotations

from typing import Any

import pytest

from pensebete.checklist.loading import read
from pensebete.checklist.model import Checklist, Model
from pensebete.checklist.validation.other_names import _OTHER_NAMES, condition_word, fields_called
from pensebete.checklist.validation.placeholders import model_in
from tests.builders import mended


def all_fields(model: Any = Checklist) -> set[str]:
    fields = model.model_fields
    inner = [found for info in fields.values() if (found := model_in(info.annotation))]
    return {info.alias or name for name, info in fields.items()}.union(*map(all_fields, inner))


def test_every_field_of_the_table_is_one_of_the_models():
    assert set(_OTHER_NAMES) <= all_fields()
    assert len(_OTHER_NAMES) > 50


def fields_of(name: str) -> list[str]:
    def models(model: type[Model]) -> dict[str, type[Model]]:
        inner = [found for info in model.model_fields.values() if (found := model_in(info.annotation))]
        return {model.__name__: model, **{name: one for part in inner for name, one in models(part).items()}}

    return [info.alias or field for field, info in models(Checklist)[name].model_fields.items()]


@pytest.mark.parametrize(
    ("place", "written", "field"),
    [
        ("Item", "poids", "weight"),
        ("Item", "titre", "title"),
        ("Item", "aide", "help"),
        ("Item", "Critères", "criteria"),
        ("Item", "exemples", "examples"),
        ("Item", "urgence", "urgency"),
        ("Item", "ressources", "resources"),
        ("Item", "appliesWhen", "applies_when"),
        ("Item", "valid-days", "valid_days"),
        ("Criteria", "fait", "done"),
        ("Criteria", "en_cours", "in_progress"),
        ("Criteria", "en cours", "in_progress"),
        ("SuggestedAction", "responsable", "owner"),
        ("SuggestedAction", "délai", "within"),
        ("SuggestedAction", "échéance", "within"),
        ("SuggestedAction", "texte", "text"),
        ("Checklist", "domaines", "domains"),
        ("Checklist", "profil", "profile"),
        ("Checklist", "paliers", "bands"),
        ("Checklist", "retirés", "retired"),
        ("Checklist", "renommés", "renamed"),
        ("Domain", "éléments", "items"),
        ("Domain", "essentiel", "vital"),
        ("Domain", "prêteur", "lender"),
        ("Contact", "téléphone", "phone"),
        ("Contact", "courriel", "email"),
        ("Contact", "nom", "name"),
        ("Resource", "nom", "title"),
        ("Resource", "lien", "url"),
        ("Resource", "adresse", "url"),
        ("Resource", "vérifié_le", "verified_on"),
        ("Resource", "valide_jusqu_au", "valid_until"),
        ("Option", "libellé", "label"),
        ("Option", "texte", "label"),
        ("ProfileQuestion", "choix", "options"),
    ],
)
def test_a_field_called_by_its_name_in_french_is_known(place, written, field):
    assert fields_called(written, fields_of(place)) == [field]


def test_a_name_that_could_be_two_fields_of_a_place_is_suggested_and_has_no_edit():
    (told,) = (m for m in read(mended(("        urgency: 1\n", "        niveau: 1\n")))[1] if m.code == "unknown-field")
    assert (told.suggestion, told.edit) == ("", None)
    both = ("name: {fr: Le pôle, en: The hub}", "intitulé: {fr: Le pôle, en: The hub}")
    (told,) = (
        m for m in read(mended((f"contact: {{{both[0]}", f"contact: {{{both[1]}")))[1] if m.code == "unknown-field"
    )
    assert told.suggestion == "name"


@pytest.mark.parametrize(
    ("word", "meant"),
    [("and", "all"), ("ET", "all"), ("toutes", "all"), ("un de", "any"), ("or", "any"), ("ou", "any"), ("Any", "any"),
     ("non", "not"), ("any", ""), ("all", ""), ("not", ""), ("staff", ""), ("é" * 5000, "")],
)  # fmt: skip
def test_the_words_that_join_conditions_are_known_as_people_say_them(word, meant):
    assert condition_word(word) == meant


def test_a_question_may_be_called_by_such_a_word():
    asked = mended(
        ("- id: operations", "- id: ou"),
        ("{operations: [stock]}", "{ou: [stock]}"),
        ("{operations: [none]}", "{ou: [none]}"),
    )
    assert read(asked)[1] == ()
