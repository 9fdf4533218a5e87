"""The blank list at its address: in the language asked for, made once however many ask, under the site's folder."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import streamlit
from pypdf import PdfReader
from starlette.applications import Starlette

from pensebete.web.server import blank_list
from pensebete.web.server.blank_list import BLANK_PATH, blank_list_routes
from pensebete.web.server.live import look
from pensebete.web.server.reading import TooMuchError
from tests.asgi import Answer, answer_to

PDF = b"%PDF-1.7 blank"


@pytest.fixture(autouse=True)
def _nothing_made() -> Iterator[None]:
    blank_list._made.clear()
    yield
    blank_list._made.clear()


@pytest.fixture
def makes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The languages in which it was made."""
    asked: list[str] = []

    def made(_text: str, language: str, _day: date) -> bytes:
        asked.append(language)
        return PDF

    monkeypatch.setattr(blank_list, "blank_pdf", made)
    return asked


def get(*queries: str, path: str = BLANK_PATH) -> list[Answer]:
    """What is answered to each, all asked at once."""

    async def all_at_once() -> Any:
        app = Starlette(routes=blank_list_routes())
        asked = (answer_to(app, f"{path}?{query}", host="localhost:8501") for query in queries)
        return await asyncio.gather(*asked)

    with ThreadPoolExecutor(1) as thread:  # tests that drive a browser leave a loop running in this one
        return list(thread.submit(asyncio.run, all_at_once()).result())


def test_the_blank_list_comes_in_the_language_asked_for_and_in_french_where_none_is_known():
    french, english = get("lang=fr", "lang=en")
    assert french[0] == english[0] == 200
    assert french[1]["content-type"] == "application/pdf"
    serving = look().serving
    assert serving is not None
    for language, (_, _, content) in (("fr", french), ("en", english)):
        assert PdfReader(BytesIO(content)).metadata.title == serving.checklist.title[language]  # type: ignore[union-attr]
    assert get("lang=xx")[0][2] == get("")[0][2] == french[2]


def test_however_many_ask_it_is_made_once_for_each_language(makes):
    assert {answer[2] for answer in get(*["lang=fr", "lang=en", "lang=../etc"] * 20)} == {PDF}
    assert sorted(makes) == ["en", "fr"]


def test_another_day_makes_it_anew(makes, monkeypatch):
    get("lang=fr")
    monkeypatch.setattr(blank_list, "server_day", lambda: date(2030, 1, 1))
    get("lang=fr")
    assert makes == ["fr", "fr"]


def test_what_could_not_be_made_is_said_and_not_tried_again_within_a_minute(monkeypatch):
    tried: list[str] = []

    def too_much(_text: str, language: str, _day: date) -> bytes:
        tried.append(language)
        raise TooMuchError

    monkeypatch.setattr(blank_list, "blank_pdf", too_much)
    assert [answer[0] for answer in get(*["lang=fr"] * 5)] == [503] * 5
    assert get("lang=fr")[0][0] == 503
    assert tried == ["fr"]
    clock = blank_list.time.monotonic() + 61
    monkeypatch.setattr(blank_list.time, "monotonic", lambda: clock)
    assert get("lang=fr")[0][0] == 503
    assert tried == ["fr", "fr"]


def test_it_stands_under_the_folder_of_the_site(makes, monkeypatch):
    real = streamlit.get_option
    monkeypatch.setattr(
        streamlit, "get_option", lambda name: "pense-bete" if name == "server.baseUrlPath" else real(name)
    )
    assert get("", path=f"/pense-bete{BLANK_PATH}")[0][0] == 200
    assert get("", path=BLANK_PATH)[0][0] == 404
