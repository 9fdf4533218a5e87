"""The dossiers in a file that was dropped: read once, however often the page is drawn."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pensebete.assessment.dossier_file import DossierError, Problem, is_json
from pensebete.assessment.model import Assessment
from pensebete.checklist.model import Checklist
from pensebete.desk.intake import Refused, Taken, taken_in
from pensebete.desk.opened import Opened, opened
from pensebete.web.server.reading import TooMuchError, VisitorLeftError, taken_in_file
from pensebete.web.server.taps import give_way
from pensebete.web.session.screen import visitor_has_left

_MOST_READ = 20  # dossiers; who has more of them has a desk


@dataclass(frozen=True, slots=True)
class Dropped:
    """What one file holds; where nothing could be opened, `refused` says why."""

    name: str
    opened: tuple[Opened, ...]
    refused: tuple[Refused, ...]


def dossiers_in(file: UploadedFile, checklist: Checklist) -> Dropped:
    known = st.session_state.get("dropped_dossier")
    if known is None or known[0] != file.file_id or known[1] is not checklist:
        content = file.getvalue()
        st.session_state["dropped_bytes"] = len(content)  # what the visit weighs (web/server/left_visits.py)
        found = Dropped(file.name, *opened(_taken(file.name, content), checklist, _MOST_READ))
        known = st.session_state["dropped_dossier"] = (file.file_id, checklist, found)
    again: Dropped = known[2]
    return again


def dossier_in(file: UploadedFile, checklist: Checklist) -> Assessment:
    """The one dossier in it. Raises DossierError."""
    found = dossiers_in(file, checklist)
    if len(found.opened) > 1:
        raise DossierError(Problem("several", {"count": str(len(found.opened))}))
    if not found.opened:
        raise DossierError(*(problem for one in found.refused for problem in one.problems))
    return found.opened[0].assessment


def _taken(name: str, content: bytes) -> tuple[Taken | Refused, ...]:
    """JSON is bounded where it is read; all else is unfolded by a child process."""
    if is_json(content):
        return taken_in(name, content)
    try:
        return taken_in_file(name, content, visitor_has_left)
    except TooMuchError:
        return (Refused(name, (Problem("too_much"),)),)
    except VisitorLeftError:
        give_way()
