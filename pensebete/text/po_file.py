"""A catalogue as it is written: its sentences and its plural.

Babel reads any .po there is, with comments, places and dates, and takes as long for ours as the server needs for all
else before its first page; ours are ids and sentences.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from gettext import c2py

# A sentence may go on for several lines, each between quotes.
_WRITTEN = re.compile(r'^(msgid|msgid_plural|msgstr)(?:\[(\d)\])? ((?:"(?:[^"\\\n]|\\.)*"\n?)+)', re.MULTILINE)
_LINE = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r"}
_PLURAL = re.compile(r"plural=([^;]+);")

# Id -> sentence; where it has a plural, id and number of the form -> sentence.
Sentences = dict[str | tuple[str, int], str]


def read_po_file(text: str) -> tuple[Sentences, Callable[[int], int]]:
    """The sentences, and which form a number calls for. ValueError where that is not said."""
    found: Sentences = {}
    id = ""
    for keyword, form, lines in _WRITTEN.findall(text):
        words = "".join(_LINE.findall(lines))
        if "\\" in words:
            words = _ESCAPE.sub(lambda escape: _ESCAPED.get(escape[1], escape[1]), words)
        if keyword == "msgid":
            id = words
        elif keyword == "msgstr" and words:
            found[(id, int(form)) if form else id] = words
    rule = _PLURAL.search(str(found.pop("", "")))
    if rule is None:
        raise ValueError("no plural is said")
    return found, c2py(rule[1])
