"""What is tapped in a component of ours, told until it was heard: the part of the script that they share.

The component is given `heard`, from `session.taps_heard`, and calls `session.hear_taps` when it tells `tapped`.
"""

from __future__ import annotations

from pathlib import Path

TAPS_SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
