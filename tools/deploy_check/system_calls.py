"""What the program asks of the system, beside what its unit lets it: one that is refused would be seen in service."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from devtools.server import free_port
from tools.deploy_check.answers import answers, wait_until_it_answers
from tools.deploy_check.said import DEPLOY, ROOT, CannotTellError, FailedError, program, run

# SQLite hands its files to the owner of the database where it is run by root, as here, and by nobody else.
_BY_ROOT_ALONE = {"fchown"}
_CALL = re.compile(r"^\d+ +([a-z0-9_]+)\(", re.M)


def are_allowed() -> str:
    strace, allowed = program("strace"), _allowed()
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        environment = {
            **os.environ,
            "PENSEBETE_DATABASE_URL": f"sqlite:///{folder}/dossiers.sqlite3",
            "PENSEBETE_PROCESS": "1",
            "PENSEBETE_METRICS_PORT": f"127.0.0.1:{free_port()}",
        }
        traced = [strace, "-f", "-qq", "-o"]
        run([*traced, str(folder / "migrate"), sys.executable, "-m", "pensebete", "migrate"], environment)
        call = [*traced, str(folder / "serve"), sys.executable, "-m", "uvicorn", "app:app", "--port", str(port)]
        server = subprocess.Popen(
            call,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_until_it_answers(port, server, 180)
            for path in ("/", "/readyz", "/liste-vide.pdf?lang=fr"):
                if not answers(port, path):
                    raise FailedError(f"{path} is not answered")
            time.sleep(3)  # it says what is wrong with its settings, and looks at its checklist, a while after it began
            for child in Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text("ascii").split():
                os.kill(int(child), signal.SIGTERM)
            server.wait(120)
        finally:
            if server.poll() is None:
                server.kill()
                server.wait()
        used = set(
            _CALL.findall("\n".join((folder / part).read_text("utf-8", "replace") for part in ("migrate", "serve")))
        )
    if len(used) < 40:
        raise FailedError(f"hardly anything was seen: {sorted(used)}")
    if refused := used - allowed - _BY_ROOT_ALONE:
        raise FailedError(f"the unit refuses {', '.join(sorted(refused))}")
    return f"{len(used)} system calls of the program, of {len(allowed)} that its unit lets it make"


def _allowed() -> set[str]:
    unit = (DEPLOY / "systemd" / "pensebete@.service").read_text("utf-8")
    allowed = _group("@default")
    for group in re.findall(r"^SystemCallFilter=(\S+)$", unit, re.M):
        allowed = allowed - _group(group[1:]) | _group("@default") if group.startswith("~") else allowed | _group(group)
    return allowed


def _group(name: str) -> set[str]:
    if not name.startswith("@"):
        return {name}
    try:
        said = run([program("systemd-analyze"), "syscall-filter", name])
    except FailedError:
        raise CannotTellError(f"this systemd does not say what {name} is") from None
    members = [line.strip() for line in said.splitlines()[1:] if line.strip() and not line.strip().startswith("#")]
    return set().union(*map(_group, members))
