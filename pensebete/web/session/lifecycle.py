"""A dossier comes into the visit or leaves it: begun, resumed, carried to a newer checklist, erased."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import streamlit as st

from pensebete.assessment.field_map import changes
from pensebete.assessment.local_time import zone_named
from pensebete.assessment.migration import migrate
from pensebete.assessment.model import Assessment
from pensebete.assessment.review.model import Review
from pensebete.assessment.same_enterprise import may_be_another_enterprise
from pensebete.checklist.model import Checklist, ChecklistRef
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.former_method import former_figure
from pensebete.evaluation.history_text import account_words, method_words
from pensebete.web.server.live import Published
from pensebete.web.server.taps import undisturbed
from pensebete.web.session.displaced_dossier import displace, forget_displaced, unsaved
from pensebete.web.session.edits import offer_undo
from pensebete.web.session.handed_over import forget_handed_over
from pensebete.web.session.link import forget_link, forget_unsorted_link, leave_saved, unopened
from pensebete.web.session.review import add_to_review, forget_review, review
from pensebete.web.session.screen import notify
from pensebete.web.session.state import (
    assessment,
    checklist,
    evaluation,
    language,
    latest,
    now,
    saving,
    say,
    today,
    trying_out,
    visitor_zone,
    zone,
)
from pensebete.web.session.tab import (
    OWN,
    answer_offer,
    dossier_of_tab,
    of_the_browser,
    set_dossier_of_tab,
    unsorted_link,
)
from pensebete.web.session.way import go_on_as_answered
from pensebete.web.session.widgets import begin_edition


def begin(latest: Published, language: str) -> None:
    """Make sure that the visit has an assessment; the first thing of every run.

    A visit in which something was said goes on with the version it began with until it takes the latest one.
    """
    st.session_state["latest"] = latest
    st.session_state["shows_changes"] = []
    if "assessment" not in st.session_state:
        _start(language)
    elif newer_version() is None:
        return
    elif saving() is None and not assessment().says_something and not review().remarks:
        _start(assessment().language)
    elif saving() and assessment().checklist.version == latest.checklist.version != checklist().version:
        take_newer_version()  # another visit carried the same dossier over


def strand() -> str:
    """What the dossier of this visit is called from where it came into the tab on: a file opened in its place, a new
    cycle, is another strand, though it be the same dossier; what a browser keeps (layout/keep_here.py) is of one."""
    found: str = st.session_state["strand"]
    return found


def go_on_with_strand(strand: str) -> None:
    """The dossier just resumed is what a copy in the browser held: the same strand goes on."""
    st.session_state["strand"] = strand


def _start(language: str) -> None:
    """An assessment in which nothing is said, of the latest version of the checklist."""
    st.session_state.setdefault("saving", None)  # what is not there is long to look for
    st.session_state["strand"] = str(uuid4())
    st.session_state["published"] = latest()
    st.session_state["assessment"] = _new_assessment(latest().checklist, language)
    forget_review()
    begin_edition()


def newer_version() -> Checklist | None:
    """The version that new visits see, where it is not the one this visit goes on with."""
    return None if trying_out() or latest().checklist is checklist() else latest().checklist


@undisturbed()
def take_newer_version() -> None:
    """Go on with the latest version of the checklist; what was said is carried over."""
    before = checklist()
    st.session_state["published"] = latest()
    if found := saving():
        found.checklist_text = latest().text
    _carry(before)
    begin_edition()


@undisturbed()
def resume(assessment: Assessment, older: Checklist | None = None, remarked: Review | None = None) -> None:
    """Go on with an assessment from elsewhere, in the language of this visit, carried to this version of the checklist.

    `older` is the checklist it was made with, where that is known; `remarked` what came with it, and is about it.
    """
    if not trying_out():
        st.session_state["published"] = latest()
    of_this_visit = assessment.model_copy(update={"language": language(), "id": assessment.id or uuid4()})
    _replace(of_this_visit)
    if (found := saving()) and found.known.id != of_this_visit.id:
        leave_saved()  # else the next save would write one dossier over another
    st.session_state["said_something"] = True
    st.session_state.pop("undo", None)
    if remarked:
        add_to_review(remarked)
    _carry(older)
    begin_edition()


@undisturbed()
def start_cycle(copy: Callable[[Assessment, UUID, datetime], Assessment]) -> None:
    """Go on with a copy, in this tab alone: what was saved stays as it is, under its link."""
    _replace(copy(assessment(), uuid4(), now()))
    leave_saved()
    begin_edition()


@undisturbed()
def erase() -> None:
    """Forget everything typed; the language stays. For two minutes it can be taken back."""
    if trying_out():
        st.session_state["assessment"] = _new_assessment(checklist(), language())
        forget_review()
        begin_edition()
        return
    spoken, published, before, remarked = language(), latest(), assessment(), review()
    found, waits, left, stays = saving(), unopened(), dossier_of_tab(), of_the_browser()
    st.session_state.clear()
    st.session_state.update(stays)
    forget_displaced()
    answer_offer()
    if left:
        set_dossier_of_tab(left)  # what the tab still says when it sends this
    set_dossier_of_tab(OWN)
    if dossier := found.dossier if found else left if left != OWN else None:
        forget_link(dossier)
    if waits and unsorted_link():
        forget_unsorted_link()
    st.session_state["latest"] = published
    if before.says_something or remarked.remarks:
        offer_undo("erase", lambda: _take_back(before, remarked))
    st.session_state["said_something"] = True
    st.session_state["erased"] = True
    _start(spoken)


def _take_back(erased: Assessment, remarked: Review) -> None:
    resume(erased, remarked=remarked)
    go_on_as_answered()


def erased() -> bool:
    """Whether everything was erased, and nothing said since."""
    return "erased" in st.session_state and not assessment().says_something and not review().remarks


def _replace(other: Assessment) -> None:
    """Put another dossier in the place of this one, which is set aside if it is saved nowhere.

    Of the same dossier, what only this tab holds is another text too.
    """
    if unsaved() and not trying_out() and (assessment().id != other.id or changes(assessment(), other)):
        displace(assessment(), review())
    if assessment().id != other.id or may_be_another_enterprise(assessment(), other):
        forget_review()
        forget_handed_over()
    st.session_state["strand"] = str(uuid4())
    st.session_state["assessment"] = other


def _carry(older: Checklist | None) -> None:
    """The assessment as this version of the checklist reads it, and the account of what became of the answers."""
    before = assessment()
    account = migrate(before, checklist(), older)
    st.session_state["assessment"] = account.assessment
    said = []
    if account.changed:
        introduction, *what_happened = account_words(account, say())
        said.append(f"{introduction} {'; '.join(what_happened)}.")
    if not before.timezone:  # as every dossier from before figures depended on the day; once it has one, it was told
        st.session_state["assessment"] = account.assessment.model_copy(update={"timezone": visitor_zone()})
        if any(answer.status for answer in before.answers.values()):
            figure = former_figure(Evaluation(older, before, today(), zone())) if older else None
            said += method_words(figure, evaluation().readiness.overall, say())
    if said:
        notify(" ".join(said), timedelta(minutes=1))  # several sentences, and said once


def _new_assessment(checklist: Checklist, language: str) -> Assessment:
    zone = visitor_zone()
    moment = datetime.now(zone_named(zone)).replace(microsecond=0)
    return Assessment(
        id=uuid4(),
        created_at=moment,
        updated_at=moment,
        timezone=zone,
        checklist=ChecklistRef(id=checklist.id, version=checklist.version),
        language=language,
    )
