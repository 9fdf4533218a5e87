"""What pydantic finds is told by the type of its errors and their context: its English can change as it likes."""

from __future__ import annotations

import re

import pytest
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from pensebete.checklist import model
from pensebete.checklist.diagnostics.codes import EXPECTED
from pensebete.checklist.model import Checklist
from pensebete.checklist.parsing.document import read_tree
from pensebete.checklist.parsing.tree import Tree
from pensebete.checklist.refusals import REFUSED
from pensebete.checklist.validation.schema_errors import schema_diagnostic
from tests.builders import MINIMAL

WRONG = sorted(
    file
    for code in ("wrong-value", "missing-field", "unknown-field", "several")
    for file in (MINIMAL.parent / "invalid").glob(f"{code}*.yaml")
)


def errors(tree: Tree) -> list[ErrorDetails]:
    try:
        Checklist.model_validate(tree.data)
    except ValidationError as error:
        return error.errors()
    return []


def without_english(details: ErrorDetails) -> ErrorDetails:
    """The error without its sentence, and without the words that pydantic's own types put in their context."""
    context = details.get("ctx", {})
    kept = context if details["type"] == REFUSED else {k: v for k, v in context.items() if not isinstance(v, str)}
    return {**details, "msg": "", "ctx": kept}


def test_what_is_told_is_the_same_without_pydantics_words():
    looked_at = 0
    for file in WRONG:
        tree = read_tree(file.read_bytes())
        for details in errors(tree):
            assert schema_diagnostic(tree, without_english(details)) == schema_diagnostic(tree, details)
            looked_at += 1
    assert looked_at >= 50


REFUSALS = {
    "id": (model.Id, "é"),
    "level": (model.Level, "9"),
    "horizon": (model.Horizon, "soon"),
    "url": (model.Url, "javascript:alert(1)"),
    "email": (model.EmailOrNothing, "nobody"),
    "language": (model.LanguageCode, "French"),
}


@pytest.mark.parametrize("expected", REFUSALS)
def test_a_value_of_the_wrong_form_is_refused_by_a_name_of_ours(expected):
    form, value = REFUSALS[expected]
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(form).validate_python(value)
    (details,) = refused.value.errors()
    assert (details["type"], details["ctx"]) == (REFUSED, {"expected": expected})
    assert expected in EXPECTED


def test_what_pydantic_says_well_enough_by_its_type_stays_as_it_is():
    for value, type in (("x" * 61, "string_too_long"), (["x"], "string_type")):
        with pytest.raises(ValidationError) as refused:
            TypeAdapter(model.Id).validate_python(value)
        assert [details["type"] for details in refused.value.errors()] == [type]


def test_the_pattern_of_every_text_of_a_fixed_form_stays_in_the_schema():
    schemas = [TypeAdapter(form).json_schema() for name, (form, _) in REFUSALS.items() if name != "level"]
    assert all(re.compile(schema["pattern"]) for schema in schemas)
