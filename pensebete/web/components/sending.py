"""What is sent from the page by its visitor: the part of the script that several components share."""

from __future__ import annotations

from pathlib import Path

from pensebete.web.components.drawing import DRAWING_SCRIPT

_SHARED = DRAWING_SCRIPT + Path(__file__).with_name("sending.js").read_text(encoding="utf-8")


def sending_script(component: str) -> str:
    """The script of a component that sends: what a file declares, the next one sees."""
    return _SHARED + Path(__file__).with_name(f"{component}.js").read_text(encoding="utf-8")
