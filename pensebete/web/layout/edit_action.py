"""An action of the plan said otherwise, whoever proposed it."""

from __future__ import annotations

from pensebete.assessment.edits import with_own_action, with_planned
from pensebete.assessment.model import OwnAction
from pensebete.evaluation.action_plan import Action
from pensebete.web import session


def own_action(action: Action) -> OwnAction:
    """What the dossier holds of an action of kind `own`."""
    return next(own for own in session.assessment().own_actions if str(own.id) == action.id)


def edit_action(action: Action, **changes: object) -> None:
    if action.kind == "own":
        session.apply_edit(with_own_action, own_action(action).model_copy(update=changes))
    else:
        assert action.item is not None
        session.apply_edit(with_planned, action.item.id, action.id, **changes)
