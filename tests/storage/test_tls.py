"""A server of PostgreSQL on another machine is spoken to in cipher, and only if it is the one that it says it is."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from time import monotonic

import pytest

from devtools.postgresql import DatabaseServer
from pensebete.storage.engine import open_store, reading
from pensebete.storage.errors import StoreUnavailableError

IN_CIPHER = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"


def certificate(folder: Path) -> Path:
    """One of 127.0.0.1 that nobody else has signed, its key beside it."""
    made = folder / "server.crt"
    what = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    into = ["-nodes", "-keyout", str(folder / "server.key"), "-out", str(made)]
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    subprocess.run(["openssl", "req", "-x509", *curve, *what, *into], check=True, capture_output=True)
    return made


@pytest.fixture
def root(server: DatabaseServer, tmp_path: Path) -> Iterator[Path]:
    """The certificate that the server has meanwhile."""
    made, its_own = certificate(tmp_path), server.folder / "tls"
    shutil.copytree(tmp_path, its_own)
    for file in (its_own, *its_own.iterdir()):
        shutil.chown(file, server.folder.owner())
    (its_own / "server.key").chmod(0o600)
    server.set(ssl_cert_file=f"{its_own}/server.crt", ssl_key_file=f"{its_own}/server.key", ssl="on")
    deadline = monotonic() + 30
    while server.ask("SHOW ssl") != "on":
        assert monotonic() < deadline
    yield made
    server.set(ssl="off")


def test_a_server_is_known_by_its_certificate_and_another_one_is_told_nothing(server, root, tmp_path):
    asked = f"{server.url('postgres')}?sslmode=verify-full&sslrootcert="
    with closing(open_store(f"{asked}{root}")) as store, reading(store) as connection:
        assert connection.exec_driver_sql(IN_CIPHER).scalar_one() is True
    other = tmp_path / "other"
    other.mkdir()
    with closing(open_store(f"{asked}{certificate(other)}")) as store:
        with pytest.raises(StoreUnavailableError) as refused, reading(store):
            pass
        assert refused.value.reason == "unreachable"
