"""Text as it is: what people wrote, shown where the framework would read Markdown, LaTeX or directives in it."""

import re

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$&:^=])")
_MARKS_OF_A_LABEL = re.compile(r"([\\`*_\[\]$<~]|:(?=[a-z]))")
_SPACES = re.compile(r"[ \t\r\n]+")  # not \s: the no-break spaces stay


# Replaced by the framework after it has read the Markdown, whatever is escaped: arrows and dashes, icons and emoji by
# name, addresses. An invisible joiner keeps their signs apart.
_REPLACED_LATER = re.compile(r"(?<=[-<>=~])(?=[-<>=~])|(?<=:)(?=[\w/])|(?<=@)(?=\w)|(?<=www)(?=\.)", re.IGNORECASE)
_JOINER = "\u2060"


def plain(text: str) -> str:
    """The text with every mark escaped, on one line: a heading, a line of Markdown shows it as typed."""
    return _MARKS.sub(r"\\\1", _REPLACED_LATER.sub(_JOINER, _SPACES.sub(" ", text.strip())))


def label(text: str) -> str:
    """As `plain`, for the label of a widget. Screen readers are given it raw: as few escapes as will do."""
    return _MARKS_OF_A_LABEL.sub(r"\\\1", _SPACES.sub(" ", text.strip()))
