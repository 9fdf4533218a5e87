"""An enterprise from one dossier to the next: its figures, each at its own day, and what changed between two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from pensebete.assessment.dossier_file import assessment_in
from pensebete.assessment.local_time import zone_named
from pensebete.assessment.migration import migrate
from pensebete.assessment.review.carried import carried
from pensebete.desk.portfolio import Entry
from pensebete.desk.rounds import last_said_at, moment_of
from pensebete.evaluation.comparison import Moment, compare, trajectory
from pensebete.evaluation.history_text import read_with_words
from pensebete.evaluation.review_text import by_and_when, by_line, event_words, line_words, remark_words, worded
from pensebete.text.markdown_escape import plain
from pensebete.text.wording import Wording
from pensebete.web import session
from pensebete.web.components.comparison import comparison_view, told_apart, two_moments
from pensebete.web.components.trajectory import trajectory_view
from pensebete.web.server.live import version_served
from pensebete.web.session import desk
from pensebete.web.session.desk_reviews import review_of_past

MOST_ROUNDS = 20  # the latest of an enterprise are evaluated: hundreds, which somebody may send, would take a second


def history_section(entry: Entry) -> None:
    """Nothing for an enterprise that sent one dossier; of another one, nothing is read until it is asked for."""
    if not entry.earlier:
        return
    say = session.say()
    with st.container(key="desk-history"):
        st.subheader(say("desk.rounds.title"), anchor=False)
        label = say("desk.rounds", n=1 + len(entry.earlier))
        fold = st.expander(label, key=_key(entry, "rounds"), on_change="rerun")
        with fold:
            if fold.open:
                _rounds(entry, say)


def _rounds(entry: Entry, say: Wording) -> None:
    rounds = _read(entry, say)
    if left := 1 + len(entry.earlier) - len(rounds):
        st.caption(plain(say("desk.rounds.left_out", n=left, most=MOST_ROUNDS)))
    if len(rounds) < 2:
        return
    moments = {digest: one.moment for digest, one in rounds.items()}
    before, after = two_moments(moments, told_apart(moments, say), say, lambda name: _key(entry, name))
    comparison_view(compare(_by_day(before, say), _by_day(after, say)), say)
    _over_time(list(rounds.values()), say)
    for cycle in entry.cycles_before:
        if cycle.row.digest in rounds:
            _remarks_of(cycle, rounds[cycle.row.digest].moment, say)


def _over_time(rounds: Sequence[_Round], say: Wording) -> None:
    by_day = sorted(rounds, key=lambda one: one.moment.day)
    points = trajectory([one.moment for one in by_day], session.today())
    checklist = by_day[-1].moment.checklist
    read_with = {read_with_words(one.moment, say) for one in rounds}
    names = [
        one.about if len(read_with) == 1 else " · ".join(filter(None, (one.about, read_with_words(one.moment, say))))
        for one in by_day
    ]
    trajectory_view(points, names, checklist, say("desk.rounds.table"), say("desk.column.file"), say)
    if len(read_with) == 1 and (of_all := read_with.pop()):
        st.caption(plain(of_all))


def _remarks_of(cycle: Entry, moment: Moment, say: Wording) -> None:
    """What was remarked of a past cycle, to be read: the new one is another dossier, and takes none of it."""
    review = review_of_past(cycle)
    if review is None or not (remarks := worded(review.remarks)):
        return
    review = carried(review.model_copy(update={"remarks": remarks}), moment.checklist)
    assessment = migrate(moment.assessment, moment.checklist, None).assessment
    lines = []
    for about, asked in by_line(review.remarks, moment.checklist).items():
        lines.append(f"- **{plain(line_words(about, moment.checklist, assessment, say))}**")
        for remark in asked:
            who = by_and_when(remark.author, remark.at, moment.zone, say)
            lines.append(f"    - {plain(remark_words(remark, moment.checklist, say))} ({plain(who)})")
            lines += [f"    - {plain(event_words(event, moment.zone, say))}" for event in remark.events]
    with st.expander(say("desk.rounds.past_remarks", n=len(remarks), date=say.date(moment.day)), type="compact"):
        st.markdown("\n".join(lines))


@dataclass(frozen=True, slots=True)
class _Round:
    """A dossier as it came: the moment it is of, and the file it came in."""

    moment: Moment
    about: str


def _read(entry: Entry, say: Wording) -> dict[str, _Round]:
    """Digest -> each dossier, the oldest first; without those of another checklist."""
    checklists = desk.desk_checklists()
    moments: dict[str, Moment] = {}
    files: dict[str, str] = {}
    for taken, row in desk.desk_rounds(entry)[-MOST_ROUNDS:]:
        if row.checklist != entry.row.checklist or row.checklist not in checklists:
            continue
        assessment = assessment_in(taken.dossier)
        checklist = version_served(assessment.checklist) or checklists[row.checklist]
        zone = zone_named(assessment.timezone) if assessment.timezone else session.zone()
        past = say("desk.rounds.past_cycle") if entry.of_past_cycle(row) else ""
        moments[row.digest] = moment_of(assessment, checklist, zone, session.today(), past)
        files[row.digest] = taken.file
    days = Counter(moment.day for moment in moments.values())
    found = {}
    for digest, moment in moments.items():
        about = files[digest], moment.name
        time = _time(moment, say) if days[moment.day] > 1 else ""
        named = replace(moment, name=", ".join(filter(None, (moment.name, time))))
        found[digest] = _Round(named, " · ".join(filter(None, about)))
    return found


def _time(moment: Moment, say: Wording) -> str:
    """Of its last change, by which two dossiers of one day are told apart; none of the first day there is."""
    said = last_said_at(moment.assessment)
    try:
        return say.time(said.astimezone(moment.zone)) if said else ""
    except OverflowError:
        return ""


def _by_day(moment: Moment, say: Wording) -> Moment:
    """A moment as sentences call it: « 2 mars 2026, cycle d’avant »."""
    return replace(moment, name=", ".join(filter(None, (say.date(moment.day), moment.name))))


def _key(entry: Entry, name: str) -> str:
    """Of a widget of this enterprise alone."""
    return session.key(f"desk.{name}.{entry.row.digest}")
