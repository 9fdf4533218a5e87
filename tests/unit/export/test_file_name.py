"""The names of files: what, whose, of when; the same for every export, and harmless wherever they go."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pensebete.export.file_name import Kind, file_name, slug
from pensebete.text.wording import LANGUAGES, wording
from tests.builders import assess, typed

DAY = date(2026, 11, 26)
ID = UUID("81b2c3d4-0000-4000-8000-000000000001")


def test_a_file_says_what_it_is_whose_and_of_when():
    coop = assess(organisation="Coop du Fleuve", id=ID)
    named = file_name("plan", "pdf", DAY, wording("fr"), coop)
    assert named == "plan-action_coop-du-fleuve_2026-11-26_81b2.pdf"
    assert file_name("board", "pdf", DAY, wording("en"), coop) == "board-page_coop-du-fleuve_2026-11-26_81b2.pdf"
    assert file_name("plan", "ics", DAY, wording("fr"), coop, 8) == "plan-action_coop-du-fleuve_2026-11-26_81b2c3d4.ics"


def test_what_is_not_known_is_left_out():
    say = wording("fr")
    assert file_name("dossier", "json", DAY, say, assess(id=ID)) == "dossier_2026-11-26_81b2.json"
    assert file_name("answers", "csv", DAY, say, assess(organisation="Coop")) == "reponses_coop_2026-11-26.csv"
    assert file_name("blank", "pdf", DAY, say) == "pense-bete-vide_2026-11-26.pdf"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Coop du Fleuve", "coop-du-fleuve"),
        ("CPE L’Été des Cœurs", "cpe-l-ete-des-coeurs"),
        ("Café-coop d'Øre & Cie (Québec)", "cafe-coop-d-ore-cie-quebec"),
        ("STRAẞE", "strasse"),
        ("شركة", ""),
        ("…", ""),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "con"),
        ("Coopérative de solidarité en soins de santé de la Côte", "cooperative-de-solidarite-en-soins-de"),
        ("W" * 120, "w" * 40),
        ("x" * 39 + " abc", "x" * 39),
        ("x" * 40 + " abc", "x" * 40),
    ],
)
def test_the_name_of_an_enterprise_is_folded_to_words_of_plain_letters(name, expected):
    assert slug(name) == expected


@given(typed | st.text(max_size=200), st.sampled_from(["plan", "board", "lender", "blank", "answers", "dossier"]))
def test_whatever_was_typed_the_name_is_plain_and_short(name, kind: Kind):
    for language in LANGUAGES:
        made = file_name(kind, "pdf", DAY, wording(language), assess(organisation=name, id=ID), 32)
        assert re.fullmatch(r"[a-z-]+(_[a-z0-9]+(-[a-z0-9]+)*)?_2026-11-26_[0-9a-f]{32}\.pdf", made)
        assert len(made) < 120


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_kinds_are_called_the_same(language):
    kinds = ("plan", "board", "lender", "blank", "answers", "readiness", "profile", "dossier")
    assert len({wording(language)(f"file_name.{kind}") for kind in kinds}) == len(kinds)
