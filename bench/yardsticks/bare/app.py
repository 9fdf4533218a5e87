"""The yardstick of the pages: what Streamlit costs alone. One radio, and the value it holds."""

import streamlit as st

chosen = st.radio("Question", ["One", "Two", "Three", "Four", "Five"], index=None, key="radio")
st.write(f"Chosen: {chosen}")
