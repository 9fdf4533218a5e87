"""A dossier over time: milestones, what changed since one of them, readiness from one to the next, a new cycle."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pensebete.assessment.edits import new_cycle
from pensebete.assessment.local_time import local_date
from pensebete.assessment.model import Assessment
from pensebete.checklist.loading import read_again
from pensebete.checklist.status import STATUSES
from pensebete.desk.rounds import last_said_at
from pensebete.evaluation.comparison import Moment, compare, trajectory
from pensebete.storage.errors import StoreError
from pensebete.storage.milestones import add_milestone, milestones_of
from pensebete.storage.sync import Saving
from pensebete.text.markdown_escape import plain
from pensebete.web import session
from pensebete.web.components.comparison import comparison_view, told_apart, two_moments
from pensebete.web.components.trajectory import trajectory_view


def milestones(saving: Saving) -> None:
    """Freeze the dossier under a name and a date; compare today with any of those."""
    say = session.say()
    st.header(say("history.title"), anchor=False)
    st.write(say("history.explained"))
    try:
        moments = _moments(saving)
    except StoreError as error:
        st.error(plain(error.sentence(say)))
        return
    if saving.access == "write":
        _freeze(saving)
    if len(moments) < 2:
        return
    _over_time(list(moments.values()))
    before, after = two_moments(moments, told_apart(moments, say), say, session.key)
    comparison_view(compare(before, after), say)


def new_cycle_form() -> None:
    """Start over from a copy: notes and owners stay, statuses as the manager chooses."""
    say, checklist, language = session.say(), session.checklist(), session.language()
    st.header(say("cycle.title"), anchor=False)
    st.write(say("cycle.explained"))
    keep = st.pills(
        say("cycle.keep"),
        STATUSES,
        selection_mode="multi",
        format_func=lambda status: plain(checklist.statuses[status].label[language]),
        key=session.key("cycle.keep"),
    )
    if st.button(say("cycle.start"), key=session.key("cycle.start")):
        before = session.assessment()
        session.start_cycle(lambda assessment, id, now: new_cycle(assessment, id, now, frozenset(keep)))
        session.notify(_copied_from(before))
        st.rerun()


def _copied_from(before: Assessment) -> str:
    """What the new cycle was copied from, and how the two are compared one day."""
    say, name = session.say(), before.organisation or session.say()("aside.unnamed")
    said = last_said_at(before)
    when = say.date(local_date(said, session.zone())) if said else say("resume.no_date")
    return say("cycle.started", name=name, when=when)


def _freeze(saving: Saving) -> None:
    say = session.say()
    with st.form(session.key("milestone"), border=True, clear_on_submit=True):
        name = st.text_input(say("history.name"), max_chars=80, key=session.key("milestone.name"), autocomplete="off")
        on = st.date_input(
            say("history.on"), value=session.today(), key=session.key("milestone.on"), format="YYYY-MM-DD"
        )
        if st.form_submit_button(say("history.add"), key=session.key("milestone.add")):
            if not name.strip():
                st.error(say("history.no_name"))
                return
            try:
                add_milestone(saving.store, saving.dossier_id, saving.link_id, name.strip(), on, session.now())
            except StoreError as error:
                st.error(plain(error.sentence(say)))
                return
            st.rerun()


def _moments(saving: Saving) -> dict[str, Moment]:
    """Id -> each milestone with the checklist of its time, then today."""
    now = Moment(
        session.say()("history.today"),
        session.today(),
        session.checklist(),
        session.assessment(),
        session.zone(),
        today=True,
    )
    found = {}
    for milestone in milestones_of(saving.store, saving.dossier_id, saving.link_id):
        checklist = read_again(milestone.checklist_text)
        read_with = checklist or session.checklist()
        found[str(milestone.id)] = Moment(milestone.name, milestone.on, read_with, milestone.assessment, session.zone())
    return {**found, "today": now}


def _over_time(moments: Sequence[Moment]) -> None:
    say, points = session.say(), trajectory(moments, session.today())
    names = [point.name for point in points]
    trajectory_view(points, names, session.checklist(), say("history.title"), say("history.name"), say)
