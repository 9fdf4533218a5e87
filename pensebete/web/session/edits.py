"""What is said: kept at once, saved where the dossier is, and for a while taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

import streamlit as st

from pensebete.assessment.bounds import new_excess
from pensebete.assessment.edits import with_details
from pensebete.assessment.field_map import Json, Key, applied, changes
from pensebete.assessment.model import Assessment
from pensebete.storage.errors import LinkGoneError
from pensebete.web.server.metrics import count_save
from pensebete.web.server.taps import undisturbed
from pensebete.web.session.link import drop_link, leave_saved
from pensebete.web.session.review import hear_review
from pensebete.web.session.screen import notify
from pensebete.web.session.state import assessment, now, reading_only, saving, say, trying_out
from pensebete.web.session.tab import contradicted
from pensebete.web.session.widgets import widget_forgets

_UNDO_TIME = timedelta(minutes=2)  # and no longer: others may come to this screen


@undisturbed()
def apply_edit(change: Callable[..., Assessment], *about: Any, **changes: Any) -> None:
    """Keep what was just said: `apply_edit(with_answer, "cash-forecast", status="done")`."""
    before, after = assessment(), change(assessment(), *about, now=now(), **changes)
    if excess := new_excess(before, after):
        # The field goes on showing what was typed, for its author to shorten.
        notify(say()(f"bounds.{excess.bound}", found=excess.found, most=excess.most), in_view=True)
        return
    st.session_state["assessment"] = after
    st.session_state["said_something"] = True
    if about:  # the language is not something said
        st.session_state.pop("undo", None)
        count_kept()
    if found := saving():
        sync(found.push)
        count_save("waits" if found.waits_for else "saved")


def count_kept() -> None:
    if not trying_out():
        st.session_state["times_kept"] = times_kept() + 1


def times_kept() -> int:
    """How often something said in this visit was kept: the page tells it to those who do not see it."""
    found: int = st.session_state.get("times_kept", 0)
    return found


@undisturbed()
def restore_field(fact: Key, value: Json | None) -> None:
    """Give one fact the value it had before somebody replaced it."""
    apply_edit(lambda assessment, now: applied(assessment, {fact: value}).model_copy(update={"updated_at": now}))
    if name := widget_of(fact):
        widget_forgets(name)


@undisturbed()
def sync(exchange: Callable[[Assessment, datetime], Assessment]) -> bool:
    """Exchange changes with the database; whether others had changed something. Their values come into the widgets."""
    before, language, found = assessment(), assessment().language, saving()
    if contradicted():
        # The tab says another dossier than the one it was shown: nothing is written before it is known which.
        return False
    try:
        after = exchange(before, now())
    except LinkGoneError as gone:
        # What was typed stays in the tab; it is only saved no more.
        if found:
            drop_link(found.dossier)
        leave_saved()
        notify(gone.sentence(say()))
        return True
    changed = changes(before, after)
    st.session_state["assessment"] = with_details(after, after.updated_at or now(), language=language)
    for fact in changed:
        if name := widget_of(fact):
            widget_forgets(name)
    remarked = hear_review(found) if found else False
    return bool(changed) or remarked


def widget_of(fact: Key) -> str | None:
    """The name of the widget that shows a fact."""
    match fact:
        case ("answer", item, what):
            return f"{what}.{item}"
        case ("profile", question):
            return f"profile.{question}"
        case ("plan", item, action, what):
            return f"{what}.{item}.{action}"
        case ("detail", what):
            return what
    return None


def start_plan(day: date) -> None:
    """Due dates count from the day the plan is first shown with something in it."""
    if assessment().plan_started_on is None and assessment().answers and not reading_only():
        apply_edit(with_details, plan_started_on=day)


def set_language(language: str) -> None:
    apply_edit(with_details, language=language)


Undone = Literal["erase", "own_action", "action_done", "idea_kept"]


@dataclass(frozen=True)
class Undo:
    """Something just taken away or said done, and what brings it back."""

    at: datetime
    what: Undone
    restore: Callable[[], None]


def offer_undo(what: Undone, restore: Callable[[], None]) -> None:
    """Have the next screens offer to bring something back."""
    st.session_state["undo"] = Undo(datetime.now(UTC), what, restore)


def offered_undo() -> Undo | None:
    """What was just taken away, while it can be brought back: nothing was said since, and little time has passed."""
    found: Undo | None = st.session_state.get("undo")
    if found and datetime.now(UTC) - found.at > _UNDO_TIME:
        found = st.session_state["undo"] = None
    return found
