"""The figure that the method of before showed, so that a dossier of then is told once what became of it."""

from __future__ import annotations

from decimal import Decimal

from pensebete.assessment.item_state import ItemState
from pensebete.checklist.status import rule_of
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.readiness import rounded


def former_figure(of_then: Evaluation) -> int | None:
    """Over the answered items alone, a done never expiring; None where nothing was answered."""
    counted = [s for s in of_then.item_states if s.status is not None and rule_of(s.status).counts]
    weight = sum((s.item.weighs for s in counted), Decimal(0))
    return rounded(100 * sum((_credit(s) for s in counted), Decimal(0)) / weight) if weight else None


def _credit(state: ItemState) -> Decimal:
    return state.item.weighs * rule_of(state.status).credit
