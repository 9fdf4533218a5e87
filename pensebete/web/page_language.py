"""The language of the page, told to the browser: screen readers take their voice from it.

The server writes `<html lang>` when a visit begins; when the visitor changes language inside it, only a script can.
The same script keeps the choice in the cookie the server reads at the next visit.
"""

import streamlit as st

from pensebete.web.page_html import LANGUAGE_COOKIE

_SCRIPT = f"""
export default function({{ data }}) {{
  document.documentElement.lang = data.language
  document.cookie = "{LANGUAGE_COOKIE}=" + data.language + "; path=/; max-age=31536000; samesite=lax"
}}
"""

_component = st.components.v2.component("page_language", js=_SCRIPT)


def set_page_language(language: str) -> None:
    _component(data={"language": language}, key="page_language", height=0)
