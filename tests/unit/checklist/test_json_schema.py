"""The JSON Schema as a real client reads it, check-jsonschema: its verdict beside that of `check` on every fixture."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pensebete.checklist.json_schema import checklist_schema
from pensebete.checklist.loading import read
from pensebete.text.wording import LANGUAGES, wording
from tests.builders import MINIMAL, ROOT, SHIPPED

SCHEMA = ROOT / "docs" / "checklist.schema.json"
INVALID = sorted((MINIMAL.parent / "invalid").glob("*.yaml"))
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
    "never-holds": "is reckoned from the questions",
    "no-sure-action": "looks at every element together",
    "not-earlier": "compares with other fields",
    "ranking-gap": "is about the last element",
    "renamed-in-circle": "compares with other fields",
    "reserved-id": "is a rule of the program, not of the shape",
    "same-version": "compares with another file",
    "sign-in-text": "looks at what was typed, not at what was read",
    "still-there": "compares with other fields",
    "unknown-calendar": "is looked up among the holidays of the world",
    "unknown-id": "compares with other fields",
    "unknown-language": "the languages are those of another field",
    "unlisted-language": "the languages are those of another field",
    "unreachable-item": "is reckoned from the questions",
    "vanished-id": "compares with another file",
}


def refused_by_the_client(*files: Path) -> set[Path]:
    """The files that check-jsonschema finds fault with."""
    call = [sys.executable, "-m", "check_jsonschema", "--schemafile", SCHEMA, "--output-format", "json", *files]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    said = json.loads(done.stdout)
    assert done.returncode == (0 if said["status"] == "ok" else 1), done.stderr
    faults = [*said.get("errors", ()), *said.get("parse_errors", ())]
    return {Path(fault["filename"]) for fault in faults}


def test_the_client_finds_no_fault_with_the_sound_files():
    assert refused_by_the_client(SHIPPED, MINIMAL) == set()


def test_the_client_and_check_agree_on_every_fixture_but_for_what_no_schema_can_say():
    refused = refused_by_the_client(*INVALID)
    disagreeing = set()
    for file in INVALID:
        _, diagnostics = read(file.read_bytes())
        codes = {diagnostic.code for diagnostic in diagnostics if diagnostic.severity == "mistake"}
        if (file in refused) != bool(codes - set(FOR_CHECK_ALONE)):
            disagreeing.add((file.stem, file in refused, *codes))
    assert disagreeing == set()
    assert len(refused) > 40
    assert len(INVALID) >= 98


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
