"""The files that pages load, at addresses that say their version: which there are, and how each is answered."""

from __future__ import annotations

import asyncio
import gzip
import re
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp

from pensebete.web.server import known_answers, make_brotli
from pensebete.web.server.index_html import PAGES
from pensebete.web.server.known_answers import KnownFiles
from pensebete.web.server.known_files import KEPT, STYLE, VERSION, Known, files_of_most_visits, known_files, own
from pensebete.web.server.made_brotli import made_brotli
from pensebete.web.server.static_gzip import OUR_FILES
from tests.asgi import Answer, answer_to

BY_NAME = {known.name: known for known in known_files()}
STRINGS, LOGO, FIRST = BY_NAME["streamlit-strings.js"], BY_NAME["logo.svg"], BY_NAME["first.js"]
ANY_BROWSER = "gzip, deflate, br, zstd"


def address_of(known: Known) -> str:
    return f"{known.path}?{known.query}" if known.query else known.path


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Answer]:
    """Ask a server on which copies of our scripts alone were made; what it passes on is answered "passed on"."""
    make_brotli.make([STRINGS, LOGO], tmp_path)
    monkeypatch.setattr(known_answers, "made_brotli", lambda known: made_brotli(known, tmp_path))
    app: ASGIApp = KnownFiles(PlainTextResponse("passed on"))

    def ask(address: str, method: str = "GET", **headers: str) -> Answer:
        return asyncio.run(answer_to(app, address, method, **headers))

    return ask


def test_each_address_of_a_file_in_the_page_is_one_that_is_known_and_says_its_version():
    known = {f".{address_of(one)}" for one in known_files()}
    for page in PAGES.values():
        named = set(re.findall(r'"(\./(?:static|app/static)/[^"]+)"', page))
        assert len(named) > 8
        assert named <= known
    assert own("logo.svg") in known


def test_a_browser_that_takes_brotli_gets_the_copy_that_was_made(ask):
    answer = ask(address_of(STRINGS), accept_encoding=ANY_BROWSER)
    assert (answer.status, answer.headers["content-encoding"]) == (200, "br")
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert brotli.decompress(answer.body) == (OUR_FILES / "streamlit-strings.js").read_bytes()
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert (answer.headers["cache-control"], answer.headers["vary"]) == (KEPT, "Accept-Encoding")


@pytest.mark.parametrize(
    ("accepted", "coding"), [("gzip", "gzip"), ("*", "gzip"), ("br;q=0, gzip", "gzip"), ("", None)]
)
def test_a_browser_that_does_not_gets_gzip_or_the_file_itself(ask, accepted, coding):
    answer = ask(address_of(STRINGS), accept_encoding=accepted)
    assert answer.headers.get("content-encoding") == coding
    body = gzip.decompress(answer.body) if coding else answer.body
    assert body == (OUR_FILES / "streamlit-strings.js").read_bytes()
    assert answer.headers["vary"] == "Accept-Encoding"


def test_where_no_copy_was_made_gzip_is_sent(ask):
    answer = ask(address_of(BY_NAME[STYLE]), accept_encoding=ANY_BROWSER)
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(answer.body) == BY_NAME[STYLE].content()


def test_what_is_small_or_compressed_already_leaves_as_it_is(ask):
    for name in ("logo.svg", "noto-sans-bold.woff2"):
        answer = ask(address_of(BY_NAME[name]), accept_encoding=ANY_BROWSER)
        assert "content-encoding" not in answer.headers
        assert answer.body == (OUR_FILES / name).read_bytes()


def test_a_browser_that_asks_again_is_told_that_it_has_it_and_in_which_coding(ask):
    tag = ask(address_of(STRINGS), accept_encoding=ANY_BROWSER).headers["etag"]
    again = ask(address_of(STRINGS), accept_encoding=ANY_BROWSER, if_none_match=tag)
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    assert ask(address_of(STRINGS), accept_encoding="gzip", if_none_match=tag).status == 200


def test_a_part_is_answered_with_the_whole(ask):
    answer = ask(address_of(STRINGS), range="bytes=0-9")
    assert (answer.status, len(answer.body)) == (200, len(STRINGS.content()))


@pytest.mark.parametrize(
    "address", ["/app/static/logo.svg?00000000", "/app/static/logo.svg", "/static/js/first.js", "/results"]
)
def test_any_other_address_passes_untouched(ask, address):
    assert ask(address).body == b"passed on"


def test_a_page_of_another_version_has_the_scripts_of_this_one_not_to_be_kept(ask):
    answer = ask("/static/00000000/js/answers.js", accept_encoding="gzip")
    assert gzip.decompress(answer.body) == BY_NAME["answers.js"].content()
    assert answer.headers["cache-control"] == "no-cache"
    assert ask("/static/00000000/js/absent.js").body == b"passed on"


def test_copies_are_made_once_and_those_of_another_version_go(tmp_path):
    (tmp_path / "00000000-first.js.br").write_bytes(b"of another version")
    assert make_brotli.make([STRINGS, LOGO], tmp_path) == 1
    [copy] = tmp_path.iterdir()
    copy.write_bytes(b"made before")
    make_brotli.make([STRINGS, LOGO], tmp_path)
    assert made_brotli(STRINGS, tmp_path) == b"made before"
    assert made_brotli(LOGO, tmp_path) == b""


def test_every_style_sheet_is_in_the_one_that_leaves_less_its_comments():
    style = BY_NAME[STYLE].content().decode()
    for sheet in (OUR_FILES / "style").glob("*.css"):
        text = sheet.read_text("utf-8")
        assert not re.search(r"""["'][^"'\n]*/\*""", text), "what stands between quotes is no comment"
        last_rule = re.findall(r"[^{};/]+\{", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL))[-1]
        assert " ".join(last_rule.split()) in " ".join(style.split()), sheet.name
    assert "/*" not in style


def test_copies_are_made_ready_of_what_most_visits_load_and_of_nothing_that_a_chart_alone_asks_for():
    named = {one.name for one in files_of_most_visits()}
    assert {"first.js", "answers.js", "plan.js", STYLE, "streamlit-strings.js"} <= named
    assert not any(name.startswith(("PlotlyChart", "embed")) for name in named)
    assert FIRST.path == f"/static/{VERSION}/js/first.js"
