"""What was said and has no place elsewhere: one rule, for the PDF and the workbook alike."""

from __future__ import annotations

from hypothesis import given

from pensebete.assessment.model import Answer, Planned
from pensebete.assessment.profile import unknown_ids
from pensebete.checklist import question_kinds
from tests.builders import CHECKLIST, assess, evaluate, written_dossiers
from tests.dossiers import own_action


def test_each_kind_of_orphan_is_found_and_nothing_else(checklist):
    item = next(iter(checklist.items.values()))
    found = evaluate(
        checklist,
        assess(
            {"old-item": Answer(note="Note"), item.id: "to_do"},
            profile={"old-question": "x", "staff": ("0", "10-49"), "operations": ("stock", "gone"), "borrowing": "no"},
            plan={
                item.id: {item.actions[0].id: Planned(comment="au plan"), "finish": Planned(comment="plus au plan")},
                "old-item": {"old-action": Planned(owner="Marcel")},
            },
            own_actions=(own_action(1, "Orpheline", item="old-item"), own_action(2, "À sa place", item=item.id)),
        ),
    ).orphans
    assert [(action.item_id, action.action_id, action.known) for action in found.actions] == [
        (item.id, "finish", True),
        ("old-item", "old-action", False),
    ]
    assert [id for id, _ in found.answers] == ["old-item"]
    assert [(choice.question_id, choice.options) for choice in found.choices] == [
        ("old-question", ("x",)),
        ("staff", ("0", "10-49")),
        ("operations", ("gone",)),
    ]
    assert [own.text for own in found.own_actions] == ["Orpheline"]


@given(assessment=written_dossiers)
def test_whatever_the_checklist_does_not_know_is_an_orphan(assessment):
    found = evaluate(CHECKLIST, assessment).orphans
    told = {f"answers.{id}" for id, _ in found.answers}
    for choice in found.choices:
        told |= {f"profile.{choice.question_id}", *(f"profile.{choice.question_id}.{id}" for id in choice.options)}
    for action in found.actions:
        told |= {f"plan.{action.item_id}", f"plan.{action.item_id}.{action.action_id}"}
    told |= {f"own_actions.{own.item}" for own in found.own_actions}
    # A question of no options, or an item of no actions, says nothing that could be lost.
    empty = {f"profile.{id}" for id, choice in assessment.profile.items() if not question_kinds.given(choice)}
    empty |= {f"plan.{id}" for id, actions in assessment.plan.items() if not actions}
    assert set(unknown_ids(CHECKLIST, assessment)) - empty <= told
