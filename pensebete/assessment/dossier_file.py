"""The dossier file: an assessment as JSON, in and out, also from inside a PDF of the program.

Whatever is handed in, the answer is an assessment or whole sentences; what comes from outside is bounded first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from json.encoder import encode_basestring as _quoted
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from pydantic import ValidationError
from pydantic_core import from_json

from pensebete.assessment.bounds import MOST_BYTES, Excess, excess_of_data, whole_excess
from pensebete.assessment.model import FIRST_DAY, LAST_DAY, MOST_WEEKS, Assessment
from pensebete.assessment.pdf_file import ATTACHMENT as ATTACHMENT
from pensebete.assessment.pdf_file import PdfContents, PdfFaultError, Shown, is_pdf
from pensebete.checklist.model import Checklist
from pensebete.text.wording import Wording

FORMAT = "pensebete-dossier"
FORMAT_VERSION = 1
MAX_BYTES = 5_000_000
MAX_VALUES = 100_000  # many times as many as a long dossier has; a million, each in a list, would take a minute to read
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# A text of JSON, or what is there of one: it never backtracks, whatever it is given.
_TEXT = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?')
_WITHOUT: dict[Shown, str] = {
    "plan": "pdf.lost",
    "partial": "pdf.partial",
    "board": "pdf.board",
    "lender": "pdf.lender",
    "blank": "pdf.blank",
    "sheet": "pdf.sheet",
    "images": "pdf.images",
    "another": "nothing_attached",
}


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


def content_of(file: Path) -> bytes:
    """The bytes of a file that is small enough to be a dossier. Raises OSError, DossierError."""
    with file.open("rb") as opened:
        content = opened.read(MAX_BYTES + 1)
    return _bounded(content)


def read(content: bytes, checklist: Checklist, unpack: Callable[[bytes], bytes] | None = None) -> Assessment:
    """The assessment in a JSON or PDF file, made with that checklist (any version). Raises DossierError.

    `unpack` does what `attached` does, elsewhere.
    """
    content = _bounded(content)
    return read_json((unpack or attached)(content) if _is_pdf(content) else content, checklist)


def read_json(content: bytes, checklist: Checklist) -> Assessment:
    """The assessment in a JSON text, made with that checklist. Raises DossierError with every reason to refuse it."""
    assessment = assessment_in(content)
    if assessment.checklist.id != checklist.id:
        ids = {"theirs": brief(assessment.checklist.id), "ours": checklist.id}
        raise DossierError(Problem("another_checklist", ids))
    return assessment


def assessment_in(content: bytes) -> Assessment:
    """The assessment in a JSON text, whichever checklist it was made with. Raises DossierError."""
    if len(content) > 6 * MOST_BYTES:  # a letter of a text may be written in six
        raise _too_much(Excess("bytes", len(content), MOST_BYTES))
    if values_in(content) > MAX_VALUES:
        raise DossierError(Problem("too_many_values"))
    try:
        data = from_json(content.removeprefix(BYTE_ORDER_MARK))
    except ValueError:
        raise DossierError(Problem("not_json")) from None
    if not isinstance(data, dict) or data.pop("format", None) != FORMAT:
        raise DossierError(Problem("another_program"))
    if "format_version" not in data:
        raise DossierError(Problem("missing_field", {"place": "format_version"}))
    version = data.pop("format_version")
    if version is True or version != FORMAT_VERSION:  # in Python, true is a 1
        raise DossierError(Problem("format_version", {"version": _as_json(version), "known": str(FORMAT_VERSION)}))
    text = json.dumps(data, ensure_ascii=False)
    if excess := excess_of_data(data, len(text)):
        raise _too_much(excess)
    try:
        # Strict, and from JSON again: so "yes" is no boolean, 5 is no moment, and a date is still read from its text.
        assessment = Assessment.model_validate_json(text.encode("utf-8", "surrogatepass"), strict=True)
    except ValidationError as error:
        # By place: a choice that fits neither of its two forms is one mistake, not two.
        problems = {str(p.values["place"]): p for p in map(_problem, error.errors(include_url=False)[:20])}
        raise DossierError(*problems.values()) from None
    if excess := whole_excess(assessment):
        raise _too_much(excess)
    return with_unique_ids(assessment)


def _too_much(excess: Excess) -> DossierError:
    values = {"found": str(excess.found), "most": str(excess.most)}
    return DossierError(Problem(f"too_much_of.{excess.bound}", values))


def with_unique_ids(assessment: Assessment) -> Assessment:
    """With an id of its own for each own action: a file may hold two with the same one, and both are kept."""
    ids = [own.id for own in assessment.own_actions]
    if len(set(ids)) == len(ids):
        return assessment
    seen: set[UUID] = set()
    own_actions = []
    for n, own in enumerate(assessment.own_actions):
        id = uuid5(own.id, str(n)) if own.id in seen else own.id
        seen.add(id)
        own_actions.append(own if id == own.id else own.model_copy(update={"id": id}))
    return assessment.model_copy(update={"own_actions": tuple(own_actions)})


def dump(assessment: Assessment) -> bytes:
    """The dossier file, UTF-8; what was never said is left out. The same assessment always gives the same bytes."""
    said = assessment.model_dump(mode="json", exclude_defaults=True)
    dossier = {"format": FORMAT, "format_version": FORMAT_VERSION, **said, "language": assessment.language}
    return _indented(dossier) or json.dumps(dossier, ensure_ascii=False, separators=(",", ":")).encode()


def _indented(dossier: dict[str, Any]) -> bytes | None:
    """The text of a dossier, for people to read; None where it would be too large to open again.

    Lists in lists in a field of another version are indented to a hundred times what was read, so the text is measured
    as it is made.
    """
    parts: list[str] = []
    try:
        _write(dossier, "\n", parts, [MAX_BYTES])
    except OverflowError:
        return None
    text = "".join(parts).encode()
    return text if len(text) <= MAX_BYTES else None


def _write(value: Any, line: str, parts: list[str], left: list[int]) -> None:
    """As json.dumps indents by one, three times as quick: a tab keeps the dossier anew with each answer.

    `line` begins a line of the value's own depth; OverflowError where there is more than is `left`.
    """
    inner = line + " "
    if isinstance(value, dict) and value:
        for n, (key, one) in enumerate(value.items()):
            _put(f"{',' if n else '{'}{inner}{_quoted(key)}: ", parts, left)
            _write(one, inner, parts, left)
        _put(line + "}", parts, left)
    elif isinstance(value, list) and value:
        for n, one in enumerate(value):
            _put(f"{',' if n else '['}{inner}", parts, left)
            _write(one, inner, parts, left)
        _put(line + "]", parts, left)
    else:
        _put(_quoted(value) if isinstance(value, str) else json.dumps(value), parts, left)


def _put(text: str, parts: list[str], left: list[int]) -> None:
    parts.append(text)
    left[0] -= len(text)
    if left[0] < 0:
        raise OverflowError


def attached(pdf: bytes) -> bytes:
    """The one dossier that a PDF of the program carries. Raises DossierError."""
    if not is_pdf(pdf):
        raise DossierError(Problem("not_pdf"))
    from pensebete.assessment.pdf_contents import pdf_contents  # as pdf_file.py says

    try:
        found = pdf_contents(pdf)
    except PdfFaultError as fault:
        raise DossierError(Problem(fault.id)) from None
    if not found.dossiers:
        raise DossierError(without_dossier(found))
    if len(found.dossiers) > 1:
        raise DossierError(Problem("several", {"count": str(len(found.dossiers))}))
    return _bounded(found.dossiers[0])


def without_dossier(pdf: PdfContents) -> Problem:
    """Why a PDF that can be read has no dossier, by what its pages show."""
    return Problem(_WITHOUT[pdf.shown or "another"])


def _bounded(content: bytes) -> bytes:
    if len(content) > MAX_BYTES:
        raise DossierError(Problem("too_large", {"limit": str(MAX_BYTES // 1_000_000)}))
    return content


def values_in(content: bytes) -> int:
    """About how many values a JSON text holds, by its signs outside texts."""
    if len(content) <= MAX_VALUES:
        return 0
    signs = _TEXT.sub(b"", content)
    return sum(signs.count(sign) for sign in (b",", b"[", b"{"))


def _is_pdf(content: bytes) -> bool:
    """A JSON file may hold the mark of a PDF in a name."""
    return not is_json(content) and is_pdf(content)


def is_json(content: bytes) -> bool:
    """Whether it begins as a dossier in JSON does."""
    return content[:1024].removeprefix(BYTE_ORDER_MARK).lstrip().startswith(b"{")


def _problem(details: Any) -> Problem:
    """A reason from one of pydantic's errors."""
    # A value that fits neither of its two forms is said once.
    loc = details["loc"][:2] if details["loc"][:1] in (("profile",), ("contact",)) else details["loc"]
    place = ".".join(brief(part) for part in loc)
    if details["type"] == "missing":
        return Problem("missing_field", {"place": place})
    value = brief(details["input"])
    bound = details["type"] in ("greater_than_equal", "less_than_equal")
    if bound and loc[0] == "contact":
        return Problem("out_of_bounds", {"place": place, "value": value, "first": "0", "last": str(MOST_WEEKS)})
    if bound:
        days = {"first": FIRST_DAY.isoformat(), "last": LAST_DAY.isoformat()}
        return Problem("day_out_of_bounds", {"place": place, "value": value, **days})
    return Problem("wrong_value", {"place": place, "value": value})


def brief(value: object) -> str:
    """A value of a file, or a part of a place in it, as a sentence quotes it."""
    return _cut(value) if isinstance(value, str) else _as_json(value)


def _as_json(value: object) -> str:
    """As the file has it, quotation marks included: "1" is not 1."""
    return "…" if isinstance(value, dict | list) else _cut(json.dumps(value, ensure_ascii=False))


def _cut(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
