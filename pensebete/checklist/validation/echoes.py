"""What may only seem wrong because of something that is wrong already: it is left unsaid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.full_names import id_in
from pensebete.checklist.parsing.tree import Tree
from pensebete.checklist.validation.levels import CODES
from pensebete.checklist.validation.placeholders import NAMING, stands_in
from pensebete.checklist.validation.shape import Shape
from pensebete.checklist.validation.violation import Violation

# What is wrong only because of something that is missing; a fault of YAML in the same place explains it.
_OF_ABSENCE = frozenset({"missing-field", "missing-language", "missing-texts", "empty-text", "language-of-nothing"})
# What may only seem so where an id could not be read.
_OF_REFERENCES = frozenset(
    {"unknown-id", "not-earlier", "condition-on-item", "vanished-id", "never-there", "same-version"}
)
# What is said by comparing with an older version: of a text that cannot be read as it stands, nothing sure.
_OF_VERSIONS = frozenset({"vanished-id", "never-there"})
_NAMING_AN_ID = frozenset({"unknown-id", "not-earlier", "condition-on-item"})
_NEAR = 2


def no_echo_of_the_document(tree: Tree, found: list[Diagnostic]) -> list[Diagnostic]:
    """Without what the text explains: a line that was read as it may have been meant accounts for its own."""
    elsewhere = {one.path for one in found if one.code in CODES}  # what is misplaced is not missing as well
    found = [one for one in found if one.code != "missing-field" or one.path not in elsewhere]
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
        if one.code == "same-version":  # what was read otherwise than it is written is a difference already
            return bool(tree.mended)
        if one.code in _OF_VERSIONS:
            return True
        return tree.lost_names and one.code in _OF_REFERENCES

    return [one for one in found if not explained(one)]


def no_echo_of_the_shape(shape: Shape, found: Iterable[Violation]) -> Iterator[Violation]:
    """Without what is found at a placeholder, and what refers to a thing that one may have taken the place of.

    Nor what names an id that is to be put back; that comes first.
    """
    lost = any(isinstance(path[-1], int) or get_close_matches(path[-1], NAMING, cutoff=0.8) for path in shape.replaced)
    to_put_back: set[str] = set()
    for one in found:
        unsure = (lost and one.code in _OF_REFERENCES) or (
            one.code in _NAMING_AN_ID and one.values["id"] in to_put_back
        )
        if one.code == "vanished-id" and "named_still" in one.values and not unsure:
            to_put_back.add(id_in(one.values["name"]))
        if not (stands_in(one.path, shape.replaced) or unsure or (shape.replaced and one.code == "same-version")):
            yield one
