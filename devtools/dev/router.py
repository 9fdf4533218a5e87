"""The script of `make dev`: the router, in visits that have the example dossier from the start.

It is run again when a file is saved, and must then be the first to know.
"""

import runpy
from pathlib import Path

import streamlit as st

from devtools.dev.reloading import PROGRAM, forget_what_changed

forget_what_changed()

from pensebete.assessment import dossier_file  # noqa: E402
from pensebete.web import session  # noqa: E402
from pensebete.web.server.live import look  # noqa: E402

EXAMPLE = Path(__file__).parents[2] / "docs" / "example-dossier.json"

seen, state = look(), st.session_state
if seen.serving and state.get("code", session) is not session:
    # What this visit holds is of classes that are no more: what was said goes on as if it came from a file.
    language, said = session.language(), dossier_file.dump(session.assessment())
    state.clear()
    session.begin(seen.serving, language)
    session.resume(dossier_file.read(said, seen.serving.checklist))
state["code"] = session

runpy.run_path(str(PROGRAM / "web" / "router.py"))
if not session.said_something():
    session.resume(dossier_file.read(EXAMPLE.read_bytes(), session.checklist()))
    st.rerun()
