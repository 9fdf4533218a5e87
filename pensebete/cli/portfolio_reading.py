"""The files of a portfolio, read on every core: one file's bytes at a time in each process, and light rows back.

A file that takes too long or too much memory is refused, and stops no other.
"""

from __future__ import annotations

import gc
import resource
import signal
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import forkserver, get_context
from os import sched_getaffinity, walk
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from pensebete.assessment.dossier_file import MAX_BYTES, Problem
from pensebete.cli.files import reason
from pensebete.desk.containers import is_left_by_system
from pensebete.desk.intake import BY_THE_CLOCK, MEMORY, Refused, Taken, each_taken
from pensebete.desk.row import Asked, Row, row_of
from pensebete.text.wording import wording

ENDINGS = frozenset({".pdf", ".json", ".zip", ".eml", ".gz"})  # of the files of a folder that are looked at
SECONDS = 20  # of the processor, for one file; on a busy machine the clock shows many times as much
_FEW = 40  # files for which no other process is worth its start
_AT_ONCE = 8  # files handed to a process together
_MOST_READ = 10 * MAX_BYTES  # of one file: letters with many plans, and zips in zips
_STARTS_OF_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or a file in a zip."""

    path: Path
    member: str = ""

    @property
    def name(self) -> str:
        name = f"{self.path}/{self.member}" if self.member else str(self.path)
        return name.encode("utf-8", "backslashreplace").decode()  # of a system whose names may be any bytes


def sources(named: Iterable[Path], output: Path | None) -> Iterator[Source]:
    """What is to be read of what was named, folders and zips looked into, in an order that is always the same.

    Raises OSError where something named is not there.
    """
    for path in named:
        path.stat()
        for file in _files(path):
            if output is None or not output.exists() or not file.samefile(output):
                yield from _opened(file)


def prepare(found: Sequence[Source]) -> None:
    """Have the libraries loaded beside whatever is done before these files are read.

    Processes are forked from a server that has loaded them once, and never from a process that may have threads.
    """
    if _processes(found) > 1:
        get_context("forkserver").set_forkserver_preload([__name__])
        forkserver.ensure_running()


def _processes(found: Sequence[Source]) -> int:
    return min(len(sched_getaffinity(0)), -(-len(found) // _FEW))


def read_all(
    found: Sequence[Source], asked: Asked, language: str, read: Callable[[Source], list[Row | Refused]] | None = None
) -> Iterator[Row | Refused]:
    """The rows of every file, in their order. `read` is what a process does with one, for tests of its end."""
    processes = _processes(found)
    if processes < 2:
        for source in found:
            yield from read_source(asked, language, source)
        return
    left = list(found)
    while left:
        try:
            with _pool(processes, asked, language) as pool:
                for rows in pool.map(read or _read, tuple(left), chunksize=_AT_ONCE):
                    yield from rows
                    del left[0]
        except BrokenProcessPool:  # a file ended its process, and nobody knows which
            for source in left[:_AT_ONCE]:
                yield from _read_apart(source, asked, language, read)
            del left[:_AT_ONCE]


def _read_apart(
    source: Source, asked: Asked, language: str, read: Callable[[Source], list[Row | Refused]] | None
) -> list[Row | Refused]:
    """In a process of its own."""
    try:
        with _pool(1, asked, language) as pool:
            return pool.submit(read or _read, source).result()
    except BrokenProcessPool:
        return [Refused(source.name, (Problem("too_much"),))]


def _pool(processes: int, asked: Asked, language: str) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(processes, get_context("forkserver"), _begin, (asked, language))


def read_source(asked: Asked, language: str, source: Source) -> list[Row | Refused]:
    """The rows of one file, and why there are not more of them."""
    rows: list[Row | Refused] = []
    try:
        with _alarm() as wind:
            wind()
            for one in each_taken(source.name, _content(source)):
                rows.append(row_of(one, asked) if isinstance(one, Taken) else one)
                wind()
        return rows
    except OSError as error:
        problem = Problem("file.unreadable", {"reason": reason(error, wording(language))})
    except (BadZipFile, NotImplementedError, zlib.error, EOFError):  # damaged, or packed in a way nobody knows
        problem = Problem("file.broken")
    except (MemoryError, RecursionError, _TooLongError):
        problem = Problem("too_much")
    except RuntimeError:  # what a zip with a password raises
        problem = Problem("file.password")
    return [*rows, Refused(source.name, (problem,))]


_asked: partial[list[Row | Refused]] | None = None  # what this process reads with


def _begin(asked: Asked, language: str) -> None:
    global _asked
    _asked = partial(read_source, asked, language)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    gc.freeze()  # what is loaded stays: no collection looks at it again


def _read(source: Source) -> list[Row | Refused]:
    assert _asked is not None
    return _asked(source)


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in walk(path):
        folders.sort()
        for name in sorted(names):
            if Path(name).suffix.lower() in ENDINGS and not name.startswith("._"):  # what a Mac adds beside a file
                yield Path(folder, name)


def _opened(file: Path) -> Iterator[Source]:
    """A zip as the files it holds: however many, each is read alone. What lies in those has the bounds of intake."""
    members = _members(file) if file.is_file() else None
    if members is None:
        yield Source(file)
        return
    for member in sorted(members):
        yield Source(file, member)


def _members(file: Path) -> list[str] | None:
    """None where it is no zip, or one that is a document, or damaged: reading it says what it is."""
    try:
        with file.open("rb") as opened:
            if opened.read(4) not in _STARTS_OF_ZIP:
                return None
        with ZipFile(file) as zipped:
            names = [info.filename for info in zipped.infolist() if not info.is_dir()]
    except (OSError, BadZipFile, NotImplementedError, ValueError):
        return None
    if not names or "[Content_Types].xml" in names or "mimetype" in names:
        return None
    return [name for name in names if not is_left_by_system(name)]


def _content(source: Source) -> bytes:
    """As many bytes as are needed to see that there are too many. Raises OSError and what a zip raises."""
    if not source.member:
        with source.path.open("rb") as opened:
            return opened.read(_MOST_READ + 1)
    with ZipFile(source.path) as zipped, zipped.open(source.member) as member:
        return member.read(_MOST_READ + 1)


class _TooLongError(BaseException):
    """Not an Exception: a parser that catches those would go on."""


@contextmanager
def _alarm() -> Iterator[Callable[[], None]]:
    """A clock that raises _TooLongError once SECONDS were worked since it was last wound.

    Nothing is limited where the system has no such clock, nor outside the main thread.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield lambda: None
        return

    def stop(_signal: int, _frame: object) -> None:
        raise _TooLongError

    clocks = {signal.ITIMER_PROF: (signal.SIGPROF, 1), signal.ITIMER_REAL: (signal.SIGALRM, BY_THE_CLOCK)}

    def wind() -> None:
        for clock, (_, times) in clocks.items():
            signal.setitimer(clock, SECONDS * times)

    before = {told: signal.signal(told, stop) for told, _ in clocks.values()}
    try:
        yield wind
    finally:
        for clock, (told, _) in clocks.items():
            signal.setitimer(clock, 0)
            signal.signal(told, before[told])
