"""Each attack in four variations; files are made when they are needed, by the stranger who sends them."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from uuid import uuid4

from devtools.server import ROOT
from pensebete.web.server.static_gzip import STREAMLIT_FILES

SMALL = (ROOT / "tests" / "fixtures" / "minimal.yaml").read_text(encoding="utf-8")
_HERE = "http://127.0.0.1:{port}"


@dataclass(frozen=True)
class Attack:
    """What is done, again and again: a text or a file given to a page, one message, or connections left half done."""

    what: str
    page: str = "workshop"
    text: Callable[[], str] | None = None
    file: Callable[[], tuple[str, bytes]] | None = None
    message: bytes | str | None = None
    origin: str = _HERE
    sends: bytes | None = None
    connections: int = 0


def asking(condition: str) -> str:
    return SMALL.replace("urgency: 3\n        impact", f"applies_when: {condition}\n        urgency: 3\n        impact")


def options(known: int, unknown: int) -> str:
    offered = ", ".join(f"{{id: o{n}, label: {{fr: x, en: x}}}}" for n in range(known))
    named = ", ".join(f"u{n}" for n in range(unknown))
    return asking(f"{{operations: [{named}]}}").replace("options: [{id: stock", f"options: [{offered}, {{id: stock")


def languages(number: int, texts: int) -> str:
    listed = ", ".join(f"{chr(97 + n // 676)}{chr(97 + n // 26 % 26)}{chr(97 + n % 26)}" for n in range(number))
    more = ", ".join("{fr: x}" for _ in range(texts))
    return SMALL.replace("[fr, en]", f"[fr, en, {listed}]").replace("en: The rest}]", f"en: The rest}}, {more}]")


def renames(number: int, circle: bool = False) -> str:
    last = "r0" if circle else "cash"
    return SMALL + "renamed:\n" + "".join(f"  r{n}: {f'r{n + 1}' if n < number - 1 else last}\n" for n in range(number))


def parts(number: int, deep: int = 1) -> str:
    """A condition whose parts all contradict themselves, so that every way to answer is tried."""
    some = ", ".join(
        f"{{all: [{{operations: [o{n % 11}]}}, {{not: {{operations: [o{n % 11}]}}}}]}}" for n in range(number)
    )
    offered = ", ".join(f"{{id: o{n}, label: {{fr: x, en: x}}}}" for n in range(11))
    asked = asking("{any: [" * deep + some + "]}" * deep)
    return asked.replace("options: [{id: stock", f"options: [{offered}, {{id: stock")


def pdf(size: int, columns: int = 100) -> tuple[str, bytes]:
    """A PDF whose attachment inflates, through a predictor, to that size."""
    from pypdf import PdfWriter
    from pypdf.generic import DictionaryObject, NameObject, NumberObject, StreamObject

    writer = PdfWriter()
    writer.add_blank_page(72, 72)
    writer.add_attachment("dossier.json", b"{}")
    stream = StreamObject()
    stream._data = zlib.compress((b"\x04" + b"\0" * columns) * (size // (columns + 1)), 9)
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    parms = {NameObject("/Predictor"): NumberObject(15), NameObject("/Columns"): NumberObject(columns)}
    stream[NameObject("/DecodeParms")] = DictionaryObject(parms)
    stream[NameObject("/Type")] = NameObject("/EmbeddedFile")
    names = writer.root_object["/Names"]["/EmbeddedFiles"]["/Names"]  # type: ignore[index]
    names[1].get_object()["/EF"][NameObject("/F")] = writer._add_object(stream)
    made = BytesIO()
    writer.write(made)
    return "plan.pdf", made.getvalue()


def dossier(**said: object) -> tuple[str, bytes]:
    whole = {"format": "pensebete-dossier", "format_version": 1, "checklist": {"id": "covid-19"}, **said}
    return "dossier.json", json.dumps(whole).encode()


def own_actions(number: int, same: bool = False, priority: str = "P1") -> tuple[str, bytes]:
    one = str(uuid4())
    return dossier(
        own_actions=[
            {"id": one if same else str(uuid4()), "text": "Appeler la caisse", "priority": priority}
            for _ in range(number)
        ]
    )


def noted(note: str) -> tuple[str, bytes]:
    return dossier(answers={"cash-forecast": {"status": "to_do", "note": note}})


_LARGEST = max(STREAMLIT_FILES.rglob("*.js"), key=lambda file: file.stat().st_size)
_ASKED = f"GET /{_LARGEST.relative_to(STREAMLIT_FILES).as_posix()} HTTP/1.1\r\nHost: a\r\n".encode()

ATTACKS: dict[str, list[Attack]] = {
    "unknown options": [
        Attack("20,000 of a question of 2,000", text=lambda: options(2_000, 20_000)),
        Attack("40,000 of a question of 3,000", text=lambda: options(3_000, 40_000)),
        Attack("70,000 of a question of 5", text=lambda: options(5, 70_000)),
        Attack("100 of a question of 20,000", text=lambda: options(20_000, 100)),
    ],
    "languages": [
        Attack("1,000 and 1,000 texts", text=lambda: languages(1_000, 1_000)),
        Attack("7 and 15,000 texts", text=lambda: languages(7, 15_000)),
        Attack("10,000 and no text", text=lambda: languages(10_000, 0)),
        Attack(
            "40,000 lines in one",
            text=lambda: SMALL.replace("preface: {fr: Voici, en: Here}", "preface:\n  fr: |\n" + "    a\n" * 40_000),
        ),
    ],
    "renames": [
        Attack("a chain of 20,000", text=lambda: renames(20_000)),
        Attack("a circle of 20,000", text=lambda: renames(20_000, circle=True)),
        Attack("a chain of 60,000", text=lambda: renames(60_000)),
        Attack("a chain of 5,000", text=lambda: renames(5_000)),
    ],
    "conditions": [
        Attack("1,600 parts", text=lambda: parts(1_600)),
        Attack("400 parts, 30 deep", text=lambda: parts(400, 30)),
        Attack("8,000 parts", text=lambda: parts(8_000)),
        Attack("1,600 parts, 15 deep", text=lambda: parts(1_600, 15)),
    ],
    "texts that are no YAML": [
        Attack(
            "60 lines of 40 kB, open quotes", text=lambda: "".join(f'a{n}: "{"x y " * 10_000}\n' for n in range(60))
        ),
        Attack(
            "200 lines of 10 kB, open brackets", text=lambda: "".join(f"a{n}: [{'x, ' * 3_000}\n" for n in range(200))
        ),
        Attack("20,000 lines of tabs", text=lambda: "a:\n\tb: c\n" * 20_000),
        Attack("a title of 4 MB", text=lambda: SMALL.replace("{fr: Petite", "{fr: " + "Petite " * 570_000)),
    ],
    "PDFs that inflate": [
        Attack("60 kB, 60 MB", page="", file=lambda: pdf(60_000_000)),
        Attack("9 MB, just under the bound", page="", file=lambda: pdf(9_000_000)),
        Attack("300 MB", page="", file=lambda: pdf(300_000_000)),
        Attack("9 MB, a column", page="", file=lambda: pdf(9_000_000, 1)),
    ],
    "dossiers": [
        Attack("8,000 own actions of one id", page="", file=lambda: own_actions(8_000, same=True)),
        Attack("500 own actions, long priorities", page="", file=lambda: own_actions(500, priority="W" * 200)),
        Attack("an organization of 160 kB", page="", file=lambda: dossier(organisation="Coop " * 32_000)),
        Attack(
            "4,000 answers", page="", file=lambda: dossier(answers={f"i{n}": {"status": "done"} for n in range(4_000)})
        ),
    ],
    "notes": [
        Attack("4.8 MB", page="", file=lambda: noted("Voir Paul. " * 430_000)),
        Attack("480 kB", page="", file=lambda: noted("Voir Paul. " * 43_000)),
        Attack("480 kB of colons", page="", file=lambda: noted(": " * 240_000)),
        Attack("9 MB typed", text=lambda: "x" * 9_000_000),
    ],
    "foreign pages": [
        Attack("another site", origin="https://another.example"),
        Attack("localhost", origin="http://localhost:8501"),
        Attack("0.0.0.0", origin="http://0.0.0.0:{port}"),
        Attack("null", origin="null"),
    ],
    "half-sent requests": [
        Attack("1,100 heads", sends=b"GET / HTTP/1.1\r\nHost: a\r\n", connections=1_100),
        Attack("1,100 of nothing", sends=b"", connections=1_100),
        Attack(
            "500 bodies",
            sends=b"PUT /_stcore/upload_file/a/b HTTP/1.1\r\nHost: a\r\nContent-Length: 5000000\r\n\r\nx",
            connections=500,
        ),
        Attack(
            "500 second requests",
            sends=b"GET /_stcore/health HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\n",
            connections=500,
        ),
    ],
    "who reads nothing": [
        Attack("200 of a large file, compressed", sends=_ASKED + b"Accept-Encoding: gzip\r\n\r\n", connections=200),
        Attack("200 of a large file", sends=_ASKED + b"\r\n", connections=200),
        Attack("200 of the page", sends=b"GET / HTTP/1.1\r\nHost: a\r\n\r\n" * 20, connections=200),
        Attack("50 of a large file, 20 times", sends=(_ASKED + b"Accept-Encoding: gzip\r\n\r\n") * 20, connections=50),
    ],
    "what is no message": [
        Attack("text", message="text"),
        Attack("nothing", message=b""),
        Attack("noise", message=b"\xff" * 1_000),
        Attack("5 MB of noise", message=b"\xff" * 5_000_000),
    ],
}
