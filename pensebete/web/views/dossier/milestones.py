"""A dossier over time: milestones, what changed since one of them, readiness from one to the next, a new cycle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from pensebete.assessment.edits import new_cycle
from pensebete.checklist.loading import read
from pensebete.checklist.status import STATUSES
from pensebete.evaluation.action_text import action_text
from pensebete.evaluation.charts import trajectory_chart, trajectory_in_words
from pensebete.evaluation.comparison import Comparison, Moment, compare, trajectory
from pensebete.evaluation.history_text import checklist_words, comparison_words, since_words, situation_words
from pensebete.evaluation.readiness_text import band_words, range_words, score_words
from pensebete.storage.errors import StoreError
from pensebete.storage.milestones import add_milestone, milestones_of
from pensebete.storage.sync import Saving
from pensebete.text.markdown_escape import plain
from pensebete.text.wording import Wording
from pensebete.web import session

_TEXT_COLOUR = {"light": "#0e1719", "dark": "#e9eff0"}  # that of the text around the chart, in the visitor's theme


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
    _changes(moments)


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
        session.start_cycle(lambda assessment, id, now: new_cycle(assessment, id, now, frozenset(keep)))
        session.notify(say("cycle.started"))
        st.rerun()


def _freeze(saving: Saving) -> None:
    say = session.say()
    with st.form(session.key("milestone"), border=True, clear_on_submit=True):
        name = st.text_input(say("history.name"), max_chars=80, key=session.key("milestone.name"))
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
        checklist, _ = read(milestone.checklist_text)
        read_with = checklist or session.checklist()
        found[str(milestone.id)] = Moment(milestone.name, milestone.on, read_with, milestone.assessment, session.zone())
    return {**found, "today": now}


def _over_time(moments: Sequence[Moment]) -> None:
    say, points = session.say(), trajectory(moments, session.today())
    st.plotly_chart(
        trajectory_chart(points, say, _TEXT_COLOUR["dark" if st.context.theme.type == "dark" else "light"]),
        key=session.key("trajectory"),
        config={"displayModeBar": False, "scrollZoom": False},
        alt=trajectory_in_words(points, say),
    )
    rows = [(point, point.score) for point in points]
    st.table(
        {
            say("history.on"): [say.short_date(point.date) for point, _ in rows],
            say("history.name"): [plain(point.name) for point, _ in rows],
            say("results.column.score"): [
                plain(
                    " · ".join(
                        filter(
                            None,
                            (
                                score_words(score, say),
                                range_words(score, say),
                                since_words(score, point.today, say),
                            ),
                        )
                    )
                )
                for point, score in rows
            ],
            say("results.column.band"): [plain(band_words(session.checklist(), score, say)) for _, score in rows],
        },
        alt=say("history.title"),
        hide_index=True,
    )


def _changes(moments: Mapping[str, Moment]) -> None:
    """What changed from one moment to a later one, each chosen by its own id: a list that grows names no other one."""
    say, ids = session.say(), list(moments)
    names = told_apart(moments, say)
    before = st.selectbox(
        say("history.before"),
        ids[:-1],
        index=len(ids) - 2,
        format_func=names.__getitem__,
        key=session.key("before"),
    )
    later = ids[ids.index(before) + 1 :]
    after = st.selectbox(
        say("history.after"),
        later,
        index=len(later) - 1,
        format_func=names.__getitem__,
        key=session.key(f"after.{before}"),
    )
    _show(compare(moments[before], moments[after]))


def told_apart(moments: Mapping[str, Moment], say: Wording) -> dict[str, str]:
    """Id -> day and name; two of the same day and name are numbered, since a list of choices is told by its words."""
    found: dict[str, str] = {}
    for id, moment in moments.items():
        name = said = f"{say.short_date(moment.day)} · {moment.name}"
        n = 1
        while said in found.values():
            said = f"{name} ({(n := n + 1)})"
        found[id] = said
    return found


def _show(found: Comparison) -> None:
    say, checklist = session.say(), found.after.checklist
    st.markdown("\n\n".join(plain(sentence) for sentence in comparison_words(found, say)))
    parts = (
        ("history.situation", [situation_words(checklist, change, say) for change in found.situation]),
        ("history.checklist", [checklist_words(change, say) for change in found.checklist]),
        ("history.done", [action_text(action, say) for action in found.actions_done]),
    )
    for title, lines in parts:
        if lines:
            with st.expander(say(title, n=len(lines))):
                st.markdown("\n".join(f"- {plain(line)}" for line in lines))
