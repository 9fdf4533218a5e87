"""An item, an action, a question in two versions of a checklist: what its id became, whether it asks the same."""

from __future__ import annotations

from pensebete.checklist.full_names import IdKind, around, full_name, id_in
from pensebete.checklist.model import Checklist, Condition, Item


def destination(checklist: Checklist, id: str) -> str | None:
    """The item of the checklist that an id of any version stands for, through all its `renamed`; None where retired."""
    return checklist.renames.destination("items", id)


def destination_of(checklist: Checklist, kind: IdKind, id: str, inside: str = "") -> str | None:
    """The same of an id of another kind; `inside` is the id of the item or question it stood in."""
    found = checklist.renames.destination(kind, full_name(kind, id, inside))
    return id_in(found) if found else None


def action_destination(checklist: Checklist, item: str, action: str) -> tuple[str, str] | None:
    """(item, action) that an action of any version became, through all its `renamed`; None where it has not moved.

    An action may have moved from its item before that item had another name, or after; one that only stands in an item
    of another name has not.
    """
    end = checklist.renames.end("actions", full_name("actions", action, item))
    place = around(end)
    moved = end != full_name("actions", action, checklist.renames.end("items", item))
    return (place, id_in(end)) if moved and place in checklist.items else None


def same_words(older: Item, newer: Item, language: str) -> bool:
    """Whether two versions of an item ask the same of one who reads that language: title, help and criteria."""

    def words(item: Item) -> tuple[str, ...]:
        texts = (item.title, item.help, item.criteria.done, item.criteria.in_progress)
        return tuple(text[language] for text in texts)

    return words(older) == words(newer)


class Carried:
    """The ids of an older version as a newer one calls them, for what refers to them; what it does not know stays."""

    def __init__(self, newer: Checklist) -> None:
        self._newer = newer

    def id(self, kind: IdKind, id: str, inside: str = "") -> str:
        return destination_of(self._newer, kind, id, inside) or id

    def condition(self, condition: Condition) -> Condition:
        choices = {
            self.id("profile", question): tuple(self.id("options", option, question) for option in options)
            for question, options in condition.choices.items()
        }
        parts = {
            name: tuple(map(self.condition, inner))
            for name, inner in (("any", condition.any), ("all", condition.all))
            if inner is not None
        }
        denied = {"not": self.condition(condition.not_)} if condition.not_ is not None else {}
        return Condition.model_validate({**choices, **parts, **denied})
