"""An item or an action in two versions of a checklist: what its id became, and whether it still asks the same."""

from __future__ import annotations

from collections.abc import Iterator

from pensebete.checklist.model import Checklist, Item


def destination(checklist: Checklist, id: str) -> str | None:
    """The item of the checklist that an id of any version stands for, through all its `renamed`; None where retired."""
    return id if id in checklist.items else checklist.destinations.get(id)


def action_destination(checklist: Checklist, item: str, action: str) -> tuple[str, str] | None:
    """(item, action) that an action of any version became, through all its `renamed`; None where it has not moved.

    An action may have moved from its item before that item had another name, or after.
    """
    found, passed = None, set()
    name = next((name for name in _names(checklist, item) if (name, action) in checklist.renamed_actions), item)
    place = (name, action)
    while place in checklist.renamed_actions and place not in passed:
        passed.add(place)
        found = place = checklist.renamed_actions[place]
    target = destination(checklist, found[0]) if found else None
    return (target, found[1]) if found and target else None


def _names(checklist: Checklist, id: str) -> Iterator[str]:
    """The id, then each that it had since."""
    passed = {id}
    yield id
    while id in checklist.renamed and checklist.renamed[id] not in passed:
        id = checklist.renamed[id]
        passed.add(id)
        yield id


def same_words(older: Item, newer: Item, language: str) -> bool:
    """Whether two versions of an item ask the same of one who reads that language: title, help and criteria."""

    def words(item: Item) -> tuple[str, ...]:
        texts = (item.title, item.help, item.criteria.done, item.criteria.in_progress)
        return tuple(text[language] for text in texts)

    return words(older) == words(newer)
