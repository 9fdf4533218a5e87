"""Whether the file that a SQLite connection writes in is still the one that bears its name.

A file that was deleted or replaced goes on as long as somebody has it open: every save into it is acknowledged, and
lost with the last connection. So the file is compared before a transaction, and again once it is committed.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock

from pensebete.storage.place import address_of, tables_of

Identity = tuple[int, int] | None  # the disk and the number of a file on it; None where there is no file
Twins = tuple[Identity, Identity]  # of the database, and of the log beside it that its last changes are in


def identity(file: Path) -> Identity:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


@dataclass
class FileWatch:
    """The file that is connected to, as it was known last, and the version of its tables."""

    file: Path
    _known: Twins | None = None
    _version: str | None = None
    _refused: tuple[Identity, int] | None = None
    _lock: RLock = field(default_factory=RLock)

    def now(self) -> Twins:
        return identity(self.file), identity(self.file.with_name(f"{self.file.name}-wal"))

    def learn(self) -> None:
        """Remember the file, connected to for the first time or written in just now."""
        with self._lock:
            if self._known is None or self._known[0] is None:
                self._version = tables_of(self.file)
            self._known = self.now()

    def is_replaced(self) -> bool:
        """Whether what bears the name now is not what was connected to."""
        with self._lock:
            if self._known is None:
                return False
            (file, log), (known_file, known_log) = self.now(), self._known
            return file != known_file or (known_log is not None and log != known_log)

    def lacks_its_log_alone(self) -> bool:
        with self._lock:
            return self._known is not None and self.now()[0] == self._known[0] and self.now()[1] is None

    def disconnected(self) -> None:
        """Nobody has the file open: its log may go and come back."""
        with self._lock:
            if self._known is not None:
                self._known = (self._known[0], None)

    def take_up(self) -> bool:
        """Take the file of that name for the database from now on, if it is a sound one with the same tables.

        Not while the log of the file before lies beside it: SQLite would write that one's changes into this one.
        """
        with self._lock:
            found, log = self.now()
            known_log = self._known[1] if self._known else None
            if found is None or (log is not None and log == known_log):
                return False
            seen = found, self.file.stat().st_mtime_ns
            if self._refused == seen:
                return False
            if not _is_sound(self.file) or self._version not in (None, tables_of(self.file)):
                self._refused = seen
                return False
            self._known, self._refused = (found, None), None
            return True


def _is_sound(file: Path) -> bool:
    try:
        with closing(sqlite3.connect(address_of(file), uri=True)) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.Error:
        return False
