"""Whether a manager is told that somebody can be called: where the result is bad, or « Je ne sais pas » was said.

Silence is no bad result: what was not answered yet calls for an answer, and not for help.
"""

from __future__ import annotations

from pensebete.evaluation.evaluation import Evaluation


def worth_a_call(evaluation: Evaluation) -> bool:
    return is_bad(evaluation) or any(state.counts and state.current == "unknown" for state in evaluation.item_states)


def is_bad(evaluation: Evaluation) -> bool:
    """Whether what was said is bad: an essential to do or unknown; a vital domain that is weak, or everything in the
    lowest band, once nothing of it is without an answer."""
    checklist, overall = evaluation.checklist, evaluation.readiness.overall
    essential = checklist.readiness.essential
    if any(s.counts and s.current in ("to_do", "unknown") and essential.match(s.item) for s in evaluation.item_states):
        return True
    whole = [evaluation.readiness.domains[domain.id] for domain in checklist.domains if domain.vital]
    if any(
        one.counting and not one.unanswered and one.shown is not None and _weak(evaluation, one.shown) for one in whole
    ):
        return True
    return bool(overall.counting) and not overall.unanswered and overall.band == checklist.band_at(0).id


def _weak(evaluation: Evaluation, shown: int) -> bool:
    return shown < evaluation.checklist.readiness.weak_domain_below
