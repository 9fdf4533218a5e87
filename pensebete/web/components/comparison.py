"""Two moments of a dossier, chosen among many and compared: the same sentences wherever it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from pensebete.evaluation.action_text import named
from pensebete.evaluation.comparison import Comparison, Moment
from pensebete.evaluation.history_text import (
    checklist_words,
    comparison_words,
    moved_action_words,
    new_action_words,
    situation_words,
)
from pensebete.text.markdown_escape import plain
from pensebete.text.wording import Wording

_FEW = 8  # changes of the enterprise, which are read at once


def two_moments(
    moments: Mapping[str, Moment], names: Mapping[str, str], say: Wording, key: Callable[[str], str]
) -> tuple[Moment, Moment]:
    """The one to compare and a later one, each chosen by its own id: a list that grows names no other one.

    The last two, unless others are chosen. `moments` come in the order of time, two at the least.
    """
    ids = list(moments)
    before = st.selectbox(
        say("history.before"), ids[:-1], index=len(ids) - 2, format_func=names.__getitem__, key=key("before")
    )
    later = ids[ids.index(before) + 1 :]
    after = st.selectbox(
        say("history.after"), later, index=len(later) - 1, format_func=names.__getitem__, key=key(f"after.{before}")
    )
    return moments[before], moments[after]


def told_apart(moments: Mapping[str, Moment], say: Wording) -> dict[str, str]:
    """Id -> day and name; two of the same day and name are numbered, since a list of choices is told by its words."""
    found: dict[str, str] = {}
    for id, moment in moments.items():
        name = said = " · ".join(filter(None, (say.short_date(moment.day), moment.name)))
        n = 1
        while said in found.values():
            said = f"{name} ({(n := n + 1)})"
        found[id] = said
    return found


def comparison_view(found: Comparison, say: Wording) -> None:
    """In a few sentences; then line by line, folded: the enterprise, its actions, the checklist."""
    checklist = found.after.checklist
    st.markdown(plain(" ".join(comparison_words(found, say))))
    situation = [situation_words(checklist, change, say) for change in found.situation]
    _lines("history.situation", situation, say, unfolded=len(situation) <= _FEW)
    _lines("history.done", [named(action, say) for action in found.actions_done], say)
    _lines("history.new_actions", [new_action_words(action, say) for action in found.actions_new], say)
    _lines("history.moved_actions", [moved_action_words(moved, say) for moved in found.actions_moved], say)
    _lines("history.checklist", [checklist_words(change, say) for change in found.checklist], say)


def _lines(title: str, lines: Sequence[str], say: Wording, unfolded: bool = False) -> None:
    if lines:
        with st.expander(say(title, n=len(lines)), type="compact", expanded=unfolded):
            st.markdown("\n".join(f"- {plain(line)}" for line in lines))
