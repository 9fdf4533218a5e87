"""An item in two versions of a checklist: what its id became, and whether it still asks the same."""

from __future__ import annotations

from pensebete.checklist.model import Checklist, Item


def destination(checklist: Checklist, id: str) -> str | None:
    """The item of the checklist that an id of any version stands for, through all its `renamed`; None where retired."""
    return id if id in checklist.items else checklist.destinations.get(id)


def same_words(older: Item, newer: Item, language: str) -> bool:
    """Whether two versions of an item ask the same of one who reads that language: title, help and criteria."""

    def words(item: Item) -> tuple[str, ...]:
        texts = (item.title, item.help, item.criteria.done, item.criteria.in_progress)
        return tuple(text[language] for text in texts)

    return words(older) == words(newer)
