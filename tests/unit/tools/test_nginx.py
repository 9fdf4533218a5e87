"""What nginx is told for several processes."""

from __future__ import annotations

import gzip
import re
import subprocess
from functools import partial
from pathlib import Path

import brotli
import pytest

from pensebete.web.server import make_brotli
from pensebete.web.server.known_files import known_files
from pensebete.web.server.limits import Limits
from pensebete.web.server.made_brotli import made_brotli
from pensebete.web.server.security_headers import FILE_HEADERS, OVER_HTTPS
from pensebete.web.server.this_process import PROCESS_COOKIE
from pensebete.web.server.trusted_proxies import parsed
from tools.processes import nginx
from tools.processes.nginx import Site, addresses_of, settings


def told(site: Site, limits: Limits | None = None, proxies: str = "") -> str:
    return settings(site, limits or Limits(), parsed(proxies), ["127.0.0.1", "::1"])


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path, ("1", "2", "3"), "localhost", 8501)


def test_each_process_has_its_cookie_and_the_others_where_it_is_gone(site):
    text = told(site)
    assert f"map $cookie_{PROCESS_COOKIE} $process" in text
    for name in site.processes:
        assert f"{name} process_{name};" in text
        upstream = text.split(f"upstream process_{name} {{")[1].split("}")[0]
        assert [line.split()[1:] for line in upstream.strip().splitlines()[:3]] == [
            [f"unix:{site.folder}/{name}.sock", "max_fails=0;"],
            *(
                [f"unix:{site.folder}/{other}.sock", "max_fails=0", "backup;"]
                for other in site.processes
                if other != name
            ),
        ]
    assert "proxy_next_upstream_tries 3;" in text
    assert re.search(r"%[A-Z_]+%", text) is None


def test_what_one_address_takes_is_counted_across_processes_as_each_counts_it(site):
    text = told(site, Limits(requests=1200, visits=50))
    assert "rate=10r/s" in text
    assert "burst=1200 nodelay;" in text
    assert "limit_conn visits 50;" in text


def test_what_nginx_serves_itself_has_the_headers_of_the_app(site):
    text = told(site)
    for name, value in FILE_HEADERS.items():
        assert text.count(f'add_header {name} "{value}" always;') == 2
    assert "Strict-Transport-Security" not in text
    over_https = told(Site(site.folder, ("1",), "localhost", 443, Path("/chain"), Path("/key")))
    assert over_https.count(f'"{OVER_HTTPS["Strict-Transport-Security"]}" always;') == 2
    assert "listen [::1]:443 ssl http2;" in over_https


def test_a_proxy_in_front_is_believed_where_it_is_named_alone(site):
    assert "set_real_ip_from" not in told(site)
    text = told(site, proxies="unix 10.0.0.0/8")
    assert "set_real_ip_from 10.0.0.0/8;" in text
    assert "10.0.0.0/8 1;" in text


def test_the_copies_are_what_they_are_copies_of(site, monkeypatch, tmp_path):
    first, style = (next(one for one in known_files() if one.name == name) for name in ("first.js", "style.css"))
    made = partial(made_brotli, folder=tmp_path / "made")
    make_brotli.make([style], tmp_path / "made")
    monkeypatch.setattr(nginx, "made_brotli", made)
    monkeypatch.setattr(nginx, "files_of_most_visits", lambda: [first, style])
    nginx.make_folders(site)
    gzip_copies, brotli_copies = site.folder / "gzip", site.folder / "brotli"
    assert gzip.decompress((gzip_copies / f"{first.path[1:]}.gz").read_bytes()) == first.content()
    assert gzip.decompress((gzip_copies / f"{style.path[1:]}.gz").read_bytes()) == style.content()
    assert brotli.decompress((brotli_copies / style.path[1:]).read_bytes()) == style.content()
    assert not (brotli_copies / first.path[1:]).exists()


@pytest.mark.skipif(nginx.program() is None, reason="there is no nginx: tools/install-nginx")
def test_nginx_takes_it(site):
    for name in ("body", "proxy", "fastcgi", "uwsgi", "scgi"):
        (site.folder / "disk" / name).mkdir(parents=True)
    file = site.folder / "nginx.conf"
    file.write_text(told(site, proxies="10.0.0.0/8 2001:db8::/32").replace("[::1]", "127.0.0.2"), encoding="utf-8")
    call = [str(nginx.program()), "-t", "-q", "-e", "stderr", "-p", str(site.folder), "-c", str(file)]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_host_has_addresses_of_this_machine():
    assert "127.0.0.1" in addresses_of("localhost", 80)
    assert addresses_of("0.0.0.0", 80) == ["0.0.0.0"]
