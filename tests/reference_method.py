"""The method once more, slow and simple, from what the pole wrote and not from the code: the tests compare the two.

The table below is the contract with saved dossiers and published scores.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from pensebete.assessment.model import Assessment


class Row(NamedTuple):
    ref: str
    id: str
    domain: str
    urgency: int
    impact: int
    effort: int
    weight: Fraction
    valid_days: int | None
    needs: tuple[tuple[str, tuple[str, ...]], ...]  # (question, options): each question answered must have one of them


_STAFF = ("staff", ("1-9", "10-49", "50+"))
_REMOTE = ("remote-posts", ("some", "most"))

TABLE = [
    Row(ref, id, domain, urgency, impact, effort, Fraction(weight), valid_days, needs)
    for ref, id, domain, urgency, impact, effort, weight, valid_days, needs in [
        ("C1", "board-position", "communication", 3, 3, 1, "3", 30, ()),
        ("C2a", "staff-position", "communication", 3, 3, 1, "1.5", None, (_STAFF,)),
        ("C2b", "leave-and-pay", "communication", 3, 3, 2, "1.5", None, (_STAFF,)),
        ("C3", "ecosystem-channels", "communication", 2, 2, 2, "2", 30, ()),
        ("C4", "customer-contact", "communication", 3, 3, 2, "3", 14, ()),
        ("C5", "community-roots", "communication", 1, 2, 2, "2", 30, ()),
        ("RH1", "work-with-staff", "human-resources", 2, 3, 2, "3", None, (_STAFF,)),
        ("RH2", "regular-updates", "human-resources", 3, 2, 1, "2", None, (_STAFF,)),
        ("RH3", "remote-work", "human-resources", 3, 2, 3, "2", None, (_STAFF, _REMOTE)),
        ("RH3a", "remote-work-guide", "human-resources", 2, 1, 1, "1", None, (_STAFF, _REMOTE)),
        ("RH4", "government-support-info", "human-resources", 2, 2, 1, "2", 14, (_STAFF,)),
        ("RH5", "everyday-tips", "human-resources", 1, 1, 1, "1", 30, (_STAFF,)),
        ("L1", "cash-forecast", "liquidity", 3, 3, 2, "3", 7, ()),
        ("L2", "scale-back", "liquidity", 3, 2, 2, "2", None, ()),
        ("L3", "variable-costs", "liquidity", 2, 2, 2, "2", None, ()),
        ("L4", "postpone-investment", "liquidity", 2, 2, 1, "2", None, (("planned-investment", ("yes",)),)),
        ("L5", "lender-relief", "liquidity", 3, 3, 2, "3", None, (("borrowing", ("yes",)),)),
        ("L6", "public-payment", "liquidity", 2, 3, 1, "3", None, (("public-agreements", ("yes",)),)),
        ("L7", "other-revenue", "liquidity", 1, 3, 3, "2", None, ()),
        ("L8", "interruption-insurance", "liquidity", 3, 2, 1, "2", None,
         (("interruption-insurance", ("yes", "unknown")),)),
        ("E1", "public-aid", "debt", 3, 3, 2, "3", 14, ()),
        ("E2", "non-repayable-aid", "debt", 2, 3, 2, "3", 30, ()),
        ("A1", "supplier-contact", "supply", 2, 2, 1, "2", 14, ()),
        ("A2", "stock-management", "supply", 2, 2, 2, "2", 30, (("operations", ("stock",)),)),
    ]
]  # fmt: skip
DOMAINS = ["communication", "human-resources", "liquidity", "debt", "supply"]
ESSENTIAL = {"C1", "C2a", "C2b", "C4", "L1", "L5", "E1"}
CREDIT = {"done": Fraction(1), "in_progress": Fraction(1, 2), "to_do": Fraction(0), "unknown": Fraction(0)}
BANDS = [(80, "solid"), (60, "on_track"), (40, "strengthen"), (0, "act_now")]


def applies(row: Row, assessment: Assessment) -> bool:
    answer = assessment.answers.get(row.id)
    if answer is not None and answer.overrule:
        return True
    for question, options in row.needs:
        chosen = assessment.profile.get(question)
        chosen = [chosen] if isinstance(chosen, str) else list(chosen or [])
        if chosen and not set(chosen) & set(options):
            return False
    return True


def status(row: Row, assessment: Assessment) -> str | None:
    return assessment.answers[row.id].status if row.id in assessment.answers else None


def rounded(number: Fraction) -> int:
    return int(number + Fraction(1, 2))


def band(number: Fraction) -> str:
    return next(id for start, id in BANDS if rounded(number) >= start)


def score(rows: list[Row], assessment: Assessment) -> dict[str, object]:
    """score, low, high, coverage, provisional of some items; `band` by the number alone."""
    counting = [r for r in rows if applies(r, assessment) and status(r, assessment) != "not_applicable"]
    said = {r.ref: status(r, assessment) for r in counting}
    total = sum(r.weight for r in counting)
    answered = sum(r.weight for r in counting if said[r.ref] is not None)
    credit = sum(r.weight * CREDIT[said[r.ref]] for r in counting if said[r.ref] is not None)
    hoped = sum(r.weight for r in counting if said[r.ref] in (None, "unknown"))
    if total == 0:
        return dict.fromkeys(("score", "low", "high", "coverage", "band")) | {"provisional": False, "items": 0}
    low, high, coverage = 100 * credit / total, 100 * (credit + hoped) / total, answered / total
    number = 100 * credit / answered if answered else None
    return {
        "score": number,
        "low": low,
        "high": high,
        "coverage": coverage,
        "band": None if number is None else band(number),
        "provisional": coverage < Fraction(4, 5) or band(low) != band(high),
        "items": len(counting),
    }


def overall(assessment: Assessment) -> dict[str, object]:
    """The score of all items pooled, its band held back, and why."""
    result = score(TABLE, assessment)
    if result["band"] is None:
        return {**result, "held_back_by": set()}
    reasons: list[tuple[str, str, str]] = []
    for row in TABLE:
        if row.ref not in ESSENTIAL or not applies(row, assessment):
            continue
        said = status(row, assessment)
        if said in ("to_do", "unknown", None):
            reasons.append(("strengthen", "essential_open", row.id))
        elif said == "in_progress":
            reasons.append(("on_track", "essential_in_progress", row.id))
        elif said == "not_applicable":
            reasons.append(("on_track", "essential_not_applicable", row.id))
    for domain, found in domains(assessment).items():
        if found["score"] is not None and found["score"] < 40:
            vital = domain == "liquidity"
            cap = "strengthen" if vital else "on_track"
            reasons.append((cap, "vital_domain_weak" if vital else "domain_weak", domain))
    order = ["act_now", "strengthen", "on_track", "solid"]
    holding = [reason for reason in reasons if order.index(reason[0]) < order.index(result["band"])]
    held = min([result["band"], *(cap for cap, _, _ in holding)], key=order.index)
    return {**result, "band": held, "held_back_by": {(why, about) for _, why, about in holding}}


def domains(assessment: Assessment) -> dict[str, dict[str, object]]:
    found = {}
    for domain in DOMAINS:
        one = score([row for row in TABLE if row.domain == domain], assessment)
        found[domain] = {**one, "band": None if one["items"] in (0, 1, 2) else one["band"]}
    return found


def rank(row: Row) -> str:
    if row.urgency == 3 and row.impact >= 2:
        return "P1"
    if (row.urgency == 2 and row.impact >= 2) or (row.urgency == 3 and row.impact == 1):
        return "P2"
    return "P3"


def plan_order(assessment: Assessment) -> list[str]:
    """The ids of the items in the plan, first things first."""
    in_plan = [
        (rank(row), -row.impact, status(row, assessment) == "in_progress", row.effort, place, row.id)
        for place, row in enumerate(TABLE)
        if applies(row, assessment) and status(row, assessment) in ("to_do", "unknown", "in_progress")
    ]
    return [id for *_, id in sorted(in_plan)]
