"""About how large a file will be, said before it is made: some pay for every megabyte.

A table of text is made at once, and weighed. A PDF, a workbook and a calendar are what their contents weigh, as
tools/fit-sizes finds it from dossiers of all kinds; a test holds each estimate within a tenth of the truth.
"""

from __future__ import annotations

from collections.abc import Mapping
from zlib import compress

from pensebete.assessment import dossier_file
from pensebete.assessment.review.file import dump
from pensebete.assessment.review.model import Review
from pensebete.evaluation.action_text import named
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.review_text import worded
from pensebete.export.build import export
from pensebete.export.tables.build import tables
from pensebete.text.wording import Wording, wording

# In bytes: of what stands in the file whatever it says, then of each of its contents (`contents`).
WEIGHTS: Mapping[str, Mapping[str, float]] = {
    "pdf": {
        "file": 19419.35,
        "begun": 186.42,
        "action": 389.98,
        "answer": 199.48,
        "sign": 221.56,
        "dotted": 2232.89,
        "typed": 0.12,
        "dossier": 3.15,
    },
    "pdf_without_notes": {"file": 18254.77, "action": 371.83, "answer": 198.35, "sign": 244.00, "dotted": 1523.19},
    "pdf_board": {"file": 16113.08, "begun": 2894.54, "sign": 27.61, "dotted": 1021.60, "hatched": 659.19},
    "pdf_lender": {
        "file": 10061.12,
        "begun": -69.18,
        "sign": 102.88,
        "dotted": -165.67,
        "hatched": 291.91,
        "lender_action": 416.78,
        "lender_item": 428.77,
    },
    "pdf_blank": {"file": 50423.76},
    "review": {"file": 1690.07, "remark": 304.00, "line": 164.46, "packed": 1.17, "typed": 0.65},
    "xlsx": {"file": 12744.05, "action": 4.66, "tables": 1.10},
    "ics": {"file": 153.67, "event": 275.56, "reminded": 192.80, "named": 3.38, "about": 1.74},
}


def about_size(kind: str, evaluation: Evaluation, language: str, review: Review | None = None) -> int:
    """`review`: what the plan carries beside its dossier, if it does."""
    if kind == "json":
        return len(dossier_file.dump(evaluation.assessment))
    if kind in ("csv", "csv_answers"):
        return len(export("csv", evaluation, language, "plan" if kind == "csv" else "answers"))
    found = contents(evaluation, language)
    size = sum(weight * found[what] for what, weight in WEIGHTS[kind].items())
    if kind == "pdf" and review and review.remarks:
        more = review_contents(review)
        size += sum(weight * more[what] for what, weight in WEIGHTS["review"].items())
    return round(size)


def review_contents(review: Review) -> Mapping[str, float]:
    """What the weight of the remarks, and of their page, depends on."""
    said = worded(review.remarks)
    replies = [event.text for remark in said for event in remark.events]
    return {
        "file": 1,
        "remark": len(said),
        "line": len({remark.about for remark in said}),
        "packed": len(compress(dump(review))),
        "typed": sum(len(text) for text in (*(remark.text for remark in said), *replies)),
    }


def contents(evaluation: Evaluation, language: str) -> Mapping[str, float]:
    """What the weight of a file depends on: how many of each there are, and how long the texts are."""
    checklist, states, plan = evaluation.checklist, evaluation.item_states, evaluation.plan
    say = wording(language, checklist.languages)
    dated = [action for action in plan if action.due and not action.set_aside]
    text = "\n".join(str(cell) for table in tables(evaluation, say) for row in table.rows for cell in row if cell)
    for_lenders = {item.id for domain in checklist.for_lenders for item in domain.items}
    domains = evaluation.readiness.domains.values()
    return {
        "file": 1,
        "begun": any(state.current for state in states),
        "action": len(plan),
        "answer": sum(state.current is not None for state in states),
        # Each different sign is an outline of the font, and each bar of the chart has a pattern.
        "sign": len(set(text)),
        "dotted": sum(score.by_status["unknown"] > 0 for score in domains),
        "hatched": sum(score.by_status["in_progress"] > 0 for score in domains),
        "typed": sum(len(answer.note) + len(answer.reason) for answer in evaluation.assessment.answers.values()),
        "dossier": len(compress(dossier_file.dump(evaluation.assessment))),
        "tables": len(compress(text.encode("utf-16-be"))),
        "lender_action": sum(bool(a.item and a.item.id in for_lenders and not a.set_aside) for a in plan),
        "lender_item": sum(s.item.id in for_lenders and s.counts and bool(s.rule.credit) for s in states),
        "event": len(dated),
        "reminded": sum(action.open for action in dated),
        "named": sum(len(named(action, say).encode()) for action in dated),
        "about": sum(len(action.item.title[say.language].encode()) for action in dated if action.item),
    }


def size_words(size: int, say: Wording) -> str:
    """« 44 ko »: a kilobyte is a thousand bytes, and nothing is less than one."""
    return say("export.size", size=say.number(max(1, round(size / 1000))))


def about_size_words(size: int, say: Wording) -> str:
    """« environ 45 ko »: by fives from a hundred on, where that is no more than what one does not know anyway."""
    rounded = 5_000 * round(size / 5_000) if size >= 100_000 else size
    return say("export.about_size", size=size_words(rounded, say))
