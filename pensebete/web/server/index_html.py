"""The HTML page that starts the app in a browser, in the visitor's language.

Streamlit serves one `index.html` at every page address, in English and titled "Streamlit". Screen readers
take their voice from `<html lang>`, search engines take the title: both must be right before any script runs. What
stands in the page until the scripts have come is seen by whoever waits on a slow phone.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pensebete.checklist.model import Checklist
from pensebete.text.wording import LANGUAGES, wording
from pensebete.web.server.content_coding import accepts_gzip
from pensebete.web.server.known_files import versioned
from pensebete.web.server.served_page import ServedPages, served_now
from pensebete.web.server.static_gzip import STREAMLIT_FILES
from pensebete.web.server.streamlit_strings import framework_words

LANGUAGE_COOKIE = "pensebete-lang"
LANGUAGE_PARAMETER = "lang"
DEFAULT_LANGUAGE = "fr"

# The ground of the pages, as the theme has it (.streamlit/config.toml).
GROUND = {"light": "#ffffff", "dark": "#0e1213"}

_THEME_COLOURS = [
    f'<meta name="theme-color" content="{ground}" media="(prefers-color-scheme: {scheme})" />'
    for scheme, ground in GROUND.items()
]

# The address bar and what is seen first have the colours of the theme, light or dark. The typeface, which the theme
# names too, is known from the first word on: until then the framework would write in one of its own, 170 kB that no
# page uses. Where the page begins, and what has no face, is said here too: `body` makes these rules stronger than the
# framework's, and they are there before anything is drawn.
_HEAD = """<title>Pense-bête</title>
    <meta name="color-scheme" content="light dark" />
    <style>
      .loading { box-sizing: border-box; min-height: 100vh; margin: 0; padding: 1.5rem 1rem;
        font: 1rem/1.5 "Noto Sans", sans-serif; color: #0e1719; background: #ffffff; }
      .loading img { display: block; width: 3.5rem; height: 3.5rem; margin-bottom: 1rem; }
      .loading a { display: inline-block; padding-block: 0.6rem; color: inherit; }
      .loading .name { margin: 0; font-size: 1.6rem; font-weight: 700; }
      @media (prefers-color-scheme: dark) { .loading { color: #e9eff0; background: #0e1213; } }
      body { margin: 0; }
      @font-face { font-family: "Noto Sans"; font-weight: 400; font-display: swap;
        src: url("./app/static/noto-sans-regular.woff2") format("woff2"); }
      @font-face { font-family: "Noto Sans"; font-weight: 500 900; font-display: swap;
        src: url("./app/static/noto-sans-bold.woff2") format("woff2"); }
      body [data-testid="stMainBlockContainer"] { padding-top: 0.25rem; padding-bottom: 1rem; max-width: 70rem; }
      body [data-testid="stLayoutWrapper"]:has(> :is(.st-key-page-script, .st-key-tab-copy, .st-key-hand-over)),
      body :is(.st-key-page-script, .st-key-tab-copy, .st-key-hand-over) { display: none; }
    </style>"""
_LOADING = """<div id="root"><main class="loading"><img src="./app/static/logo.svg" alt="" width="56" height="56" />\
<p class="name">Pense-bête</p><p role="status">{words}</p></main></div>"""

# Whoever has no JavaScript reads why nothing comes, and has the list to fill in by hand (blank_list.py). Nobody has
# chosen a language yet: both are said.
_WITHOUT_JAVASCRIPT = (
    '<noscript><style>#root, #early { display: none; }</style><main class="loading">'
    '<img src="./app/static/logo.svg" alt="" width="56" height="56" /><h1 class="name">Pense-bête</h1>'
    + "".join(
        f'<div lang="{language}"><p>{wording(language)("loading.without_javascript")}</p>'
        f'<p><a href="./liste-vide.pdf?lang={language}">{wording(language)("loading.blank_list")}</a></p></div>'
        for language in LANGUAGES
    )
    + "</main></noscript>"
)


# After the framework's own rules, which it writes into the head as it goes.
_STYLE = '<link rel="stylesheet" href="./app/static/style.css" />'

# The letters are asked for at once, in the place of those of the framework's own typeface, which no page uses.
_FONTS = "\n    ".join(
    f'<link rel="preload" href="./app/static/noto-sans-{weight}.woff2" as="font" type="font/woff2" crossorigin />'
    for weight in ("regular", "bold")
)

# Opened at /results, Streamlit's script looks for its server under /results first, and gets 404 twice. Told
# where the app begins, it does not. Relative to the page, so that it holds behind a proxy that adds a prefix.
# Its date fields and lists speak the browser's language: they are told that of the page.
# One of its libraries would try WebAssembly, which our policy refuses, and does as well without.
# And until it has heard of our theme it writes in the typeface it is told here. Told the least of what it would ask the
# server, it opens its line at once and asks beside that; no page of another site steers this one, and one of this site
# could by itself.
_WHAT_THE_FRAMEWORK_IS_TOLD = (
    "<script>window.__streamlit={BACKEND_BASE_URL:new URL('.',location.href).href,"
    "HOST_CONFIG:{allowedOrigins:[location.origin],useExternalAuthToken:false},"
    "LIGHT_THEME:{bodyFont:'Noto Sans, sans-serif'},DARK_THEME:{bodyFont:'Noto Sans, sans-serif'}};"
    "window.WebAssembly=undefined;"
    "Object.defineProperty(navigator,'language',{get:()=>document.documentElement.lang+'-CA'})</script>"
)

# Before anything of the framework runs, the tab knows its dossier and the token of a link has left the address.
_TAB_START = f"<script>{Path(__file__).with_name('tab_start.js').read_text(encoding='utf-8')}</script>"
# What is tapped on the page that stands there until the app has come is kept, and done (early_page.py).
_EARLY_TAPS = f"<script>{Path(__file__).with_name('early_page.js').read_text(encoding='utf-8')}</script>"
_EARLY_SOCKET = f"<script>{Path(__file__).with_name('early_socket.js').read_text(encoding='utf-8')}</script>"
_FRAMEWORK_START = r'<script type="module" crossorigin src="(\./static/js/index\.[^"]+\.js)"></script>'
_AFTER_TAB_START = """<script type="module">await window.pensebete.ready; await import("{script}")</script>"""

# No page is in these folders: they hold Streamlit's files, uploads, downloads and components, and what calendars fetch.
_NOT_PAGES = {"_stcore", "calendar", "component", "media", "static"}

# The page that the link of a shared draft opens: kept by nobody on the way, found by no search engine.
SHARED_DRAFT = "draft"

# What would make Streamlit answer with something else than the whole page, uncompressed.
_ABOUT_STREAMLITS_COPY = {b"accept-encoding", b"if-modified-since", b"if-none-match", b"range"}

# What the framework says in English alone is said in the language of the page.
_FRAMEWORK_WORDS = (
    f'<script type="application/json" id="framework-words">{framework_words()}</script>\n    '
    '<script type="module" src="./app/static/streamlit-strings.js"></script>\n    '
    '<script type="module" src="./app/static/translated-page.js"></script>'
)

_ONE_YEAR = 365 * 24 * 60 * 60  # seconds


def page_in(language: str, streamlit_page: str) -> str:
    """Return Streamlit's page made ours, in `language`. ValueError where it lacks a part to replace."""
    say = wording(language)
    parts = [
        (r'<html lang="en">', f'<html lang="{language}">'),
        (
            r'<link rel="shortcut icon" [^>]*>',
            '<link rel="icon" href="./app/static/favicon.svg" type="image/svg+xml" />\n    '
            '<link rel="apple-touch-icon" href="./app/static/icon-apple-180.png" />\n    '
            f'<link rel="manifest" href="./manifest.webmanifest?lang={language}" />',
        ),
        (r'<link\s+rel="preload"[^>]*SourceSans[^>]*>', _FONTS),
        (
            r"<title>.*?</title>",
            "\n    ".join(
                (
                    _HEAD,
                    *_THEME_COLOURS,
                    _WHAT_THE_FRAMEWORK_IS_TOLD,
                    _TAB_START,
                    _EARLY_TAPS,
                    _EARLY_SOCKET,
                    _FRAMEWORK_WORDS,
                )
            ),
        ),
        (r"<noscript>.*?</noscript>", _WITHOUT_JAVASCRIPT),
        (_FRAMEWORK_START, _AFTER_TAB_START),
        (r'<div id="root"></div>', _LOADING.format(words=say("loading.wait")) + _STYLE),
    ]
    page = streamlit_page
    for pattern, ours in parts:
        found = list(re.finditer(pattern, page, flags=re.DOTALL))
        if len(found) != 1:
            raise ValueError(f"index_html.py expects {pattern} once in Streamlit's page, not {len(found)} times.")
        page = page.replace(found[0].group(), ours.format(script=found[0].group(1)) if found[0].groups() else ours)
    return versioned(page)


STREAMLIT_PAGE = (STREAMLIT_FILES / "index.html").read_bytes()
PAGES = {language: page_in(language, STREAMLIT_PAGE.decode()) for language in LANGUAGES}


def visitor_language(connection: HTTPConnection, offered: Sequence[str] = tuple(PAGES)) -> str:
    """Return one of those offered, "fr" or "en": what the address asks (`?lang=en`), else the cookie, else French."""
    asked = connection.query_params.get(LANGUAGE_PARAMETER)
    remembered = connection.cookies.get(LANGUAGE_COOKIE)
    return chosen_language(asked, remembered, offered)


def chosen_language(asked: str | None, remembered: str | None, offered: Sequence[str] = tuple(PAGES)) -> str:
    """Return one of the languages offered: what the address asks, else what the cookie remembers, else French."""
    found = next((language for language in (asked, remembered, DEFAULT_LANGUAGE) if language in offered), None)
    return found or offered[0]


class PageHtml:
    """ASGI middleware: puts our page in the place of Streamlit's, at whatever address Streamlit serves it.

    A language asked by the address is remembered in a cookie. It is not HttpOnly, so that a language switch
    can change it without reloading the page; it tells nothing about the visitor but the language.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._served = ServedPages(PAGES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or _NOT_PAGES & set(scope["path"].split("/")):
            await self._app(scope, receive, send)
            return
        start: Message = {}
        body = b""

        async def send_our_page(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start" and _is_html(message):
                start = message
            elif message["type"] == "http.response.body" and start:
                body += message.get("body", b"")
                if not message.get("more_body", False):
                    if body == STREAMLIT_PAGE:
                        checklist = await served_now()
                        body = self._our_page(HTTPConnection(scope), checklist, MutableHeaders(scope=start))
                    await send(start)
                    await send({"type": "http.response.body", "body": body})
            else:
                await send(message)

        headers = [(name, value) for name, value in scope["headers"] if name not in _ABOUT_STREAMLITS_COPY]
        await self._app({**scope, "headers": headers}, receive, send_our_page)

    def _our_page(self, request: HTTPConnection, checklist: Checklist | None, headers: MutableHeaders) -> bytes:
        """Return the body, and make the response's headers true of it."""
        language = visitor_language(request)
        compressed = accepts_gzip(request.headers)
        # Where the checklist is in another language than the page, the app alone knows what it shows.
        speaks = checklist is not None and visitor_language(request, checklist.languages) == language
        body = self._served.body(request, language, checklist if speaks else None, compressed)
        if compressed:
            headers["Content-Encoding"] = "gzip"
        headers["Content-Length"] = str(len(body))
        headers["Content-Language"] = language
        # Streamlit's tag and date are those of its file, the same in every language.
        del headers["ETag"], headers["Last-Modified"], headers["Accept-Ranges"]
        headers["Cache-Control"] = "no-cache"
        if request.url.path.endswith(f"/{SHARED_DRAFT}"):
            headers["Cache-Control"] = "no-store"
            headers["X-Robots-Tag"] = "noindex, nofollow"
        headers["Vary"] = "Accept-Encoding, Cookie"
        if request.query_params.get(LANGUAGE_PARAMETER) == language:
            headers.append("Set-Cookie", f"{LANGUAGE_COOKIE}={language}; Path=/; Max-Age={_ONE_YEAR}; SameSite=Lax")
        return body


def _is_html(start: Message) -> bool:
    return start["status"] == 200 and Headers(raw=start["headers"]).get("content-type", "").startswith("text/html")
