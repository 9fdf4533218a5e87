"""What strangers hand in is read by a child process: it can be ended, and what it takes is taken from nobody else.

A thread cannot be ended, and while it works the interpreter does little else. A child that was forked from a process
with threads may wait for ever for a lock that one of them held: these are started anew, and a few are kept warm.
"""

from __future__ import annotations

import atexit
import base64
import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Any

from pensebete.assessment.dossier_file import Problem
from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.diagnostics.place import Place
from pensebete.checklist.diagnostics.text_edit import edit_from
from pensebete.checklist.model import Checklist
from pensebete.desk.intake import BY_THE_CLOCK, Refused, Taken
from pensebete.desk.working_file import WorkingFile, from_advisor
from pensebete.web.server.taken_as_json import from_json

# Of the processor: on a busy machine, which is no fault of the file, the clock shows many times as much.
SECONDS = {
    "checklist": 6.0,
    "intake": 4.0,
    "working_file": 8.0,
}  # a checklist of 500 items takes one, the longest PDF a fifth of one
_SECONDS_TO_MAKE = 20.0  # what is made once, of a checklist that is ours; it takes one
_SECONDS_TO_START = 3.0  # it takes one
PATIENCE = 60.0  # seconds by the clock that one waits for a child that others keep busy
_AT_ONCE = {"checklist": 2, "intake": 1, "working_file": 1}
_LOOK_EVERY = 0.05  # seconds, whether the visitor is still there
# Bytes; two thousand dossiers of a working file are half of it.
_MOST_ANSWERED = {"checklist": 20_000_000, "intake": 20_000_000, "working_file": 100_000_000}
_ROOT = Path(__file__).parents[3]


class TooMuchError(Exception):
    """It takes more time, or memory, than anybody's checklist or dossier does; or too many read at once."""


class VisitorLeftError(Exception):
    """Nobody waits for the answer."""


def _stays() -> bool:
    return False


class Child:
    """A process of reading_child.py, and its two pipes."""

    def __init__(self) -> None:
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "pensebete.web.server.reading_child"],
                cwd=_ROOT,
                env={**os.environ, "PYTHONPATH": str(_ROOT)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError:
            raise TooMuchError from None
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._to, self._from = self._process.stdin.fileno(), self._process.stdout.fileno()
        os.set_blocking(self._to, False)
        os.set_blocking(self._from, False)
        self._has_answered = False

    @property
    def pid(self) -> int:
        return self._process.pid

    def ask(self, request: bytes, seconds: float, has_left: Callable[[], bool], most: int) -> bytes:
        """Its answer. Raises TooMuchError, VisitorLeftError; the child is then good for nothing more."""
        if not self._has_answered:
            seconds += _SECONDS_TO_START
        deadline = time.monotonic() + seconds * BY_THE_CLOCK
        most_used = self._used() + seconds
        left, answer = memoryview(request), bytearray()
        with selectors.DefaultSelector() as selector:
            selector.register(self._to, selectors.EVENT_WRITE)
            selector.register(self._from, selectors.EVENT_READ)
            while True:
                if has_left():
                    raise VisitorLeftError
                if self._used() > most_used or time.monotonic() > deadline or len(answer) > most:
                    raise TooMuchError
                for key, _ in selector.select(_LOOK_EVERY):
                    if key.fd == self._to:
                        try:
                            left = left[os.write(self._to, left[:65536]) :]
                        except BrokenPipeError:
                            raise TooMuchError from None
                        if not left:
                            selector.unregister(self._to)
                    elif chunk := os.read(self._from, 1 << 20):
                        answer += chunk
                    else:  # it ended: of its own limits, or by the system's
                        raise TooMuchError
                if len(answer) >= 8 and len(answer) >= 8 + int.from_bytes(answer[:8], "big"):
                    self._has_answered = True
                    return bytes(answer[8:])

    def _used(self) -> float:
        """Seconds of the processor since it was started; as much as by the clock on a system that does not say."""
        try:
            fields = Path(f"/proc/{self.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        except OSError:
            return time.monotonic()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()


class Children:
    """Those kept warm for one kind of file."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._turns = BoundedSemaphore(_AT_ONCE[kind])
        self._idle: list[Child] = []
        self._lock = Lock()

    def answer(self, content: bytes, has_left: Callable[[], bool] = _stays, **header: Any) -> dict[str, Any]:
        """What a child says of a content. Raises TooMuchError, VisitorLeftError."""
        seconds = header.pop("seconds", SECONDS[self._kind])
        told = json.dumps({"kind": self._kind, "length": len(content), "seconds": seconds, **header}).encode()
        with self._turn(has_left):
            with self._lock:
                child = self._idle.pop() if self._idle else None
            child = child or Child()
            try:
                answer = child.ask(
                    len(told).to_bytes(8, "big") + told + content, seconds, has_left, _MOST_ANSWERED[self._kind]
                )
            except BaseException:
                child.end()
                raise
            found: dict[str, Any] = json.loads(answer)
            if found.pop("retires"):
                child.end()
            else:
                with self._lock:
                    self._idle.append(child)
        if found.get("refused"):
            raise TooMuchError
        return found

    @contextmanager
    def _turn(self, has_left: Callable[[], bool]) -> Iterator[None]:
        deadline = time.monotonic() + PATIENCE
        while not self._turns.acquire(timeout=_LOOK_EVERY):
            if has_left():
                raise VisitorLeftError
            if time.monotonic() > deadline:
                raise TooMuchError
        try:
            yield
        finally:
            self._turns.release()

    def end(self) -> None:
        with self._lock:
            while self._idle:
                self._idle.pop().end()


CHILDREN = {kind: Children(kind) for kind in SECONDS}


@atexit.register
def _end_children() -> None:
    for children in CHILDREN.values():
        children.end()


def read_checklist(
    source: str | bytes, day: date, accepted: Sequence[str] = (), has_left: Callable[[], bool] = _stays
) -> tuple[Checklist | None, tuple[Diagnostic, ...]]:
    """As `checklist.loading.read`, with the texts of what was accepted. Raises TooMuchError, VisitorLeftError."""
    text = isinstance(source, str)
    content = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    answer = CHILDREN["checklist"].answer(content, has_left, text=text, day=day.isoformat(), accepted=list(accepted))
    checklist = Checklist.model_validate(answer["checklist"]) if answer["checklist"] else None
    return checklist, tuple(
        Diagnostic(
            one["code"],
            Place(*one["place"]),
            one["values"],
            tuple(one["path"]),
            tuple(one["about"]),
            suggestion=one["suggestion"],
            edit=edit_from(one["edit"]) if one["edit"] else None,
        )
        for one in answer["diagnostics"]
    )


def blank_pdf(checklist_text: str, language: str, day: date) -> bytes:
    """As `blank_checklist_pdf`, of a checklist's text. Raises TooMuchError."""
    answer = CHILDREN["checklist"].answer(
        checklist_text.encode("utf-8", "surrogatepass"),
        kind="blank",
        language=language,
        day=day.isoformat(),
        seconds=_SECONDS_TO_MAKE,
    )
    return base64.b64decode(answer["made"])


def taken_in_file(name: str, content: bytes, has_left: Callable[[], bool] = _stays) -> tuple[Taken | Refused, ...]:
    """As `intake.taken_in`. Raises TooMuchError, VisitorLeftError."""
    answer = CHILDREN["intake"].answer(content, has_left, name=name)
    return tuple(from_json(one) for one in answer["taken"])


def working_file_in(content: bytes, passphrase: str, has_left: Callable[[], bool] = _stays) -> WorkingFile | Problem:
    """As `working_file.opened`; a problem where it cannot be opened. Raises TooMuchError, VisitorLeftError."""
    answer = CHILDREN["working_file"].answer(content, has_left, passphrase=passphrase)
    if "problem" in answer:
        return Problem(*answer["problem"])
    dossiers = (from_json(one) for one in answer["taken"])
    taken = tuple(one for one in dossiers if isinstance(one, Taken))
    read = {digest: date.fromisoformat(day) for digest, day in answer["read"].items()}
    return WorkingFile(taken, answer["notes"], read, *from_advisor(answer))
