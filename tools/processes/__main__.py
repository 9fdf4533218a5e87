"""`WORKERS=n make run`: n processes of the app behind nginx, as one.

    python -m tools.processes WORKERS [--host HOST] [--port PORT] [--certificate FILE --key FILE]

One that ends, nginx too, is started anew; SIGHUP has the processes end one after the other, each once the one before is
back, and their visits go on with the others meanwhile. SIGTERM and SIGINT end all. What is needed lies in a folder of
this run alone, and is gone with it, or with the next where this one was killed: several may run beside each other, each
on its port.
"""

from __future__ import annotations

import argparse
import ctypes
import errno
import fcntl
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

from pensebete.text.wording import LANGUAGES, wording
from pensebete.web.server.limits import limits
from pensebete.web.server.static_gzip import base_path
from pensebete.web.server.trusted_proxies import TRUSTED_PROXIES, trusted_proxies
from tools.processes import nginx
from tools.processes.over_unix import lives

ROOT = Path(__file__).parents[2]
_LOOK_EVERY = 0.1  # seconds
_SOON = 5.0  # seconds; one that ends before has something wrong, and is started again as long after
_PATIENCE = 60.0  # seconds for a process to be ready
_TO_END = 30.0  # seconds; a process lets go of its visits within half of that (pensebete/web/server/drain.py)
_LAST_PORT = 65_535
_FOLDERS, _LOCK = "pensebete-run-", "in-use"
_SECRET = "STREAMLIT_SERVER_COOKIE_SECRET"
_METRICS = "PENSEBETE_METRICS_PORT"


class Process:
    """One process of the app, started and started again."""

    def __init__(self, site: nginx.Site, name: str, environment: Mapping[str, str]) -> None:
        self._site, self.name, self._environment = site, name, environment
        self.start()

    def start(self) -> None:
        path = self._site.socket_of(self.name)
        path.unlink(missing_ok=True)  # what a process that was killed leaves
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "uvicorn", "app:app", "--uds", str(path), *AS_STREAMLIT_DOES],
            cwd=ROOT,
            env={**os.environ, **self._environment},
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # a terminal's Ctrl-C is for whoever started them
            preexec_fn=_end_with_me,
        )

    def is_ready(self) -> bool:
        return lives(self._site.socket_of(self.name), self._site.base)


# What `streamlit run` tells uvicorn, and its own command does not.
AS_STREAMLIT_DOES = (
    "--ws=websockets-sansio",
    "--ws-per-message-deflate=false",
    "--ws-ping-interval=30",
    "--ws-ping-timeout=30",
    "--no-access-log",
    "--log-level=warning",
)


def _end_with_me() -> None:
    """Whoever started it may be killed, and says nothing then (prctl, PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


class Processes:
    """All of them, and nginx."""

    def __init__(self, site: nginx.Site, addresses: Sequence[str]) -> None:
        self._site, self._addresses = site, addresses
        self._ends = False
        self._renew: list[Process] = []
        self._ending: tuple[Process, int] | None = None  # the one that is being renewed, and its id as it was
        shared = {
            _SECRET: os.environ.get(_SECRET) or secrets.token_hex(32),
            TRUSTED_PROXIES: f"unix {os.environ.get(TRUSTED_PROXIES, '')}".strip(),
            "STREAMLIT_SERVER_HEADLESS": "true",
        }
        self._processes = [Process(site, name, {**shared, **_own(n, name)}) for n, name in enumerate(site.processes)]
        self._nginx: subprocess.Popen[bytes] | None = None

    def run(self) -> int:
        for what in (signal.SIGTERM, signal.SIGINT):
            signal.signal(what, self._end)
        signal.signal(signal.SIGHUP, self._begin_to_renew)
        nginx.make_folders(self._site)
        (self._site.folder / "nginx.conf").write_text(
            nginx.settings(self._site, limits(), trusted_proxies(), self._addresses), encoding="utf-8"
        )
        if not self._wait_until_ready(self._processes):
            return 1
        self._nginx = self._start_nginx()
        print(f"{len(self._processes)} processes serve {self._site.url}", file=sys.stderr, flush=True)
        while not self._ends:
            time.sleep(_LOOK_EVERY)
            if self._nginx.poll() is not None:
                if time.monotonic() < self._nginx_started + _SOON:
                    return 1  # it said why
                self._start_nginx_anew(self._nginx)
            for one in self._processes:
                self._look_after(one)
            self._go_on_renewing()
        return 0

    def stop(self) -> None:
        """nginx first: then nobody waits for the processes, and none has a visit to let go of."""
        for process in [*([self._nginx] if self._nginx else []), *(one.process for one in self._processes)]:
            process.terminate()
        deadline = time.monotonic() + _TO_END
        for process in [*([self._nginx] if self._nginx else []), *(one.process for one in self._processes)]:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _start_nginx(self) -> subprocess.Popen[bytes]:
        program = nginx.program()
        assert program
        call = [program, "-e", "stderr", "-p", str(self._site.folder), "-c", str(self._site.folder / "nginx.conf")]
        self._nginx_started = time.monotonic()
        return subprocess.Popen(call, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=_end_with_me)

    def _start_nginx_anew(self, before: subprocess.Popen[bytes]) -> None:
        print(f"nginx ended with status {before.returncode}: started anew", file=sys.stderr, flush=True)
        # Its workers outlive one that was killed, and the port with them.
        with suppress(ProcessLookupError):
            os.killpg(before.pid, signal.SIGKILL)
        self._nginx = self._start_nginx()

    def _look_after(self, one: Process) -> None:
        if one.process.poll() is None:
            return
        lived = time.monotonic() - one.started
        if lived < _SOON and time.monotonic() < one.started + 2 * _SOON:
            return  # it is started again in its time
        print(
            f"process {one.name} ended with status {one.process.returncode}: started anew", file=sys.stderr, flush=True
        )
        one.start()

    def _wait_until_ready(self, processes: list[Process]) -> bool:
        deadline = time.monotonic() + _PATIENCE
        while not self._ends and time.monotonic() < deadline:
            if any(one.process.poll() is not None for one in processes):
                return False
            if all(one.is_ready() for one in processes):
                return True
            time.sleep(_LOOK_EVERY)
        return False

    def _begin_to_renew(self, *_: object) -> None:
        self._renew = list(self._processes)

    def _go_on_renewing(self) -> None:
        """One after the other: the next once the one before has ended, and is back. While it ends it still answers."""
        if not self._renew or (self._ending and self._ending[0].process.pid == self._ending[1]):
            return
        if all(one.process.poll() is None and one.is_ready() for one in self._processes):
            one = self._renew.pop(0)
            self._ending = one, one.process.pid
            one.process.terminate()

    def _end(self, _signal: int, _frame: FrameType | None) -> None:
        self._ends = True


def _own(n: int, name: str) -> dict[str, str]:
    """What one process has that no other may have."""
    own = {"PENSEBETE_PROCESS": name}
    host, _, port = os.environ.get(_METRICS, "").rpartition(":")
    if port.isdigit() and int(port):
        own[_METRICS] = f"{host}:{int(port) + n}" if host else str(int(port) + n)
    return own


def _bindable(host: str, port: int, workers: int) -> list[str]:
    """The addresses of a host, on which nginx can be reached at that port. Raises RefusedError, with why not."""
    try:
        found = nginx.addresses_of(host, port)
    except OSError:
        raise RefusedError(_in_each_language("processes.host", host=host)) from None
    free = []
    for address in found:
        with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind((address, port))
            except OSError as error:
                if error.errno == errno.EADDRINUSE:
                    other = port + 1 if port < _LAST_PORT else port - 1
                    raise RefusedError(
                        _in_each_language(
                            "processes.port_taken", port=str(port), other=str(other), workers=str(workers)
                        )
                    ) from None
                if error.errno == errno.EACCES:
                    raise RefusedError(
                        _in_each_language("processes.port_refused", port=str(port), workers=str(workers))
                    ) from None
                continue  # a name may have an address of the other kind, which this machine does not speak
        free.append(address)
    if not free:
        raise RefusedError(_in_each_language("processes.host", host=host))
    return free


class RefusedError(Exception):
    """It cannot be served so; with a sentence in each language."""


def _in_each_language(id: str, **names: str) -> str:
    """Whoever starts it has not said which one they read."""
    return "\n".join(wording(language)(id, **names) for language in LANGUAGES)


def clear_what_was_left(among: Path) -> None:
    """The folders of those that were killed, and could not do it themselves: nobody holds their lock any more."""
    for left in among.glob(f"{_FOLDERS}*/{_LOCK}"):
        with suppress(OSError):  # somebody else's, or in use
            lock = _in_use(left.parent)
            shutil.rmtree(left.parent, ignore_errors=True)
            os.close(lock)


def _in_use(folder: Path) -> int:
    """A lock that ends with this process, however it ends. Raises OSError where another holds it."""
    lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        raise
    return lock


def _checked(asked: Any) -> list[str]:
    """Where nginx is to be reached, once all that was asked can be. Raises RefusedError."""
    if not (asked.workers.isascii() and asked.workers.isdigit() and int(asked.workers)):
        raise RefusedError(_in_each_language("processes.workers", given=asked.workers))
    if bool(asked.certificate) != bool(asked.key):
        raise RefusedError(_in_each_language("processes.certificate_alone"))
    for file in filter(None, (asked.certificate, asked.key)):
        if not os.access(file, os.R_OK):
            raise RefusedError(_in_each_language("processes.unreadable", file=str(file)))
    if nginx.program() is None:
        raise RefusedError(_in_each_language("processes.no_nginx"))
    return _bindable(asked.host, asked.port, int(asked.workers))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.processes", description=__doc__, allow_abbrev=False)
    parser.add_argument("workers")
    parser.add_argument("--host", default="localhost")
    parser.add_argument("--port", type=int, default=8501)
    parser.add_argument("--certificate", type=Path, help="with its chain; then it is served over HTTPS alone")
    parser.add_argument("--key", type=Path)
    asked: Any = parser.parse_args(arguments)
    try:
        where = _checked(asked)
    except RefusedError as error:
        print(error, file=sys.stderr)
        return 2
    clear_what_was_left(Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix=_FOLDERS))
    in_use = _in_use(folder)
    names = tuple(str(n + 1) for n in range(int(asked.workers)))
    certificate, key = (path and path.absolute() for path in (asked.certificate, asked.key))
    processes = Processes(nginx.Site(folder, names, asked.host, asked.port, certificate, key, base_path()), where)
    try:
        return processes.run()
    finally:
        with suppress(KeyboardInterrupt):
            processes.stop()
        shutil.rmtree(folder, ignore_errors=True)
        os.close(in_use)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
