"""What a line said when somebody looked at it, as a short digest: so that « vu » tells what changed since."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from pensebete.assessment.model import Assessment
from pensebete.assessment.review.model import About, Remark

_LENGTH = 16  # hexadecimal digits: two answers of one line must differ, and nobody gains by forging one


def digest_of(assessment: Assessment, about: About) -> str:
    """Of status, note and reason; of a question, its choice. Of the dossier as a whole there is none: empty."""
    if about.item is not None:
        answer = assessment.answer(about.item)
        return _digest(answer.status or "", answer.note, answer.reason)
    if about.question is not None:
        choice = assessment.profile.get(about.question, "")
        return _digest(choice if isinstance(choice, str) else sorted(choice), "", "")
    return ""


def changed_since(assessment: Assessment, remark: Remark) -> bool:
    """Whether the line says something else than when the remark was made."""
    return bool(remark.seen) and digest_of(assessment, remark.about) not in ("", remark.seen)


def _digest(*said: Any) -> str:
    text = json.dumps(said, ensure_ascii=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()[:_LENGTH]
