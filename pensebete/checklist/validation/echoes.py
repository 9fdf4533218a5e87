"""What may only seem wrong because of something that is wrong already: it is left unsaid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.parsing.tree import Tree
from pensebete.checklist.validation.placeholders import NAMING, stands_in
from pensebete.checklist.validation.shape import Shape
from pensebete.checklist.validation.violation import Violation

# What is wrong only because of something that is missing; a fault of YAML in the same place explains it.
_OF_ABSENCE = frozenset({"missing-field", "missing-language", "missing-texts", "empty-text", "language-of-nothing"})
# What may only seem so where an id could not be read.
_OF_REFERENCES = frozenset({"unknown-id", "not-earlier", "condition-on-item", "vanished-id", "same-version"})
_NEAR = 2


def no_echo_of_the_document(tree: Tree, found: list[Diagnostic]) -> list[Diagnostic]:
    """Without what the text explains: a line that was read as it may have been meant accounts for its own."""
    mistakes = [one for one in tree.diagnostics if one.severity == "mistake"]
    if not mistakes:
        return found
    told = {line for one in mistakes for line in one.lines} | tree.mended
    near = {line + by for line in told for by in range(-_NEAR, _NEAR + 1)}

    def explained(one: Diagnostic) -> bool:
        if one.place.line in (near if one.code in _OF_ABSENCE else told):
            return True
        if one.code in ("missing-language", "empty-text") or (one.code == "wrong-value" and one.path in tree.values):
            return not told.isdisjoint(tree.lines_of(one.path))
        return tree.lost_names and one.code in _OF_REFERENCES

    return [one for one in found if not explained(one)]


def no_echo_of_the_shape(shape: Shape, found: Iterable[Violation]) -> Iterator[Violation]:
    """Without what is found at a placeholder, and what refers to a thing that one may have taken the place of."""
    lost = any(isinstance(path[-1], int) or get_close_matches(path[-1], NAMING, cutoff=0.8) for path in shape.replaced)
    for one in found:
        if not stands_in(one.path, shape.replaced) and not (lost and one.code in _OF_REFERENCES):
            yield one
