"""Whether a manager is told that somebody can be called: where the result is bad, or « Je ne sais pas » was said.

Silence is no bad result: what was not answered yet calls for an answer, and not for help.
"""

from __future__ import annotations

from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.readiness import Score


def worth_a_call(evaluation: Evaluation) -> bool:
    return is_bad(evaluation) or any(state.counts and state.current == "unknown" for state in evaluation.item_states)


def is_bad(evaluation: Evaluation) -> bool:
    """Whether what was said is bad: an essential to do or unknown; a vital domain that is weak, or everything in the
    lowest band, once nothing of it is without an answer."""
    checklist, overall = evaluation.checklist, evaluation.readiness.overall
    essential = checklist.readiness.essential
    if any(s.counts and s.current in ("to_do", "unknown") and essential.match(s.item) for s in evaluation.item_states):
        return True
    vital = (evaluation.readiness.domains[domain.id] for domain in checklist.domains if domain.vital)
    if any(_whole(score) and (score.rounded or 0) < checklist.readiness.weak_domain_below for score in vital):
        return True
    return _whole(overall) and overall.band == checklist.band_at(0).id


def _whole(score: Score) -> bool:
    """Whether something counts in it, and all of that has an answer."""
    return score.counting > 0 and not score.unanswered
