"""When the file of a server is news, and when it is only older than what was accepted since."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pensebete.checklist.accepted import Entry, Known, digest_of, is_news, keep_known, known_of
from tests.builders import NOW


def known(log: str, settled: str = "") -> Known:
    """A log of texts of a letter each, oldest first."""
    return Known(
        settled and digest_of(settled),
        tuple(Entry(n, n, "small", "1", digest_of(one), NOW) for n, one in enumerate(log, 1)),
    )


@pytest.mark.parametrize(
    ("file", "log", "settled", "news"),
    [
        ("a", "", "", True),  # nothing was ever accepted
        ("b", "a", "a", True),  # it was changed
        ("a", "a", "a", False),
        ("a", "ab", "a", False),  # published over a file that nobody touched
        ("a", "ab", "", False),  # an image from before, on a new disk
        ("c", "ab", "", True),  # a new image with a new file
        ("b", "abp", "a", False),  # copied here later than on another machine, and somebody published in between
        ("a", "abp", "b", True),  # put back here
        ("p", "abp", "b", False),  # the file of what is served
        ("a", "abap", "b", False),  # another machine went back to it before this one
        ("b", "abap", "a", True),
        ("a", "ab", "lost", False),  # the log does not know what was here
    ],
)
def test_a_file_is_news_where_no_entry_says_it_or_where_somebody_put_it_back_here(file, log, settled, news):
    assert is_news(digest_of(file), known(log, settled)) == news


def test_the_disk_keeps_what_is_known_and_a_broken_note_of_it_is_as_none(tmp_path, monkeypatch):
    monkeypatch.setenv("PENSEBETE_DATABASE_URL", f"sqlite:///{tmp_path}/dossiers.sqlite3")
    path, found = tmp_path / "checklist.yaml", known("ab", "a")
    found = replace(found, log=(*found.log, Entry(9, 3, "small", "2", "d", NOW, "published", "Ana", "a typo", 1)))
    keep_known(path, found)
    assert known_of(path) == found
    [kept] = tmp_path.rglob("log.json")
    kept.write_text("{", encoding="utf-8")
    assert known_of(path) == Known()
