"""The page of charts, its files compressed by the same means as ours."""

import streamlit as st
from starlette.middleware import Middleware

from pensebete.web.server.static_gzip import CompressedFiles

app = st.App("app.py", middleware=[Middleware(CompressedFiles)])
