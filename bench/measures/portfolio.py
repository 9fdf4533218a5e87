"""A thousand PDFs as one portfolio: seconds and memory, beside pypdf alone opening the same attachments."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

import psutil

from bench.figure import Figure, Line
from bench.process_memory import memory_of
from devtools.server import ROOT
from pensebete.assessment.local_time import server_zone
from pensebete.checklist.loading import load, published_path
from pensebete.desk.call_sheet import CallSheet, call_sheet
from pensebete.desk.intake import Taken
from pensebete.desk.portfolio import portfolio
from pensebete.desk.row import Asked, Row, row_of
from pensebete.evaluation.evaluation import Evaluation
from pensebete.pdf.build import call_sheets_pdf, edition_pdf
from pensebete.pdf.edition import Edition
from pensebete.text.wording import wording
from tests.portfolio_files import dossiers

MANY, FEW = 1000, 40
TODAY = "2026-11-26"
SECONDS, MEGABYTES = 10, 400
SHEETS_SECONDS = 60  # a thousand pages; a board edition alone takes some 15 ms of it
# Opens every file of a folder, and the attachment in it: what no reader of these files can do without.
_PYPDF = """
import sys
from io import BytesIO
from pathlib import Path
from pypdf import PdfReader
for file in sorted(Path(sys.argv[1]).iterdir()):
    bytes(PdfReader(BytesIO(file.read_bytes())).attachments["dossier.json"][0])
"""


def measure(quick: bool) -> Figure:
    rounds = 1 if quick else 3
    with TemporaryDirectory() as folder:
        plans = _plans(Path(folder), MANY)
        few = Path(folder, "few")
        few.mkdir()
        for file in sorted(plans.iterdir())[:FEW]:
            (few / file.name).write_bytes(file.read_bytes())
        hostile = _hostile(Path(folder, "hostile"), min(plans.iterdir()).read_bytes())
        made = Path(folder, "portfolio")
        calls = {
            "ours": _portfolio(plans, made),
            "pypdf": [sys.executable, "-c", _PYPDF, str(plans)],
            "few": _portfolio(few, made),
            "start": [sys.executable, "-m", "pensebete", "score", str(min(plans.iterdir()))],
            "workbook": _portfolio(plans, made, "xlsx"),
            "sheets": _portfolio(plans, made, "sheets"),
        }
        times: dict[str, list[float]] = {name: [] for name in calls}
        for _ in range(rounds):
            for name, call in calls.items():
                times[name].append(_seconds(call))
        memory = {name: _megabytes(call) for name, call in calls.items()}
        of_hostile = _seconds(_portfolio(hostile, made))
        refused = len(json.loads(made.read_bytes())["refused"])
        memory["hostile"] = _megabytes(_portfolio(hostile, made))
        _seconds(calls["ours"])
        rows = len(json.loads(made.read_bytes())["rows"])
    if rows != MANY - 1:  # one enterprise is there twice, three weeks apart
        raise ValueError(f"{rows} rows of {MANY} plans")
    seconds = {name: median(taken) for name, taken in times.items()}
    sheet, board = _page_each(rounds)
    each = [1000 * (seconds[name] - seconds["start"]) / count for name, count in (("ours", MANY), ("few", FEW))]
    return Figure(
        title="A thousand PDFs as a portfolio",
        yardstick="pypdf alone, in one process, opening the same attachments and doing nothing with them",
        method=(
            f"`portfolio FOLDER -o FILE` of {MANY:,} full plans, 55 kB each: the ten dossiers of tests/fixtures/cases, "
            "two of this version of the checklist, the others made from them with another date, other answers and "
            f"notes. Median of {rounds}, start of Python included. Memory is the proportional share (PSS) of all "
            "processes together, looked at ten times a second, in a run of its own."
        ),
        lines=[
            Line(f"{MANY:,} plans", seconds["ours"], seconds["pypdf"], unit="s", limit=2),
            Line("The same, in all", seconds["ours"], unit="s", limit=SECONDS, of_ours=True),
            Line("Peak memory", memory["ours"], memory["pypdf"], unit="MB", limit=MEGABYTES, of_ours=True),
            Line(f"A row of {MANY:,}, beside a row of {FEW}", each[0], each[1], limit=1.2),
            Line("To a workbook", seconds["workbook"], unit="s"),
            Line("Peak memory of that", memory["workbook"], unit="MB", limit=MEGABYTES, of_ours=True),
            Line(f"{MANY:,} call sheets in one PDF", seconds["sheets"], unit="s", limit=SHEETS_SECONDS, of_ours=True),
            Line("Peak memory of that", memory["sheets"], unit="MB", limit=MEGABYTES, of_ours=True),
            Line(f"A call sheet of {FEW} in one PDF, beside the page for a board", sheet, board, unit="ms", limit=1.5),
            Line(f"{MANY:,} hostile files", of_hostile, unit="s", limit=60, of_ours=True),
            Line("Peak memory of that", memory["hostile"], unit="MB", limit=2 * MEGABYTES, of_ours=True),
        ],
        remarks=[
            f"Of the {MANY:,} hostile files {refused:,} are refused: PDFs and JSON cut short, PDFs whose attachment or "
            "pages unfold to 40 MB, JSON a thousand lists deep or with a million values, zips in zips, letters "
            "with a thousand parts, notes of ten thousand quotation marks.",
            "What the start of Python and of the program takes is taken from the cost of a row.",
        ],
    )


def _page_each(rounds: int) -> tuple[float, float]:
    """Milliseconds a page, both in this process: call sheets in one file, from their dossiers; board editions."""
    today, zone = date.fromisoformat(TODAY), server_zone()
    checklist = load(published_path())
    asked = Asked({checklist.id: checklist}, datetime.now(UTC), today, zone, dossiers=True)
    rows = [row for name, content in dossiers(FEW) if isinstance(row := row_of(Taken(name, content), asked), Row)]
    entries = portfolio(rows).entries

    def sheets() -> Iterator[CallSheet]:
        for entry in entries:
            yield call_sheet(entry, entry.row.dossier, entry.earlier[0].dossier if entry.earlier else None, asked)

    evaluations = [sheet.evaluation for sheet in sheets() if sheet.evaluation]
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds + 1):  # the first one reads the fonts
        began = time.perf_counter()
        call_sheets_pdf(sheets(), wording("fr"), today)
        between = time.perf_counter()
        for evaluation in evaluations:
            edition_pdf(Edition("board"), Evaluation(checklist, evaluation.assessment, today, zone), "fr")
        times[0].append(1000 * (between - began) / len(entries))
        times[1].append(1000 * (time.perf_counter() - between) / len(evaluations))
    return median(times[0][1:]), median(times[1][1:])


def _portfolio(folder: Path, made: Path, to: str = "json") -> list[str]:
    call = [sys.executable, "-m", "pensebete", "portfolio", folder, "--to", to, "-o", made, "--today", TODAY]
    return list(map(str, call))


def _plans(folder: Path, number: int) -> Path:
    """The plans as PDF, by the command that makes them."""
    files = []
    (folder / "dossiers").mkdir()
    for name, content in dossiers(number):
        files.append(folder / "dossiers" / name)
        files[-1].write_bytes(content)
    plans = folder / "plans"
    call = [sys.executable, "-m", "pensebete", "pdf", *map(str, files), "-o", str(plans), "--today", TODAY]
    subprocess.run(call, cwd=ROOT, check=True, stderr=subprocess.DEVNULL)
    return plans


def _hostile(folder: Path, plan: bytes) -> Path:
    """Files made to harm, a hundred of each kind; the same ones each time."""
    folder.mkdir()
    chance = random.Random(1)
    dossier = json.loads(next(content for _, content in dossiers(1)))
    for n in range(MANY):
        kind, content = n % 10, b""
        if kind == 0:
            content = plan[: chance.randrange(1, len(plan))]
        elif kind == 1:
            at = chance.randrange(len(plan))
            content = plan[:at] + chance.randbytes(chance.randrange(1, 2_000)) + plan[at:]
        elif kind == 2:
            content = _unfolding(chance.randrange(9_000, 40_000))
        elif kind == 3:
            content = b"[" * chance.randrange(1_000, 400_000)
        elif kind == 4:
            content = b'{"format": "pensebete-dossier", "x": [' + b"[0]," * 400_000 + b"0]}"
        elif kind == 5:
            content = _zip_in_zip(plan, 1 + n % 7)
        elif kind == 6:
            part = b"--x\r\nContent-Type: a/b; name=a.pdf\r\n\r\nx\r\n"
            content = b"From: a@b.ca\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" + 1_000 * part
        elif kind == 7:
            note = "'\"pas " * 2_000
            answers = {id: {"status": "done", "note": note} for id in dossier["answers"]}
            content = json.dumps({**dossier, "answers": answers}).encode()
        elif kind == 8:
            content = b"%PDF-1.7\n" + b"1 0 obj <</Kids [1 0 R]>> endobj\n" * 20_000
        else:
            content = chance.randbytes(chance.randrange(1, 200_000))
        name = ("pdf", "pdf", "pdf", "json", "json", "zip", "eml", "json", "pdf", "pdf")[kind]
        (folder / f"{n:04}.{name}").write_bytes(content)
    return folder


def _unfolding(kilobytes: int) -> bytes:
    """A PDF of a few kB whose attachment is that many, zeros."""
    squeezed = zlib.compress(bytes(1000 * kilobytes), 9)
    return (
        b"%PDF-1.7\n1 0 obj <</Type /Catalog /Pages 2 0 R /Names <</EmbeddedFiles <</Names [(dossier.json) 3 0 R]>>>>>>"
        b" endobj\n2 0 obj <</Type /Pages /Kids [] /Count 0>> endobj\n3 0 obj <</Type /Filespec /F (dossier.json)"
        b" /EF <</F 4 0 R>>>> endobj\n4 0 obj <</Length " + str(len(squeezed)).encode() + b" /Filter /FlateDecode>>"
        b" stream\n" + squeezed + b"\nendstream endobj\ntrailer <</Root 1 0 R>>\n%%EOF"
    )


def _zip_in_zip(plan: bytes, depth: int) -> bytes:
    content = plan[:2_000] + bytes(5_000_000)
    for _ in range(depth):
        packed = BytesIO()
        with ZipFile(packed, "w", ZIP_DEFLATED) as zipped:
            for n in range(3):
                zipped.writestr(f"{n}.zip", content)
        content = packed.getvalue()
    return content


def _seconds(call: list[str]) -> float:
    """Alone: looking at the memory of a process holds it up."""
    began = time.perf_counter()
    _ended(subprocess.run(call, cwd=ROOT, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL).returncode)
    return time.perf_counter() - began


def _megabytes(call: list[str]) -> float:
    running = psutil.Popen(call, cwd=ROOT, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    most = 0.0
    while running.poll() is None:
        most = max(most, memory_of(running))
        time.sleep(0.1)
    _ended(running.returncode)
    return most


def _ended(code: int) -> None:
    if code not in (0, 1):  # where every file is refused, 1
        raise ValueError(f"the call ended with {code}")
