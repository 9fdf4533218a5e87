"""The JSON Schema as editors read it, through yaml-language-server: what is proposed, explained and underlined."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pensebete.checklist.loading import read
from pensebete.checklist.model import Item
from pensebete.text.wording import wording
from tests.builders import MINIMAL, ROOT, SHIPPED, mended
from tests.editor.language_server import LanguageServer, language_server
from tests.unit.checklist.test_json_schema import FOR_CHECK_ALONE, INVALID, SCHEMA

# The fixtures do not name their schema as the shipped file does. Nothing is asked of the network.
SETTINGS = {"yaml": {"schemas": {SCHEMA.as_uri(): "/tests/fixtures/**/*.yaml"}, "schemaStore": {"enable": False}}}
# Where the editor stays silent, and why: it knows the schema, but its reading of YAML is more lenient than ours.
NOT_UNDERLINED = {
    "not-utf8": "an editor shows letters, not the bytes that they came from",
    "strange-character": "a control character is one like any other",
    "wrong-value-8": "30 February has the form of a date",
}
# Where it is stricter: it knows no tag, whatever the schema says.
UNDERLINED_TOO = {"sign-in-text"}
CARET = "‸"


@pytest.fixture(scope="module")
def server() -> Iterator[LanguageServer]:
    with language_server(ROOT, SETTINGS) as server:
        yield server


def opened_at_the_caret(server: LanguageServer, file: Path, text: str) -> tuple[Path, int, int]:
    """A document opened, and the place in it, counted as editors do."""
    before, after = text.split(CARET)
    server.open(file, before + after)
    lines = before.split("\n")
    return file, len(lines) - 1, len(lines[-1].encode("utf-16-le")) // 2


def shipped(change: tuple[str, str]) -> str:
    """The text of the shipped file with the first such place changed."""
    return SHIPPED.read_text(encoding="utf-8").replace(*change, 1)


def begins_at(fault: dict[str, Any], line: int, character: int) -> bool:
    return bool(fault["range"]["start"] == {"line": line, "character": character})


def test_at_a_new_line_of_an_item_the_fields_it_lacks_are_proposed(server):
    item = f"      - id: new\n        title: {{fr: Un, en: One}}\n        {CARET}\n"
    text = mended(("      - id: talk\n", f"{item}      - id: talk\n"))
    proposed = server.proposals(*opened_at_the_caret(server, MINIMAL.with_name("new-item.yaml"), text))
    every_required_field_at_once = "Item"
    the_snippet = wording("fr")("schema.snippet.Item")
    assert set(proposed) == set(Item.model_fields) - {"id", "title"} | {every_required_field_at_once, the_snippet}


def test_at_a_new_dash_a_whole_item_is_proposed_in_french(server):
    text = mended(("      - id: talk\n", f"      - {CARET}\n      - id: talk\n"))
    proposed = server.completions(*opened_at_the_caret(server, MINIMAL.with_name("new-dash.yaml"), text))
    (snippet,) = (one for one in proposed if one["label"] == "un nouvel élément")
    assert "À écrire." in snippet["insertText"]
    assert snippet["documentation"] == wording("fr")("schema.snippet.Item.about")
    plain = re.sub(r"\$\{\d+:([^}]*)\}", r"\1", snippet["insertText"]).replace("owner: owner", "owner: board")
    written = text.replace(CARET, plain.replace("\n", "\n      "))
    checklist, told = read(written.replace("- id: id\n", "- id: new\n"))
    assert checklist is not None
    assert {one.code for one in told} == {"unwritten"}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("vital: true", f"vital: {CARET}oui"), "Écrivez true ou false."),
        (("urgency: 1\n", f"urgency: {CARET}élevée\n"), "Écrivez 1, 2 ou 3."),
        (("verified_on: 2026-03-01", f"verified_on: {CARET}1er mars"), "Écrivez une date comme 2026-03-28."),
        (("choose: one", f"choose: {CARET}un"), "Écrivez un de ceux-ci : one, several."),
    ],
)
def test_a_value_that_does_not_fit_is_underlined_with_what_to_write_in_french(server, change, told):
    name = f"{change[0].partition(':')[0]}.yaml"
    file, line, character = opened_at_the_caret(server, MINIMAL.with_name(name), mended(change))
    (fault,) = server.faults(file)
    assert begins_at(fault, line, character)
    assert fault["message"].replace("\u00a0", " ") == told


@pytest.mark.parametrize("value", ["yes", "no", '"true"', "'off'"])
def test_a_truth_is_written_as_check_reads_it(server, value):
    file = MINIMAL.with_name(f"truth-{value.strip(chr(34) + chr(39))}.yaml")
    text = mended(("vital: true", f"vital: {value}"))
    server.open(file, text)
    assert server.faults(file) == []
    assert read(text)[0] is not None


def test_for_a_delay_its_usual_values_are_proposed(server):
    text = shipped(("            within: 48h\n", f"            within: {CARET}\n"))
    assert server.proposals(*opened_at_the_caret(server, ROOT / "delay.yaml", text)) == ["48h", "2w", "30d"]


def test_a_field_is_explained_in_french_in_the_shipped_file_by_the_schema_that_its_first_line_names(server):
    text = shipped(("        effort: ", f"        ef{CARET}fort: "))
    told = server.hover(*opened_at_the_caret(server, ROOT / "field.yaml", text))
    assert wording("fr")("schema.Item.effort") in told


def test_a_misspelt_field_is_underlined_in_the_shipped_file_where_it_stands(server):
    text = shipped(("        effort: ", f"        {CARET}efort: "))
    file, line, character = opened_at_the_caret(server, ROOT / "misspelt.yaml", text)
    told = [fault["message"] for fault in server.faults(file) if begins_at(fault, line, character)]
    assert len(told) == 1
    assert "efort" in told[0]


@pytest.mark.parametrize("file", [SHIPPED, MINIMAL], ids=lambda file: file.stem)
def test_nothing_is_underlined_in_a_sound_file(server, file):
    server.open(file, file.read_text(encoding="utf-8"))
    assert server.faults(file) == []


def test_the_editor_and_check_agree_on_every_fixture_but_for_what_no_schema_can_say(server):
    for file in INVALID:
        server.open(file, file.read_text(encoding="utf-8", errors="replace"))
    underlined = {file for file in INVALID if server.faults(file)}
    disagreeing = set()
    for file in INVALID:
        _, diagnostics = read(file.read_bytes())
        codes = {diagnostic.code for diagnostic in diagnostics if diagnostic.severity == "mistake"}
        if (file in underlined) != bool(codes - set(FOR_CHECK_ALONE)):
            disagreeing.add(file.stem)
    assert disagreeing == set(NOT_UNDERLINED) | UNDERLINED_TOO
    assert len(underlined) > 40
