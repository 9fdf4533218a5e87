"""Authors' mistakes: each code of the catalogue, on the right line, in a whole sentence of both languages.

fixtures/mistakes.json holds a case for each: the words of fixtures/minimal.yaml to change, and what is then said. Its
no-break spaces are written as plain ones; test_i18n.py sees to them.
"""

from __future__ import annotations

import json
import re
from string import Formatter
from typing import NamedTuple

import pytest

from pensebete.checklist_file import read, read_against
from pensebete.mistakes import ABOUT, CATALOGUE, EXPECTED, SYNTAX, Mistake
from pensebete.yaml_tree import MAX_BYTES, MAX_TOLD, MAX_VALUES
from tests.builders import MINIMAL, mended

SMALL = MINIMAL.read_text(encoding="utf-8")


class Case(NamedTuple):
    code: str
    old: str
    new: str
    line: int
    fr: str
    en: str


CASES = [Case(**case) for case in json.loads(MINIMAL.with_name("mistakes.json").read_text(encoding="utf-8"))]


def said(mistake: Mistake, language: str) -> str:
    return f"{mistake.sentence(language)} {mistake.remedy(language)}".replace("\u00a0", " ")


@pytest.mark.parametrize("case", CASES, ids=[f"{case.code}-{case.line}" for case in CASES])
def test_a_mistake_is_told_once_with_its_line_in_both_languages(case: Case):
    checklist, mistakes = read(mended((case.old, case.new)))
    assert checklist is None
    assert [(m.code, m.place.line, m.severity) for m in mistakes] == [(case.code, case.line, "mistake")]
    assert said(mistakes[0], "fr") == case.fr
    assert said(mistakes[0], "en") == case.en


def only_english() -> str:
    return re.sub(r"\{fr: [^{}]*?, (?=en: )", "{", SMALL).replace("languages: [fr, en]", "languages: [en]")


def against(*changes: tuple[str, str]) -> tuple[Mistake, ...]:
    older, _ = read(SMALL)
    assert older is not None
    return read_against(mended(*changes), older)[1]


# What a change of a few words cannot make.
WHOLE_FILES = {
    "file-too-large": lambda: read(b"#" * (MAX_BYTES + 1))[1],
    "not-utf8": lambda: read(SMALL.encode("latin-1", "replace"))[1],
    "not-a-checklist": lambda: read("bonjour")[1],
    "too-many-values": lambda: read("- x\n" * MAX_VALUES)[1],
    "more-mistakes": lambda: read(SMALL + "".join(f"field{n}: x\n" for n in range(MAX_TOLD + 50)))[1][-1:],
    "no-french": lambda: read(only_english())[1],
    "vanished-id": lambda: against(("id: cash", "id: till"), ('version: "1"', 'version: "2"')),
    "same-version": lambda: against(("en: Small checklist", "en: Little checklist")),
}


@pytest.mark.parametrize(
    ("code", "line", "fr", "en"),
    [
        ("file-too-large", 1, "Le fichier dépasse 5 Mo.", "The file is over 5 MB."),
        ("not-utf8", 8, "Cette ligne n’est pas en UTF-8.", "This line is not UTF-8."),
        ("not-a-checklist", 1, "Le fichier ne contient pas de liste de contrôle.", "The file holds no checklist."),
        (
            "too-many-values",
            MAX_VALUES - 1,
            "Le fichier contient trop de valeurs : il n’est pas lu au-delà de cette ligne.",
            "The file holds too many values: it is not read past this line.",
        ),
        (
            "more-mistakes",
            SMALL.count("\n") + MAX_TOLD,
            "D’autres erreurs suivent et ne sont pas montrées : 50 de plus.",
            "Other mistakes follow and are not shown: 50 more.",
        ),
        ("no-french", 3, "La liste n’a pas de français.", "The checklist has no French."),
        (
            "vanished-id",
            43,
            "L’élément « cash » a disparu depuis l’ancienne version.",
            "Item “cash” has vanished since the older version.",
        ),
        (
            "same-version",
            2,
            "Le contenu a changé, mais la version est restée « 1 ».",
            "The content has changed, but the version is still “1”.",
        ),
    ],
)
def test_a_mistake_of_the_whole_file_is_told(code, line, fr, en):
    (mistake,) = WHOLE_FILES[code]()
    assert (mistake.code, mistake.place.line) == (code, line)
    assert mistake.sentence("fr").replace("\u00a0", " ") == fr
    assert mistake.sentence("en") == en


def test_a_warning_leaves_the_checklist_usable():
    checklist, mistakes = read(only_english())
    assert [mistake.severity for mistake in mistakes] == ["warning"]
    assert checklist is not None
    assert checklist.title["fr"] == "Small checklist"


def test_no_code_of_the_catalogue_is_without_a_case():
    assert {case.code for case in CASES} | set(WHOLE_FILES) == set(CATALOGUE)


def test_every_expectation_has_a_case():
    unsaid = {
        key
        for key, (french, _) in EXPECTED.items()
        if not any(_said_somewhere(french, case.fr) for case in CASES if case.code == "wrong-value")
    }
    assert unsaid <= {"other"}  # what no rule of today brings about


def test_every_fault_of_syntax_has_a_case():
    said_there = [case.fr.replace("\u00a0", " ") for case in CASES if case.code == "yaml-syntax"]
    problems = {why: entry.fr[0].replace("\u00a0", " ") for why, entry in SYNTAX.items()}
    assert {why for why, words in problems.items() if not any(words in text for text in said_there)} <= {"other"}


def _said_somewhere(expected: str, sentence: str) -> bool:
    parts = [re.escape(part.replace("\u00a0", " ")) for part, *_ in Formatter().parse(expected)]
    return re.search(r"\(" + ".+".join(parts), sentence) is not None


def test_every_entry_says_the_same_things_in_both_languages():
    for code, entry in CATALOGUE.items():
        for french, english in zip(entry.fr, entry.en, strict=True):
            assert _holes(french) == _holes(english), code
    for entry in SYNTAX.values():
        assert not any(map(_holes, (*entry.fr, *entry.en)))
    for french, english in [*ABOUT.values(), *EXPECTED.values()]:
        assert _holes(french) == _holes(english)


def _holes(text: str) -> set[str]:
    return {name for _, name, *_ in Formatter().parse(text) if name is not None}


def test_several_mistakes_are_told_at_once_sorted_by_line():
    wrong = mended(
        ("urgency: 1", "urgency: 9"),
        ("title: {fr: Petite liste, en: Small checklist}\n", ""),
        ("within: 48h, owner", "within: soon, owner"),
        ("vital: true", "vitl: true"),
    )
    told = [(m.code, m.place.line) for m in read(wrong)[1]]
    assert told == [("missing-field", 1), ("unknown-field", 44), ("wrong-value", 59), ("wrong-value", 70)]
    rules = mended(
        ("{hear: listen}", "{hear: lisen}"), ("{fr: Argent, en: Money}", "{fr: Argent}"), ("id: people", "id: money")
    )
    told = [(m.code, m.place.line) for m in read(rules)[1]]
    assert told == [("missing-language", 46), ("duplicate-id", 62), ("unknown-id", 89)]


def test_every_duplicate_key_of_a_file_is_told():
    twice = mended(
        ("urgency: 1\n", "urgency: 1\n        urgency: 1\n"), ("valid_days: 7\n", "valid_days: 7\n        ref: X\n")
    )
    assert [(m.code, m.values["key"]) for m in read(twice)[1]] == [
        ("duplicate-key", "ref"),
        ("duplicate-key", "urgency"),
    ]


def test_words_between_braces_in_a_file_are_words():
    curly = mended(("urgency: 1", "urgency: '{field} {'"))
    (mistake,) = read(curly)[1]
    assert "“{field} {”" in mistake.sentence("en")


def test_a_long_value_is_cut_in_the_sentence():
    (mistake,) = read(mended(("urgency: 1", f"urgency: {'9' * 5000}")))[1]
    assert len(mistake.sentence("fr")) < 250
