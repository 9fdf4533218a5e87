"""The JSON Schema as a real client reads it, check-jsonschema: its verdict beside that of `check` on every fixture."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Collection, Iterable
from pathlib import Path

import pytest
import yaml

from pensebete.checklist.json_schema import checklist_schema
from pensebete.checklist.loading import read
from pensebete.text.wording import LANGUAGES, wording
from tests.builders import MINIMAL, ROOT, SHIPPED, mended

SCHEMA = ROOT / "docs" / "checklist.schema.json"
INVALID = sorted((MINIMAL.parent / "invalid").glob("*.yaml"))
TOLD_TO_THE_CLIENT = INVALID[::3]  # a fortieth of a second each; all of them in `make thorough`
# What a JSON Schema cannot say, and why: these are for `check` alone.
FOR_CHECK_ALONE = {
    "bands-same-start": "compares two elements",
    "bands-start": "looks for an element",
    "condition-on-item": "compares with other fields",
    "escape-in-text": "looks at what was typed, not at what was read",
    "duplicate-id": "compares two elements by one field",
    "hidden-line-end": "is no end of line for the YAML of editors",
    "language-of-nothing": "the languages are those of another field",
    "missing-language": "the languages are those of another field",
    "missing-texts": "the languages are those of another field",
    "never-holds": "is reckoned from the questions",
    "no-sure-action": "looks at every element together",
    "not-earlier": "compares with other fields",
    "open-brace": "is about signs inside a text",
    "ranking-gap": "is about the last element",
    "renamed-in-circle": "compares with other fields",
    "reserved-id": "is a rule of the program, not of the shape",
    "same-version": "compares with another file",
    "sign-in-text": "looks at what was typed, not at what was read",
    "still-there": "compares with other fields",
    "unknown-calendar": "is looked up among the holidays of the world",
    "unknown-id": "compares with other fields",
    "unknown-insert": "is about words inside a text",
    "unknown-language": "the languages are those of another field",
    "unlisted-language": "the languages are those of another field",
    "unreachable-item": "is reckoned from the questions",
    "vanished-id": "compares with another file",
}


def refused_by_the_client(*files: Path) -> dict[Path, set[str]]:
    """The files that check-jsonschema finds fault with, and in each the names of the fields, or "" for the file."""
    call = [sys.executable, "-m", "check_jsonschema", "--schemafile", SCHEMA, "--output-format", "json", *files]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    said = json.loads(done.stdout)
    assert done.returncode == (0 if said["status"] == "ok" else 1), done.stderr
    refused: dict[Path, set[str]] = {}
    for fault in [*said.get("errors", ()), *said.get("parse_errors", ())]:
        refused.setdefault(Path(fault["filename"]), set()).add(fault.get("path", "").rpartition(".")[2])
    return refused


def test_the_client_finds_no_fault_with_the_sound_files(refused):
    assert refused.keys().isdisjoint({SHIPPED, MINIMAL})


def disagreeing(files: Iterable[Path], refused: Collection[Path]) -> set[tuple[str, ...]]:
    """Those of which `check` says something else, but for what no schema can say."""
    found = set()
    for file in files:
        _, diagnostics = read(file.read_bytes())
        codes = {diagnostic.code for diagnostic in diagnostics if diagnostic.severity == "mistake"}
        if (file in refused) != bool(codes - set(FOR_CHECK_ALONE)):
            found.add((file.stem, str(file in refused), *codes))
    return found


def test_the_client_and_check_agree_on_fixtures_but_for_what_no_schema_can_say(refused):
    assert disagreeing(TOLD_TO_THE_CLIENT, refused) == set()
    assert len(refused.keys() & set(TOLD_TO_THE_CLIENT)) > 25
    assert len(INVALID) >= 98


@pytest.mark.soak
def test_the_client_and_check_agree_on_every_fixture():
    assert disagreeing(INVALID, refused_by_the_client(*INVALID)) == set()


# Fields whose value an editor reads otherwise than `check` does: in YAML 1.2 `yes` is a text, and so is "3".
VALUES = {
    "vital: true": [
        "yes",
        "Yes",
        "on",
        "y",
        "True",
        "TRUE",
        '"true"',
        "'no'",
        "off",
        "1",
        "0",
        "oui",
        "2",
        "vrai",
        "null",
        "[]",
    ],
    "urgency: 3": ['"3"', "3", "1.0", '"1.0"', "4", "0", '"4"', '"0"', "1.5", "-1", "trois", "x3"],
    "from: 50": ['"40"', "100", '"100"', "101", '"101"', "99", '"99"', '"07"', "-1", '"-1"', "4.5", "40 %", "''"],
    "valid_days: 7": [
        '"3650"',
        '"3651"',
        '"3599"',
        '"3649"',
        '"999"',
        '"4000"',
        "3650",
        "3651",
        '"0"',
        "1",
        '"90"',
        "7 jours",
    ],
    "weight: 1.5": [
        '"2"',
        '"1.5"',
        "1000",
        '"1000"',
        '"1000.0"',
        '"1000.1"',
        "0",
        '"0"',
        '"0.0"',
        '"0.5"',
        ".5",
        "1,5",
        '"999.99"',
    ],
    "provisional_below: 0.8": ['"0.8"', "1", '"1"', '"1.0"', '"1.1"', "0", '"0"', "0.8", ".8", "1.1", "80 %", "-0.1"],
    "weak_domain_below: 40": ['"40"', '"40.0"', "-1", "400", '"400"'],
    "verified_on: 2026-03-01": ['"2026-03-01"', "'2026-03-01'", "2026-03-1", "1er mars 2026", "2026/03/01", "''"],
    "within: 30d": ["48", '"48h"', "1w", "0d", "999d", "1000d", "2 w"],
    "ref: M1": ["1", "1.5", "true", "yes", '"1"', "''"],
    "      - id: cash": ["12", "true", "no", "1.5", "-1", "é", '"12"'],
    'version: "1"': ["2026.2", "1", "true", "''"],
    "phone: 418 555-0100": ["4185550100", "'418'", "true"],
}


def with_value(field: str, value: str) -> tuple[str, str]:
    """The change of the small checklist that gives it that value."""
    return field, f"{field.rpartition(': ')[0]}: {value}"


def named(field: str) -> str:
    """The name by which the client finds fault with a field; of a date it is the list in which that stands."""
    name = field.rpartition(": ")[0].removeprefix("      - ")
    return "resources" if name == "verified_on" else name


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The small checklist with the first value of each field, with the second, and so on: to the client each file is
    a fortieth of a second."""
    found, folder = [], tmp_path_factory.mktemp("values")
    for n in range(max(map(len, VALUES.values()))):
        found.append(folder / f"{n}.yaml")
        changes = [with_value(field, values[n]) for field, values in VALUES.items() if n < len(values)]
        found[-1].write_text(mended(*changes), encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def refused(files: list[Path]) -> dict[Path, set[str]]:
    """What the client finds fault with, of all that the tests below ask about: it is started once."""
    return refused_by_the_client(SHIPPED, MINIMAL, *TOLD_TO_THE_CLIENT, *files)


def test_the_client_and_check_agree_on_how_a_value_may_be_written(files, refused):
    by_check, by_client = set(), set()
    for field, values in VALUES.items():
        for file, value in zip(files, values, strict=False):
            codes = {one.code for one in read(mended(with_value(field, value)))[1] if one.severity == "mistake"}
            if codes - set(FOR_CHECK_ALONE):
                by_check.add((field, value))
            if named(field) in refused.get(file, ()):
                by_client.add((field, value))
    assert by_client ^ by_check == set()
    assert {name for file in files for name in refused.get(file, ())} <= set(map(named, VALUES))
    assert len(by_check) > 30
    assert sum(map(len, VALUES.values())) - len(by_check) > 30


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_says_what_to_write_in_the_language_asked_for(language):
    told = set(
        re.findall(r'"errorMessage": "([^"]+)"', json.dumps(checklist_schema(wording(language)), ensure_ascii=False))
    )
    beginning = {"fr": "Écrivez ", "en": "Write "}[language]
    assert len(told) > 12
    assert {sentence for sentence in told if not sentence.startswith(beginning)} == set()


# A snippet, a line of the small checklist before which it stands, the indent, and what it asks to be changed.
SNIPPETS = {
    "Item": ("      - id: listen\n", 6),
    "SuggestedAction": ("          - {id: ask,", 10),
    "ProfileQuestion": ("bands:\n", 2),
    "Domain": ("renamed:", 2),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SNIPPETS)
def test_what_a_snippet_writes_is_sound_but_for_its_texts(name, language):
    (snippet,) = checklist_schema(wording(language))["$defs"][name]["defaultSnippets"]
    assert set(snippet) == {"label", "description", "body"}
    made = yaml.safe_dump([snippet["body"]], sort_keys=False, allow_unicode=True)
    ids = iter(f"new-{n}" for n in range(20))
    filled = re.sub(r"'?\$\{\d+:([^}]*)\}'?", lambda found: found[1], made)
    filled = re.sub(r"\bid: id\b", lambda _: f"id: {next(ids)}", filled).replace("owner: owner", "owner: board")
    before, indent = SNIPPETS[name]
    lines = "".join(f"{' ' * indent}{line}\n" for line in filled.splitlines())
    checklist, told = read(mended((before, lines + before)))
    assert checklist is not None
    assert {one.code for one in told} <= {"unwritten", "said-twice"}


def test_what_is_left_to_check_alone_has_a_fixture_each():
    said = "".join(file.with_suffix(".txt").read_text(encoding="utf-8") for file in INVALID)
    assert {code for code in FOR_CHECK_ALONE if f" {code}\n" not in said} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_has_help_in_the_language_asked_for(language):
    schema = checklist_schema(wording(language))
    parts = [schema, *schema["$defs"].values()]
    helps = [about.get("description") for part in parts for about in part.get("properties", {}).values()]
    assert len(helps) > 90
    assert all(helps)
    assert not re.search(r'"title": "[A-Z][a-z]+( [A-Z][a-z]+)*"', json.dumps(schema))
