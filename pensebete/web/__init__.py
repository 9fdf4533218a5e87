"""The pages: Streamlit and Starlette stay in here. Inside, views stand on layout, components, session and server."""
