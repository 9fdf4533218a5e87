"""A score as `score` and `portfolio` print it: unrounded, by the names of the contract."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pensebete.evaluation.readiness import Score


def score_as_json(score: Score) -> dict[str, Any]:
    """`essentials_only`, where nothing but essentials is answered: people are then told those, and not this figure."""
    found = {
        "score": score.score,
        "high": score.high,
        "coverage": score.coverage,
        "band": score.band,
        "provisional": score.provisional,
        "held_back_by": [{k: v for k, v in asdict(why).items() if v is not None} for why in score.held_back_by],
        "essentials": {"done": score.essentials.done, "of": score.essentials.of},
        "not_applicable": score.not_applicable,
        "expired": score.expired,
    }
    return {**found, "essentials_only": True} if score.essentials_only else found
