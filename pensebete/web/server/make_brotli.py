"""Makes the Brotli copies of the files that pages load: `python -m pensebete.web.server.make_brotli`, by `make run`
and by what makes the container, when the program is installed. Copies of another version are removed."""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli

from pensebete.web.server.known_files import Known, files_of_most_visits
from pensebete.web.server.made_brotli import FOLDER, copy_of
from pensebete.web.server.static_gzip import is_worth_compressing


def make(files: Iterable[Known], folder: Path = FOLDER) -> int:
    """Make the copies that are missing, remove those of anything else, and tell how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    contents = {known: known.content() for known in files}
    wanted = {
        copy_of(known, folder): content
        for known, content in contents.items()
        if is_worth_compressing(known.name, content)
    }
    for left in set(folder.iterdir()) - set(wanted):
        left.unlink()
    missing = [(copy, content) for copy, content in wanted.items() if not copy.exists()]
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        list(threads.map(lambda one: _write(*one), missing))
    return len(wanted)


def _write(copy: Path, content: bytes) -> None:
    """Whole or not at all, whoever looks at it meanwhile."""
    begun = copy.with_suffix(f".{os.getpid()}")
    begun.write_bytes(brotli.compress(content, mode=brotli.MODE_TEXT, quality=11, lgwin=22))
    begun.replace(copy)


if __name__ == "__main__":
    make(files_of_most_visits())
