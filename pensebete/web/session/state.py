"""What this visit is about: its dossier, its version of the checklist, its language, its day."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING

import streamlit as st

from pensebete.assessment.local_time import USUAL_ZONE, UnknownZoneError, server_zone, zone_named
from pensebete.assessment.model import Assessment
from pensebete.checklist.model import Checklist
from pensebete.evaluation.evaluation import Evaluation
from pensebete.text.wording import Wording, wording
from pensebete.web.server.live import Published

if TYPE_CHECKING:  # it brings the database with it, which most visits never need
    from pensebete.storage.sync import Saving


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


def evaluation() -> Evaluation:
    """What follows from what was said, as of today: one for all that a page shows."""
    of, said = checklist(), assessment()
    where = _zone_of(said)
    day = datetime.now(where).date()
    known: Evaluation | None = st.session_state.get("evaluation")
    if known is None or known.checklist is not of or known.today != day or known.zone is not where:
        known = st.session_state["evaluation"] = Evaluation(of, said, day, where)
    elif known.assessment is not said:
        known = st.session_state["evaluation"] = known.after(said)
    return known


def now() -> datetime:
    """The moment, by the visitor's clock: an answer of Tuesday evening is dated Tuesday."""
    return datetime.now(zone()).replace(microsecond=0)


def today() -> date:
    """The date where the visitor is."""
    return now().date()


def zone() -> tzinfo:
    """The time zone of the dossier, which is that of the visitor who began it."""
    return _zone_of(assessment())


def _zone_of(said: Assessment) -> tzinfo:
    return zone_named(said.timezone or visitor_zone())


def visitor_zone() -> str:
    """The name of the visitor's time zone; the server's where the browser does not say, or says a strange one."""
    name = st.context.timezone or ""
    try:
        return (zone_named(name) if name else server_zone()).key
    except UnknownZoneError:  # what is wrong with the server's is in its log
        return USUAL_ZONE
