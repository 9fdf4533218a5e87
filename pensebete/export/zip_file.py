"""Several files as one: a zip, and names for them. The same files always give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_NEVER = (1980, 1, 1, 0, 0, 0)  # the first day that a zip knows


def zip_file(members: Iterable[tuple[str, bytes]]) -> bytes:
    into = BytesIO()
    with ZipFile(into, "w") as made:
        for name, content in members:
            entry = ZipInfo(name, _NEVER)
            entry.compress_type = ZIP_DEFLATED
            made.writestr(entry, content)
    return into.getvalue()


def names_apart(wanted: Iterable[Sequence[str]]) -> list[str]:
    """For each file the first of the names it may have that none before it took; else the last of them, numbered.

    Names have no extension: it follows.
    """
    taken: list[str] = []
    for names in wanted:
        name, n = next((name for name in names if name not in taken), names[-1]), 1
        while name in taken:
            n += 1
            name = f"{names[-1]}-{n}"
        taken.append(name)
    return taken
