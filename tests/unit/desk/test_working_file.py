"""The working file of a desk: it opens as it was saved, with its passphrase alone, and never takes more than it may."""

from __future__ import annotations

import gzip
import json
from datetime import date
from hashlib import sha256
from uuid import UUID

import pytest

from pensebete.assessment.dossier_file import Problem
from pensebete.assessment.review.file import dump
from pensebete.desk import working_file
from pensebete.desk.intake import Comment, Taken
from pensebete.desk.phrases import Phrase
from pensebete.desk.said import Said
from pensebete.desk.working_file import WorkingFile, WorkingFileError, is_sealed, is_working_file, opened, written
from tests.unit.assessment.review.reviews import DOSSIER, MARIE, remark, review
from tests.unit.text.test_wording import sentences

KEPT = WorkingFile(
    (
        Taken("a.json", '{"é": "\\ud800"}'.encode()),
        Taken(
            "b.pdf",
            b"\xff\xfe not utf-8",
            b"{}",
            (Comment("Ève", 3, "Qui paie?"),),
            (Problem("pdf.some_lost", {"lost": "2"}), Problem("review.wrong_value", {"place": "remarks.0"})),
        ),
    ),
    {"id": "Rappeler jeudi"},
    {sha256(b"\xff\xfe not utf-8").hexdigest(): date(2026, 11, 27)},
    {f"{DOSSIER} coop du fleuve": Said(review(remark(1, text="Quand?"), remark(2)), frozenset({UUID(int=1)}))},
    MARIE,
    (Phrase("clarify", "Qui signe?"),),
)
NOTHING_SAID = {"said": {}, "author": {}, "phrases": []}


def packed(said: object) -> bytes:
    return gzip.compress(json.dumps(said).encode())


def why_not(content: bytes, passphrase: str = "") -> str:
    with pytest.raises(WorkingFileError) as refused:
        opened(content, passphrase)
    return refused.value.problem.id


def test_it_opens_as_it_was_saved():
    assert opened(written(KEPT)) == KEPT
    assert is_working_file(written(KEPT))
    assert not is_sealed(written(KEPT))
    assert written(KEPT) == written(KEPT)


def test_what_was_read_is_known_of_the_dossiers_in_the_file_alone_and_a_file_of_before_knows_none():
    other = {**KEPT.read, "0" * 64: date(2026, 11, 26)}
    assert opened(written(WorkingFile(KEPT.dossiers, KEPT.notes, other))).read == KEPT.read
    said = json.loads(gzip.decompress(written(KEPT)))
    del said["read"]
    assert opened(packed(said)).read == {}
    for wrong in ([], {"a": 3}, {"a": "hier"}):
        assert why_not(packed({**said, "read": wrong})) == "working_file.broken"


def test_a_file_of_before_there_were_remarks_opens_with_its_dossiers_and_notes():
    said = json.loads(gzip.decompress(written(KEPT)))
    for name in ("said", "author", "phrases"):
        del said[name]
    assert opened(packed(said)) == WorkingFile(KEPT.dossiers, KEPT.notes, KEPT.read)
    assert opened(packed({"format": "pensebete-desk", "version": 1, "dossiers": [], "notes": {}})) == WorkingFile(())


def test_with_a_passphrase_it_opens_with_that_one_alone_and_shows_nothing():
    sealed = written(KEPT, "au quai des brumé")
    assert is_working_file(sealed)
    assert is_sealed(sealed)
    assert opened(sealed, "au quai des brume\u0301") == KEPT  # typed in two signs
    assert b"Rappeler" not in sealed
    assert why_not(sealed, "au quai des brume") == "working_file.passphrase"
    assert why_not(sealed) == "working_file.passphrase"
    assert written(KEPT, "a")[:120] != written(KEPT, "a")[:120]  # salt and nonce are new each time


def test_whatever_is_said_of_a_pdf_that_opens_is_kept():
    """One that is not known would have the whole file refused, and with it all that was noted."""
    said = {id.removeprefix("dossier.") for id in sentences("fr") if id.startswith("dossier.review.")}
    said -= {"review.none"}  # the command line, of a file that was asked for its remarks
    assert len(said) >= 7
    assert said <= set(working_file._NOTES)


def test_what_was_altered_anywhere_does_not_open(monkeypatch):
    monkeypatch.setattr(working_file, "_N", 2**10)  # seven are opened, a fifth of a second each by the cost in service
    sealed = written(KEPT, "a")
    head = sealed.index(b"\n") + 1
    for at in (head - 2, head - 30, head, len(sealed) // 2, len(sealed) - 1):
        flipped = b"0" if sealed[at : at + 1] == b"1" else b"1"
        altered = sealed[:at] + flipped + sealed[at + 1 :]
        assert why_not(altered, "a") == "working_file.passphrase", at
    for cut in (head + 3, len(sealed) - 1):
        assert why_not(sealed[:cut], "a") in ("working_file.passphrase", "working_file.broken")


def test_the_cost_of_opening_is_never_that_which_the_file_says():
    sealed = written(KEPT, "a")
    assert why_not(sealed.replace(b"65536", b"1073741824", 1), "a") == "working_file.newer"


@pytest.mark.parametrize(
    "said",
    [
        [],
        {"format": "other"},
        {"format": "pensebete-desk", "version": 1, "dossiers": [{}], "notes": {}},
        {"format": "pensebete-desk", "version": 1, "dossiers": [{"file": 1, "dossier": ""}], "notes": {}},
        {"format": "pensebete-desk", "version": 1, "dossiers": [], "notes": {"id": 1}},
        *(
            {"format": "pensebete-desk", "version": 1, "dossiers": [], "notes": {}, **NOTHING_SAID, **wrong}
            for wrong in (
                {"said": {f"{UUID(int=8)} coop": {"review": dump(review()).decode(), "sent": []}}},  # another's
                {"said": {f"{DOSSIER} coop": {"review": "{}", "sent": []}}},
                {"said": {f"{DOSSIER} coop": {"review": dump(review()).decode(), "sent": ["no id"]}}},
                {"author": {"name": 1}},
                {"phrases": [["seen", "Vu"]]},
                {"phrases": ["clarify"]},
            )
        ),
        {
            "format": "pensebete-desk",
            "version": 1,
            "dossiers": [{"file": "a", "dossier": "", "remarks": [["x", {}]]}],
            "notes": {},
        },
    ],
)
def test_what_is_none_is_refused(said):
    assert why_not(packed(said)) == "working_file.broken"


def test_a_newer_one_is_named_as_such():
    assert why_not(packed({"format": "pensebete-desk", "version": 2})) == "working_file.newer"


def test_what_unfolds_without_end_is_not_unfolded(monkeypatch):
    monkeypatch.setattr(working_file, "MOST_UNFOLDED", 1_000_000)
    assert why_not(gzip.compress(b" " * 5_000_000)) == "working_file.too_large"
    assert why_not(packed(KEPT.notes)[:-9]) == "working_file.broken"
    assert why_not(b"no gzip") == "working_file.broken"


def test_there_are_at_most_so_many_dossiers(monkeypatch):
    monkeypatch.setattr(working_file, "MOST_DOSSIERS", 1)
    assert why_not(written(KEPT)) == "working_file.too_many"


def test_another_gzip_is_no_working_file():
    assert not is_working_file(gzip.compress(b'{"format": "pensebete"}'))
    assert not is_working_file(b"\x1f\x8b broken")
