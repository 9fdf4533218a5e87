"""Every code that `check` can name: a mistake or a warning, and the parts that its sentence and its remedy take.

The words are in text/locale/LANGUAGE/diagnostics.po, under `diagnostics.CODE.sentence` and `diagnostics.CODE.remedy`.
Some parts are in the reader's language and are said by the catalogue too: `about` names the thing concerned (« item
“cash-forecast” »), `thing` what has the id in question, `expected` what would fit, `did_you_mean` the nearest name
that exists, `to_write` the line that is missing. Any other is a word of the file. docs/staff-guide.md explains each
code with an example.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["mistake", "warning"]


@dataclass(frozen=True, slots=True)
class Entry:
    severity: Severity
    parts: tuple[str, ...]


def _mistake(*parts: str) -> Entry:
    return Entry("mistake", parts)


def _warning(*parts: str) -> Entry:
    """The checklist works, and somebody should look."""
    return Entry("warning", parts)


CATALOGUE: dict[str, Entry] = {
    # The document: what keeps a text from being read
    "yaml-syntax": _mistake(),  # said by its fault: `diagnostics.yaml-syntax.FAULT.sentence`
    "file-too-large": _mistake("limit"),
    "not-utf8": _mistake("encoding"),
    "not-text": _mistake("kind"),
    "strange-character": _mistake("character"),
    "several-documents": _mistake(),
    "alias": _mistake("name"),
    "comma-in-text": _mistake("rest"),
    "key-not-text": _mistake(),
    "too-deep": _mistake("limit"),
    "too-many-values": _mistake(),
    "duplicate-key": _mistake("key", "line"),
    "missing-dash": _mistake("key"),
    "pasted-twice": _mistake("line"),
    "merge-conflict": _mistake("line", "end"),
    "no-break-spaces": _mistake("lines"),
    "hidden-line-end": _mistake(),
    # What a sign of a text makes of it, though YAML can read it
    "sign-in-text": _mistake("sign"),
    "escape-in-text": _mistake("sign"),
    "escape-read": _warning("sign"),
    "brackets-in-text": _mistake("sign"),
    "comment-in-text": _warning("rest"),
    "quotes-kept": _mistake("value"),
    "invisible-character": _warning("character", "lines"),
    "mojibake": _warning("sign", "meant", "lines"),
    # The shape: fields and their values
    "not-a-checklist": _mistake(),
    "unknown-field": _mistake("about", "field", "did_you_mean"),
    "too-far-in": _mistake("about", "field", "neighbour", "line"),
    "too-far-out": _mistake("about", "field", "neighbour", "line"),
    "missing-field": _mistake("about", "field"),
    "wrong-value": _mistake("about", "field", "value", "expected", "did_you_mean"),
    "text-without-language": _mistake("about", "field", "languages"),
    "condition-word": _mistake("about", "word", "meant"),
    # The rules: ids that refer to something, languages complete, tables whole
    "missing-language": _mistake("about", "field", "language"),
    "missing-texts": _mistake("language", "count"),
    "empty-text": _mistake("about", "field", "language"),
    "unknown-language": _mistake("about", "field", "language", "did_you_mean"),
    "language-of-nothing": _mistake("language"),
    "unlisted-language": _mistake("language"),
    "no-french": _warning(),
    "duplicate-id": _mistake("id", "line"),
    "reserved-id": _mistake("about", "id"),
    "unknown-id": _mistake("about", "field", "id", "known", "did_you_mean"),
    "not-earlier": _mistake("about", "id", "did_you_mean"),
    "no-sure-action": _mistake("about"),
    "still-there": _mistake("thing", "field"),
    "renamed-in-circle": _mistake("id"),
    "bands-start": _mistake(),
    "bands-same-start": _mistake("value"),
    "ranking-gap": _mistake(),
    "unknown-calendar": _mistake(),
    "unknown-insert": _mistake("about", "field", "id", "known", "did_you_mean"),
    "open-brace": _mistake("about", "field", "rest"),
    "vanished-id": _mistake("thing", "to_write"),
    "never-there": _warning("id", "did_you_mean"),
    "other-checklist": _warning("before", "after"),
    "same-version": _mistake("version"),
    # The conditions: what they ask for exists, and can hold
    "condition-on-item": _mistake("about", "id"),
    "unreachable-item": _mistake("about"),
    "never-holds": _mistake("about"),
    "always-holds": _warning("about"),
    # The warnings: whom to call, how soon actions are due, old resources, and what the PDF cannot show
    "contact-without-way": _warning(),
    "horizon-before-class": _warning("about", "within", "class"),
    "second-urgent-action": _warning("about", "within"),
    "no-action-within-class": _warning("about", "within", "class"),
    "stale-resource": _warning("about", "date"),
    "expired-resource": _warning("about", "date"),
    "future-verification": _warning("about", "date"),
    "undated-resource": _warning("about"),
    "missing-glyph": _warning("about", "character"),
    "missing-glyphs": _warning("character", "count"),
    "title-too-long": _warning("about", "field", "length", "most"),
    # What looks like a slip of the hand, or is left over
    "same-ref": _warning("about", "ref", "line"),
    "said-twice": _warning("about", "text", "line"),
    "cut-word": _warning("about", "field", "word"),
    "markup": _warning("about", "field", "markup"),
    "unwritten": _warning("about", "text"),
    "heavy-weight": _warning("about", "weight", "share"),
    "email-signs": _warning("value", "email"),
    # The ready messages: what a link can carry, and the language of all staff
    "message-too-long": _warning("about", "field", "length", "most"),
    "subject-in-lines": _warning("about"),
    "message-without-french": _warning("about"),
    # What is left unsaid
    "more-mistakes": _mistake("more"),
    "more-warnings": _warning("more"),
}

# Why a line is no YAML (parsing/syntax_faults.py finds which).
SYNTAX_FAULTS = (
    "open-quote",
    "escape",
    "tab",
    "tabs",
    "missing-colon",
    "colon-in-text",
    "indent",
    "indents",
    "no-dash",
    "dash",
    "bracket",
    "bracket-extra",
    "start",
    "block-text",
    "quoted-start",
    "apostrophe",
    "bracket-start",
    "comma-after",
    "joined",
    "bullet",
    "stray",
    "conflict-mark",
    "end-mark",
    "other",
)
# What a sentence can be about, a list of the file each -> the field that names a thing of it.
NAMED_BY = {
    "domains": "id",
    "items": "id",
    "actions": "id",
    "profile": "id",
    "options": "id",
    "bands": "id",
    "ranking": "class",
}
# What would have fitted -> the parts that say it.
EXPECTED: dict[str, tuple[str, ...]] = {
    "level": (),
    "number": (),
    "whole_number": ("least", "most"),
    "share": ("least", "most"),
    "number_above": ("most",),
    "horizon": (),
    "id": (),
    "full_name": (),
    "date": (),
    "url": (),
    "email": (),
    "language": (),
    "choice": ("choices",),
    "bool": (),
    "text": (),
    "block_text": ("name",),
    "shorter": ("most",),
    "not_empty": (),
    "list": (),
    "longer_list": ("least",),
    "shorter_list": ("most",),
    "mapping": (),
    "other": (),
}
# What is to be written of an id that vanished -> the parts that say it: under `renamed` for sure; the id itself, where
# the file names it still; under `renamed` perhaps, or under `retired`. `entry` is the line.
TO_WRITE: dict[str, tuple[str, ...]] = {
    "renamed": ("new", "entry"),
    "back": ("new", "old", "field"),
    "perhaps": ("new", "line", "entry", "name"),
    "either": ("entry", "name"),
}
