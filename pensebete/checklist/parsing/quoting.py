"""A text as it is typed -> the same between quotation marks, so that YAML reads each of its signs as it stands."""

from __future__ import annotations


def quoted(text: str) -> str:
    """Between double quotes where the text holds nothing that they would change, else between single ones."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def double_quoted(text: str) -> str:
    """Any text at all, line ends and signs that no file of ours can hold included, on one line."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    if sign == "\n":
        return "\\n"
    if "\ud800" <= sign <= "\udfff":  # half of a pair, which no text has
        return "\ufffd"
    return sign if sign.isprintable() or sign == "\u00a0" else f"\\U{ord(sign):08X}"
