"""The dossier file: an assessment as JSON, in and out, also from inside a PDF of the program.

Whatever is handed in, the answer is an assessment or whole sentences; what comes from outside is bounded first.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from pydantic import ValidationError
from pydantic_core import from_json
from pypdf import PdfReader

from pensebete.assessment import Assessment
from pensebete.checklist import Checklist
from pensebete.i18n import Wording

FORMAT = "pensebete-dossier"
FORMAT_VERSION = 1
ATTACHMENT = "dossier.json"
MAX_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class Problem:
    """A reason to refuse a file: a message id of the catalogues and its values."""

    id: str
    values: dict[str, str] = field(default_factory=dict)

    def sentence(self, say: Wording) -> str:
        return say(f"dossier.{self.id}", None, **self.values)


class DossierError(Exception):
    """The file is not a dossier this program can open; `problems` holds every reason."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(", ".join(problem.id for problem in problems))
        self.problems = problems

    def sentences(self, say: Wording) -> list[str]:
        return [problem.sentence(say) for problem in self.problems]


def read(content: bytes, checklist: Checklist) -> Assessment:
    """The assessment in a JSON or PDF file, made with that checklist (any version). Raises DossierError."""
    if len(content) > MAX_BYTES:
        raise DossierError(Problem("too_large", {"limit": str(MAX_BYTES // 1_000_000)}))
    return read_json(attached(content) if b"%PDF-" in content[:1024] else content, checklist)


def read_json(content: bytes, checklist: Checklist) -> Assessment:
    """The assessment in a JSON text. Raises DossierError with every reason to refuse it."""
    try:
        data = from_json(content.removeprefix(b"\xef\xbb\xbf"))
    except ValueError:
        raise DossierError(Problem("not_json")) from None
    if not isinstance(data, dict) or data.pop("format", None) != FORMAT:
        raise DossierError(Problem("another_program"))
    version = data.pop("format_version", None)
    if version is True or version != FORMAT_VERSION:  # in Python, true is a 1
        raise DossierError(Problem("format_version", {"version": _brief(version), "known": str(FORMAT_VERSION)}))
    try:
        assessment = Assessment.model_validate(data)
    except ValidationError as error:
        # By place: a choice that fits neither of its two forms is one mistake, not two.
        problems = {str(p.values["place"]): p for p in map(_problem, error.errors(include_url=False)[:20])}
        raise DossierError(*problems.values()) from None
    if assessment.checklist.id != checklist.id:
        ids = {"theirs": _brief(assessment.checklist.id), "ours": checklist.id}
        raise DossierError(Problem("another_checklist", ids))
    return assessment


def dump(assessment: Assessment) -> bytes:
    """The dossier file, UTF-8; what was never said is left out. The same assessment always gives the same bytes."""
    said = assessment.model_dump(mode="json", exclude_defaults=True)
    dossier = {"format": FORMAT, "format_version": FORMAT_VERSION, **said, "language": assessment.language}
    return json.dumps(dossier, ensure_ascii=False, indent=1).encode()


def attached(pdf: bytes) -> bytes:
    """The dossier that a PDF of the program carries. Raises DossierError."""
    try:
        found = PdfReader(BytesIO(pdf)).attachments.get(ATTACHMENT, [])
        content = bytes(found[0]) if found else None
    except Exception:  # the parser raises anything at all on a file made to harm, or cut short
        raise DossierError(Problem("broken_pdf")) from None
    if content is None:
        raise DossierError(Problem("nothing_attached"))
    if len(content) > MAX_BYTES:
        raise DossierError(Problem("too_large", {"limit": str(MAX_BYTES // 1_000_000)}))
    return content


def _problem(details: Any) -> Problem:
    """A reason from one of pydantic's errors."""
    loc = details["loc"][:2] if details["loc"][:1] == ("profile",) else details["loc"]
    place = ".".join(_brief(part) for part in loc)
    if details["type"] == "extra_forbidden":
        return Problem("unknown_field", {"place": place})
    if details["type"] == "missing":
        return Problem("missing_field", {"place": place})
    return Problem("wrong_value", {"place": place, "value": _brief(details["input"])})


def _brief(value: object) -> str:
    text = value if isinstance(value, str) else "…" if isinstance(value, dict | list) else json.dumps(value)
    return text if len(text) <= 60 else text[:59] + "…"
