"""A comparison as `compare` prints it: `{"situation", "checklist", "actions", "score": [before, after]}`.

Sentences are those of the pages, in the language asked for; ids, statuses and figures are the same in any.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from pensebete.assessment.item_state import ItemState, reasons_set_aside
from pensebete.assessment.model import Assessment
from pensebete.checklist.model import Checklist
from pensebete.evaluation.action_text import OfItem, action_text, named
from pensebete.evaluation.comparison import Comparison, ItemChange, Moment
from pensebete.evaluation.history_text import (
    checklist_words,
    moved_action_words,
    new_action_words,
    situation_words,
)
from pensebete.evaluation.readiness import Score
from pensebete.evaluation.score_json import score_as_json
from pensebete.text.wording import Wording


def comparison_as_json(found: Comparison, say: Wording) -> dict[str, Any]:
    checklist = found.after.checklist
    return {
        "situation": [
            {**_item(found, change, say), "sentence": situation_words(checklist, change, say)}
            for change in found.situation
        ],
        "checklist": [
            {**_item(found, change, say), "changes": list(change.checklist), "sentence": checklist_words(change, say)}
            for change in found.checklist
        ],
        "actions": [
            *(_action("done", action, say) for action in found.actions_done),
            *(
                {
                    **_action("new", action, say),
                    "priority": action.priority,
                    "owner": action.owner,
                    "due": _day(action.due),
                    "sentence": new_action_words(action, say),
                }
                for action in found.actions_new
            ),
            *(
                {
                    **_action("moved", moved.after, say),
                    "priority": moved.after.priority,
                    "owner": moved.after.owner,
                    "due_before": _day(moved.before.due),
                    "due": _day(moved.after.due),
                    "sentence": moved_action_words(moved, say),
                }
                for moved in found.actions_moved
            ),
        ],
        "score": [_score(found.before, found.overall.before), _score(found.after, found.overall.after)],
    }


def _item(found: Comparison, change: ItemChange, say: Wording) -> dict[str, Any]:
    # The answers before are read by the checklist that the item is of: a retired one is the older one's.
    retired = change.after is None
    before = found.before if retired else found.after
    earlier = found.before.assessment if retired else found.read_anew
    return {
        "item": change.item.id,
        "was": list(change.was),
        "ref": change.item.ref,
        "title": change.item.title[say.language],
        "before": None if "new" in change.checklist else _state(change.before, before.checklist, earlier),
        "after": _state(change.after, found.after.checklist, found.after.assessment) if change.after else None,
    }


def _state(state: ItemState, checklist: Checklist, assessment: Assessment) -> dict[str, Any]:
    """`set_aside` names the questions of the profile whose answers set the item aside; null where it is not."""
    return {
        "status": state.current,
        "reason": state.answer.reason,
        "set_aside": list(reasons_set_aside(checklist, assessment, state.item)) if state.set_aside else None,
    }


def _action(change: str, action: OfItem, say: Wording) -> dict[str, Any]:
    item = action.item
    return {
        "change": change,
        "item": item.id if item else None,
        "action": action.id,
        "kind": action.kind,
        "text": action_text(action, say),
        "sentence": named(action, say),
    }


def _score(moment: Moment, score: Score | None) -> dict[str, Any]:
    """Unrounded, as `score` prints it, and as it is shown; with the day and the checklist that it is of."""
    made_with = moment.assessment.checklist
    return {
        "id": str(moment.assessment.id) if moment.assessment.id else None,
        "organisation": moment.assessment.organisation,
        "day": moment.day.isoformat(),
        "checklist": {"id": made_with.id, "version": made_with.version, "read_with": moment.checklist.version},
        **(score_as_json(score) if score else {}),
        "shown": score.rounded if score else None,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
