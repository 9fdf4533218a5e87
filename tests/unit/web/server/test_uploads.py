"""What a visitor uploads is bounded, and stays in memory."""

from __future__ import annotations

import asyncio
import tempfile
from concurrent.futures import ThreadPoolExecutor

import streamlit
from starlette.datastructures import Headers
from starlette.formparsers import MultiPartParser
from streamlit.runtime import memory_uploaded_file_manager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from pensebete.web.server.uploads import (
    MOST_BYTES,
    MOST_BYTES_AT_DESK,
    MOST_FILES,
    MOST_FILES_AT_DESK,
    FewUploads,
    bound_uploads,
)


def test_of_a_visit_the_newest_files_are_kept():
    uploads = FewUploads("/upload")
    for session in ("one", "other"):
        for number in range(100):
            uploads.add_file(session, UploadedFileRec(f"{number}", "a.pdf", "application/pdf", b"%PDF-"))
    for session in ("one", "other"):
        kept = [file.file_id for file in uploads.get_files(session, [f"{number}" for number in range(100)])]
        assert kept == [f"{number}" for number in range(100 - MOST_FILES, 100)]


def test_of_all_visits_the_newest_megabytes_are_kept():
    uploads = FewUploads("/upload")
    for number in range(100):
        uploads.add_file(f"{number}", UploadedFileRec("a", "a.pdf", "application/pdf", b"x" * 5_000_000))
    kept = [number for number in range(100) if uploads.get_files(f"{number}", ["a"])]
    assert kept == list(range(100 - MOST_BYTES // 5_000_000, 100))
    uploads.remove_session_files("99")
    assert uploads.get_files("99", ["a"]) == []


def test_the_largest_upload_touches_no_disk(monkeypatch):
    monkeypatch.setattr(memory_uploaded_file_manager, "MemoryUploadedFileManager", None)
    monkeypatch.setattr(MultiPartParser, "spool_max_size", 1024 * 1024)
    monkeypatch.setattr(tempfile, "TemporaryFile", None)
    bound_uploads()
    largest = b"x" * (int(streamlit.get_option("server.maxUploadSize")) * 1024 * 1024)
    whole = b'--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n' + largest + b"\r\n--b--\r\n"

    async def parse() -> int:
        async def stream():
            for start in range(0, len(whole), 65536):
                yield whole[start : start + 65536]

        form = await MultiPartParser(Headers({"content-type": "multipart/form-data; boundary=b"}), stream()).parse()
        try:
            return len(await form["f"].read())
        finally:
            await form.close()

    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(asyncio.run, parse()).result() == len(largest)


def test_a_visit_to_the_desk_hands_in_more_and_takes_nothing_from_the_others():
    uploads = FewUploads("/upload")
    uploads.add_file("other", UploadedFileRec("mine", "a.pdf", "application/pdf", b"x" * 5_000_000))
    uploads.expect_many("desk")
    for number in range(300):
        uploads.add_file("desk", UploadedFileRec(f"{number}", "a.pdf", "application/pdf", b"x" * 100_000))
    kept = [file.file_id for file in uploads.get_files("desk", [f"{number}" for number in range(300)])]
    assert kept == [f"{number}" for number in range(300 - MOST_FILES_AT_DESK, 300)]
    for number in range(100):
        uploads.add_file("desk", UploadedFileRec(f"large {number}", "a.pdf", "application/pdf", b"x" * 5_000_000))
    large = [number for number in range(100) if uploads.get_files("desk", [f"large {number}"])]
    assert large == list(range(100 - MOST_BYTES_AT_DESK // 5_000_000, 100))
    assert uploads.get_files("other", ["mine"])
    uploads.remove_session_files("desk")
    for number in range(10):
        uploads.add_file("desk", UploadedFileRec(f"{number}", "a.pdf", "application/pdf", b"x"))
    assert len(uploads.get_files("desk", [f"{number}" for number in range(10)])) == MOST_FILES
