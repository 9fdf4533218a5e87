"""What the program remembers of a visit: the only owner of Streamlit's session_state.

The assessment is the one source of every widget's value. A widget writes through its callback; when it is shown for
the first time, or again after another page, it reads. So nothing depends on Streamlit keeping a widget's state.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, tzinfo
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pensebete import journey
from pensebete.assessment import Assessment, ChecklistRef, with_details
from pensebete.checklist import Checklist
from pensebete.i18n import LANGUAGES, Wording, wording
from pensebete.journey import Standing


def begin(checklist: Checklist, language: str) -> None:
    """Make sure that the visit has an assessment; the first thing of every run."""
    st.session_state["checklist"] = checklist
    if "assessment" not in st.session_state:
        st.session_state["assessment"] = _new_assessment(checklist, language)
        _begin_edition()


def erase(checklist: Checklist) -> None:
    """Forget everything typed; the language stays."""
    language = assessment().language
    st.session_state.clear()
    st.session_state["checklist"] = checklist
    st.session_state["assessment"] = _new_assessment(checklist, language)
    st.session_state["said_something"] = True
    _begin_edition()


def resume(assessment: Assessment) -> None:
    """Go on with an assessment from a file."""
    st.session_state["assessment"] = assessment
    st.session_state["said_something"] = True
    _begin_edition()


def assessment() -> Assessment:
    found: Assessment = st.session_state["assessment"]
    return found


def standings() -> tuple[Standing, ...]:
    return journey.standings(checklist(), assessment())


def say() -> Wording:
    return wording(assessment().language)


def language() -> str:
    return assessment().language


def set_language(language: str) -> None:
    keep(with_details, language=language)


def checklist() -> Checklist:
    found: Checklist = st.session_state["checklist"]
    return found


def keep(change: Callable[..., Assessment], *about: Any, **changes: Any) -> None:
    """Keep what was just said: `keep(with_answer, "cash-forecast", status="done")`."""
    st.session_state["assessment"] = change(assessment(), *about, now=now(), **changes)
    st.session_state["said_something"] = True


def said_something() -> bool:
    """Whether anything was typed, erased or resumed in this visit: until then it may take back one cut short."""
    return "said_something" in st.session_state


def show_changes_in(slot: DeltaGenerator, show: Callable[[DeltaGenerator], None]) -> None:
    """Have `show` called with `slot` whenever something was said, by a page or by a card that runs alone."""
    st.session_state["shows_changes"] = (slot, show)


def show_changes() -> None:
    """To be called at the end of whatever may have changed the assessment."""
    slot, show = st.session_state["shows_changes"]
    show(slot)


def start_plan(day: date) -> None:
    """Due dates count from the day the plan is first shown with something in it."""
    if assessment().plan_started_on is None and assessment().answers:
        keep(with_details, plan_started_on=day)


def place() -> str | None:
    """The step of the questionnaire one is at."""
    found: str | None = st.session_state.get("place")
    return found


def go_to(step: str) -> None:
    st.session_state["place"] = step


def urgent_first() -> bool:
    return bool(st.session_state.get("urgent_first", False))


def set_urgent_first(value: bool) -> None:
    st.session_state["urgent_first"] = value
    st.session_state.pop("place", None)


def tell(message: str) -> None:
    """Keep a sentence to show once, at the top of the next screen."""
    st.session_state["message"] = message


def told() -> str | None:
    found: str | None = st.session_state.pop("message", None)
    return found


def widget(name: str, value: Any) -> str:
    """The key of a widget that shows `value` at first; the value is that of the assessment."""
    key = f"{name}.{st.session_state['edition']}.{language()}"
    if key not in st.session_state:
        st.session_state[key] = value
    return key


def widget_shows(key: str, value: Any) -> None:
    """Make a widget show `value`, whatever it held; before the widget is made."""
    st.session_state[key] = value


def typed(key: str) -> Any:
    """What a widget now holds; for its callback."""
    return st.session_state[key]


def key(name: str) -> str:
    """The key of a widget that holds nothing to keep, such as a button."""
    return f"{name}.{st.session_state['edition']}.{language()}"


def _begin_edition() -> None:
    """From here on no widget is taken for one of before, by this server or by a tab that knew another one."""
    st.session_state["edition"] = uuid4().hex[:8]


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


def _new_assessment(checklist: Checklist, language: str) -> Assessment:
    moment = now()
    return Assessment(
        id=uuid4(),
        created_at=moment,
        updated_at=moment,
        checklist=ChecklistRef(id=checklist.id, version=checklist.version),
        language=language if language in LANGUAGES else LANGUAGES[0],
    )
