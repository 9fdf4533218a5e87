"""One cause is one sentence, in its place, and making its edit gives back the file that it was."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pytest

from pensebete.checklist import loading
from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.diagnostics.text_edit import applied
from pensebete.checklist.model import Checklist
from tests.builders import MINIMAL, SHIPPED, mended

SMALL = MINIMAL.read_text(encoding="utf-8")
TEXT = SHIPPED.read_text(encoding="utf-8")
LINES = TEXT.split("\n")
TITLE = "title: {fr: Petite liste, en: Small checklist}"
STAFF = next(n for n, line in enumerate(LINES) if line == "      - id: staff-position")
EXAMPLES = next(n for n, line in enumerate(LINES) if line.strip() == "examples:")


@cache
def read(text: str) -> tuple[Checklist | None, tuple[Diagnostic, ...]]:
    """What is asked of one text is asked three times: what is told, its edits, what they give back."""
    return loading.read(text)


def told(text: str) -> list[tuple[int, str]]:
    """Each line and code, with what is wrong where it is YAML."""
    return [(one.place.line, ":".join((one.code, one.values.get("why", ""))).rstrip(":")) for one in read(text)[1]]


def lines_changed(some: Iterable[tuple[int, str]]) -> str:
    made = list(LINES)
    for n, line in some:
        made[n] = line
    return "\n".join(made)


def after_its_edits(text: str) -> str:
    return applied(text, [one.edit for one in read(text)[1] if one.edit])


def only(text: str) -> Diagnostic:
    (one,) = read(text)[1]
    return one


# Many lines, one cause: the line and the code of the only thing told


OF_MANY_LINES = {
    "an item without its dash": (
        lines_changed([(STAFF, "        id: staff-position")]),
        (STAFF + 1, "missing-dash"),
    ),
    "an item without its dash, where that stood": (
        lines_changed([(STAFF, "      id: staff-position")]),
        (STAFF + 1, "yaml-syntax:no-dash"),
    ),
    "an option without its dash": (
        TEXT.replace("      - id: no\n", "        id: no\n", 1),
        (TEXT[: TEXT.index("      - id: no\n")].count("\n") + 1, "missing-dash"),
    ),
    "a text without its dash": (
        TEXT.replace("  - fr: >-\n      Protection", "    fr: >-\n      Protection"),
        (TEXT[: TEXT.index("  - fr: >-\n      Protection")].count("\n") + 1, "missing-dash"),
    ),
    "a domain without its dash": (
        TEXT.replace("  - id: liquidity\n", "    id: liquidity\n"),
        (TEXT[: TEXT.index("  - id: liquidity\n")].count("\n") + 1, "missing-dash"),
    ),
    "the file pasted twice": (TEXT + TEXT, (TEXT.count("\n") + 26, "pasted-twice")),
    "forty lines of tabs": (
        lines_changed((n, LINES[n].replace("  ", "\t")) for n in range(STAFF, STAFF + 40)),
        (STAFF + 1, "yaml-syntax:tabs"),
    ),
    "forty lines of tabs, four spaces each": (
        lines_changed((n, LINES[n].replace("    ", "\t")) for n in range(STAFF, STAFF + 40)),
        (STAFF + 1, "yaml-syntax:tabs"),
    ),
    "three spaces a level": (
        lines_changed(
            (n, " " * ((len(line) - len(line.lstrip())) * 3 // 2) + line.lstrip()) for n, line in enumerate(LINES)
        ),
        (31, "yaml-syntax:indents"),
    ),
    "no-break spaces as indents": (
        lines_changed((n, LINES[n].replace("  ", "\u00a0\u00a0")) for n in range(STAFF, STAFF + 40, 3)),
        (STAFF + 1, "no-break-spaces"),
    ),
    "a no-break space after a colon": (TEXT.replace("ref: C1\n", "ref:\u00a0C1\n"), (612, "no-break-spaces")),
    "a narrow one before it": (TEXT.replace("    intro:", "    intro\u202f:", 1), (605, "no-break-spaces")),
    "bullets": (
        lines_changed((n, LINES[n].replace("- ", "• ")) for n in range(EXAMPLES + 2, EXAMPLES + 5)),
        (EXAMPLES + 3, "yaml-syntax:bullet"),
    ),
    "an en dash for a dash": (
        lines_changed([(EXAMPLES + 3, LINES[EXAMPLES + 3].replace("- ", "– "))]),
        (EXAMPLES + 4, "yaml-syntax:bullet"),
    ),
    "a dash without its space": (
        lines_changed([(EXAMPLES + 3, LINES[EXAMPLES + 3].replace("- ", "-"))]),
        (EXAMPLES + 4, "yaml-syntax:bullet"),
    ),
    "a bullet before an item": (
        lines_changed([(STAFF, "      • id: staff-position")]),
        (STAFF + 1, "yaml-syntax:bullet"),
    ),
    "a mark of a merge": (
        lines_changed([(STAFF, f"=======\n{LINES[STAFF]}")]),
        (STAFF + 1, "yaml-syntax:conflict-mark"),
    ),
    "three dots": (TEXT.replace("\ndomains:", "\n...\ndomains:"), (596, "yaml-syntax:end-mark")),
    "a line written twice": (
        TEXT.replace("        urgency: 3\n", "        urgency: 3\n        urgency: 3\n", 1),
        (632, "duplicate-key"),
    ),
    "a comma after a value": (TEXT.replace("ref: C2a\n", 'ref: "C2a",\n'), (STAFF + 2, "yaml-syntax:comma-after")),
    "a character without a width in a name": (
        TEXT.replace("    intro:", "    int\u200bro:", 1),
        (605, "strange-character"),
    ),
    "UTF-8 read as something else": (
        TEXT.replace("fr: Fait\n", "fr: Fait\n", 1).replace("Décider, puis", "DÃ©cider, puis"),
        (606, "mojibake"),
    ),
    "curly quotes around the version": (TEXT.replace('version: "2026.2"', "version: “2026.2”"), (27, "quotes-kept")),
    "French quotes around a date": (
        TEXT.replace("verified_on: 2026-03-01", "verified_on: « 2026-03-01 »", 1),
        (555, "quotes-kept"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), OF_MANY_LINES.values(), ids=OF_MANY_LINES)
def test_one_cause_is_one_sentence_whose_edit_gives_the_file_back(text, expected):
    assert text != TEXT
    assert told(text) == [expected]
    assert read(after_its_edits(text))[0] == read(TEXT)[0]


def test_an_item_whose_first_line_is_missing_is_one_sentence_too():
    gone = "\n".join([*LINES[:STAFF], *LINES[STAFF + 1 :]])
    assert told(gone) == [(STAFF + 1, "missing-dash")]


def test_an_action_twice_in_one_entry_is_no_missing_dash():
    text = mended(("        valid_days: 7\n", "        valid_days: 7\n        ref: X\n"))
    assert told(text) == [(59, "duplicate-key")]
    assert only(text).edit is None


# A conflict of a merge


def conflict(*middle: str) -> str:
    side = LINES[STAFF : STAFF + 40]
    other = [line.replace("Expliquer", "Dire") for line in side]
    return "\n".join(
        [*LINES[:STAFF], "<<<<<<< HEAD", *side, *middle, "=======", *other, ">>>>>>> b", *LINES[STAFF + 40 :]]
    )


def test_a_conflict_names_both_of_its_sides_and_nothing_else_is_said_of_them():
    one = only(conflict())
    assert (one.code, one.place.line) == ("merge-conflict", STAFF + 1)
    assert one.values == {"line": str(STAFF + 42), "end": str(STAFF + 83)}
    assert str(STAFF + 42) in one.sentence("fr")
    assert str(STAFF + 83) in one.sentence("en")
    assert one.edit is None  # a person chooses


def test_a_conflict_with_its_origin_between_is_one_too():
    assert told(conflict("||||||| base", *LINES[STAFF : STAFF + 40])) == [(STAFF + 1, "merge-conflict")]


def test_signs_in_a_text_are_no_conflict():
    text = TEXT.replace("    La situation évolue vite", "    =======\n    La situation évolue vite")
    assert told(text) == []


# One value


VALUES = {
    "'L'équipe préfère le matin'": ("yaml-syntax:apostrophe", "L'équipe préfère le matin"),
    '"Appeler" les prêteurs': ("yaml-syntax:quoted-start", '"Appeler" les prêteurs'),
    "'Appeler' les prêteurs": ("yaml-syntax:quoted-start", "'Appeler' les prêteurs"),
    '"Le "mot" juste"': ("yaml-syntax:quoted-start", 'Le "mot" juste'),
    "[À confirmer] la date": ("yaml-syntax:bracket-start", "[À confirmer] la date"),
    "[À confirmer]": ("brackets-in-text", "[À confirmer]"),
    "{nom} de la personne": ("yaml-syntax:bracket-start", "{nom} de la personne"),
    "{nom}": ("brackets-in-text", "{nom}"),
    '"Oui",': ("yaml-syntax:comma-after", "Oui"),
    '"Oui': ("yaml-syntax:open-quote", "Oui"),
    "Aide : appelez": ("yaml-syntax:colon-in-text", "Aide : appelez"),
    ">- Texte": ("yaml-syntax:block-text", "Texte"),
    ">5": ("sign-in-text", ">5"),
    "&Co et associés": ("sign-in-text", "&Co et associés"),
    "!Attention adapter": ("sign-in-text", "!Attention adapter"),
    "! transmettre": ("sign-in-text", "! transmettre"),
    '"Dossier C:\\budget"': ("escape-in-text", "Dossier C:\\budget"),
    '"Dossier C:\\xa\\temp"': ("yaml-syntax:escape", "Dossier C:\\xa\\temp"),
    '"Dossier C:\\temp et \\"notes\\""': ("escape-in-text", 'Dossier C:\\temp et "notes"'),
    "Appelez le poste #3 ou le 4": ("comment-in-text", "Appelez le poste #3 ou le 4"),
    "Petite\u2028liste": ("hidden-line-end", "Petite liste"),
    "*note": ("alias", "*note"),
}


@pytest.mark.parametrize(("value", "expected"), VALUES.items())
def test_a_value_that_loses_something_is_told_and_its_edit_keeps_it_whole(value, expected):
    text = mended((TITLE, f"title:\n  fr: {value}\n  en: Small checklist"))
    code, whole = expected
    assert told(text) == [(5, code)]
    checklist = read(after_its_edits(text))[0]
    assert checklist is not None
    assert checklist.title.root["fr"] == whole


SAFE = [
    "Fait", "« Oui » ou “non”", "L’équipe, l'aide", "50 % de A&B", "Non! Oui?", "a#b", "C1", '"Oui" # à revoir',
    '"a \\"b\\" c\\\\d"', "'L''équipe'", "https://pole.example/#a", "[", 
]  # fmt: skip


@pytest.mark.parametrize("value", SAFE[:-1])
def test_nothing_is_said_of_a_text_that_is_read_as_it_is_typed(value):
    assert told(mended((TITLE, f"title:\n  fr: {value}\n  en: Small checklist"))) == []


@pytest.mark.parametrize("escape", ["\\n", "\\u00a0", "\\_", "\\u00e9"])
def test_an_escape_that_may_be_meant_leaves_the_file_sound(escape):
    text = mended((TITLE, f'title:\n  fr: "Petite{escape}liste"\n  en: Small checklist'))
    assert told(text) == [(5, "escape-read")]
    assert read(text)[0] is not None


@pytest.mark.parametrize(
    "line",
    ["lender: true # lue par le prêteur", "owner: finance # à confirmer", "id: x # l'id", "weight: 1.5 #provisoire"],
)
def test_a_comment_after_a_value_that_nobody_reads_is_usual(line):
    text = mended(("        valid_days: 7", f"        valid_days: 7 # {line}"), ("vital: true", "vital: true # oui"))
    assert told(text) == []


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("phone: 418 555-0100}", "phone: 418 555-0100 #4\n  }", 8),
        (TITLE, "title:\n  fr: Petite liste\n    #3 et la suite\n  en: Small checklist", 6),
        (TITLE, "title:\n  fr: >-\n    Petite liste\n   # 3 et la suite\n  en: Small checklist", 7),
    ],
)
def test_the_rest_of_a_text_that_is_a_comment_is_told(before, after, line):
    assert told(mended((before, after))) == [(line, "comment-in-text")]


def test_spaces_that_belong_to_a_text_stay_when_the_others_are_mended():
    text = TEXT.replace("ref: C1\n", "ref:\u00a0C1\n")
    assert after_its_edits(text) == TEXT


def test_two_lines_that_have_run_together_are_parted():
    n = next(n for n, line in enumerate(LINES) if line == "            text:")
    text = "\n".join([*LINES[:n], f"{LINES[n]} {LINES[n + 1]}", *LINES[n + 2 :]])
    assert told(text) == [(n + 1, "yaml-syntax:joined")]
    assert after_its_edits(text) == TEXT


def test_a_stray_line_becomes_a_comment_and_its_words_stay():
    text = lines_changed([(STAFF, f"un mot de trop\n{LINES[STAFF]}")])
    assert told(text) == [(STAFF + 1, "yaml-syntax:stray")]
    assert "\n# un mot de trop\n" in after_its_edits(text)


def test_an_edit_that_is_not_sure_is_not_given():
    """A sentence in the middle of a text, at the edge: nobody knows whether it is part of it."""
    n = next(n for n, line in enumerate(LINES) if line.endswith("rencontre") and LINES[n - 2].endswith(">-"))
    text = lines_changed([(n, f"un mot de trop\n{LINES[n]}")])
    assert [one.edit for one in read(text)[1] if one.severity == "mistake"] == [None]
