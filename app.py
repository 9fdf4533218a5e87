"""The application that a server runs: `streamlit run app.py` and, from this folder, `uvicorn app:app`."""

import streamlit as st

from pensebete.web.link_exchange import ROUTES
from pensebete.web.middleware import MIDDLEWARE
from pensebete.web.security_headers import internal_error
from pensebete.web.starting import starting
from pensebete.web.unsound import script_error

app = st.App(
    "pensebete/web/router.py",
    lifespan=starting,
    routes=ROUTES,
    middleware=MIDDLEWARE,
    exception_handlers={Exception: internal_error},
    on_script_error=script_error,
)
