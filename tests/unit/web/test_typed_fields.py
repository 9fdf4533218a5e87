"""What is typed of an enterprise is offered to nobody who sits at that browser later."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.builders import ROOT
from tests.source_trees import nodes
from tests.unit.test_imports import SOURCES


def calls_of(name: str) -> dict[str, ast.Call]:
    """Each call of a function of Streamlit's, by where it stands."""
    return {
        f"{place}:{node.lineno}": node
        for place, text in SOURCES.items()
        for node in nodes(text)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == name
    }


def test_each_field_says_what_a_browser_may_offer_in_it():
    """`off`, or what the visitor is called: the framework leaves the rest to the browser."""
    fields = calls_of("text_input")
    assert len(fields) > 10
    assert [at for at, call in fields.items() if "autocomplete" not in {one.arg for one in call.keywords}] == []


def test_no_field_is_made_past_that_test():
    others = [
        f"{place}:{node.lineno}"
        for place, text in SOURCES.items()
        for node in nodes(text)
        if isinstance(node, ast.Attribute) and node.attr in {"text_input", "chat_input"}
    ]
    assert sorted(others) == sorted(calls_of("text_input"))


def test_areas_to_write_in_are_told_by_the_page_itself():
    script = Path(ROOT / "pensebete/web/static/streamlit-strings.js").read_text("utf-8")
    assert 'element.matches("textarea")) element.setAttribute("autocomplete", "off")' in script
