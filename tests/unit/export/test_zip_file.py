"""Several files in one: each under a name of its own, the same bytes for the same files."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from pensebete.export.zip_file import names_apart, zip_file


def test_a_zip_opens_with_what_was_put_in_and_is_always_the_same():
    members = [("é.txt", b"Bonjour"), ("b.pdf", b"%PDF")]
    with ZipFile(BytesIO(zip_file(members))) as archive:
        assert [(name, archive.read(name)) for name in archive.namelist()] == members
        assert archive.testzip() is None
    assert zip_file(members) == zip_file(members)


def test_each_file_has_the_shortest_of_its_names_that_no_other_took():
    assert names_apart([("a_81b2", "a_81b2c3"), ("a_81b2", "a_81b2d4"), ("b",)]) == ["a_81b2", "a_81b2d4", "b"]


def test_files_without_another_name_are_numbered():
    assert names_apart([("a",), ("a",), ("a-2",), ("a",)]) == ["a", "a-2", "a-2-2", "a-3"]
    assert names_apart([]) == []
