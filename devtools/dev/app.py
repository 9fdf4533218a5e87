"""The application of `make dev`: as app.py, but what goes wrong is shown where it goes wrong."""

import streamlit as st
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from pensebete.web.server.blank_list import blank_list_routes
from pensebete.web.server.calendar_feed import calendar_routes
from pensebete.web.server.connections import bound_connections
from pensebete.web.server.lifespan import starting
from pensebete.web.server.link_cookie import routes
from pensebete.web.server.middleware import MIDDLEWARE
from pensebete.web.server.static_gzip import OUR_FILES

bound_connections()
app = st.App(
    "router.py",
    lifespan=starting,
    routes=[
        *routes(),
        *blank_list_routes(),
        *calendar_routes(),
        Mount("/app/static", StaticFiles(directory=OUR_FILES)),
    ],
    middleware=MIDDLEWARE,
    debug=True,
)
