"""The method once more, slow and simple, from what the pole wrote and not from the code: the tests compare the two.

The table below is the contract with saved dossiers and published scores. Dates are those of a zone that is given.
"""

from __future__ import annotations

from datetime import UTC, date, timedelta, tzinfo
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
    valid_days: int
    needs: tuple[tuple[str, tuple[str, ...]], ...]  # (question, options): each question answered must have one of them


_STAFF = ("staff", ("1-9", "10-49", "50+"))
_REMOTE = ("remote-posts", ("some", "most"))

TABLE = [
    Row(ref, id, domain, urgency, impact, effort, Fraction(weight), valid_days or 90, needs)
    for ref, id, domain, urgency, impact, effort, weight, valid_days, needs in [
        ("C1", "board-position", "communication", 3, 3, 1, "3", 30, ()),
        ("C2a", "staff-position", "communication", 3, 3, 1, "1.5", 30, (_STAFF,)),
        ("C2b", "leave-and-pay", "communication", 3, 3, 2, "1.5", None, (_STAFF,)),
        ("C3", "ecosystem-channels", "communication", 2, 2, 2, "2", 30, ()),
        ("C4", "customer-contact", "communication", 3, 2, 2, "2", 14, ()),
        ("C5", "community-roots", "communication", 1, 2, 2, "2", 30, ()),
        ("RH1", "work-with-staff", "human-resources", 2, 3, 2, "3", None, (_STAFF,)),
        ("RH2", "regular-updates", "human-resources", 3, 2, 1, "2", 14, (_STAFF,)),
        ("RH3", "remote-work", "human-resources", 3, 2, 3, "2", None, (_STAFF, _REMOTE)),
        ("RH3a", "remote-work-guide", "human-resources", 2, 1, 1, "1", None, (_STAFF, _REMOTE)),
        ("RH4", "government-support-info", "human-resources", 2, 2, 1, "2", 14, (_STAFF,)),
        ("RH4a", "layoff-duties", "human-resources", 3, 3, 2, "2", 14, (_STAFF, ("layoffs", ("yes",)))),
        ("RH5", "everyday-tips", "human-resources", 1, 1, 1, "1", 30, (_STAFF,)),
        ("L1a", "cash-weeks", "liquidity", 3, 3, 1, "1.5", 7, ()),
        ("L1b", "cash-forecast", "liquidity", 2, 3, 2, "1.5", 7, ()),
        ("L2", "scale-back", "liquidity", 3, 2, 2, "2", None, ()),
        ("L3", "variable-costs", "liquidity", 2, 2, 2, "2", None, ()),
        ("L4", "postpone-investment", "liquidity", 2, 2, 1, "2", None, (("planned-investment", ("yes",)),)),
        ("L5", "lender-relief", "liquidity", 3, 3, 2, "3", 30, (("borrowing", ("yes",)),)),
        ("L6", "public-payment", "liquidity", 3, 3, 1, "3", 30, (("public-agreements", ("yes",)),)),
        ("L7", "other-revenue", "liquidity", 1, 3, 3, "2", None, ()),
        ("L8", "interruption-insurance", "liquidity", 3, 2, 1, "2", None,
         (("interruption-insurance", ("yes", "unknown")),)),
        ("E1", "public-aid", "debt", 3, 3, 2, "3", 14, ()),
        ("E2", "non-repayable-aid", "debt", 2, 3, 2, "3", 30, ()),
        ("A1", "supplier-contact", "supply", 2, 2, 1, "2", 14, ()),
        ("A2", "stock-management", "supply", 2, 2, 2, "2", 30, (("operations", ("stock", "critical-inputs")),)),
    ]
]  # fmt: skip
DOMAINS = ["communication", "human-resources", "liquidity", "debt", "supply"]
ESSENTIAL = {"C1", "C2a", "C2b", "RH4a", "L1a", "L5", "L6", "E1"}
BANDS = [(80, "solid"), (60, "on_track"), (40, "strengthen"), (0, "act_now")]
ORDER = ["act_now", "strengthen", "on_track", "solid"]
VITAL = "liquidity"
CLASSES = ["P1", "P2", "P3"]
DAYS = {"P1": 2, "P2": 14, "P3": 30}
OF_HORIZON = {"48h": "P1", "2w": "P2", "30d": "P3"}


class Day(NamedTuple):
    """Today, and the zone in which an instant has a date."""

    today: date
    zone: tzinfo = UTC


# What an answer amounts to


def chosen_options(question: str, assessment: Assessment) -> list[str]:
    chosen = assessment.profile.get(question)
    options = [chosen] if isinstance(chosen, str) else list(chosen or [])
    if question == "operations":
        known = [id for id in options if id in ("stock", "online-sales", "critical-inputs", "none")]
        # « Rien de cela » excludes the others: said with them, it is not heeded.
        return [id for id in known if id != "none"] or known
    return options


def excluded(row: Row, assessment: Assessment) -> bool:
    for question, options in row.needs:
        chosen = chosen_options(question, assessment)
        if chosen and not set(chosen) & set(options):
            return True
    return False


def said(row: Row, assessment: Assessment) -> str | None:
    return assessment.answers[row.id].status if row.id in assessment.answers else None


def applies(row: Row, assessment: Assessment) -> bool:
    if not excluded(row, assessment):
        return True
    return (
        row.id in assessment.answers
        and assessment.answers[row.id].overrule
        and said(row, assessment) != ("not_applicable")
    )


def answered_on(row: Row, assessment: Assessment, day: Day) -> date | None:
    at = assessment.answers[row.id].answered_at if row.id in assessment.answers else None
    if at is None:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(day.zone).date()


def status(row: Row, assessment: Assessment, day: Day) -> str | None:
    """One of the five, `expired`, or None: unanswered, or without the reason it needs."""
    given = said(row, assessment)
    if given == "not_applicable" and not assessment.answers[row.id].reason.strip():
        return None
    if given == "done":
        on = answered_on(row, assessment, day)
        if on is not None and day.today - on > timedelta(days=row.valid_days):
            return "expired"
    return given


def credit(status: str | None) -> Fraction:
    return {"done": Fraction(1), "in_progress": Fraction(1, 2), "expired": Fraction(1, 2)}.get(status, Fraction(0))


# Figures


def rounded(number: Fraction) -> int:
    return int(number + Fraction(1, 2))


def band(number: Fraction) -> str:
    return next(id for start, id in BANDS if rounded(number) >= start)


def score(rows: list[Row], assessment: Assessment, day: Day) -> dict[str, object]:
    """The figures of some items, and the band that the number alone would give."""
    applying = [r for r in rows if applies(r, assessment)]
    found = {r.id: status(r, assessment, day) for r in applying}
    counting = [r for r in applying if found[r.id] != "not_applicable"]
    total = sum(r.weight for r in counting)
    essentials = [r for r in applying if r.ref in ESSENTIAL]
    counts = {
        "items": len(counting),
        "essentials": (sum(found[r.id] == "done" for r in essentials), len(essentials)),
        "not_applicable": len(applying) - len(counting),
        "expired": sum(found[r.id] == "expired" for r in applying),
    }
    if total == 0:
        nothing = dict.fromkeys(("score", "high", "coverage", "band"))
        return {**nothing, "provisional": False, **counts}
    answered = sum(r.weight for r in counting if found[r.id] is not None)
    earned = sum(r.weight * credit(found[r.id]) for r in counting)
    hoped = sum(r.weight for r in counting if found[r.id] in (None, "unknown"))
    number = 100 * earned / total if answered else None
    high, coverage = 100 * (earned + hoped) / total, Fraction(answered, total)
    own = None if number is None else band(number)
    return {
        "score": number,
        "high": high,
        "coverage": coverage,
        "band": own,
        "provisional": coverage < 1 or own != band(high),
        **counts,
    }


def domains(assessment: Assessment, day: Day) -> dict[str, dict[str, object]]:
    found = {}
    for domain in DOMAINS:
        one = score([row for row in TABLE if row.domain == domain], assessment, day)
        if one["items"] in (1, 2):
            one |= {"band": None, "provisional": one["coverage"] < 1}
        found[domain] = one
    return found


def overall(assessment: Assessment, day: Day) -> dict[str, object]:
    """The score of all items pooled, its band held back, and why."""
    result = score(TABLE, assessment, day)
    if result["band"] is None:
        return {**result, "held_back_by": set()}
    holding = {
        (reason, about)
        for cap, reason, about in _reasons(assessment, day)
        if ORDER.index(cap) < ORDER.index(result["band"])
    }
    caps = [cap for cap, reason, about in _reasons(assessment, day) if (reason, about) in holding]
    held = min([result["band"], *caps], key=ORDER.index)
    essentials = [
        status(r, assessment, day)
        for r in TABLE
        if r.ref in ESSENTIAL and applies(r, assessment) and status(r, assessment, day) != "not_applicable"
    ]
    if essentials and all(one in ("done", "expired") for one in essentials):
        held = max(held, "strengthen", key=ORDER.index)
    return {**result, "band": held, "held_back_by": holding}


def _reasons(assessment: Assessment, day: Day) -> list[tuple[str, str, str | None]]:
    """(the highest band it leaves, why, which item or domain)."""
    found: list[tuple[str, str, str | None]] = []
    applying = [r for r in TABLE if applies(r, assessment)]
    for row in applying:
        if row.ref in ESSENTIAL:
            one = status(row, assessment, day)
            if one in ("to_do", "unknown", None):
                found.append(("strengthen", "essential_open", row.id))
            elif one in ("in_progress", "expired", "not_applicable"):
                found.append(("on_track", f"essential_{one}", row.id))
    for some in (applying, [r for r in applying if r.domain == VITAL]):
        if 3 * sum(said(r, assessment) == "not_applicable" for r in some) > len(some):
            found.append(("on_track", "many_not_applicable", None))
    for domain in DOMAINS:
        rows = [r for r in TABLE if r.domain == domain]
        one = score(rows, assessment, day)
        if one["items"] == 0 or rounded(one["score"] or Fraction(0)) >= 40:
            continue
        if domain == VITAL:
            found.append(("strengthen", "vital_domain_weak", domain))
        elif sum(applies(r, assessment) for r in rows) >= 3:
            found.append(("on_track", "domain_weak", domain))
    return found


# The plan


class Act(NamedTuple):
    item: str
    action: str
    priority: str
    due: date


def rank(row: Row) -> str:
    if row.urgency == 3 and row.impact >= 2:
        return "P1"
    if (row.urgency == 2 and row.impact >= 2) or (row.urgency == 3 and row.impact == 1):
        return "P2"
    return "P3"


def easter(year: int) -> date:
    """The anonymous Gregorian computus."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    l = (32 + 2 * e + 2 * i - h - k) % 7  # noqa: E741
    m = (a + 11 * h + 22 * l) // 451
    month, day = divmod(h + l - 7 * m + 114, 31)
    return date(year, month, day + 1)


def holidays(year: int) -> set[date]:
    """The statutory holidays of Quebec, each on its own day."""

    def monday_on_or_after(day: date) -> date:
        return day + timedelta(days=-day.weekday() % 7)

    return {
        date(year, 1, 1),
        easter(year) - timedelta(days=2),
        easter(year) + timedelta(days=1),
        monday_on_or_after(date(year, 5, 18)),  # the one before 25 May
        date(year, 6, 24),
        date(year, 7, 1),
        monday_on_or_after(date(year, 9, 1)),
        monday_on_or_after(date(year, 10, 8)),
        date(year, 12, 25),
    }


def working(day: date) -> date:
    while day.weekday() > 4 or day in holidays(day.year):
        day += timedelta(days=1)
    return day


def plan(assessment: Assessment, day: Day, actions: dict[str, list[tuple[str, str]]]) -> list[Act]:
    """The plan without own actions; `actions` are those of each item, (id, horizon) in their order."""
    lines = []
    for place, row in enumerate(TABLE):
        one = status(row, assessment, day)
        if not applies(row, assessment) or one not in ("to_do", "unknown", "in_progress", "expired"):
            continue
        start = day.today
        if assessment.plan_started_on is not None and one != "expired":
            start = max(assessment.plan_started_on, answered_on(row, assessment, day) or date.min)
        if one == "to_do":
            asked = [(id, OF_HORIZON[within]) for id, within in actions[row.id]]
        elif one == "in_progress":
            asked = [("finish", max(OF_HORIZON[within] for _, within in actions[row.id]))]
        else:
            asked = [("verify" if one == "unknown" else "reconfirm", rank(row))]
        for n, (id, horizon) in enumerate(asked):
            priority = max(rank(row), horizon)
            key = (
                priority,
                -row.impact,
                one in ("in_progress", "expired"),
                row.domain != VITAL,
                row.effort,
                place,
                n,
            )
            lines.append((key, Act(row.id, id, priority, working(start + timedelta(days=DAYS[priority])))))
    return [line for _, line in sorted(lines, key=lambda one: one[0])]


def items_in_plan(assessment: Assessment, day: Day) -> set[str]:
    """The ids of the items of the plan."""
    in_plan = ("to_do", "unknown", "in_progress", "expired")
    return {r.id for r in TABLE if applies(r, assessment) and status(r, assessment, day) in in_plan}
