"""The modules of the program are loaded anew when a file of it has changed, whichever: modules read the others."""

from __future__ import annotations

import sys
from pathlib import Path
from threading import Lock

PROGRAM = Path(__file__).parents[2] / "pensebete"


def _files() -> set[tuple[Path, int]]:
    return {
        (file, file.stat().st_mtime_ns)
        for file in PROGRAM.rglob("*")
        if file.is_file() and file.parent.name != "__pycache__"
    }


_loaded = _files()
_one_looks = Lock()


def forget_what_changed() -> None:
    """To be called before the modules are imported.

    Streamlit forgets modules too, but once for each page open, one while the other imports them; and it hears nothing
    of what is saved while no page is open.
    """
    global _loaded
    with _one_looks:
        found = _files()
        if found != _loaded:
            for name in [name for name in sys.modules if name.partition(".")[0] == PROGRAM.name]:
                del sys.modules[name]
            _loaded = found
