"""The review file, revue.json: attached to the PDF beside dossier.json, of which it changes no byte."""

from __future__ import annotations

import json

from pydantic import ValidationError
from pydantic_core import from_json

from pensebete.assessment.dossier_file import BYTE_ORDER_MARK, MAX_VALUES, Problem, brief, values_in
from pensebete.assessment.pdf_file import REVIEW as ATTACHMENT
from pensebete.assessment.review.merge import ordered
from pensebete.assessment.review.model import Review

__all__ = ["ATTACHMENT", "MOST_OF_A_REMARK", "MOST_REMARKS", "ReviewError", "dump", "read_review"]

FORMAT, FORMAT_VERSION = "pensebete-review", 1
MOST_OF_A_REMARK = 2_000  # characters, of new ones
MOST_REMARKS = 1_000  # before new ones are refused; a round of an advisor is some thirty
# Of what others wrote.
MOST_BYTES_READ = 2_000_000
MOST_REMARKS_READ = 5_000

# An earlier version takes for a dossier whatever attached file holds these letters: an author may have that name.
_MARK_OF_A_DOSSIER = '"pensebete-dossier"'
_SAME_IN_OTHER_LETTERS = '"pensebete\\u002ddossier"'


class ReviewError(Exception):
    """It is no review that this program can read; `problem` says why."""

    def __init__(self, id: str, **values: str) -> None:
        super().__init__(id)
        self.problem = Problem(f"review.{id}", values)


def read_review(content: bytes) -> Review:
    """Raises ReviewError."""
    if len(content) > MOST_BYTES_READ or values_in(content) > MAX_VALUES:
        raise ReviewError("too_large")
    try:
        said = from_json(content.removeprefix(BYTE_ORDER_MARK))
    except ValueError:
        raise ReviewError("not_json") from None
    if not isinstance(said, dict) or said.pop("format", None) != FORMAT:
        raise ReviewError("another_program")
    version = said.pop("format_version", None)
    if version is True or version != FORMAT_VERSION:
        raise ReviewError("newer")
    remarks = said.get("remarks")
    if isinstance(remarks, list) and len(remarks) > MOST_REMARKS_READ:
        raise ReviewError("too_large")
    try:
        text = json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass")
        return ordered(Review.model_validate_json(text, strict=True))
    except ValidationError as error:
        place = ".".join(brief(part) for part in error.errors(include_url=False)[0]["loc"])
        raise ReviewError("wrong_value", place=place) from None


def dump(review: Review) -> bytes:
    """UTF-8; equal reviews give equal bytes. What a remark does not propose is left out; its other fields never are."""
    said = {"format": FORMAT, "format_version": FORMAT_VERSION, **review.model_dump(mode="json")}
    for remark in said["remarks"]:
        remark["about"] = {name: id for name, id in remark["about"].items() if id is not None}
        if remark["proposed"] is None:
            del remark["proposed"]
    text = json.dumps(said, ensure_ascii=False, indent=1)
    return text.replace(_MARK_OF_A_DOSSIER, _SAME_IN_OTHER_LETTERS).encode()
