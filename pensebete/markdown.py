"""Markdown for files that people read: what a checklist says stands in it as written."""

import re

_MARKS = re.compile(r"([\\`*_\[\]<>#|~$])")
# What could command a terminal, or make a line read in another order than it is written.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile(r"[ \t\r\n]+")  # not \s: the no-break spaces stay


def escaped(text: str) -> str:
    """The text on one line, with every sign escaped that Markdown would read as its own."""
    return _MARKS.sub(r"\\\1", _CONTROLS.sub("", _SPACES.sub(" ", text.strip())))
