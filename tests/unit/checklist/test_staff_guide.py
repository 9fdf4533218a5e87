"""docs/staff-guide.md explains each code, in French first and in English, by an example that is tried here."""

from __future__ import annotations

import re

import pytest

from pensebete.checklist.diagnostics.codes import CATALOGUE, SYNTAX_FAULTS
from pensebete.checklist.loading import read
from pensebete.text.wording import LANGUAGES
from tests.builders import MINIMAL, ROOT

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
    "not-a-checklist",
    "not-text",
    "not-utf8",
    "no-break-spaces",
    "invisible-character",
    "pasted-twice",
    "same-version",
    "second-urgent-action",
    "stale-resource",
    "strange-character",
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
