"""docs/staff-guide.md explains each code, in French first and in English, by an example that is tried here."""

from __future__ import annotations

import re
from datetime import date

import pytest

from pensebete.checklist.diagnostics.codes import CATALOGUE, SYNTAX_FAULTS
from pensebete.checklist.loading import read
from pensebete.text.wording import LANGUAGES
from tests.builders import MINIMAL, ROOT, SHIPPED

GUIDE = (ROOT / "docs" / "staff-guide.md").read_text(encoding="utf-8")
SMALL = MINIMAL.read_text(encoding="utf-8")
ENTRY = re.compile(r'<a id="(\w\w)-([\w-]+)"></a>\n#### `([\w-]+)`\n\n(.+?)(?=\n<a id=|\n---\n\n## |\Z)', re.DOTALL)
ENTRIES = {(language, anchor): (code, body) for language, anchor, code, body in ENTRY.findall(GUIDE)}
EXAMPLE = re.compile(r"```yaml\n(.*?)\n```", re.DOTALL)
# What a few lines of a small checklist cannot show, or what cannot be printed.
NOT_TRIED = {
    "contact-without-way",
    "expired-resource",
    "file-too-large",
    "future-verification",
    "hidden-line-end",
    "horizon-before-class",
    "more-mistakes",
    "more-warnings",
    "no-action-within-class",
    "no-french",
    "never-there",
    "not-a-checklist",
    "not-text",
    "not-utf8",
    "other-checklist",
    "no-break-spaces",
    "invisible-character",
    "message-without-french",
    "pasted-twice",
    "same-version",
    "second-urgent-action",
    "stale-resource",
    "strange-character",
    "subject-in-lines",
    "too-deep",
    "too-many-values",
    "undated-resource",
    "vanished-id",
}


def test_every_code_has_an_entry_in_each_language_and_every_entry_a_code():
    assert set(ENTRIES) == {(language, code) for language in LANGUAGES for code in CATALOGUE}
    assert all(anchor == code for (_, anchor), (code, _) in ENTRIES.items())
    assert len(ENTRIES) == len(ENTRY.findall(GUIDE))


def test_french_comes_first():
    assert list(ENTRIES) == sorted(ENTRIES, key=lambda at: at[0] != "fr")
    order = {language: [code for lang, code in ENTRIES if lang == language] for language in LANGUAGES}
    assert order["fr"] == order["en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_of_syntax_is_in_the_table(language):
    told = re.findall(r"^\| `([\w-]+)` \|", ENTRIES[language, "yaml-syntax"][1], re.MULTILINE)
    assert sorted(told) == sorted(SYNTAX_FAULTS)


@pytest.mark.parametrize("code", sorted(set(CATALOGUE) - NOT_TRIED))
def test_the_example_of_a_code_brings_it_about_and_the_mended_one_does_not(code):
    (wrong, mended), english = (EXAMPLE.findall(ENTRIES[language, code][1]) for language in LANGUAGES)
    assert [wrong, mended] == english
    assert SMALL.count(f"\n{mended}\n") == 1, "the mended lines are those of the small checklist"
    told = read(SMALL.replace(f"\n{mended}\n", f"\n{wrong}\n"))[1]
    assert {diagnostic.code for diagnostic in told} == {code}


# The recipes

RECIPE = re.compile(r"^### (\d+)\. (.+?)\n(.+?)(?=^### |^## )", re.DOTALL | re.MULTILINE)
CHANGE = re.compile(
    r"^(?:Avant|Before)\n\n```yaml\n(.*?)\n```\n\n(?:Après|After)\n\n```yaml\n(.*?)\n```", re.DOTALL | re.MULTILINE
)
BEFORE = SHIPPED.read_text(encoding="utf-8")


def recipes(title: str) -> list[list[tuple[str, str]]]:
    part = GUIDE[GUIDE.index(f"\n## {title}\n") + 1 :]
    part = part[: part.index("\n## ", 1) + 4]
    return [CHANGE.findall(body) for _, _, body in RECIPE.findall(part)]


def test_the_recipes_are_the_same_in_both_languages():
    assert len(recipes("Onze recettes")) == 11
    assert recipes("Eleven recipes") == recipes("Onze recettes")


@pytest.mark.parametrize("n", range(11))
def test_each_recipe_followed_to_the_letter_gives_a_checklist_that_may_be_published(n):
    day, text = date(2026, 11, 27), BEFORE
    published, warned = read(BEFORE, day)
    changes = recipes("Onze recettes")[n]
    assert changes
    for was, becomes in changes:
        assert text.count(f"\n{was}\n") == 1, was
        text = text.replace(f"\n{was}\n", f"\n{becomes}\n")
    text = re.sub(r'^version: ".*"$', 'version: "next"', text, count=1, flags=re.MULTILINE)
    checklist, told = read(text, day, [published])
    assert checklist, [one.sentence("en") for one in told if one.severity == "mistake"]
    assert len(told) <= len(warned), [one.sentence("en") for one in told if one.code not in {w.code for w in warned}]
