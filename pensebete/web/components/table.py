"""A table as HTML: with a caption, headings that screen readers announce, and a shape that a phone can hold."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape


def table_html(caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]], total: bool = False) -> str:
    """The first cell of a row is its heading. `total`: the last row sums up the others."""
    return rich_table_html(caption, columns, [[escape(cell) for cell in row] for row in rows], total=total)


def rich_table_html(
    caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]], kind: str = "", total: bool = False
) -> str:
    """The same of cells that are HTML already.

    On a narrow screen each row becomes a block, its cells named by their column; the roles are written because a
    browser forgets them where the display changes.
    """
    heads = "".join(f'<th role="columnheader" scope="col">{escape(column)}</th>' for column in columns)
    body = "".join(_row(columns, row, total and row is rows[-1]) for row in rows)
    return (
        f'<table role="table" class="{" ".join(filter(None, ("table", kind)))}">'
        f'<caption class="out-of-sight">{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead><tbody role="rowgroup">{body}</tbody></table>'
    )


def _row(columns: Sequence[str], row: Sequence[str], total: bool) -> str:
    cells = "".join(
        f'<td role="cell" data-column="{escape(column)}">{cell}</td>'
        for column, cell in zip(columns[1:], row[1:], strict=True)
    )
    kind = ' class="total"' if total else ""
    return f'<tr role="row"{kind}><th role="rowheader" scope="row">{row[0]}</th>{cells}</tr>'
