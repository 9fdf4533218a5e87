"""The libraries of tables stay where they are.

The framework looks whether a component is given a table, of each list and each dictionary that it is given, and imports
numpy, pandas and pyarrow to know: half a second at the first visit, and as much memory as all the rest of the program.
None of ours is given one: what is not plain is told to whoever wrote it, by json.

This is a private name of the framework; one that is gone ends the start of the server.
"""

from __future__ import annotations

from streamlit.components.v2.bidi_component import serialization


def give_no_tables() -> None:
    """From here on."""
    is_table = serialization.is_dataframe_like  # type: ignore[attr-defined]
    if getattr(is_table, "plain", False):
        return

    def unless_plain(value: object) -> bool:
        return not isinstance(value, (dict, list)) and is_table(value)

    unless_plain.plain = True  # type: ignore[attr-defined]
    serialization.is_dataframe_like = unless_plain  # type: ignore[attr-defined,assignment]
