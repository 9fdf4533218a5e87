"""The application of `make dev`: as app.py, but what goes wrong is shown where it goes wrong."""

import streamlit as st
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from pensebete.web.server.connections import bound_connections
from pensebete.web.server.lifespan import starting
from pensebete.web.server.middleware import MIDDLEWARE
from pensebete.web.server.routes import routes
from pensebete.web.server.static_gzip import OUR_FILES
from pensebete.web.server.taps import hear_every_tap
from pensebete.web.session.widgets import of_a_page_before

bound_connections()
hear_every_tap(of_a_page_before)
app = st.App(
    "router.py",
    lifespan=starting,
    routes=[*routes(), Mount("/app/static", StaticFiles(directory=OUR_FILES))],
    middleware=MIDDLEWARE,
    debug=True,
)
