"""A text as it is typed -> the same between quotation marks, so that YAML reads each of its signs as it stands."""

from __future__ import annotations


def quoted(text: str) -> str:
    """Between double quotes where the text holds nothing that they would change, else between single ones."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"
