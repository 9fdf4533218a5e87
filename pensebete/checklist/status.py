"""The answers that an item can have, and what each means to everything that reads it: one row each.

Its words are in checklist.yaml, under `statuses`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from pensebete.text.theme import ACCENT, MIDDLE, WHITE

Status = Literal["done", "in_progress", "to_do", "unknown", "not_applicable"]
STATUSES: tuple[Status, ...] = get_args(Status)
# What an answer amounts to on a day: a done may have had its day; None is an item without an answer.
CurrentStatus = Status | Literal["expired"] | None
# What an answer gives the plan: the item's own actions, or the one to verify where it stands, to finish it, to look at
# it again.
GivesPlan = Literal["suggested", "verify", "finish", "reconfirm"]
# Told apart by shape, in grey too: a disc that is ticked, half full, empty, dotted, barred, or an outline in dashes.
Sign = Literal["tick", "half", "empty", "dot", "bar", "dashes"]
# How its part of a bar is drawn on paper.
Pattern = Literal["full", "hatched", "white", "dotted", "dashed"]
Criterion = Literal["done", "in_progress"]
# Why an essential item with that answer holds the overall band back.
EssentialReason = Literal["essential_open", "essential_in_progress", "essential_expired", "essential_not_applicable"]


@dataclass(frozen=True, slots=True)
class StatusRule:
    credit: Decimal  # its part of the item's weight in the score, 0 to 1
    sign: Sign
    # Its part of a chart: each colour differs from its neighbours in lightness too, and is told apart in grey.
    colour: str
    pattern: Pattern
    dark: bool = False  # what is written on that colour is white
    strong: bool = False  # its sign is drawn in the accent, not in grey
    counts: bool = True  # whether the item counts in the score
    open_to_luck: bool = False  # whether the item may turn out to be done
    gives_plan: GivesPlan | None = None
    begun: bool = False  # something was done, and something is left to do
    asks_reason: bool = False
    criterion: Criterion | None = None  # which of the item's criteria says what the answer means
    essential: EssentialReason | None = None
    expires: bool = False  # its proof has a day


RULES: dict[Status, StatusRule] = {
    "done": StatusRule(Decimal(1), "tick", ACCENT, "full", dark=True, strong=True, criterion="done", expires=True),
    "in_progress": StatusRule(
        Decimal("0.5"),
        "half",
        MIDDLE,
        "hatched",
        strong=True,
        gives_plan="finish",
        begun=True,
        criterion="in_progress",
        essential="essential_in_progress",
    ),
    "to_do": StatusRule(
        Decimal(0), "empty", "#f0c48a", "white", strong=True, gives_plan="suggested", essential="essential_open"
    ),
    "unknown": StatusRule(
        Decimal(0), "dot", "#a593c9", "dotted", open_to_luck=True, gives_plan="verify", essential="essential_open"
    ),
    "not_applicable": StatusRule(
        Decimal(0), "bar", WHITE, "white", counts=False, asks_reason=True, essential="essential_not_applicable"
    ),
}
# A done whose proof is older than its item's `valid_days`: no answer that one gives, but what a day makes of one.
EXPIRED = StatusRule(
    Decimal("0.5"),
    "tick",
    "#b9dbe0",
    "hatched",
    gives_plan="reconfirm",
    begun=True,
    criterion="done",
    essential="essential_expired",
    expires=True,
)
UNANSWERED = StatusRule(Decimal(0), "dashes", "#dfe4e6", "dashed", open_to_luck=True, essential="essential_open")
# In the order in which they are listed and drawn.
CURRENT_STATUSES: tuple[CurrentStatus, ...] = (
    "done",
    "expired",
    *(status for status in STATUSES if status != "done"),
    None,
)


def rule_of(status: CurrentStatus) -> StatusRule:
    """What an answer means; None is an item without one."""
    if status == "expired":
        return EXPIRED
    return UNANSWERED if status is None else RULES[status]


# The parts of a bar, in its order: the answers of items that count, then what has none.
CHARTED: tuple[CurrentStatus, ...] = tuple(status for status in CURRENT_STATUSES if rule_of(status).counts)
