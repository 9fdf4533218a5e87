"""A yardstick of the PDF: the same action plan laid out by typst, tagged, as PDF/A-3a and PDF/UA-1."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path

import typst

from bench.yardsticks.plan_content import blocks, contact
from devtools.server import ROOT
from pensebete.assessment import dossier_file
from pensebete.assessment.model import Assessment
from pensebete.checklist.model import Checklist
from pensebete.text.wording import wording

_TEMPLATE = Path(__file__).with_name("plan.typ")


def typst_plan(checklist: Checklist, assessment: Assessment, language: str, today: date) -> bytes:
    say = wording(language)
    content = {
        "language": language,
        "title": say("report.document_title", organisation=assessment.organisation),
        "author": assessment.prepared_by,
        "contact": contact(checklist, say),
        "dossier": dossier_file.dump(assessment).decode(),
        "attachment": dossier_file.ATTACHMENT,
        "attachment_name": say("report.attachment_name"),
        "blocks": [asdict(block) for block in blocks(checklist, assessment, say, today)],
    }
    made = _compiler().compile(
        _TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"content": json.dumps(content)},
        pdf_standards=["a-3a", "ua-1"],
        timestamp=datetime.combine(today, time(), UTC),
    )
    if not isinstance(made, bytes):
        raise TypeError("typst made no PDF")
    return made


@cache
def _compiler() -> typst.Compiler:
    """It keeps the fonts, and what it laid out before where the same comes again."""
    return typst.Compiler(font_paths=[str(ROOT / "pensebete" / "pdf" / "fonts")], ignore_system_fonts=True)
