"""A file handed to the visitor in answer to a click.

Streamlit's own download button asks for its file beside the script: a word typed just before the click is not in it. An
ordinary button runs the script with everything typed; the file made in that run is then handed over here.
"""

from __future__ import annotations

from base64 import b64encode
from uuid import uuid4

import streamlit as st

# A component is called again whenever it is drawn; each file is handed over once.
_SCRIPT = """
const handed = new Set()
export default function({ data }) {
  if (handed.has(data.id)) return
  handed.add(data.id)
  const bytes = Uint8Array.from(atob(data.content), (character) => character.charCodeAt(0))
  const link = document.createElement("a")
  link.href = URL.createObjectURL(new Blob([bytes], { type: data.type }))
  link.download = data.name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60000)
}
"""

_component = st.components.v2.component("hand_over", js=_SCRIPT)


def hand_over(content: bytes, name: str, type: str) -> None:
    """Make the browser download `content` as a file of that name and media type."""
    data = {"id": str(uuid4()), "content": b64encode(content).decode(), "name": name, "type": type}
    with st.container(key="hand-over"):
        _component(data=data, height=0)
