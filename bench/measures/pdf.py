"""The PDF of a fully answered dossier: time, size, memory; and a folder of a thousand of them."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

from pypdf import PdfReader

from bench.figure import Figure, Line
from bench.measures.pdf_folder import measure_folder
from devtools.server import ROOT
from pensebete.assessment import dossier_file
from pensebete.assessment.item_state import item_states
from pensebete.assessment.model import Answer, Assessment, Planned
from pensebete.checklist.loading import load
from pensebete.checklist.model import Checklist, ChecklistRef
from pensebete.checklist.status import STATUSES
from pensebete.evaluation.evaluation import Evaluation

LANGUAGE = "fr"
TODAY = date(2026, 3, 30)
LIGHT = 150  # kB
MAKERS = ("ours", "reportlab", "weasyprint", "typst")
# No slower than twice the untagged one, nor than any of the tagged ones.
AIMS = {"reportlab": 2.0, "weasyprint": 1.0, "typst": 1.0}

NOTE = (
    "Résolution du conseil du 12 mars : la direction prépare un budget de caisse sur treize semaines, le présente "
    "chaque vendredi et appelle la caisse avant la fin du mois. À revoir en avril, une fois connue la décision "
    "du bailleur de fonds."
)
COMMENT = "Voir avec la comptable; le fichier est dans le dossier partagé."


def measure(quick: bool) -> Figure:
    rounds = 5 if quick else 20
    # A process for each: what one has loaded must not help the other, nor count as its memory.
    alone = {maker: [_alone(maker) for _ in range(1 if quick else 3)] for maker in MAKERS}
    checklist = load(ROOT / "checklist.yaml")
    makers = [_maker(name) for name in MAKERS]
    made = [make(checklist, answered(checklist), LANGUAGE, TODAY) for make in makers]
    times: list[list[float]] = [[] for _ in makers]
    for n in range(1, rounds + 1):
        # Another dossier each time, the same for all: typst keeps what it has laid out before.
        assessment = answered(checklist, n)
        for make, taken in zip(makers, times, strict=True):
            began = time.perf_counter()
            make(checklist, assessment, LANGUAGE, TODAY)
            taken.append(1000 * (time.perf_counter() - began))

    figures = {
        maker: {
            "each": median(taken),
            "first": median(run["milliseconds"] for run in alone[maker]),
            "size": len(pdf) / 1000,
            "memory": median(run["memory"] for run in alone[maker]),
            "added": median(run["added"] for run in alone[maker]),
        }
        for maker, taken, pdf in zip(MAKERS, times, made, strict=True)
    }
    lines = [Line("Size", figures["ours"]["size"], unit="kB", limit=LIGHT, of_ours=True)]
    for yardstick in MAKERS[1:]:
        lines += _beside(yardstick, figures["ours"], figures[yardstick])
    folder, how = measure_folder(partial(answered, checklist), quick)
    pages, words = zip(*map(_content, made), strict=True)
    told = "; ".join(f"{name} {p} and {w:,}" for name, p, w in zip(MAKERS, pages, words, strict=True))
    return Figure(
        title="A PDF of a fully answered dossier",
        yardstick="the same texts, tables, chart, headings, font and attachment, with reportlab, untagged "
        "(`reportlab_plan.py`), and tagged with WeasyPrint from HTML (PDF/A-3a, `weasyprint_plan.py`) and with typst "
        "(PDF/A-3a and PDF/UA-1, `typst_plan.py`, all in bench/yardsticks/)",
        method=f"{len(checklist.items)} items, all answered, a note on half of them, {pages[0]} pages; median of "
        f"{rounds} in one process, in turn, each of another dossier, after a first one. The first one and the memory "
        "are those of a process that has just started; the modules are imported before the clock starts.",
        lines=[*lines, *folder],
        remarks=[f"All carry the dossier. Pages and words: {told}.", how],
    )


def _beside(yardstick: str, ours: dict[str, float], theirs: dict[str, float]) -> list[Line]:
    return [
        Line(f"A PDF, beside {yardstick}", ours["each"], theirs["each"], limit=AIMS[yardstick]),
        Line("the first one", ours["first"], theirs["first"]),
        Line("size", ours["size"], theirs["size"], "kB"),
        Line("peak memory of the process", ours["memory"], theirs["memory"], "MB"),
        Line("of which the PDF added", ours["added"], theirs["added"], "MB"),
    ]


def answered(checklist: Checklist, dossier_number: int = 0) -> Assessment:
    """Every item answered, each answer in turn; notes on half; comments on some actions; a full profile.

    Dossiers of different numbers differ in each text that was typed.
    """
    moment = datetime(2026, 3, 28, 14, 30, tzinfo=UTC)
    answers = {}
    for n, id in enumerate(checklist.items):
        status = STATUSES[n % len(STATUSES)]
        answers[id] = Answer(
            status=status,
            note=f"{dossier_number}. {NOTE}" if n % 2 else "",
            reason=f"Rien de tel dans l’entreprise {dossier_number}." if status == "not_applicable" else "",
            answered_at=moment,
        )
    said = Assessment(
        created_at=moment,
        updated_at=moment,
        checklist=ChecklistRef(id=checklist.id, version=checklist.version),
        organisation=f"Coopérative du Fleuve {dossier_number}",
        prepared_by="Direction générale",
        language=LANGUAGE,
        profile=_widest_profile(checklist),
        answers=answers,
        plan_started_on=TODAY,
    )
    plan: dict[str, dict[str, Planned]] = {}
    for action in Evaluation(checklist, said, TODAY, UTC).plan[::4]:
        if action.item:
            plan.setdefault(action.item.id, {})[action.id] = Planned(
                comment=f"{dossier_number}. {COMMENT}", owner="finance"
            )
    return said.model_copy(update={"plan": plan})


def _widest_profile(checklist: Checklist) -> dict[str, str | tuple[str, ...]]:
    """Every question answered so that as few items as can be are set aside."""
    ref = ChecklistRef(id=checklist.id)
    profile: dict[str, str | tuple[str, ...]] = {}

    def set_aside(question: str, option: str) -> int:
        said = Assessment(checklist=ref, profile={**profile, question: option})
        return sum(state.set_aside for state in item_states(checklist, said))

    for question in checklist.profile:
        best = min((option.id for option in question.options), key=partial(set_aside, question.id))
        profile[question.id] = best if question.choose == "one" else (best,)
    return profile


def _maker(name: str) -> Callable[[Checklist, Assessment, str, date], bytes]:
    # Imported here: a process that measures one must not load the other.
    if name == "ours":
        from pensebete.pdf.build import action_plan_pdf

        return lambda checklist, said, language, today: action_plan_pdf(
            Evaluation(checklist, said, today, UTC), language
        )
    if name == "weasyprint":
        from bench.yardsticks.weasyprint_plan import weasyprint_plan

        return weasyprint_plan
    if name == "typst":
        from bench.yardsticks.typst_plan import typst_plan

        return typst_plan
    from bench.yardsticks.reportlab_plan import reportlab_plan

    return reportlab_plan


def _content(pdf: bytes) -> tuple[int, int]:
    if not dossier_file.attached(pdf):
        raise ValueError("the PDF does not carry the dossier")
    pages = PdfReader(BytesIO(pdf)).pages
    return len(pages), sum(len(page.extract_text().split()) for page in pages)


def _alone(maker: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.measures.pdf", maker], cwd=ROOT, capture_output=True, text=True, check=True
    )
    told: dict[str, float] = json.loads(done.stdout)
    return told


def _first_in_this_process(maker: str) -> dict[str, Any]:
    checklist = load(ROOT / "checklist.yaml")
    assessment = answered(checklist)
    make = _maker(maker)
    before = _peak()
    began = time.perf_counter()
    make(checklist, assessment, LANGUAGE, TODAY)
    return {"milliseconds": 1000 * (time.perf_counter() - began), "memory": _peak(), "added": _peak() - before}


def _peak() -> float:
    """In megabytes; Linux counts in kibibytes."""
    # On Linux ru_maxrss begins at what the parent had when it started this process; VmHWM is of this one alone.
    status = Path("/proc/self/status")
    if status.exists():
        highest = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(highest.split()[1]) * 1024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


if __name__ == "__main__":
    print(json.dumps(_first_in_this_process(sys.argv[1])))
