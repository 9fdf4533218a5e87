"""What a call prints: results on standard output, the rest on standard error, each line safe for a terminal."""

from __future__ import annotations

import json
import sys
from typing import Any

from pensebete.text.terminal import visible


def print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def refuse(code: int, *lines: str) -> int:
    """Say it on standard error, a line each, and return the exit code."""
    for line in lines:
        print(visible(line), file=sys.stderr)
    return code
