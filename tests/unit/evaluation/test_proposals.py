"""What advisors propose changes what they would see, and never the manager's own figure."""

from __future__ import annotations

from pensebete.assessment.review.model import About
from pensebete.evaluation.proposals import if_accepted, proposals
from tests.builders import assess, evaluate, every
from tests.unit.assessment.review.reviews import MARIE, event, remark, review


def test_a_proposed_status_gives_another_figure_and_leaves_the_managers_as_it_was(checklist):
    evaluation = evaluate(checklist, assess(every(checklist, "done")))
    before = evaluation.readiness.overall.score
    found = if_accepted(evaluation, review(remark(1, kind="status", proposed="to_do")))
    assert found is not None
    assert found.readiness.overall.score < before == evaluation.readiness.overall.score
    assert evaluation.assessment.answer("board-position").status == "done"


def test_the_last_proposal_of_a_line_stands_until_it_is_ended(checklist):
    evaluation = evaluate(checklist, assess(every(checklist, "done")))
    first, last = (remark(n, kind="status", proposed=to) for n, to in ((1, "to_do"), (2, "in_progress")))
    assert proposals(evaluation, review(last, first))["board-position"] == last
    ended = last.model_copy(update={"events": (event(9, "withdrawn", MARIE),)})
    assert proposals(evaluation, review(first, ended))["board-position"] == first


def test_what_is_not_applicable_by_the_advisors_word_is_not_counted(checklist):
    evaluation = evaluate(checklist, assess(every(checklist, "done", board_position="to_do")))
    found = if_accepted(evaluation, review(remark(1, kind="status", proposed="not_applicable")))
    assert found is not None
    assert not found.state_of("board-position").counts


def test_without_another_status_there_is_no_other_figure(checklist):
    evaluation = evaluate(checklist, assess(every(checklist, "done")))
    same = remark(1, kind="status", proposed="done")
    strange = remark(2, kind="status", proposed="excellent"), remark(3, kind="status", proposed="to_do", item="gone")
    unsaid = remark(4, kind="advice"), remark(5, kind="status", proposed="to_do", about=About())
    assert if_accepted(evaluation, review(same, *strange, *unsaid)) is None
