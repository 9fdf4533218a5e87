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
_FRAMING = 2 * 1024 * 1024  # bytes; what the framework lets stand around a file, and more


class FewUploads(MemoryUploadedFileManager):
    """Of each visit the newest files."""

    def add_file(self, session_id: str, file: UploadedFileRec) -> None:
        super().add_file(session_id, file)
        for file_id in list(self.file_storage[session_id])[:-MOST_FILES]:
            self.remove_file(session_id, file_id)


def bound_uploads() -> None:
    """Before the app is made, which takes its keeper of uploads from where this one is put."""
    memory_uploaded_file_manager.MemoryUploadedFileManager = FewUploads  # type: ignore[misc]
    MultiPartParser.spool_max_size = int(st.get_option("server.maxUploadSize")) * 1024 * 1024 + _FRAMING
