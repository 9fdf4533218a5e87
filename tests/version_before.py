"""The reader of dossiers of before reviews travelled, frozen: whoever has not updated opens what an advisor sends back.

Never mended: it says what that version did. It is what its `assessment/dossier_file.py`, `assessment/model.py` and
`checklist/dossier_part.py` were on 26 November 2026, in one file and without its sentences; of the bounds, which
nothing here comes near, nothing is kept. `attached_as_next_day` is how `assessment/pdf_contents.py` told attached files
apart the day after, when it had begun to look at what they are rather than at what they are called.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from io import BytesIO
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import from_json
from pypdf import PdfReader

Key = Annotated[str, Field(max_length=200)]
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2199, 12, 31))]
State = Literal["to_start", "under_way", "done", "dropped"]
Status = Literal["done", "in_progress", "to_do", "unknown", "not_applicable"]


def _in_order(value: Any) -> Any:
    return json.loads(json.dumps(value, sort_keys=True, allow_nan=False))


class DossierPart(BaseModel):
    """Fields that it does not know are kept, and written back after the others, by name."""

    model_config = ConfigDict(frozen=True, extra="allow")
    __pydantic_extra__: dict[str, Annotated[Any, AfterValidator(_in_order)]] = Field(init=False)

    def model_post_init(self, _context: Any, /) -> None:
        fields = self.__pydantic_extra__
        for name in sorted(fields) if len(fields) > 1 else ():
            fields[name] = fields.pop(name)


class ChecklistRef(DossierPart):
    id: str
    version: str = ""


class Answer(DossierPart):
    status: Status | None = None
    note: str = ""
    reason: str = ""
    overrule: bool = False
    answered_at: datetime | None = None
    confirm: bool = False


class Planned(DossierPart):
    owner: str | None = None
    due: Day | None = None
    comment: str = ""
    set_aside: bool = False
    state: State = "to_start"


class OwnAction(DossierPart):
    id: UUID
    item: Key | None = None
    text: str
    priority: Key
    owner: str = ""
    due: Day | None = None
    comment: str = ""
    set_aside: bool = False
    state: State = "to_start"


class Assessment(DossierPart):
    id: UUID | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    checklist: ChecklistRef
    organisation: str = ""
    prepared_by: str = ""
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] = "fr"
    profile: dict[Key, str | tuple[str, ...]] = {}
    answers: dict[Key, Answer] = {}
    plan_started_on: Day | None = None
    plan: dict[Key, dict[Key, Planned]] = {}
    own_actions: tuple[OwnAction, ...] = ()


def read_json(content: bytes) -> Assessment:
    data = from_json(content)
    assert data.pop("format") == "pensebete-dossier"
    assert data.pop("format_version") == 1
    return Assessment.model_validate_json(json.dumps(data), strict=True)


def dump(assessment: Assessment) -> bytes:
    said = assessment.model_dump(mode="json", exclude_defaults=True)
    dossier = {"format": "pensebete-dossier", "format_version": 1, **said, "language": assessment.language}
    return json.dumps(dossier, ensure_ascii=False, indent=1).encode()


def attached(pdf: bytes) -> bytes:
    found = PdfReader(BytesIO(pdf)).attachments.get("dossier.json", [])
    return bytes(found[0])


def attached_as_next_day(pdf: bytes) -> tuple[tuple[bytes, ...], bytes | None]:
    """Dossiers, and a review, of which that version did nothing."""
    dossiers: dict[bytes, None] = {}
    by_name: list[bytes] = []
    review = None
    for name, contents in PdfReader(BytesIO(pdf)).attachments.items():
        for content in contents:
            if b'"pensebete-dossier"' in content:
                dossiers[content] = None
            elif b'"pensebete-review"' in content or name == "revue.json":
                review = review or content
            elif name == "dossier.json":
                by_name.append(content)
    return tuple(dossiers) or tuple(by_name[:1]), review
