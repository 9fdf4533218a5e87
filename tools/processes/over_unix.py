"""A process asked through the file of its socket, past nginx."""

from __future__ import annotations

import http.client
import socket
from pathlib import Path


class OverUnix(http.client.HTTPConnection):
    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=5)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self._path))


def lives(path: Path, base: str = "") -> bool:
    """Whether a process answers there."""
    connection = OverUnix(path)
    try:
        connection.request("GET", f"{base}/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
