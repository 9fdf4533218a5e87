"""About how large a file will be, said before it is made: some pay for every megabyte.

Measured on dossiers from empty to full of long notes; a test holds each estimate near the truth.
"""

from __future__ import annotations

from dataclasses import dataclass

from pensebete.assessment import dossier_file
from pensebete.evaluation.evaluation import Evaluation
from pensebete.text.wording import Wording

_SHORT = 10_000  # bytes of a dossier up to which its texts differ; past that, long notes compress well


@dataclass(frozen=True, slots=True)
class _Weight:
    """In bytes: of the file with nothing in it, then of each action, and for each byte of the dossier."""

    empty: int
    action: int
    short: float
    long: float


_WEIGHTS = {
    "pdf": _Weight(26_000, 250, 1.2, 0.25),
    "pdf_without_notes": _Weight(31_500, 380, 0.6, 0),
    "pdf_board": _Weight(21_000, 40, 0.2, 0),
    "pdf_lender": _Weight(24_000, 60, 0.5, 0),
    "pdf_blank": _Weight(47_700, 0, 0, 0),
    "json": _Weight(0, 0, 1, 1),
    "xlsx": _Weight(13_200, 60, 0.2, 0.02),
    "ics": _Weight(0, 860, 0, 0),
    "csv": _Weight(150, 245, 0, 0),
    "csv_answers": _Weight(3_000, 0, 0.35, 1),
}


def about_size(kind: str, evaluation: Evaluation) -> int:
    weight, actions = _WEIGHTS[kind], evaluation.plan
    written = len(dossier_file.dump(evaluation.assessment))
    counted = sum(action.open and action.due is not None for action in actions) if kind == "ics" else len(actions)
    short = min(written, _SHORT)
    return round(weight.empty + weight.action * counted + weight.short * short + weight.long * (written - short))


def size_words(size: int, say: Wording) -> str:
    """« 44 ko »: a kilobyte is a thousand bytes, and nothing is less than one."""
    return say("export.size", size=say.number(max(1, round(size / 1000))))


def about_size_words(size: int, say: Wording) -> str:
    """« environ 45 ko »: by fives, from ten on."""
    rounded = 5_000 * round(size / 5_000) if size >= 10_000 else size
    return say("export.about_size", size=size_words(rounded, say))
