"""The plan whose PDF was handed over, as it still is: what happens next is shown from then on, after a reload too."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from pensebete.web.session.state import assessment

_LONGEST_NAME = 255  # of a file


def set_pdf_handed_over(name: str) -> None:
    """The dossier left, as it is now, in a file of that name."""
    st.session_state["pdf_handed_over"] = (assessment().id, assessment().updated_at, name)


def pdf_handed_over() -> str | None:
    """What the file is called; None once the dossier says something else than what left in it."""
    whose, moment, name = st.session_state.get("pdf_handed_over", (None, None, None))
    return name if name and (whose, moment) == (assessment().id, assessment().updated_at) else None


def handed_over_as_kept() -> dict[str, str] | None:
    """The same as the copy in the tab keeps it."""
    name, moment = pdf_handed_over(), assessment().updated_at
    return {"name": name, "updated_at": moment.isoformat()} if name and moment else None


def handed_over_heard() -> bool:
    """Whether the tab has said what it knew of before this visit."""
    return "handed_over_heard" in st.session_state


def hear_of_handed_over(kept: object) -> None:
    """Take it from the copy in the tab, which the browser may have written itself: a name, and the same dossier."""
    st.session_state["handed_over_heard"] = True
    if not isinstance(kept, dict):
        return
    name, moment = kept.get("name"), kept.get("updated_at")
    if not (isinstance(name, str) and isinstance(moment, str)) or len(name) > _LONGEST_NAME:
        return
    try:
        same = assessment().updated_at == datetime.fromisoformat(moment)
    except (ValueError, TypeError):  # no moment; one without a zone
        return
    if same:
        set_pdf_handed_over(name)


def forget_handed_over() -> None:
    """Another dossier came into the tab."""
    st.session_state.pop("pdf_handed_over", None)
