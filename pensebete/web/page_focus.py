"""Where a screen begins: after « Suivant », at its top and not where the thumb was."""

import streamlit as st

# The first call only learns where one is: a page that has just been opened is already at its top.
_SCRIPT = """
let shown = null
export default function({ data }) {
  if (shown !== null && shown !== data.screen) {
    const heading = document.querySelector(".st-key-step-title h2")
    document.querySelector('[data-testid="stMain"]').scrollTo(0, 0)
    heading.tabIndex = -1
    heading.focus({ preventScroll: true })
  }
  shown = data.screen
}
"""

_component = st.components.v2.component("page_focus", js=_SCRIPT)


def start_at_the_top(screen: str) -> None:
    """Begin at the top, with the keyboard at the heading, when `screen` is another one than before."""
    _component(data={"screen": screen}, key="page_focus", height=0)
