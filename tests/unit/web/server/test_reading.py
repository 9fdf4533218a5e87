"""What strangers hand in is read by a child process, which says the same and can be ended."""

from __future__ import annotations

import json
import os
import resource
import signal
import time
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject

from pensebete.assessment.dossier_file import Problem, attached
from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.loading import read
from pensebete.checklist.model import Checklist
from pensebete.desk.intake import Comment, Refused, Taken
from pensebete.desk.working_file import written
from pensebete.web.server import reading
from pensebete.web.server.reading import (
    CHILDREN,
    Children,
    TooMuchError,
    VisitorLeftError,
    read_checklist,
    taken_in_file,
    working_file_in,
)
from pensebete.web.server.taken_as_json import as_json, from_json
from tests.builders import MINIMAL, ROOT, SHIPPED
from tests.unit.desk.test_working_file import KEPT

DAY = date(2026, 3, 28)
# A child hands over whatever is said in one way: a part of what can be said shows it.
FILES = [SHIPPED, MINIMAL, *sorted((ROOT / "tests" / "fixtures" / "invalid").glob("*.yaml"))[::4]]
PDF = ROOT / "tests" / "fixtures" / "versions" / "2026.1" / "example.pdf"


def asked(source: str | bytes, *rest: Callable[[], bool]) -> tuple[Checklist | None, tuple[Diagnostic, ...]]:
    return read_checklist(source, DAY, (), *rest)


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> Iterator[Children]:
    """Those of a test alone."""
    found = Children("checklist")
    monkeypatch.setitem(CHILDREN, "checklist", found)
    yield found
    found.end()


def test_a_child_says_of_a_checklist_what_is_said_without_it(minimal):
    for file in FILES:
        content = file.read_bytes()
        checklist, diagnostics = read(content, DAY, [minimal])
        theirs, said = read_checklist(content, DAY, [MINIMAL.read_text(encoding="utf-8")])
        assert theirs == checklist, file
        assert [(one.code, one.place, one.edit) for one in said] == [
            (one.code, one.place, one.edit) for one in diagnostics
        ]
        for language in ("fr", "en"):
            assert [(one.sentence(language), one.remedy(language)) for one in said] == [
                (one.sentence(language), one.remedy(language)) for one in diagnostics
            ]
        if checklist:  # handed over as a text too: of a file that is refused there is no checklist to compare
            assert asked(content.decode())[0] == checklist


def test_a_child_is_kept_warm_and_takes_the_next_one(children):
    asked(MINIMAL.read_bytes())
    [child] = children._idle
    asked(MINIMAL.read_bytes())
    assert children._idle == [child]


def test_the_dossier_of_a_pdf_comes_back_and_so_does_the_reason_why_not():
    content = PDF.read_bytes()
    assert taken_in_file("plan.pdf", content) == (Taken("plan.pdf", attached(content)),)
    assert taken_in_file("plan.pdf", b"%PDF-1.7 and nothing of one") == (Refused("plan.pdf", (Problem("broken_pdf"),)),)


def test_all_that_is_known_of_a_file_crosses_from_the_child():
    whole = Taken("a.pdf", b"{}", b"\xff", (Comment("Marie", 2, "Voir « L6 »"),), (Problem("several", {"count": "2"}),))
    for one in (whole, Refused("a.zip/b.docx", (Problem("file.document"), Problem("empty", {"x": "\ud800"})))):
        assert from_json(json.loads(json.dumps(as_json(one)))) == one


def test_what_takes_too_long_costs_its_visitor_alone_and_the_next_is_served(children, monkeypatch):
    asked(MINIMAL.read_bytes())
    [child] = children._idle
    with monkeypatch.context() as hurried:
        hurried.setitem(reading.SECONDS, "checklist", 0.1)
        with pytest.raises(TooMuchError):
            asked(b"a: &a [x]\n" + b"b: *a\n" * 400_000)
    with pytest.raises(ProcessLookupError):
        os.kill(child.pid, 0)
    assert asked(MINIMAL.read_bytes())[0]


def test_a_machine_that_is_busy_is_no_fault_of_the_text(children, monkeypatch):
    asked(MINIMAL.read_bytes())
    [child] = children._idle
    monkeypatch.setitem(reading.SECONDS, "checklist", 1.0)
    monkeypatch.setattr(reading, "BY_THE_CLOCK", 1000)  # as long as a starved machine needs
    os.kill(child.pid, signal.SIGSTOP)  # as one that has no turn: its clock goes on
    begun = time.monotonic()

    def has_left() -> bool:
        if time.monotonic() - begun > 2.0:
            os.kill(child.pid, signal.SIGCONT)
        return False

    assert asked(MINIMAL.read_bytes(), has_left)[0]
    assert time.monotonic() - begun > 2.0


def test_what_takes_too_much_memory_is_given_up(children):
    asked(MINIMAL.read_bytes())
    [child] = children._idle
    held = int(Path(f"/proc/{child.pid}/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    resource.prlimit(child.pid, resource.RLIMIT_AS, (held + 5_000_000, held + 5_000_000))
    with pytest.raises(TooMuchError):
        asked(b"".join(b"a%d: x\n" % n for n in range(70_000)))
    assert asked(MINIMAL.read_bytes())[0]


def test_a_child_whose_visitor_leaves_is_ended(children):
    asked(MINIMAL.read_bytes())
    [child] = children._idle
    with pytest.raises(VisitorLeftError):
        asked(b"- x\n" * 100_000, lambda: True)
    with pytest.raises(ProcessLookupError):
        os.kill(child.pid, 0)


def test_more_than_can_be_read_at_once_wait_and_are_read(children):
    with ThreadPoolExecutor(6) as threads:
        found = list(threads.map(asked, [MINIMAL.read_bytes()] * 6))
    assert all(checklist for checklist, _ in found)
    assert len(children._idle) <= 2


def with_predictor(size: int) -> bytes:
    """A PDF whose attachment inflates to that size, through a predictor, from a thousandth of it."""
    writer = PdfWriter()
    writer.add_blank_page(72, 72)
    writer.add_attachment("dossier.json", b"{}")
    stream = StreamObject()
    stream._data = zlib.compress((b"\x04" + b"\0" * 100) * (size // 101), 9)
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    stream[NameObject("/DecodeParms")] = DictionaryObject(
        {NameObject("/Predictor"): NumberObject(15), NameObject("/Columns"): NumberObject(100)}
    )
    stream[NameObject("/Type")] = NameObject("/EmbeddedFile")
    names = writer.root_object["/Names"]["/EmbeddedFiles"]["/Names"]  # type: ignore[index]
    assert isinstance(names, ArrayObject)
    names[1].get_object()["/EF"][NameObject("/F")] = writer._add_object(stream)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


@pytest.mark.parametrize(
    "size",
    [
        pytest.param(8_000_000, id="8 MB"),
        pytest.param(60_000_000, id="60 MB", marks=pytest.mark.soak),
        pytest.param(300_000_000, id="300 MB"),
    ],
)
def test_a_pdf_that_inflates_is_given_up_within_seconds(size):
    pdf, begun = with_predictor(size), time.monotonic()
    with suppress(TooMuchError):
        taken_in_file("plan.pdf", pdf)
    # To inflate the largest takes minutes; of these seconds a busy machine may take some to begin, and to end it.
    assert time.monotonic() - begun < reading.SECONDS["intake"] + 30


def test_a_child_says_of_a_working_file_all_that_is_in_it():
    assert working_file_in(written(KEPT), "") == KEPT
    assert working_file_in(written(KEPT, "au quai"), "au quai") == KEPT
    assert working_file_in(written(KEPT, "au quai"), "") == Problem("working_file.passphrase")
