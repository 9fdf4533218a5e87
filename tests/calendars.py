"""Calendars that subscribed to a plan, each as a program that people have keeps what it fetches."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Event:
    """Of a feed, as a library read it."""

    uid: str
    title: str
    on: date
    sequence: int
    stamp: datetime
    last_modified: datetime


Kept = Mapping[str, Event]


def replacing(before: Kept, fetched: Kept) -> Kept:
    """What is fetched takes the place of all: Thunderbird, Home Assistant, Google's."""
    return fetched


def by_last_modified(before: Kept, fetched: Kept) -> Kept:
    """ICSx⁵, on Android: an event it has is taken anew where LAST-MODIFIED is later; what is not there is deleted."""
    return _updated(before, fetched, lambda old, new: new.last_modified > old.last_modified)


def by_sequence(before: Kept, fetched: Kept) -> Kept:
    """As RFC 5546 compares two of one UID: a higher SEQUENCE, or the same and a later DTSTAMP."""
    return _updated(before, fetched, lambda old, new: (new.sequence, new.stamp) > (old.sequence, old.stamp))


def _updated(before: Kept, fetched: Kept, newer: Callable[[Event, Event], bool]) -> Kept:
    return {uid: new if uid not in before or newer(before[uid], new) else before[uid] for uid, new in fetched.items()}


CALENDARS = (replacing, by_last_modified, by_sequence)
