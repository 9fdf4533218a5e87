"""How urgent an item is, and an action of it: their class, P1 first. An aid will raise some, later."""

from __future__ import annotations

from pensebete.checklist.model import Checklist, Horizon, Item, RankClass


def rank_of(checklist: Checklist, item: Item) -> int:
    """The place of the item's class in the ranking: 0 is the most urgent one."""
    found = class_of(checklist, item)
    return next(n for n, row in enumerate(checklist.ranking) if row is found)


def class_of(checklist: Checklist, item: Item) -> RankClass:
    return checklist.written_class(item)


def class_of_action(checklist: Checklist, item: Item, within: Horizon) -> RankClass:
    """The later of the item's class and the action's own horizon: nothing is due before it is urgent."""
    return checklist.ranking[max(rank_of(checklist, item), checklist.rank_within(within))]
