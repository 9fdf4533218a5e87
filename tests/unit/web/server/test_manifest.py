"""The manifest: what a phone puts on its home screen begins at the app, with no dossier in its address."""

from __future__ import annotations

import json
import tomllib

import pytest
import streamlit
from PIL import Image
from starlette.requests import Request
from starlette.responses import Response

from pensebete.text.wording import LANGUAGES
from pensebete.web.server.index_html import GROUND, PAGES
from pensebete.web.server.known_files import own
from pensebete.web.server.manifest import MANIFEST_PATH, manifest, manifest_in, manifest_routes
from pensebete.web.server.static_gzip import OUR_FILES
from tests.builders import ROOT


def asked(query: str) -> Response:
    scope = {"type": "http", "method": "GET", "path": MANIFEST_PATH, "query_string": query.encode(), "headers": []}
    return manifest(Request(scope))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_begins_at_the_app_in_either_language_and_names_no_dossier(language):
    answer = asked(f"lang={language}")
    assert answer.headers["content-type"] == "application/manifest+json"
    said = json.loads(answer.body)
    assert said == manifest_in(language)
    assert (said["start_url"], said["scope"], said["lang"]) == ("./", "./", f"{language}-CA")
    assert said["short_name"] == "Pense-bête"
    assert len({manifest_in(one)["name"] for one in LANGUAGES}) == 2


def test_a_language_that_the_app_does_not_speak_is_answered_in_french():
    assert json.loads(asked("lang=xx").body)["lang"] == "fr-CA"


def test_it_is_under_the_folder_of_the_site_that_a_setting_puts_the_app_in(monkeypatch):
    monkeypatch.setattr(streamlit, "get_option", {"server.baseUrlPath": "/pense-bete/"}.get)
    assert [one.path for one in manifest_routes()] == ["/pense-bete" + MANIFEST_PATH]


def test_each_icon_has_the_size_that_it_says_and_one_whose_edges_a_phone_cuts_has_no_corner_of_its_own():
    icons = manifest_in("fr")["icons"]
    assert isinstance(icons, list)
    assert sorted((one["sizes"], one["purpose"]) for one in icons) == [
        ("192x192", "any"),
        ("192x192", "maskable"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    ]
    apple = {"src": "./app/static/icon-apple-180.png", "sizes": "180x180", "purpose": "maskable"}
    for one in (*icons, apple):
        image = Image.open(OUR_FILES / one["src"].removeprefix("./app/static/")).convert("RGBA")
        assert "x".join(map(str, image.size)) == one["sizes"]
        corner = image.getpixel((0, 0))
        assert corner == ((15, 92, 110, 255) if one["purpose"] == "maskable" else (0, 0, 0, 0))


def test_the_colours_of_the_browser_around_the_page_are_the_grounds_of_the_theme():
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    assert {scheme: theme[scheme]["backgroundColor"] for scheme in GROUND} == GROUND
    for language, page in PAGES.items():
        assert f'<link rel="manifest" href="./manifest.webmanifest?lang={language}" />' in page
        assert f'<link rel="apple-touch-icon" href="{own("icon-apple-180.png")}" />' in page
        for scheme, ground in GROUND.items():
            assert f'content="{ground}" media="(prefers-color-scheme: {scheme})"' in page
