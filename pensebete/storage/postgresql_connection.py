"""A connection to a PostgreSQL server that waits for no answer for ever, and believes no commit that its standby lacks.

Where the server has a standby that must have each commit (`synchronous_standby_names`), a commit waits for it without
end: neither statement_timeout nor any other setting bounds that. Cancelled, the wait ends with a warning, and the
commit stands on that server alone: whoever asked for it is to be told that it is not done, and asks again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.rows import TupleRow

_Answer = TypeVar("_Answer")
_ASKED = """SELECT pg_backend_pid(), CASE WHEN current_setting('transaction_read_only')::boolean THEN NULL
    ELSE pg_walfile_name(pg_current_wal_lsn()) END"""
# Of a program whose network was cut the server hears no more, and keeps its connection for hours, beside all that came
# in its place; as primary.py has it the other way round.
_NOTICE_THAT_IT_IS_GONE = "SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3"
_TO_CANCEL = 1.0  # seconds that a server has to take a request to cancel
_OF_A_LARGE_COMMIT = 30  # times what others wait
_PREPARED_AFTER = 5  # times that a statement was asked; what psycopg does by itself


class NotReplicatedError(psycopg.OperationalError):
    """A commit stands on one server alone."""


class SilentError(psycopg.OperationalError):
    """The server is there, and says nothing: frozen, or its machine is."""


class ServerConnection(psycopg.Connection[TupleRow]):
    """One whose transactions are begun by whoever uses it. `timeline` counts the promotions that its server knows of;
    None where nothing can be written, on a standby say."""

    timeline: int | None = None
    parameters: Mapping[str, Any]
    # Seconds: for a commit, a third of what a statement may take; for any answer, None for as long as it takes.
    patience = 0
    _answer_within: float | None = None
    _unreplicated = False

    @classmethod
    def to_server(cls, parameters: Mapping[str, Any], patience: int) -> ServerConnection:
        """Raises psycopg.Error."""
        made = cls.connect(**parameters, autocommit=True)
        try:
            made.parameters, made.patience = parameters, patience
            made.hurry()
            made.add_notice_handler(made._hear)
            [pid, segment] = made.execute(_ASKED).fetchone() or (None, None)
            # Another process answers than the one that the connection is said to be to: there is a PgBouncer between.
            if is_direct := pid == made.info.backend_pid:
                made.execute(_NOTICE_THAT_IT_IS_GONE)
        except BaseException:
            made.close()
            raise
        # The name of a segment of the log begins with its timeline.
        made.timeline = int(segment[:8], 16) if segment else None
        # What was prepared in one transaction may not be there in the next one through a PgBouncer.
        made.prepare_threshold = _PREPARED_AFTER if is_direct else None
        return made

    @property
    def statement_within(self) -> int:
        """Seconds after which the server is to give up a statement."""
        return 3 * self.patience

    def hurry(self) -> None:
        """No answer is waited for longer than the server itself would work at one."""
        self._answer_within = self.statement_within + 1

    def take_time(self) -> None:
        """Any answer is waited for."""
        self._answer_within = None

    def is_alive(self) -> bool:
        """Whether the server answers now."""
        try:
            with self._answering_within(self.patience):
                self.execute("")
        except psycopg.Error:
            return False
        return True

    def commit(self) -> None:
        """Raises NotReplicatedError where it may be lost with this server."""
        self._unreplicated = False
        hurried = self._answer_within is not None
        # A large one has much to send to the standby, and is told all the same that there is none.
        with self._answering_within(self.patience if hurried else _OF_A_LARGE_COMMIT * self.patience):
            super().commit()
        if self._unreplicated:
            raise NotReplicatedError

    def wait(self, gen: PQGen[_Answer], interval: float = 0.1, timeout: float | None = None) -> _Answer:
        try:
            return super().wait(gen, interval, timeout or self._answer_within)
        except psycopg.OperationalError:
            if not self._is_waiting():
                raise
        try:
            self.cancel_safe(timeout=_TO_CANCEL)
            # That of a commit, in a moment, that it was done here; that of a busy disk, once it has been written.
            return super().wait(gen, interval, 2 * self.patience)
        except psycopg.OperationalError:
            if not self._is_waiting():
                raise
            self.pgconn.finish()
            raise SilentError from None

    def _is_waiting(self) -> bool:
        """Whether an answer is still to come: an error is of the waiting, then, and not what the server said."""
        return self.pgconn.transaction_status == psycopg.pq.TransactionStatus.ACTIVE

    @contextmanager
    def _answering_within(self, seconds: float | None) -> Iterator[None]:
        usual, self._answer_within = self._answer_within, seconds
        try:
            yield
        finally:
            self._answer_within = usual

    def _hear(self, said: psycopg.errors.Diagnostic) -> None:
        # By the function that says it: the sentence is in the language of the server.
        self._unreplicated |= said.source_function == "SyncRepWaitForLSN"
