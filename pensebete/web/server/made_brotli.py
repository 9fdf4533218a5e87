"""The Brotli copies of the files that pages load, made once when the program is installed (make_brotli.py).

Brotli takes a fifth less than gzip, and seconds to make: neither a server that starts nor a visitor waits for it. A
copy is of a version: where that one is missing, gzip is sent in its place.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pensebete.web.server.known_files import Known

# Beside the packages that most of it is made of: gone with them, and written by whoever installs, not by who serves.
FOLDER = Path(sys.prefix) / "share" / "pensebete" / "brotli"


def copy_of(known: Known, folder: Path = FOLDER) -> Path:
    """Where the copy of it lies, if there is one."""
    return folder / f"{known.version}-{known.name}.br"


def made_brotli(known: Known, folder: Path = FOLDER) -> bytes:
    """Its copy; nothing where none was made."""
    try:
        return copy_of(known, folder).read_bytes()
    except OSError:
        return b""
