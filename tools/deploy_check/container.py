"""The image, built on a base from Debian's packages, and run as in service: by an account without rights, on a file
system that is read-only."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from devtools.server import free_port
from tools.deploy_check.answers import answers, wait_until_it_answers
from tools.deploy_check.said import DEPLOY, CannotTellError, FailedError, program, run

BASE, IMAGE = "localhost/pense-bete-base:deploy-check", "localhost/pense-bete:deploy-check"
_PYTHON = "/app/.venv/bin/python"
_ACCOUNT = 10001


def is_built() -> str:
    """`PIP_INDEX_URL` and `PIP_CERT` of this machine count in there too."""
    buildah = program("buildah")
    if os.geteuid():
        raise CannotTellError("the base is bootstrapped by root")
    program("mmdebstrap")
    started = time.monotonic()
    run([str(DEPLOY / "container" / "base"), BASE])
    call = [buildah, "build", "--isolation", "chroot", "--format", "docker", "--build-arg", f"BASE={BASE}"]
    for name in ("PIP_INDEX_URL", "PIP_CERT"):
        if name in os.environ:
            call += ["--build-arg", f"{name}={os.environ[name]}"]
    if certificates := os.environ.get("PIP_CERT"):
        call += ["--volume", f"{certificates}:{certificates}:ro"]
    run([*call, "--file", str(DEPLOY / "container" / "Containerfile"), "--tag", IMAGE, "."])
    size = run([buildah, "images", "--format", "{{.Size}}", IMAGE]).strip()
    return f"built on a base from Debian's packages in {time.monotonic() - started:.0f} s, {size} unpacked"


@contextmanager
def _container() -> Iterator[tuple[str, Path]]:
    """A container of the image, and a folder to mount at /data."""
    buildah = program("buildah")
    if not run([buildah, "images", "--quiet", "--filter", f"reference={IMAGE}"]).strip():
        raise CannotTellError("there is no image")
    name = run([buildah, "from", IMAGE]).strip()
    data = Path(tempfile.mkdtemp(prefix="pensebete-data-"))
    os.chown(data, _ACCOUNT, _ACCOUNT)
    try:
        yield name, data
    finally:
        run([buildah, "rm", name])
        shutil.rmtree(data)


def is_run_by_buildah() -> str:
    """With the command, the account and the settings that the image says."""
    buildah = program("buildah")
    with _container() as (name, data):
        config = json.loads(run([buildah, "inspect", name]))["Docker"]["config"]
        port = free_port()
        command = [*config["Entrypoint"], *(str(port) if word == "8501" else word for word in config["Cmd"])]
        # No other isolation is to be had where there are no user namespaces; it shares the network of this machine.
        call = [
            buildah,
            "run",
            "--isolation",
            "chroot",
            "--env",
            "PENSEBETE_METRICS_PORT=",
            "--volume",
            f"{data}:/data",
        ]
        with _serving([*call, name, "--", *command], port) as process:
            owners = {path.stat().st_uid for path in data.rglob("*")}
            if owners != {_ACCOUNT}:
                raise FailedError(f"what it writes belongs to {owners}")
            seconds = _ended(process, _by_account(port))
    return (
        f"buildah run --isolation chroot, as {_ACCOUNT}: pages, /healthz, a database; gone in {seconds:.1f} s once told"
    )


def is_run_read_only() -> str:
    """The same in a mount namespace of root, where everything but /data and /tmp is read-only; the health check too."""
    buildah, unshare = program("buildah"), program("unshare")
    if subprocess.run([unshare, "--mount", "true"], capture_output=True).returncode:
        raise CannotTellError("no mount namespace is to be had here")
    with _container() as (name, data):
        config = json.loads(run([buildah, "inspect", name]))["Docker"]["config"]
        root, port = run([buildah, "mount", name]).strip(), free_port()
        mounts = f"""set -e
            mount --bind {root} {root}
            mount --bind {data} {root}/data
            mount -t tmpfs -o mode=1777 tmpfs {root}/tmp
            mount --rbind /proc {root}/proc
            mount --rbind /dev {root}/dev
            mount -o remount,bind,ro {root}
            exec chroot --userspec={_ACCOUNT}:{_ACCOUNT} {root} /usr/bin/env -i -C /app "$@" """
        environment = [*config["Env"], "PENSEBETE_METRICS_PORT="]
        inside = [unshare, "--mount", "sh", "-c", mounts, "sh", *environment]
        try:
            run([*inside, "/usr/bin/touch", "/app/written"])
        except FailedError as error:
            if "Read-only file system" not in str(error):
                raise
        else:
            raise FailedError("it wrote outside /data and /tmp")
        kept = run([*inside, "/app/start", _PYTHON, "-m", "pensebete", "migrate"])
        command = [*config["Entrypoint"], *(str(port) if word == "8501" else word for word in config["Cmd"])]
        with _serving([*inside, *command], port):
            check = config["Healthcheck"]["Test"][1:]
            run([*inside, *(word.replace(":8501/", f":{port}/") for word in check)], timeout=10)
            try:
                run([*inside, *(word.replace(":8501/", ":9/") for word in check)], timeout=10)
            except FailedError:
                pass
            else:
                raise FailedError("the health check is content where nobody answers")
    return f"read-only but for /data and /tmp, as {_ACCOUNT}: {kept.strip()} It serves; its health check tells."


@contextmanager
def _serving(call: list[str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            call, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            _wait_until_it_serves(process, port, log)
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            for pid in _by_account(port):
                os.kill(pid, signal.SIGKILL)
            process.wait()


def _wait_until_it_serves(process: subprocess.Popen[bytes], port: int, log: IO[bytes]) -> None:
    try:
        wait_until_it_answers(port, process, 120)
    except FailedError as error:
        log.seek(0)
        raise FailedError(f"{error}: {log.read()[-1500:].decode('utf-8', 'replace')}") from None
    for path in ("/", "/liste-vide.pdf?lang=fr"):
        if not answers(port, path):
            raise FailedError(f"{path} is not answered")


def forget() -> None:
    """The images go again: they are a gigabyte."""
    for image in (IMAGE, BASE):
        with suppress(CannotTellError, FailedError):
            run([program("buildah"), "rmi", image])


def _by_account(port: int) -> list[int]:
    """The processes that were started here to listen on that port, and are not ended with who started them."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if words[0].endswith(b"python") and b"uvicorn" in words and str(port).encode() in words:
                found.append(int(entry.name))
    return found


def _ended(process: subprocess.Popen[bytes], servers: list[int]) -> float:
    started = time.monotonic()
    if not servers:
        raise FailedError("no process of the container is to be seen")
    for pid in servers:
        os.kill(pid, signal.SIGTERM)
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        raise FailedError("told to end, it goes on for half a minute") from None
    return time.monotonic() - started
