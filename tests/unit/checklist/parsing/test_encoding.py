"""The bytes of a file as text, and what they are when they are none."""

from __future__ import annotations

import pytest

from pensebete.checklist.loading import read
from pensebete.checklist.parsing.encoding import NotTextError, decoded, read_again
from tests.builders import SHIPPED

TEXT = "id: x\ntitle: {fr: L’équipe à côté, « œuvre » €, en: x}\n"


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8-sig"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
    ],
)
def test_a_text_is_the_same_in_each_encoding_that_editors_write(encoding, name):
    assert decoded(TEXT.encode(encoding)) == (TEXT, name)


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        (b"PK\x03\x04\x14\0word/document.xml", "docx"),
        (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text", "odt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "doc"),
        (b"%PDF-1.7\n%\xe2\xe3", "pdf"),
        (b"{\\rtf1\\ansi", "rtf"),
        (b"\x89PNG\r\n\x1a\n\0\0", "other"),
        (TEXT.encode("utf-32"), "other"),
    ],
)
def test_a_document_is_no_text(source, kind):
    with pytest.raises(NotTextError) as refused:
        decoded(source)
    assert refused.value.kind == kind


@pytest.mark.parametrize(
    ("source", "name"), [(TEXT.encode("cp1252"), "Windows-1252"), (TEXT.encode("utf-16"), "UTF-16")]
)
def test_the_mistake_says_which_encoding_it_seems_to_be(source, name):
    first = read(source)[1][0]
    assert first.code == "not-utf8"
    for language in ("fr", "en"):
        assert name in first.sentence(language)
        assert "UTF-8" in first.remedy(language)


def test_a_word_file_is_called_one():
    (only,) = read(b"PK\x03\x04\x14\0word/document.xml\xff")[1]
    assert only.code == "not-text"
    assert "Word" in only.sentence("fr")


def test_a_file_in_another_encoding_is_otherwise_read_to_its_end():
    source = SHIPPED.read_text(encoding="utf-8").replace("\u202f", " ").replace("weight: 3", "weight: trois", 1)
    assert [one.code for one in read(source.encode("cp1252"))[1]] == ["not-utf8", "wrong-value"]


@pytest.mark.parametrize("text", ["L’équipe à côté", "« À faire »", "œuvre, cœur", "déjà vu…", "ÉTÉ – ÎLE"])
def test_what_was_badly_converted_is_read_again(text):
    broken = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())
    assert broken != text
    assert read_again(broken) == text
    assert read_again(text) == text
