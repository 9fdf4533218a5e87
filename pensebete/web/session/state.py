"""What this visit is about: its dossier, its version of the checklist, its language, its day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, tzinfo
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from pensebete.assessment.item_state import ItemState
from pensebete.assessment.item_state import item_states as states_of
from pensebete.assessment.model import Assessment
from pensebete.checklist.live import Published
from pensebete.checklist.model import Checklist
from pensebete.evaluation.action_plan import Action, action_plan
from pensebete.text.wording import Wording, wording

if TYPE_CHECKING:  # it brings the database with it, which most visits never need
    from pensebete.storage.sync import Saving

T = TypeVar("T")


def assessment() -> Assessment:
    found: Assessment = st.session_state["assessment"]
    return found


def language() -> str:
    return assessment().language


def say() -> Wording:
    return wording(assessment().language, checklist().languages)


def checklist() -> Checklist:
    return published().checklist


def published() -> Published:
    """The version of the checklist that this visit goes on with."""
    found: Published = st.session_state["published"]
    return found


def latest() -> Published:
    """The version that new visits see."""
    found: Published = st.session_state["latest"]
    return found


def trying_out() -> bool:
    return "put_aside" in st.session_state


def said_something() -> bool:
    """Whether anything was typed, erased or resumed in this visit: until then it may take back one cut short."""
    return "said_something" in st.session_state


def saving() -> Saving | None:
    """The saving of this visit's dossier; None where it lives in the tab alone."""
    found: Saving | None = st.session_state.get("saving")
    return found


def set_saving(saving: Saving | None) -> None:
    st.session_state["saving"] = saving


def reading_only() -> bool:
    """Whether the dossier was opened by a link that lets one read it, not change it."""
    found = saving()
    return found is not None and found.access == "read"


def item_states() -> tuple[ItemState, ...]:
    return _derived("item_states", lambda: states_of(checklist(), assessment()))


def item_state(item: str) -> ItemState:
    return next(state for state in item_states() if state.item.id == item)


def actions() -> tuple[Action, ...]:
    """The action plan as of today."""
    day = today()
    return _derived(f"actions {day}", lambda: action_plan(checklist(), assessment(), day))


def _derived(name: str, compute: Callable[[], T]) -> T:
    """What follows from the assessment, computed once for each: every card of a page asks for the same."""
    of = (checklist(), assessment())
    known = st.session_state.get("derived")
    if known is None or any(old is not now for old, now in zip(known[0], of, strict=True)):
        known = st.session_state["derived"] = (of, {})
    found: dict[str, T] = known[1]
    if name not in found:
        found[name] = compute()
    return found[name]


def now() -> datetime:
    """The moment, by the visitor's clock: an answer of Tuesday evening is dated Tuesday."""
    try:
        zone: tzinfo = ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        zone = UTC
    return datetime.now(zone).replace(microsecond=0)


def today() -> date:
    """The date where the visitor is."""
    return now().date()
