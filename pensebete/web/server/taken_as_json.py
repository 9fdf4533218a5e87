"""What was taken from a file, as a child process says it and its parent reads it."""

from __future__ import annotations

import base64
from typing import Any

from pensebete.assessment.dossier_file import Problem
from pensebete.desk.intake import Comment, Refused, Taken


def as_json(one: Taken | Refused) -> dict[str, Any]:
    if isinstance(one, Refused):
        return {"file": one.file, "refused": _problems_as_json(one.problems)}
    return {
        "file": one.file,
        "dossier": base64.b64encode(one.dossier).decode(),
        "review": None if one.review is None else base64.b64encode(one.review).decode(),
        "comments": [[comment.author, comment.page, comment.text] for comment in one.comments],
        "notes": _problems_as_json(one.notes),
    }


def from_json(one: dict[str, Any]) -> Taken | Refused:
    if "refused" in one:
        return Refused(one["file"], _problems(one["refused"]))
    return Taken(
        one["file"],
        base64.b64decode(one["dossier"]),
        None if one["review"] is None else base64.b64decode(one["review"]),
        tuple(Comment(*comment) for comment in one["comments"]),
        _problems(one["notes"]),
    )


def _problems_as_json(problems: tuple[Problem, ...]) -> list[Any]:
    return [[problem.id, problem.values] for problem in problems]


def _problems(found: list[Any]) -> tuple[Problem, ...]:
    return tuple(Problem(id, values) for id, values in found)
