"""A file that a visitor uploads stays in memory, few at a time, and never touches a disk.

A disk outlives the visit, and so would the notes on it: the parser of uploads writes what is larger than a megabyte
into a temporary file, and the framework keeps as many files of a visit as somebody cares to send.
"""

from __future__ import annotations

import streamlit as st
from starlette.formparsers import MultiPartParser
from streamlit.runtime import memory_uploaded_file_manager
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

MOST_FILES = 4  # of a visit; no page asks for more than two, and one may be replacing another
MOST_BYTES = 25_000_000  # of all visits; what was read of a file is remembered without it
_FRAMING = 2 * 1024 * 1024  # bytes; what the framework lets stand around a file, and more


class FewUploads(MemoryUploadedFileManager):
    """Of each visit the newest files, and of all of them the newest megabytes."""

    def __init__(self, upload_endpoint: str) -> None:
        super().__init__(upload_endpoint)
        self._order: dict[tuple[str, str], int] = {}  # each file that came, the oldest first, and its length

    def add_file(self, session_id: str, file: UploadedFileRec) -> None:
        super().add_file(session_id, file)
        self._order.pop((session_id, file.file_id), None)
        self._order[session_id, file.file_id] = len(file.data)
        own = [place for place in self._order if place[0] == session_id]
        for place in own[:-MOST_FILES]:
            self.remove_file(*place)
        while sum(self._order.values()) > MOST_BYTES:
            self.remove_file(*next(iter(self._order)))

    def remove_file(self, session_id: str, file_id: str) -> None:
        self._order.pop((session_id, file_id), None)
        super().remove_file(session_id, file_id)

    def remove_session_files(self, session_id: str) -> None:
        for place in [place for place in self._order if place[0] == session_id]:
            self._order.pop(place, None)
        super().remove_session_files(session_id)


def bound_uploads() -> None:
    """Before the app is made, which takes its keeper of uploads from where this one is put."""
    memory_uploaded_file_manager.MemoryUploadedFileManager = FewUploads  # type: ignore[misc]
    MultiPartParser.spool_max_size = int(st.get_option("server.maxUploadSize")) * 1024 * 1024 + _FRAMING
