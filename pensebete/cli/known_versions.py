"""The version of a checklist that a dossier was made with, where this machine still has its text."""

from __future__ import annotations

from pathlib import Path

from pensebete.checklist import accepted
from pensebete.checklist.model import Checklist, ChecklistRef
from pensebete.cli.git_version import committed


def version_known(made_with: ChecklistRef, path: Path, checklist: Checklist) -> Checklist | None:
    """The checklist of the file itself, else what a server accepted of it, else what git knows under its name."""
    if (checklist.id, checklist.version) == (made_with.id, made_with.version):
        return checklist
    known = committed(path)
    texts: tuple[str | bytes, ...] = (*accepted.kept_of(path), *([known] if known else []))
    return next(
        (c for c in accepted.sound_among(texts) if (c.id, c.version) == (made_with.id, made_with.version)), None
    )
