"""Where the lines of a checklist end: those that the YAML parser counts."""

from __future__ import annotations

import re

LINE_ENDS = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
HIDDEN = re.compile("[\x85\u2028\u2029]")  # those that no editor shows
