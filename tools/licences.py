"""Under which licences all stands that the app is made of: `make licences` writes docs/licences.md and licences/.

It reads what is installed. `python -m tools.licences FILE` writes every text into one file, for whoever hands on the
whole of it, in a container say: with pip alone, each text lies beside its package.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from importlib.metadata import Distribution
from pathlib import Path

from tools.pins import APP, ROOT, TESTS, Pin, installed, pins_of

PAGE, TEXTS = ROOT / "docs" / "licences.md", ROOT / "licences"

# What lies in this repository and is not ours: what, where, its licence, the place of its text.
SHIPPED = (
    ("Noto Sans, in the PDF", "pensebete/pdf/fonts/NotoSans-*.ttf", "OFL-1.1", "pensebete/pdf/fonts/OFL.txt"),
    ("Noto Sans, on the pages", "pensebete/web/static/noto-sans-*.woff2", "OFL-1.1", "pensebete/web/static/OFL.txt"),
    ("Material Symbols, the icons", "pensebete/web/static/icons-*.woff2", "Apache-2.0", "licences/Apache-2.0.txt"),
)
# Those whose text has to be at hand where the app is handed on, each with an installed file that is just that text.
KEPT = {
    "Apache-2.0": ("cryptography", "LICENSE.APACHE"),
    "LGPL-3.0": ("psycopg", "LICENSE.txt"),
    "GPL-3.0": ("pikepdf", "GPL-3.0.txt"),
    "MPL-2.0": ("pikepdf", "LICENSE.txt"),
}
# Whose metadata names none, or not in SPDX's words: read in their texts, by us.
READ_BY_HAND = {
    "altair": "BSD-3-Clause",
    "axe-playwright-python": "MIT",
    "check-jsonschema": "Apache-2.0",
    "cssselect2": "BSD-3-Clause",
    "defusedxml": "PSF-2.0",
    "itsdangerous": "BSD-3-Clause",
    "jinja2": "BSD-3-Clause",
    "pathspec": "MPL-2.0",
    "protobuf": "BSD-3-Clause",
    "pydeck": "Apache-2.0",
    "pydyf": "BSD-3-Clause",
    "pyphen": "GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "reportlab": "BSD-3-Clause",
    "sortedcontainers": "Apache-2.0",
    "tinycss2": "BSD-3-Clause",
    "tinyhtml5": "MIT",
    "weasyprint": "BSD-3-Clause",
    "webencodings": "BSD-3-Clause",
}
PACKAGES = ".venv/lib/python3.*/site-packages/"
_PAGE = """\
# Licences

Written by `make licences` from what is installed. The code of this repository is under the
[MIT licence](../LICENSE).

## In this repository, of others

| what | where | licence | its text |
| --- | --- | --- | --- |
{shipped}

Each was cut down to the signs that are used, which both licences allow; `tools/subset-fonts` and
`tools/subset-web-fonts` do it. No name is reserved.

## What the app runs on

Installed beside the app, unchanged; nothing of it lies in this repository. The texts lie beside each package, below
`{packages}`; `python -m tools.licences FILE` puts all in one file.

- **LGPL-3.0** (psycopg, psycopg-binary, fpdf2): used as libraries, by import, unchanged; whoever runs the app may put
  another version in their place. Who hands them on, in a container say, adds the texts of the
  [LGPL](../licences/LGPL-3.0.txt) and of the [GPL](../licences/GPL-3.0.txt) that it completes.
- **MPL-2.0** (certifi): a list of certificates, unchanged; [its text](../licences/MPL-2.0.txt).
- Wheels carry compiled libraries. numpy, pandas, pyarrow and Pillow name the licences of theirs. psycopg-binary does
  not: libpq (PostgreSQL), OpenSSL (Apache-2.0), Kerberos (MIT), OpenLDAP (OLDAP-2.8), Cyrus SASL (BSD), keyutils and
  libxcrypt (LGPL-2.1-or-later); nor does cryptography, for its OpenSSL (Apache-2.0).
- The scripts of the pages are Streamlit's (Apache-2.0). They carry libraries that its makers chose, and that the
  package does not list.

{app}

## What tests, bench and tools need besides

Never handed on with the app.

{tests}
"""
_SPDX_ID = re.compile(r"[A-Za-z0-9.-]+")
_A_TEXT = re.compile(r"(licen[cs]e|copying|notice|copyright)", re.IGNORECASE)


@dataclass(frozen=True)
class Licensed:
    name: str
    version: str
    licence: str
    texts: tuple[str, ...]  # as they are installed


class UnreadLicenceError(Exception):
    """Nobody has read under which licence that package stands."""


def licensed(pin: Pin) -> Licensed | None:
    """None for what is not installed here: another machine or Python needs it."""
    there = installed(pin.name)
    return there and Licensed(pin.name, there.version, licence_of(pin.name, there), texts_of(there))


def licence_of(name: str, there: Distribution) -> str:
    """As an expression of SPDX. Raises UnreadLicenceError."""
    said = there.metadata.get("License-Expression") or there.metadata.get("License") or ""
    if name in READ_BY_HAND:
        return READ_BY_HAND[name]
    if there.metadata.get("License-Expression") or _SPDX_ID.fullmatch(said):
        return said
    raise UnreadLicenceError(f"{name}: read its licence, and name it in tools/licences.py")


def texts_of(there: Distribution) -> tuple[str, ...]:
    """The files of its licences, as they lie below the folder of packages."""
    return tuple(
        sorted(
            str(file)
            for file in there.files or ()
            if ".dist-info" in file.parts[0] and (len(file.parts) > 2 or _A_TEXT.search(file.name))
            if file.parts[1] in ("licenses", "license_files", file.name)
        )
    )


def page() -> str:
    app = pins_of(APP.read_text("utf-8"))
    tests = {name: pin for name, pin in pins_of(TESTS.read_text("utf-8")).items() if name not in app}
    shipped = [f"| {what} | `{where}` | {licence} | [text](../{text}) |" for what, where, licence, text in SHIPPED]
    return _PAGE.format(
        shipped="\n".join(shipped), app="\n".join(_table(app)), tests="\n".join(_table(tests)), packages=PACKAGES
    )


def _table(pins: dict[str, Pin]) -> list[str]:
    rows = [
        f"| {one.name} | {one.version} | {one.licence} | {len(one.texts) or 'none of its own'} |"
        for pin in pins.values()
        if (one := licensed(pin))
    ]
    elsewhere = [pin for pin in pins.values() if licensed(pin) is None]
    told = [f"Elsewhere also: {', '.join(f'{pin.name} {pin.version}' for pin in elsewhere)}.", ""] if elsewhere else []
    return [*told, "| package | version | licence | texts |", "| --- | --- | --- | ---: |", *rows]


def kept_text(licence: str) -> str:
    name, file_name = KEPT[licence]
    there = installed(name)
    assert there
    (file,) = [one for one in there.files or () if one.name == file_name and ".dist-info" in one.parts[0]]
    return Path(str(file.locate())).read_text("utf-8")


def every_text() -> str:
    """All that the app runs on and all that it ships, in one text."""
    found = [(what, (ROOT / text).read_text("utf-8")) for what, _, _, text in SHIPPED]
    for pin in pins_of(APP.read_text("utf-8")).values():
        if (one := licensed(pin)) is None:
            continue
        there = installed(pin.name)
        texts = (
            [Path(str(there.locate_file(text))).read_text("utf-8", "replace") for text in one.texts] if there else []
        )
        found.append((f"{one.name} {one.version}: {one.licence}", "\n\n".join(texts)))
    found += [(licence, kept_text(licence)) for licence in KEPT]
    return "".join(f"{'=' * 78}\n{what}\n{'=' * 78}\n\n{text}\n\n" for what, text in found)


def main() -> None:
    if sys.argv[1:]:
        Path(sys.argv[1]).write_text(every_text(), "utf-8")
        return
    TEXTS.mkdir(exist_ok=True)
    for licence in KEPT:
        (TEXTS / f"{licence}.txt").write_text(kept_text(licence), "utf-8")
    PAGE.write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
