"""A page of SurveyJS with the questions of checklist.yaml, its files as gzip, to be kept for a year."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from devtools.server import LOOPBACK
from pensebete.assessment.item_state import item_states
from pensebete.assessment.model import Assessment
from pensebete.assessment.steps import steps
from pensebete.checklist.model import Checklist, ChecklistRef

HERE = Path(__file__).parent
_PACKAGES = HERE / "node_modules"
_FILES = {
    "page.js": HERE / "page.js",
    "survey.css": _PACKAGES / "survey-core" / "survey-core.fontless.min.css",
    "survey-core.js": _PACKAGES / "survey-core" / "survey.core.min.js",
    "french.js": _PACKAGES / "survey-core" / "i18n" / "french.min.js",
    "survey-js-ui.js": _PACKAGES / "survey-js-ui" / "survey-js-ui.min.js",
    "survey-pdf.js": _PACKAGES / "survey-pdf" / "survey.pdf.min.js",
    "jspdf.js": _PACKAGES / "jspdf" / "dist" / "jspdf.umd.min.js",
}
_TYPES = {".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".html": "text/html"}
_PAGE = """<!doctype html><html lang="fr"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Pense-bête</title>
<link rel="stylesheet" href="survey.css"><div id="survey"></div>
<script defer src="survey-core.js"></script><script defer src="french.js"></script>
<script defer src="survey-js-ui.js"></script><script type="module" src="page.js"></script></html>"""


def model(checklist: Checklist) -> dict[str, Any]:
    """Each step a page, with its questions of the profile, its items, what is done of each and a note."""
    statuses = type(checklist.statuses).model_fields
    answers = [{"value": status, "text": checklist.statuses[status].label["fr"]} for status in statuses]
    pages = []
    blank = Assessment(checklist=ChecklistRef(id=checklist.id, version=checklist.version))
    for step in steps(checklist, item_states(checklist, blank, datetime.now(UTC).date(), UTC)):
        elements: list[dict[str, Any]] = [
            {
                "type": "checkbox" if question.kind.many else "radiogroup",
                "name": question.id,
                "title": question.question["fr"],
                "choices": [{"value": one.id, "text": one.label["fr"]} for one in question.options],
            }
            for question in step.questions
        ]
        elements += [
            {
                "type": "radiogroup",
                "name": state.item.id,
                "title": state.item.title["fr"],
                "description": f"{state.item.help['fr']} {state.item.criteria.done['fr']}",
                "choices": answers,
                "showCommentArea": True,
            }
            for state in step.item_states
        ]
        pages.append({"name": step.id, "title": step.domain.title["fr"] if step.domain else "", "elements": elements})
    return {"title": checklist.title["fr"], "locale": "fr", "showProgressBar": True, "pages": pages}


@contextmanager
def served(checklist: Checklist) -> Iterator[str]:
    """Its address."""
    contents = {f"/{name}": file.read_bytes() for name, file in _FILES.items()}
    contents["/"] = _PAGE.encode()
    contents["/model.json"] = json.dumps(model(checklist), ensure_ascii=False).encode()
    compressed = {path: gzip.compress(content, 9) for path, content in contents.items()}

    class Answers(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = compressed.get(self.path)
            self.send_response(200 if body else 404)
            self.send_header("Content-Length", str(len(body or b"")))
            if body:
                ending = self.path[self.path.rfind(".") :] if "." in self.path else ".html"
                self.send_header("Content-Type", f"{_TYPES[ending]}; charset=utf-8")
                self.send_header("Content-Encoding", "gzip")
                kept = "no-cache" if ending == ".html" else "public, immutable, max-age=31536000"
                self.send_header("Cache-Control", kept)
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer((LOOPBACK, 0), Answers)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{LOOPBACK}:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
