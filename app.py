"""The application that a server runs: `streamlit run app.py` and, from this folder, `uvicorn app:app`."""

import streamlit as st

from pensebete.web.middleware import MIDDLEWARE
from pensebete.web.security_headers import internal_error

app = st.App(
    "pensebete/web/router.py",
    middleware=MIDDLEWARE,
    exception_handlers={Exception: internal_error},
)
