"""Which of the servers of a database is its primary: the one that takes what is written, of the newest timeline.

Each promotion of a standby begins a timeline, and the number only grows. A primary that was replaced and comes back by
itself still takes what is written, and knows nothing of its successor: who has seen that one has nothing to do with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock, Thread
from time import monotonic
from typing import Any

import psycopg

from pensebete.storage.postgresql_address import Address
from pensebete.storage.postgresql_connection import ServerConnection

# Seconds after which the other servers are looked at again: whoever still reaches a primary that has been replaced,
# and its successor too, learns of it.
_LOOK_EVERY = 10.0


class OutdatedError(psycopg.OperationalError):
    """The server was replaced: another one has been promoted since."""


class StandbyError(psycopg.OperationalError):
    """Nothing can be written on the server, and one was asked for on which something can."""


class Primary:
    """Of the servers at an address. One of it for a process."""

    def __init__(self, address: Address, wait: int) -> None:
        """`wait` is for a connection and for a commit, in seconds."""
        self._servers = list(address.servers)
        self._writable = address.writable
        self._wait = wait
        self._parameters = {
            "connect_timeout": wait,
            # Without these a server that vanished without a word is waited for during hours.
            "keepalives_idle": 30,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "tcp_user_timeout": 1000 * 3 * wait,
            "fallback_application_name": "pensebete",
            **address.parameters,
        }
        self._timeline = 0  # the newest that was seen
        self._looked_at = 0.0
        self._lock = Lock()

    def connect(self, **more: Any) -> ServerConnection:
        """A connection to the primary. Raises psycopg.Error."""
        if not self._timeline:
            self._look()  # who has just started knows nothing: of two that take what is written, the newer one
        failed: list[psycopg.Error] = []
        for server in self._servers:
            try:
                found = self._open(server, **more)
            except psycopg.Error as error:
                self._put(server, last=True)
                failed.append(error)
                continue
            if self.is_newest(found):
                self._put(server, last=False)
                return found
            found.close()
            failed.append(StandbyError() if found.timeline is None else OutdatedError())
        raise next((error for error in failed if isinstance(error, OutdatedError)), failed[0])

    def is_newest(self, connection: ServerConnection) -> bool:
        """Whether nobody was promoted since, as far as this process has seen; of one server alone, read only may do."""
        if connection.timeline is None:
            return not self._writable
        with self._lock:
            self._timeline = max(self._timeline, connection.timeline)
        return connection.timeline == self._timeline

    def look_around(self) -> None:
        """From time to time, see what the other servers have become; nobody waits for it."""
        if len(self._servers) > 1 and monotonic() > self._looked_at + _LOOK_EVERY:
            self._looked_at = monotonic()
            Thread(target=self._look, daemon=True).start()

    def _look(self) -> None:
        """Learn the newest timeline; the server of it is tried first from here on, one that does not answer last."""
        self._looked_at = monotonic()
        if len(self._servers) == 1:
            return
        for server in self._servers:
            try:
                with self._open(server) as found:
                    if self.is_newest(found):
                        self._put(server, last=False)
            except psycopg.Error:
                self._put(server, last=True)

    def _open(self, server: Mapping[str, str], **more: Any) -> ServerConnection:
        return ServerConnection.to_server({**self._parameters, **server, **more}, self._wait)

    def _put(self, server: Mapping[str, str], last: bool) -> None:
        with self._lock:
            others = [one for one in self._servers if one != server]
            self._servers = [*others, server] if last else [server, *others]  # whoever goes through them has them all
