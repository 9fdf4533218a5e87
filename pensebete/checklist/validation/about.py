"""What a diagnostic is about, and a value of the file as a sentence quotes it."""

from __future__ import annotations

from typing import Any

from pensebete.checklist.diagnostics.codes import NAMED_BY
from pensebete.checklist.diagnostics.place import Path
from pensebete.checklist.parsing.tree import Tree


def about(tree: Tree, path: Path) -> tuple[str, str]:
    """(kind, id) of the innermost thing with an id around the path."""
    inner: Any = tree.data
    found = ("checklist", "")
    for depth, part in enumerate(path):
        try:
            inner = inner[part]
        except (KeyError, IndexError, TypeError):
            break
        collection = path[depth - 1] if depth else ""
        if isinstance(part, int) and isinstance(inner, dict) and collection in NAMED_BY:
            id = inner.get(NAMED_BY[str(collection)])
            if isinstance(id, str):
                found = (str(collection), brief(id))
    return found


def brief(value: Any) -> str:
    """A value of the file as a sentence quotes it."""
    text = value if isinstance(value, str) else "…" if isinstance(value, dict | list) else str(value)
    return text if len(text) <= 60 else text[:59] + "…"
