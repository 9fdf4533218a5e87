"""The look that screen and paper share: one palette, one scale of sizes.

The PDF (pdf/layout/style.py) and the signs of answers (checklist/status.py) take it from here; the theme of the pages
(.streamlit/config.toml) writes it in its own units, and a test holds it to this.
"""

from __future__ import annotations

INK = "#1f2a2e"
GREY = "#566268"
RULE = "#c9d0d3"
PALE = "#eef2f3"
ACCENT = "#0f5c6e"
MIDDLE = "#4f9fb0"
WHITE = "#ffffff"
# Of each urgency (evaluation/urgency.py), on paper and on a light screen.
NOW, WEEK, LATER, DONE = "#9c2f2f", "#8a5a00", "#3f5a66", "#1d6b45"

# Times the size of running text, which is 10 points on paper and 16 pixels on the screen.
FIGURE, SECTION, HEADING, TEXT, SMALL = 3.6, 1.6, 1.2, 1.0, 0.9
