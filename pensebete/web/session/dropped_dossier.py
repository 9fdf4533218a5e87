"""The dossier in a file that was dropped: read once, however often the page is drawn."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pensebete.assessment.dossier_file import DossierError, Problem, read
from pensebete.assessment.model import Assessment
from pensebete.checklist.model import Checklist
from pensebete.web.server.reading import TooMuchError, VisitorLeftError, attached_in_pdf
from pensebete.web.session.screen import visitor_has_left


def dossier_in(file: UploadedFile, checklist: Checklist) -> Assessment:
    """The assessment in it, as `dossier_file.read` gives it; a PDF is read by a child process. Raises DossierError."""
    known = st.session_state.get("dropped_dossier")
    if known is None or known[0] != file.file_id or known[1] is not checklist:
        content = file.getvalue()
        st.session_state["dropped_bytes"] = len(content)  # what the visit weighs (web/server/left_visits.py)
        known = st.session_state["dropped_dossier"] = (file.file_id, checklist, _read(content, checklist))
    found: Assessment | DossierError = known[2]
    if isinstance(found, DossierError):
        raise found
    return found


def _read(content: bytes, checklist: Checklist) -> Assessment | DossierError:
    try:
        return read(content, checklist, lambda pdf: attached_in_pdf(pdf, visitor_has_left))
    except DossierError as error:
        return error
    except TooMuchError:
        return DossierError(Problem("too_much"))
    except VisitorLeftError:
        st.stop()
