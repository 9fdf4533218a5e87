"""A file that a visitor uploads stays in memory, few at a time, and never touches a disk.

A disk outlives the visit, and so would the notes on it: the parser of uploads writes what is larger than a megabyte
into a temporary file, and the framework keeps as many files of a visit as somebody cares to send.
"""

from __future__ import annotations

from threading import RLock

import streamlit as st
from starlette.formparsers import MultiPartParser
from streamlit.runtime import memory_uploaded_file_manager
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

MOST_FILES = 4  # of a visit; no page but the desk asks for more than two, and one may be replacing another
MOST_BYTES = 25_000_000  # of all visits; what was read of a file is remembered without it
MOST_FILES_AT_DESK = 200  # of a visit to the desk, where they lie only until they are read
MOST_BYTES_AT_DESK = 200_000_000  # of all visits to the desk
_FRAMING = 2 * 1024 * 1024  # bytes; what the framework lets stand around a file, and more


class FewUploads(MemoryUploadedFileManager):
    """Of each visit the newest files, and of all of them the newest megabytes; of those to the desk, more."""

    def __init__(self, upload_endpoint: str) -> None:
        super().__init__(upload_endpoint)
        self._order: dict[tuple[str, str], int] = {}  # each file that came, the oldest first, and its length
        self._at_desk: set[str] = set()
        self._order_lock = RLock()  # files come in one thread, and are taken in others

    def expect_many(self, session_id: str) -> None:
        """From now on that visit may hand in what a desk takes."""
        self._at_desk.add(session_id)

    def add_file(self, session_id: str, file: UploadedFileRec) -> None:
        with self._order_lock:
            super().add_file(session_id, file)
            self._order.pop((session_id, file.file_id), None)
            self._order[session_id, file.file_id] = len(file.data)
            at_desk = session_id in self._at_desk
            own = [place for place in self._order if place[0] == session_id]
            for place in own[: -(MOST_FILES_AT_DESK if at_desk else MOST_FILES)]:
                self.remove_file(*place)
            # The desks of some take nothing from those who bring their own dossier back.
            alike = {place: size for place, size in self._order.items() if (place[0] in self._at_desk) is at_desk}
            left = sum(alike.values()) - (MOST_BYTES_AT_DESK if at_desk else MOST_BYTES)
            for place, size in alike.items():
                if left <= 0:
                    break
                self.remove_file(*place)
                left -= size

    def remove_file(self, session_id: str, file_id: str) -> None:
        with self._order_lock:
            self._order.pop((session_id, file_id), None)
            super().remove_file(session_id, file_id)

    def remove_session_files(self, session_id: str) -> None:
        with self._order_lock:
            for place in [place for place in self._order if place[0] == session_id]:
                self._order.pop(place, None)
            self._at_desk.discard(session_id)
            super().remove_session_files(session_id)


def expect_many_uploads() -> None:
    """For this visit, which has come to the desk."""
    context = get_script_run_ctx()
    if context and isinstance(context.uploaded_file_mgr, FewUploads):
        context.uploaded_file_mgr.expect_many(context.session_id)


def take_upload(file_id: str) -> bytes | None:
    """The content of a file of this visit, which is then kept here no longer; None where newer ones took its place."""
    context = get_script_run_ctx()
    if context is None or not isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        return None
    found = context.uploaded_file_mgr.get_files(context.session_id, [file_id])
    context.uploaded_file_mgr.remove_file(context.session_id, file_id)
    return found[0].data if found else None


def bound_uploads() -> None:
    """Before the app is made, which takes its keeper of uploads from where this one is put."""
    memory_uploaded_file_manager.MemoryUploadedFileManager = FewUploads  # type: ignore[misc]
    MultiPartParser.spool_max_size = int(st.get_option("server.maxUploadSize")) * 1024 * 1024 + _FRAMING
