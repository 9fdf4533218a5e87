"""What the figures were measured on. No name of the machine, no path."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path

import psutil

from devtools.browser import browsing

_LIBRARIES = ("Streamlit", "fpdf2", "reportlab", "WeasyPrint", "typst", "PyYAML", "pydantic")


def machine() -> list[str]:
    with browsing() as browser:
        chromium = browser.version
    return [*system(), *(f"{name} {version(name.lower())}" for name in _LIBRARIES), f"Chromium {chromium}"]


def system() -> list[str]:
    """What any program of it runs on."""
    cores = len(os.sched_getaffinity(0))
    return [
        f"{_processor()}, {cores} core{'s' if cores > 1 else ''}",
        f"{psutil.virtual_memory().total / 2**30:.0f} GiB of memory",
        _system(),
        f"Python {platform.python_version()}",
    ]


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.machine()


def _system() -> str:
    try:
        name = platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        name = platform.system()
    return f"{name}, kernel {platform.release().split('-')[0]}"
