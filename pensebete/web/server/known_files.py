"""The files that pages load: the address of each says its version, and a browser keeps it for a year.

Streamlit's stand below `static/`, ours below `app/static/`. Those of Streamlit have an address of their own here, since
some are not as it ships them (lighter_files.py, linked_scripts.py): `static/VERSION/js/…`. Ours are known by what is in
them, `logo.svg?DIGEST`, and our style sheets leave as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import streamlit as st

from pensebete.web.server.icon_font import small_font_for
from pensebete.web.server.lighter_files import lighter
from pensebete.web.server.linked_scripts import Links, beside, linked, links
from pensebete.web.server.static_gzip import OUR_FILES, STREAMLIT_FILES

KEPT = "public, immutable, max-age=31536000"
STYLE = "style.css"
# In which files Streamlit's scripts are linked: by the names, less the digests, of those that are drawn with.
FIRST = "first.js"
_LINKED = {
    # What the framework is, and what every page draws with.
    FIRST: ("index", "BidiComponent", "Html", "PageLink", "Button", "ButtonGroup"),
    # The questionnaire, and the file that one goes on with, folded on the first page.
    "answers.js": ("Radio", "Checkbox", "TextInput", "TextArea", "FileUploader"),
    # The plan, the results, the desk and the workshop.
    "plan.js": ("Selectbox", "Multiselect", "DateInput", "NumberInput", "DownloadButton", "LinkButton", "Progress"),
}
_SCRIPTS = STREAMLIT_FILES / "static" / "js"
# What is sent of a file follows from these.
_RULES = ("known_files.py", "lighter_files.py", "linked_scripts.py")
VERSION = sha256(
    st.__version__.encode() + b"".join(Path(__file__).with_name(name).read_bytes() for name in _RULES)
).hexdigest()[:8]
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
_INDENT = re.compile(r"\n\s*")
_MODULE = re.compile(r'<link rel="modulepreload" crossorigin href="\./static/js/([^"]+)"\s*/?>\s*')


@cache
def script_links() -> Links:
    """ValueError where the framework lacks a script that is named here."""
    return links({file: [_script(name) for name in names] for file, names in _LINKED.items()}, _beginning)


def _script(name: str) -> str:
    found = list(_SCRIPTS.glob(f"{name}.????????.js"))
    if len(found) != 1:
        raise ValueError(f"known_files.py expects one script {name} of Streamlit, not {len(found)}.")
    return found[0].name


def _text(name: str) -> str:
    return lighter(name, (_SCRIPTS / name).read_text("utf-8"))


def _beginning(name: str) -> str:
    """With all its imports, without the half megabyte after them: read each time a server starts."""
    with (_SCRIPTS / name).open(encoding="utf-8") as file:
        return lighter(name, file.read(40_000))


def versioned(page: str) -> str:
    """Streamlit's page as it asks for the linked scripts, for most of its bytes first of all; and each address of a
    file, ours too, says its version."""
    file_of, index = script_links().file_of, _script("index")
    page = _MODULE.sub(lambda found: "" if found[1] in file_of else found[0], page)
    page = page.replace(f'"./static/js/{index}"', f'"./static/js/{FIRST}"')
    page = page.replace(
        '<meta charset="UTF-8" />',
        f'<meta charset="UTF-8" />\n    <link rel="modulepreload" crossorigin href="./static/js/{FIRST}" />',
    )
    page = re.sub(r'"\./static/(js|css|media)/', rf'"./static/{VERSION}/\1/', page)
    return re.sub(r'"\./app/static/([\w.-]+)"', lambda found: f'"{own(found[1])}"', page)


@cache
def digest_of_own(name: str) -> str:
    return sha256(_own_content(name)).hexdigest()[:8]


def own(name: str) -> str:
    """The address of our file of that name, from any page."""
    return f"./app/static/{name}?{digest_of_own(name)}"


def _own_content(name: str) -> bytes:
    return _one_style_sheet() if name == STYLE else (OUR_FILES / name).read_bytes()


def _one_style_sheet() -> bytes:
    """Our style sheets in the order of their names, less comments and indentation."""
    texts = (sheet.read_text("utf-8") for sheet in sorted((OUR_FILES / "style").glob("*.css")))
    return _INDENT.sub("\n", _COMMENT.sub("", "\n".join(texts))).strip().encode()


@dataclass(frozen=True)
class Known:
    """A file at its address: below the app's own, with the query that says the version of ours."""

    path: str
    query: str = ""

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def version(self) -> str:
        return self.query or VERSION

    def content(self) -> bytes:
        """What is sent of it, not compressed."""
        if self.query:
            return _own_content(self.name)
        if self.name in _LINKED:
            return linked(self.name, _text, script_links()).encode()
        file = STREAMLIT_FILES / "static" / self.path.split("/", 3)[3]
        if file.suffix == ".js":
            return beside(_text(self.name), script_links()).encode()
        small = small_font_for(file) if self.name.startswith("MaterialSymbols") else None
        return (small or file).read_bytes()


def known_files() -> Iterator[Known]:
    """All of them."""
    file_of = script_links().file_of
    for file in STREAMLIT_FILES.glob("static/*/*"):
        if file.name not in file_of:
            yield Known(f"/static/{VERSION}/{file.parent.name}/{file.name}")
    yield from linked_files()
    for file in OUR_FILES.iterdir():
        if file.is_file():
            yield Known(f"/app/static/{file.name}", digest_of_own(file.name))
    yield Known(f"/app/static/{STYLE}", digest_of_own(STYLE))


def linked_files() -> list[Known]:
    return [Known(f"/static/{VERSION}/js/{name}") for name in _LINKED]


def files_of_most_visits() -> list[Known]:
    """What is worth a copy ready to send. What a chart alone asks for, megabytes, is compressed once it is."""
    scripts = linked_files()
    frame = f"/static/{VERSION}/css/index."
    return [one for one in known_files() if one in scripts or one.query or one.path.startswith(frame)]
