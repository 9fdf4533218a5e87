"""Lines for a terminal or a log, and Markdown for files that people read: nothing in them commands either."""

import re

_MARKS = re.compile(r"([\\`*_\[\]<>#|~$])")
# What could command a terminal, or make a line read in another order than it is written.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile(r"[ \t\r\n]+")  # not \s: the no-break spaces stay


def escaped(text: str) -> str:
    """The text on one line, with every sign escaped that Markdown would read as its own."""
    return _MARKS.sub(r"\\\1", _CONTROLS.sub("", _SPACES.sub(" ", text.strip())))


def visible(line: str) -> str:
    """A line in which what comes from a file can neither begin another line nor command the terminal."""
    return "".join(c if c.isprintable() or c == "\u00a0" else c.encode("unicode_escape").decode() for c in line)
