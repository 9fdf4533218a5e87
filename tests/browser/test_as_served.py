"""What leaves a server that runs, byte by byte: what the parts do by themselves, tests/unit/web/server/ says."""

from __future__ import annotations

import gzip
import http.client
import re
from contextlib import closing
from dataclasses import dataclass
from http.cookies import SimpleCookie

import brotli
from starlette.datastructures import Headers

from devtools.server import OURS, serving
from pensebete.web.server.blank_list import BLANK_PATH
from pensebete.web.server.calendar_feed import CALENDAR_PATH
from pensebete.web.server.index_html import PAGES
from pensebete.web.server.known_files import KEPT, known_files
from pensebete.web.server.link_cookie import LINK_PATH
from pensebete.web.server.manifest import MANIFEST_PATH
from pensebete.web.server.security_headers import SECURITY_HEADERS
from pensebete.web.server.static_gzip import is_worth_compressing
from tests.browser.saved import new_database, save_dossier


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Headers
    body: bytes


def ask(server: str, address: str, method: str = "GET", body: str | None = None, **headers: str) -> Answer:
    """Ask a server, header names written with _ for -; what it sends is left as it came."""
    with closing(http.client.HTTPConnection(server.removeprefix("http://"), timeout=30)) as connection:
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        connection.request(method, address, body, named)
        response = connection.getresponse()
        return Answer(response.status, Headers(dict(response.getheaders())), response.read())


def test_streamlit_run_serves_our_page_at_every_address(address):
    for page in ["/results", "/", "/questionnaire", "/questionnaire?utm_source=courriel"]:
        answer = ask(address, page, Accept_Encoding="gzip")
        assert answer.status == 200
        served = gzip.decompress(answer.body).decode()
        assert ('<div id="early"' in served) == (page != "/results")
        assert re.sub(r'<div id="early".*(?=<div id="root">)', "", served, flags=re.DOTALL) == PAGES["fr"]
    assert ask(address, "/results", Cookie="pensebete-lang=en").body.decode() == PAGES["en"]


def test_streamlit_run_serves_the_security_headers_with_everything(address):
    for path, status in [
        ("/", 200),
        ("/_stcore/health", 200),
        ("/media/absent", 404),
        ("/app/static/logo.svg", 200),
        ("//", 400),
    ]:
        answer = ask(address, path)
        assert answer.status == status
        assert {name: answer.headers[name] for name in SECURITY_HEADERS} == SECURITY_HEADERS


def test_streamlit_run_sends_every_file_of_the_page_compressed_to_be_kept_for_a_year(address):
    files = {f".{file.path}{file.query and f'?{file.query}'}": file for file in known_files()}
    named = re.findall(r'"(\./(?:static|app/static)/[^"]+)"', PAGES["fr"])
    assert len(named) > 8
    for path in named:
        content = files[path].content()
        for coding, back in (("br", brotli.decompress), ("gzip", gzip.decompress)):
            answer = ask(address, path[1:], Accept_Encoding=coding)
            assert (answer.status, answer.headers["cache-control"]) == (200, KEPT)
            compressed = answer.headers.get("content-encoding")
            assert compressed == (coding if is_worth_compressing(files[path].name, content) else None), path
            assert (back(answer.body) if compressed else answer.body) == content


# An address of each kind that a server answers, those of the framework too.
EVERY_KIND = [
    "/", "/questionnaire", "/desk", "/no-such-page", "/?lang=en", LINK_PATH, MANIFEST_PATH,
    f"{CALENDAR_PATH}{'x' * 43}.ics", BLANK_PATH, f"{BLANK_PATH}?lang=en",
    "/_stcore/health", "/_stcore/host-config", "/_stcore/metrics", "/_stcore/stream", "/_stcore/upload_file/visit/file",
    "/media/absent.pdf", "/component/absent/index.html", "/_stcore/bidi-components/absent/index.js",
    "/_stcore/agent/schema", "/app/static/streamlit-strings.js", "/app/static/logo.svg",
    "/app/static/noto-sans-bold.woff2", "/app/static/absent.js", "/static/js/absent.js", "/static/", "/manifest.json",
    "/favicon.png", "/robots.txt", "//", "/%2e%2e/app.py",
]  # fmt: skip


def test_the_headers_alone_are_those_of_the_whole_answer(address):
    files = re.findall(r'"\.(/(?:static|app/static)/[^"]+)"', PAGES["fr"])
    for path in [*EVERY_KIND, *files]:
        for coding in ("identity", "gzip", "br"):
            whole, alone = (ask(address, path, method, Accept_Encoding=coding) for method in ("GET", "HEAD"))
            assert alone.body == b""
            assert (path, coding, alone.status, told(alone)) == (path, coding, whole.status, told(whole))
            assert alone.headers.get("content-length") in {str(len(whole.body)), None}, path


def told(answer: Answer) -> dict[str, str]:
    return {name: text for name, text in answer.headers.items() if name not in {"date", "set-cookie"}}


def test_the_real_server_exchanges_a_link_and_prints_nothing_of_it(tmp_path):
    log, database = tmp_path / "log", new_database(tmp_path / "dossiers.sqlite3")
    token = save_dossier(database, {"cash-forecast": "done"}).token
    served = {"PENSEBETE_DATABASE_URL": f"sqlite:///{database}"}
    with log.open("wb") as output, serving(OURS, "--logger.level=debug", output=output, **served) as server:
        answer = ask(server.url, LINK_PATH, "POST", token, Sec_Fetch_Site="same-origin")
        assert answer.status == 200
        [cookie] = [one for one in SimpleCookie(answer.headers["set-cookie"]).values() if token in one.value]
        assert cookie.value.split(".")[0] == token
        others = [(name, value) for name, value in answer.headers.items() if name != "set-cookie"]
        assert token not in str(others) + repr(answer.body)
        assert ask(server.url, LINK_PATH, "POST", token * 5, Sec_Fetch_Site="same-origin").status == 400
    printed = log.read_text(encoding="utf-8")
    assert printed, "the server printed something, only not that"
    assert token[:8] not in printed
