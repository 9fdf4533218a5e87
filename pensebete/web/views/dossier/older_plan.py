"""What is open here compared with a plan of before, dropped as a file: it replaces nothing and is kept nowhere."""

from __future__ import annotations

import streamlit as st

from pensebete.assessment import dossier_file
from pensebete.assessment.dossier_file import Problem
from pensebete.assessment.local_time import zone_named
from pensebete.assessment.model import Assessment
from pensebete.desk.intake_text import refused_lines
from pensebete.desk.opened import Opened
from pensebete.desk.rounds import is_older, kinship, moment_of
from pensebete.evaluation.comparison import Moment, compare
from pensebete.evaluation.history_text import read_with_words
from pensebete.text.markdown_escape import plain
from pensebete.web import session
from pensebete.web.components.comparison import comparison_view
from pensebete.web.server.live import version_served

_FILE = "older.file"
_MOST_SAID = 5  # reasons why a file is refused


def older_plan() -> None:
    """Nothing where there is nothing yet to compare."""
    say, held = session.say(), session.assessment()
    if not held.says_something:
        return
    with st.expander(say("older.title"), key=session.key("older"), on_change="rerun") as fold:
        if not fold.open:
            return
        st.caption(plain(say("older.of_cycle" if held.previous_id else "older.explained")))
        file = st.file_uploader(
            say("older.file"), key=session.key(_FILE), max_upload_size=dossier_file.MAX_BYTES // 1_000_000
        )
        if session.dropped_is_gone(session.key(_FILE)):
            st.info(say("resume.upload_gone"))
        if file is None:
            return
        dropped = session.dossiers_in(file, session.checklist())
        if refused := refused_lines(dropped.refused, dropped.name, say):
            (st.warning if dropped.opened else st.error)("\n\n".join(plain(line) for line in refused[:_MOST_SAID]))
        if not dropped.opened:
            return
        if (one := _meant(dropped.opened)) is None:
            st.error(plain(Problem("several", {"count": str(len(dropped.opened))}).sentence(say)))
        else:
            _compared(one.assessment)


def _meant(found: tuple[Opened, ...]) -> Opened | None:
    """The one dossier of a file; of several, the only one that is this enterprise's."""
    own = [one for one in found if kinship(one.assessment, session.assessment()) != "unrelated"]
    return found[0] if len(found) == 1 else own[0] if len(own) == 1 else None


def _compared(file: Assessment) -> None:
    say, held = session.say(), session.assessment()
    kin = kinship(file, held)
    if kin == "past_cycle" and file.id == held.previous_id:
        st.info(plain(say("older.previous")))
    elif kin in ("unrelated", "other_name"):
        st.warning(plain(say(f"older.{kin}", name=file.organisation or say("aside.unnamed"))))
    before = _moment(file)
    if is_older(held, file):
        st.info(plain(say("older.newer")))
        before, after = _moment(held), before
    else:
        after = Moment(say("history.today"), session.today(), session.checklist(), held, session.zone(), today=True)
    comparison_view(compare(before, after), say)
    if reread := read_with_words(before, say):
        st.caption(plain(reread))


def _moment(assessment: Assessment) -> Moment:
    checklist = version_served(assessment.checklist) or session.checklist()
    zone = zone_named(assessment.timezone) if assessment.timezone else session.zone()
    return moment_of(assessment, checklist, zone, session.today())
