"""Authors' mistakes: each code of the catalogue, on the right line, in whole sentences of both languages.

fixtures/invalid holds a file for each beside what is said of it, NAME.yaml and NAME.txt: a line with the options of the
call, if it has any, then for each mistake its place, severity and code, and its words in French and in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.diagnostics.codes import CATALOGUE, EXPECTED, NAMED_BY, SYNTAX_FAULTS, TO_WRITE
from pensebete.checklist.full_names import ID_KINDS
from pensebete.checklist.loading import read
from pensebete.checklist.parsing.document import MAX_BYTES, MAX_VALUES
from pensebete.checklist.parsing.tree import MAX_TOLD
from pensebete.text.wording import CATALOGUES, LANGUAGES, wording
from tests.builders import MINIMAL, mended, sound

SMALL = MINIMAL.read_text(encoding="utf-8")
INVALID = sorted((MINIMAL.parent / "invalid").glob("*.yaml"))
SAID = {file.stem: file.with_suffix(".txt").read_text(encoding="utf-8") for file in INVALID}


def told(file: Path) -> tuple[Diagnostic, ...]:
    """What is said of a fixture, with the options that the text beside it begins with."""
    options = SAID[file.stem].splitlines()[0].split()
    today = date.fromisoformat(options[1]) if options[0] == "--today" else None
    older = [sound((file.parent / options[1]).read_text(encoding="utf-8"))] if options[0] == "--against" else []
    checklist, diagnostics = read(file.read_bytes(), today, older)
    assert (checklist is None) == any(diagnostic.severity == "mistake" for diagnostic in diagnostics)
    return diagnostics


def written(diagnostic: Diagnostic) -> str:
    words = "".join(f"{lang}: {diagnostic.sentence(lang)} {diagnostic.remedy(lang)}\n" for lang in ("fr", "en"))
    return f"{diagnostic.place.line}:{diagnostic.place.column} {diagnostic.severity} {diagnostic.code}\n{words}"


@pytest.mark.parametrize("file", INVALID, ids=lambda file: file.stem)
def test_what_is_said_of_an_invalid_file_is_what_stands_beside_it(file: Path):
    options = re.match(r"--.*\n", SAID[file.stem])
    assert (options[0] if options else "") + "".join(map(written, told(file))) == SAID[file.stem]


def test_every_fixture_is_inspected_and_stands_beside_its_text():
    assert {file.stem for file in INVALID} == {file.stem for file in INVALID[0].parent.glob("*.txt")}
    assert len(INVALID) >= 98


# What takes a file too long to keep.
WHOLE_FILES = {
    "file-too-large": lambda: read(b"#" * (MAX_BYTES + 1))[1],
    "too-many-values": lambda: read("- x\n" * MAX_VALUES)[1],
    "more-mistakes": lambda: read(SMALL + "".join(f"field{n}: x\n" for n in range(MAX_TOLD + 50)))[1][-1:],
    "more-warnings": lambda: read(stars(MAX_TOLD + 30))[1][-1:],
}


def stars(number: int) -> str:
    """A sound checklist in which so many texts have signs that are shown as they are typed."""
    return mended(("not_covered: [", "not_covered: [" + "{fr: Un **mot**, en: x}, " * number))


@pytest.mark.parametrize(
    ("code", "line", "fr", "en"),
    [
        ("file-too-large", 1, "Le fichier dépasse 5 Mo.", "The file is over 5 MB."),
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
        (
            "more-warnings",
            7,
            "D’autres avertissements suivent et ne sont pas montrés : 30 de plus.",
            "Other warnings follow and are not shown: 30 more.",
        ),
    ],
)
def test_a_mistake_of_a_very_long_file_is_told(code, line, fr, en):
    (diagnostic,) = WHOLE_FILES[code]()
    assert (diagnostic.code, diagnostic.place.line) == (code, line)
    assert diagnostic.sentence("fr").replace("\u00a0", " ") == fr
    assert diagnostic.sentence("en") == en


def test_no_code_of_the_catalogue_is_without_a_case():
    codes = {code for text in SAID.values() for code in re.findall(r"^\d+:\d+ \w+ (\S+)$", text, re.MULTILINE)}
    assert codes | set(WHOLE_FILES) == set(CATALOGUE)


def test_every_expectation_has_a_case():
    everything = "\n".join(SAID.values())
    unsaid = {key for key in EXPECTED if not said_somewhere(f"diagnostics.expected.{key}", everything)}
    assert unsaid <= {"other"}  # what no rule of today brings about


def test_every_line_to_write_has_a_case():
    for key in TO_WRITE:
        parts = [
            re.escape(part) for part, *_ in Formatter().parse(catalogue("fr")[f"diagnostics.to_write.{key}"]) if part
        ]
        assert any(re.search(".+".join(parts), text) for text in SAID.values()), key


def test_every_fault_of_syntax_has_a_case():
    unsaid = {
        why
        for why in SYNTAX_FAULTS
        if not any(wording("fr")(f"diagnostics.yaml-syntax.{why}.sentence") in text for text in SAID.values())
    }
    assert unsaid <= {"other"}


def said_somewhere(id: str, sentence: str) -> bool:
    """Whether the French of that id stands between parentheses, whatever its parts are."""
    parts = [re.escape(part) for part, *_ in Formatter().parse(catalogue("fr")[id])]
    return re.search(r"\(" + ".+".join(parts), sentence) is not None


# The catalogue of sentences


def catalogue(language: str) -> dict[str, str]:
    with (CATALOGUES / language / "diagnostics.po").open("rb") as opened:
        return {message.id: message.string for message in read_po(opened, locale=language) if message.id}


def expected_ids() -> Iterator[tuple[str, set[str]]]:
    """Each id that the tables of codes ask for, and the parts that its words may take."""
    for code, entry in CATALOGUE.items():
        for said in [f"{code}.{why}" for why in SYNTAX_FAULTS] if code == "yaml-syntax" else [code]:
            yield f"diagnostics.{said}.sentence", set(entry.parts)
            yield f"diagnostics.{said}.remedy", set(entry.parts)
    yield from ((f"diagnostics.about.{kind}", {"id"}) for kind in {*NAMED_BY, *ID_KINDS})
    yield from ((f"diagnostics.to_write.{key}", set(parts)) for key, parts in TO_WRITE.items())
    yield "diagnostics.about.checklist", set()
    yield from ((f"diagnostics.expected.{key}", set(parts)) for key, parts in EXPECTED.items())
    yield "diagnostics.did_you_mean", {"name"}
    yield "diagnostics.did_you_mean.line", {"name", "line"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_holds_the_words_of_every_code_and_nothing_else(language):
    assert set(catalogue(language)) == {id for id, _ in expected_ids()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_and_its_remedy_take_the_parts_that_the_code_gives_them(language):
    words = catalogue(language)
    for id, parts in expected_ids():
        assert holes(words[id]) <= parts, id
    for code in set(CATALOGUE) - {"yaml-syntax"}:
        taken = holes(words[f"diagnostics.{code}.sentence"]) | holes(words[f"diagnostics.{code}.remedy"])
        assert taken == set(CATALOGUE[code].parts), code


def holes(text: str) -> set[str]:
    return {name for _, name, *_ in Formatter().parse(text) if name is not None}


# Every mistake at once


def places(*changes: tuple[str, str]) -> list[tuple[str, int]]:
    return [(m.code, m.place.line) for m in read(mended(*changes))[1]]


def test_several_mistakes_are_told_at_once_sorted_by_line():
    assert places(
        ("urgency: 1", "urgency: 9"),
        ("title: {fr: Petite liste, en: Small checklist}\n", ""),
        ("within: 48h, owner", "within: soon, owner"),
        ("vital: true", "vitl: true"),
    ) == [("missing-field", 4), ("unknown-field", 44), ("wrong-value", 59), ("wrong-value", 70)]
    assert places(
        ("{hear: listen}", "{hear: lisen}"), ("{fr: Argent, en: Money}", "{fr: Argent}"), ("id: people", "id: money")
    ) == [("missing-language", 46), ("duplicate-id", 62), ("unknown-id", 89)]


def test_a_fault_of_yaml_hides_neither_the_next_one_nor_what_else_is_wrong():
    assert places(
        ("preface: {fr: Voici, en: Here}", 'preface: {fr: "Voici, en: Here}'),
        ("vital: true", "vitl: true"),
        ("        urgency: 1", "\turgency: 1"),
        ("belongs_with: talk", "belongs_with: tak"),
    ) == [("yaml-syntax", 5), ("unknown-field", 45), ("yaml-syntax", 71), ("not-earlier", 78)]


def test_a_field_of_the_wrong_shape_does_not_hide_what_the_rules_say_of_others():
    assert places(("urgency: 1", "urgency: 9"), ("owner: board, applies", "owner: bord, applies")) == [
        ("wrong-value", 71),
        ("unknown-id", 75),
    ]


def test_what_an_id_that_cannot_be_read_would_make_unknown_is_left_unsaid():
    assert places(("- id: staff", "- idd: staff")) == [("unknown-field", 21), ("missing-field", 22)]
    assert places(("profile:\n", "profil:\n")) == [("unknown-field", 20)]


def test_every_duplicate_key_of_a_file_is_told():
    twice = mended(
        ("urgency: 1\n", "urgency: 1\n        urgency: 1\n"), ("valid_days: 7\n", "valid_days: 7\n        ref: X\n")
    )
    assert [(m.code, m.values["key"]) for m in read(twice)[1]] == [
        ("duplicate-key", "ref"),
        ("duplicate-key", "urgency"),
    ]


# Where a mistake stands


def test_a_missing_field_is_told_where_it_would_stand():
    assert places(("        impact: 2\n        effort: 2\n", "        effort: 2\n")) == [("missing-field", 72)]


def test_a_missing_language_is_told_where_its_text_runs_into_the_other_one():
    french = "title:\n  fr: >-\n    Une liste qui sert à tous\n    et pour longtemps.\n"
    long = french + "  en: >-\n    The list that is of use\n"
    lost = mended(("title: {fr: Petite liste, en: Small checklist}\n", long.replace("  en: >-\n", "")))
    assert [(m.code, m.place.line) for m in read(lost)[1]] == [("missing-language", 8)]
    never = mended(("title: {fr: Petite liste, en: Small checklist}\n", french))
    assert [(m.code, m.place.line) for m in read(never)[1]] == [("missing-language", 7)]


def test_a_reference_names_the_line_of_what_may_be_meant():
    (diagnostic,) = read(
        mended(("- id: operations", "- id: operatons"), ("{not: {operations: [none]}}", "{staff: [some]}"))
    )[1]
    assert diagnostic.lines == (75, 25)
    assert diagnostic.sentence("en").endswith("Did you mean “operatons” (line 25)?")


def test_a_question_misspelt_that_has_the_name_of_an_item_is_told_as_the_question():
    misspelt = mended(
        ("- id: operations", "- id: cassh"), ("id: cash\n", "id: cash\n        applies_when: {cash: [stock]}\n")
    )
    told = [m for m in read(misspelt)[1] if m.place.line == 49]
    assert [(m.code, m.suggestion) for m in told] == [("unknown-id", "cassh")]


# Renamed ids


def test_a_chain_of_new_names_may_end_with_an_item_or_a_retired_id():
    assert places(("{hear: listen}", "{hear: heard, heard: listen}")) == []
    assert places(("{hear: listen}", "{hear: heard, heard: count-stock}")) == []


# Conditions


def test_a_condition_on_a_question_of_many_options_is_left_alone():
    """Too many ways to answer to try them all: nothing is said rather than something slow."""
    options = ", ".join(f"{{id: o{n}, label: {{fr: x{n}, en: y{n}}}}}" for n in range(40))
    every = ", ".join(f"o{n}" for n in range(13))
    changed = mended(
        ("{id: stock, label: {fr: Stocks, en: Inventory}}", f"{{id: stock, label: {{fr: x, en: y}}}}, {options}"),
        ("applies_when: {operations: [stock]}}", f"applies_when: {{operations: [{every}]}}}}"),
    )
    assert read(changed)[1] == ()


# Dates


@pytest.mark.parametrize(
    ("today", "codes"),
    [
        ("2026-09-01", []),
        ("2026-09-02", ["stale-resource"]),
        ("2026-08-31", []),
    ],
)
def test_a_link_is_stale_the_day_after_six_months(today, codes):
    assert [m.code for m in read(SMALL, date.fromisoformat(today))[1]] == codes


def test_six_months_before_the_end_of_august_is_the_end_of_february():
    verified = mended(("verified_on: 2026-03-01", "verified_on: 2026-02-28"))
    assert [m.code for m in read(verified, date(2026, 8, 31))[1]] == []
    assert [m.code for m in read(verified, date(2026, 9, 1))[1]] == ["stale-resource"]


def test_a_resource_is_stale_with_or_without_a_link():
    general = mended((', url: "https://example.org/", verified_on', ", verified_on"))
    assert [m.code for m in read(general, date(2030, 1, 1))[1]] == ["stale-resource"]


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ((", verified_on: 2026-03-01", ""), ["undated-resource"]),
        (("verified_on: 2026-03-01", "verified_on: 2026-03-31"), ["future-verification"]),
        (("verified_on: 2026-03-01", "verified_on: 2026-03-30"), []),
        ((", phone: 418 555-0100", ""), ["contact-without-way"]),
        ((", phone: 418 555-0100", ", phone: ''"), ["contact-without-way"]),
        ((", phone: 418 555-0100", ", email: pole@example.org"), []),
        (("within: 48h, owner: management", "within: 2w, owner: management"), ["no-action-within-class"]),
        (("within: 2w, owner: board, applies", "within: 48h, owner: board, applies"), ["horizon-before-class"]),
        (
            (
                "{id: count, text",
                "{id: weigh, text: {fr: x, en: x}, within: 1d, owner: board}\n          - {id: count, text",
            ),
            ["second-urgent-action"],
        ),
    ],
)
def test_staff_are_told_what_to_look_at_before_they_publish(change, codes):
    assert [m.code for m in read(mended(change), date(2026, 3, 30))[1]] == codes
    assert read(mended(change))[1] == ()  # and not each time the file is read


@pytest.mark.parametrize(
    "calendar", ["{country: CA, subdivision: XX}", "{country: ZZ}", "{country: CA, categories: [none]}"]
)
def test_a_calendar_that_nobody_knows_is_a_mistake(calendar):
    told = read(mended(("quick_win: {effort: [1]}", f"quick_win: {{effort: [1]}}\ncalendar: {calendar}")))[1]
    assert [m.code for m in told] == ["unknown-calendar"]


@pytest.mark.parametrize(
    ("renamed", "codes"),
    [
        ("{hear: listen, talk/bygone: listen/ask}", []),
        ("{hear: listen, old/bygone: older/one, older/one: listen/ask}", []),
        ("{hear: listen, talk/bygone: listen}", ["unknown-id"]),
        ("{hear: listen, bygone: listen/ask}", ["unknown-id"]),
        ("{hear: listen, talk/bygone: listen/none}", ["unknown-id"]),
        ("{hear: listen, talk/meet: listen/ask}", ["still-there"]),
        ("{hear: listen, a/b: c/d, c/d: a/b}", ["renamed-in-circle", "renamed-in-circle"]),
    ],
)
def test_an_action_is_renamed_into_an_action_that_exists(renamed, codes):
    told = read(mended(("renamed: {hear: listen}", f"renamed: {renamed}")))[1]
    assert [m.code for m in told] == codes


@pytest.mark.parametrize(
    ("origin", "codes"),
    [("talk", []), ("hear", []), ("count-stock", []), ("listen", ["unknown-id"]), ("tlk", ["unknown-id"])],
)
def test_an_item_is_split_from_one_that_there_is_or_was(origin, codes):
    told = read(mended(("belongs_with: talk", f"belongs_with: talk\n        split_from: {origin}")))[1]
    assert [m.code for m in told] == codes


# Words of the file in a sentence


def test_words_between_braces_in_a_file_are_words():
    curly = mended(("urgency: 1", "urgency: '{field} {'"))
    (diagnostic,) = read(curly)[1]
    assert "“{field} {”" in diagnostic.sentence("en")


def test_a_long_value_is_cut_in_the_sentence():
    (diagnostic,) = read(mended(("urgency: 1", f"urgency: {'9' * 5000}")))[1]
    assert len(diagnostic.sentence("fr")) < 250


def test_a_warning_leaves_the_checklist_usable():
    only_english = re.sub(r"\{fr: [^{}]*?, (?=en: )", "{", SMALL).replace("languages: [fr, en]", "languages: [en]")
    checklist, diagnostics = read(only_english)
    assert [diagnostic.severity for diagnostic in diagnostics] == ["warning"]
    assert checklist is not None
    assert checklist.title["fr"] == "Small checklist"


def test_warnings_however_many_neither_hide_a_mistake_nor_refuse_a_file():
    checklist, diagnostics = read(stars(MAX_TOLD + 30))
    assert checklist is not None
    assert {diagnostic.severity for diagnostic in diagnostics} == {"warning"}
    told = read(stars(MAX_TOLD + 30).replace("{hear: listen}", "{hear: lisen}"))[1]
    assert [diagnostic.code for diagnostic in told if diagnostic.severity == "mistake"] == ["unknown-id"]


# An older version


def test_an_item_that_vanished_is_told_where_it_stood():
    older = sound(SMALL)
    gone = (
        SMALL.replace("id: listen", "id: hearing")
        .replace("Écouter", "Entendre")
        .replace('version: "1"', 'version: "2"')
        .replace("{hear: listen}", "{}")
    )
    assert [(m.code, m.place.line, m.suggestion) for m in read(gone, accepted=[older])[1]] == [("vanished-id", 77, "")]
    nothing = gone[: gone.index("      - id: hearing")] + gone[gone.index("renamed:") :]
    assert [(m.code, m.place.line, m.suggestion) for m in read(nothing, accepted=[older])[1]] == [
        ("vanished-id", 65, "")
    ]
