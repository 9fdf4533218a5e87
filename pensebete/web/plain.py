"""Text as it is: what people wrote, shown where the framework would read Markdown, LaTeX or directives in it."""

import re

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$&:^=])")
_MARKS_OF_A_LABEL = re.compile(r"([\\`*_\[\]$<~]|:(?=[a-z]))")
_SPACES = re.compile(r"[ \t\r\n]+")  # not \s: the no-break spaces stay


def plain(text: str) -> str:
    """The text with every mark escaped, on one line: a heading, a line of Markdown shows it as typed."""
    return _MARKS.sub(r"\\\1", _SPACES.sub(" ", text.strip()))


def label(text: str) -> str:
    """As `plain`, for the label of a widget. Screen readers are given it raw: as few escapes as will do."""
    return _MARKS_OF_A_LABEL.sub(r"\\\1", _SPACES.sub(" ", text.strip()))
