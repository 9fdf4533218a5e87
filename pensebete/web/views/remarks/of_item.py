"""The remarks on the card of their item: those that wait, and those answered since one came to this screen.

Who reads by a link and remarks has those too that were answered, and are to be settled.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from pensebete.assessment.review.model import Remark
from pensebete.assessment.review.standing import asked, standing
from pensebete.web import session
from pensebete.web.layout.navigation import page
from pensebete.web.views.remarks.remark import one_remark

_MOST = 4  # on a card, the last ones; the list has them all


def remarks_by_item() -> Mapping[str, Sequence[Remark]]:
    """Item -> what its card shows, by time."""
    found: dict[str, list[Remark]] = {}
    waiting = ("open", "answered") if session.reading_only() else ("open",)
    for remark in asked(session.shown_review().remarks):
        stands = standing(remark, session.assessment())
        item, waits = remark.about.item, stands in waiting or (stands == "answered" and _led_here(remark))
        if item and remark.about.action is None and session.shown_since_arriving(f"remark.{remark.id}", waits):
            found.setdefault(item, []).append(remark)
    return {item: remarks[-_MOST:] for item, remarks in found.items()}


def _led_here(remark: Remark) -> bool:
    """« Corriger » led to this card: its words are what one corrects by."""
    return session.being_corrected(remark.id)


def remarks_on_card(item: str, remarks: Sequence[Remark]) -> None:
    with st.container(key=f"remarks-on-{item}", gap="xsmall"):
        for remark in remarks:
            one_remark(remark, "card")
        st.page_link(page("remarks"), label=session.say()("received.all"))


def standings(remarks: Sequence[Remark]) -> tuple[str, ...]:
    """Where each stands by the answers of now."""
    return tuple(standing(remark, session.assessment()) for remark in remarks)
