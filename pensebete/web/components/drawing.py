"""What a component of ours draws with: the part of the script that those share which draw their own."""

from __future__ import annotations

from pathlib import Path

DRAWING_SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
