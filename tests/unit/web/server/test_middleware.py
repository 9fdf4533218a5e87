"""What leaves the server around Streamlit's own answers: language, compression, security headers."""

import asyncio
import base64
import gzip
import hashlib
import re
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Scope
from starlette.websockets import WebSocket

from pensebete.web.server import static_gzip
from pensebete.web.server.head_as_get import HeadAsGet
from pensebete.web.server.icon_font import LighterIcons, small_font_for
from pensebete.web.server.index_html import PAGES, PageHtml, page_in
from pensebete.web.server.known_files import VERSION
from pensebete.web.server.security_headers import (
    FILE_HEADERS,
    SECURITY_HEADERS,
    SecurityHeaders,
    internal_error,
)
from pensebete.web.server.static_gzip import STREAMLIT_FILES, CompressedFiles
from tests.asgi import Answer, answer_to

T = TypeVar("T")
SCRIPT = b"export const answer = 42;\n" * 1000


def in_its_own_thread(coroutine: Coroutine[Any, Any, T]) -> T:
    """The tests that drive a browser leave a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


def ask(app: ASGIApp, address: str, method: str = "GET", **headers: str) -> Answer:
    # Starlette answers a request that fails, then lets the error reach the server's log.
    return in_its_own_thread(answer_to(app, address, method, fails=ZeroDivisionError, **headers))


# Static files


@pytest.fixture
def static_files(tmp_path: Path) -> ASGIApp:
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "app.js").write_bytes(SCRIPT)
    (tmp_path / "static" / "letters.woff2").write_bytes(SCRIPT)
    return CompressedFiles(StaticFiles(directory=tmp_path), {"": tmp_path})


@pytest.fixture
def compressions(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The contents that were compressed, one entry each time."""
    contents: list[bytes] = []
    truly_gzipped = static_gzip.gzipped

    def counted(content: bytes) -> bytes:
        contents.append(content)
        return truly_gzipped(content)

    monkeypatch.setattr(static_gzip, "gzipped", counted)
    return contents


def test_a_script_leaves_compressed_and_whole(static_files: ASGIApp) -> None:
    answer = ask(static_files, "/static/app.js", accept_encoding="gzip, deflate, br")
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) == len(answer.body) < len(SCRIPT) / 10
    assert gzip.decompress(answer.body) == SCRIPT
    assert answer.headers["vary"] == "Accept-Encoding"


def test_a_script_is_compressed_once_however_many_ask(static_files: ASGIApp, compressions: list[bytes]) -> None:
    async def ten_at_once_then_one() -> list[Answer]:
        asking = [answer_to(static_files, "/static/app.js", accept_encoding="gzip") for _ in range(10)]
        return [
            *await asyncio.gather(*asking),
            await answer_to(static_files, "/static/app.js", accept_encoding="gzip"),
        ]

    answers = in_its_own_thread(ten_at_once_then_one())
    assert compressions == [SCRIPT]
    assert len({answer.body for answer in answers}) == 1


@pytest.mark.parametrize("accepted", ["", "identity", "br", "gzip;q=0", "*;q=0.0"])
def test_a_browser_that_takes_no_gzip_gets_the_file_itself(static_files: ASGIApp, accepted: str) -> None:
    answer = ask(static_files, "/static/app.js", accept_encoding=accepted)
    assert answer.body == SCRIPT
    assert "content-encoding" not in answer.headers
    assert answer.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize("accepted", ["GZIP", "br, gzip;q=0.5", "*"])
def test_gzip_is_recognised_however_it_is_offered(static_files: ASGIApp, accepted: str) -> None:
    answer = ask(static_files, "/static/app.js", accept_encoding=accepted)
    assert answer.headers["content-encoding"] == "gzip"


def test_a_range_is_cut_from_the_file_itself(static_files: ASGIApp) -> None:
    answer = ask(static_files, "/static/app.js", accept_encoding="gzip", range="bytes=7-11")
    assert (answer.status, answer.body) == (206, SCRIPT[7:12])
    assert "content-encoding" not in answer.headers


def test_a_browser_that_holds_the_file_is_not_sent_it_again(static_files: ASGIApp) -> None:
    tag = ask(static_files, "/static/app.js", accept_encoding="gzip").headers["etag"]
    assert tag.startswith('W/"')
    again = ask(static_files, "/static/app.js", accept_encoding="gzip", if_none_match=tag)
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)


def test_what_is_compressed_already_or_is_not_there_is_left_alone(
    static_files: ASGIApp, compressions: list[bytes]
) -> None:
    assert ask(static_files, "/static/letters.woff2", accept_encoding="gzip").body == SCRIPT
    with pytest.raises(HTTPException, match="404"):
        ask(static_files, "/static/absent.js", accept_encoding="gzip")
    assert compressions == []


def test_asking_for_the_headers_alone_sends_no_body(static_files: ASGIApp) -> None:
    assert ask(static_files, "/static/app.js", "HEAD", accept_encoding="gzip").body == b""


# The page


def streamlit_page_or_file(request: Request) -> Response:
    match request.url.path:
        case "/plan.pdf":
            return Response(b"%PDF-1.7", media_type="application/pdf")
        case "/about":
            return Response("<html lang=en>Not Streamlit's page</html>", media_type="text/html")
        case "/_stcore/health":
            return PlainTextResponse(request.headers.get("accept-encoding", ""))
        case "/events":
            return StreamingResponse((chunk for chunk in ["one ", "two"]), media_type="text/plain")
        case _:
            return FileResponse(STREAMLIT_FILES / "index.html")


@pytest.fixture
def pages() -> ASGIApp:
    return PageHtml(Starlette(routes=[Route("/{path:path}", streamlit_page_or_file)]))


@pytest.mark.parametrize(
    ("address", "cookie", "language"),
    [
        ("/", "", "fr"),
        ("/", "pensebete-lang=en", "en"),
        ("/questionnaire", "other=1; pensebete-lang=en", "en"),
        ("/questionnaire?lang=fr", "pensebete-lang=en", "fr"),
        ("/?lang=en", "", "en"),
        ("/?lang=de", "pensebete-lang=en", "en"),
        ("/", 'pensebete-lang="><script>', "fr"),
    ],
)
def test_the_page_is_in_the_language_asked_else_remembered_else_french(
    pages: ASGIApp, address: str, cookie: str, language: str
) -> None:
    answer = ask(pages, address, cookie=cookie)
    page = answer.body.decode()
    assert re.findall(r"<html[^>]*>", page) == [f'<html lang="{language}">']
    assert answer.headers["content-language"] == language
    assert ("la page arrive" in page, "is on its way" in page) == (language == "fr", language == "en")
    assert "Activez-le" in page, "nobody without JavaScript has chosen a language"
    assert "Turn it on" in page


def test_the_page_is_ours(pages: ASGIApp) -> None:
    page = ask(pages, "/results").body.decode()
    assert re.findall(r"<title>(.*)</title>", page) == ["Pense-bête"]
    assert "You need to enable JavaScript" not in page
    assert page.count(f'import("./static/{VERSION}/js/first.js")') == 1
    assert "./static/js/" not in page


def test_the_page_says_where_the_app_begins_and_which_dossier_its_tab_is_about_before_any_other_script(
    pages: ASGIApp,
) -> None:
    page = ask(pages, "/results").body.decode()
    in_order = ("BACKEND_BASE_URL", "window.pensebete = ", "streamlit-strings.js", "await window.pensebete.ready")
    assert sorted(in_order, key=page.index) == list(in_order)


@pytest.mark.parametrize("address", ["/", "/questionnaire"])
def test_the_page_leaves_compressed_for_those_who_take_it(pages: ASGIApp, address: str) -> None:
    compressed = ask(pages, address, accept_encoding="gzip")
    assert compressed.headers["content-encoding"] == "gzip"
    assert int(compressed.headers["content-length"]) == len(compressed.body)
    assert gzip.decompress(compressed.body) == ask(pages, address).body


def test_the_page_is_never_taken_from_a_copy_in_the_other_language(pages: ASGIApp) -> None:
    streamlits_tag = ask(Starlette(routes=[Route("/", streamlit_page_or_file)]), "/").headers["etag"]
    answer = ask(pages, "/", if_none_match=streamlits_tag, range="bytes=0-9")
    assert (answer.status, answer.headers["cache-control"]) == (200, "no-cache")
    assert {"etag", "last-modified"}.isdisjoint(answer.headers)
    assert answer.headers["vary"] == "Accept-Encoding, Cookie"


def test_a_language_asked_by_the_address_is_remembered(pages: ASGIApp) -> None:
    asked = ask(pages, "/results?lang=en").headers["set-cookie"]
    assert asked == "pensebete-lang=en; Path=/; Max-Age=31536000; SameSite=Lax"
    assert "set-cookie" not in ask(pages, "/results?lang=de").headers
    assert "set-cookie" not in ask(pages, "/results", cookie="pensebete-lang=en").headers


def test_what_is_not_the_page_passes_untouched(pages: ASGIApp) -> None:
    assert ask(pages, "/plan.pdf", accept_encoding="gzip").body == b"%PDF-1.7"
    assert ask(pages, "/about").body == b"<html lang=en>Not Streamlit's page</html>"
    assert ask(pages, "/events").body == b"one two"
    assert ask(pages, "/_stcore/health", accept_encoding="gzip").body == b"gzip"
    assert ask(pages, "/", "HEAD").headers["etag"]


@pytest.mark.parametrize("path", ["/", "/events", "/_stcore/health", "/nothing-here"])
def test_the_headers_alone_are_those_of_the_whole(pages: ASGIApp, path: str) -> None:
    whole, alone = (ask(HeadAsGet(pages), path, method, accept_encoding="gzip") for method in ("GET", "HEAD"))
    assert (alone.status, dict(alone.headers)) == (whole.status, dict(whole.headers))
    assert whole.body
    assert alone.body == b""


def test_another_streamlit_whose_page_cannot_be_made_ours_is_refused_at_the_start() -> None:
    with pytest.raises(ValueError, match="expects"):
        page_in("fr", '<html lang="en"><noscript></noscript></html>')


def test_what_is_seen_before_the_scripts_have_come_is_in_the_language_of_the_page(pages: ASGIApp) -> None:
    assert "Un instant" in ask(pages, "/").body.decode()
    assert "One moment" in ask(pages, "/?lang=en").body.decode()


# The icon font


def test_the_small_icon_font_is_made_from_the_one_of_this_streamlit() -> None:
    (font,) = STREAMLIT_FILES.rglob("MaterialSymbols*.woff2")
    small = small_font_for(font)
    assert small, "run tools/subset-web-fonts"
    assert small.stat().st_size < font.stat().st_size / 20


def test_the_small_icon_font_leaves_in_the_place_of_the_big_one() -> None:
    (font,) = STREAMLIT_FILES.rglob("MaterialSymbols*.woff2")
    small = small_font_for(font)
    assert small
    answer = ask(LighterIcons(Starlette()), f"/{font.relative_to(STREAMLIT_FILES).as_posix()}")
    assert answer.headers["content-type"] == "font/woff2"
    assert answer.headers["content-length"] == str(small.stat().st_size)
    assert answer.body == small.read_bytes()


def test_another_streamlits_icon_font_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "MaterialSymbols-Rounded.x.woff2").write_bytes(b"another font")
    assert small_font_for(tmp_path / "MaterialSymbols-Rounded.x.woff2") is None


# Security headers


def fail(_request: Request) -> Response:
    raise ZeroDivisionError


async def refuse(websocket: WebSocket) -> None:
    await websocket.send_denial_response(PlainTextResponse("no", status_code=403))


@pytest.fixture
def guarded(tmp_path: Path) -> ASGIApp:
    (tmp_path / "app.js").write_bytes(SCRIPT)
    (tmp_path / "page.html").write_text("<html></html>")
    routes = [
        Route("/fails", fail),
        WebSocketRoute("/refused", refuse),
        Mount("/", StaticFiles(directory=tmp_path)),
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(SecurityHeaders)],
        exception_handlers={Exception: internal_error},
    )


@pytest.mark.parametrize(("path", "status"), [("/page.html", 200), ("/absent", 404), ("/fails", 500)])
def test_every_response_carries_the_security_headers(guarded: ASGIApp, path: str, status: int) -> None:
    answer = ask(guarded, path)
    assert answer.status == status
    assert {name: answer.headers[name] for name in SECURITY_HEADERS} == SECURITY_HEADERS


def test_a_script_carries_those_that_say_something_of_a_script_and_a_policy_that_is_stricter(guarded: ASGIApp) -> None:
    answer = ask(guarded, "/app.js")
    assert {name: answer.headers.get(name) for name in FILE_HEADERS} == FILE_HEADERS
    assert "permissions-policy" not in answer.headers
    assert FILE_HEADERS["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"


def test_a_refused_websocket_carries_the_security_headers(guarded: ASGIApp) -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {
        "type": "websocket",
        "path": "/refused",
        "headers": [],
        "query_string": b"",
        "root_path": "",
    }
    scope["extensions"] = {"websocket.http.response": {}}
    in_its_own_thread(guarded(scope, receive, send))
    assert Headers(raw=sent[0]["headers"])["x-frame-options"] == "DENY"


def test_the_policy_allows_exactly_the_inline_scripts_of_the_page() -> None:
    policy = SECURITY_HEADERS["Content-Security-Policy"]
    for page in PAGES.values():
        scripts = re.findall(r"<script([^>]*)>(.*?)</script>", page, re.DOTALL)
        inline = [script for said, script in scripts if "src=" not in said and "json" not in said]
        digests = {base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in inline}
        assert len(inline) == 6
        assert set(re.findall(r"'sha256-(.*?)'", policy)) == digests


def test_the_policy_allows_neither_evaluated_code_nor_other_hosts_nor_frames() -> None:
    policy = SECURITY_HEADERS["Content-Security-Policy"]
    assert "unsafe-eval" not in policy
    assert re.search(r"script-src[^;]*unsafe-inline", policy) is None
    assert re.search(r"https?:|\*", policy) is None
    assert {"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"} <= set(policy.split("; "))
