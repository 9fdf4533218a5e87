"""The look that screen and paper share: one palette, one scale of sizes, one of distances.

The PDF (pdf/layout/style.py) and the theme (.streamlit/config.toml) each write it in their own units; a test holds them
to this.
"""

from __future__ import annotations

from pensebete.checklist.model import Status

INK = "#1f2a2e"
ACCENT = "#0f5c6e"
MIDDLE = "#4f9fb0"

# The parts of a chart. Each differs from its neighbours in lightness too: they are told apart in grey.
OF_STATUS: dict[Status | None, str] = {
    "done": ACCENT,
    "in_progress": MIDDLE,
    "to_do": "#f0c48a",
    "unknown": "#a593c9",
    None: "#dfe4e6",
}

# Times the size of running text, which is 10 points on paper and 16 pixels on the screen.
FIGURE, SECTION, HEADING, TEXT, SMALL = 3.6, 1.6, 1.2, 1.0, 0.9
STEPS = (FIGURE, SECTION, HEADING, TEXT, SMALL)
