"""An idea among others: whole, or folded where it is long, and nothing of it lost."""

from __future__ import annotations

import re
from html import unescape

import pytest

from pensebete.web.components.idea_text import idea_html

LONG = "Nous avons tout écrit au tableau. " * 58  # near the most that an idea has


def words(html: str) -> list[str]:
    return unescape(re.sub("<summary.*?</summary>|<[^>]+>|…", " ", html)).split()


@pytest.mark.parametrize("text", ["Un tableau blanc.", LONG, LONG.replace(" ", "\n"), "x" * 2_000])
def test_nothing_of_an_idea_is_lost_by_its_fold(text):
    assert "".join(words(idea_html(text, "fr", "Lire la suite", "fr"))) == "".join(text.split())


def test_only_a_long_one_is_folded_and_only_where_it_is_said_how_to_open_it():
    assert "<details>" in idea_html(LONG, "fr", "Lire la suite", "fr")
    assert "<details>" not in idea_html(LONG, "fr")
    assert "<details>" not in idea_html("Un tableau blanc.", "fr", "Lire la suite", "fr")


def test_what_is_folded_is_text_too():
    assert "<b>" not in idea_html(f"{LONG}<b>gras</b>", "fr", "Lire la suite", "fr")
