"""The checklist that visitors see: the last sound version of its file, read again when the file changes.

A file with a mistake changes nothing for visitors: the operator is told in the log, and the version before goes on.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.loading import content_of, diagnostic_lines, published_path, read
from pensebete.checklist.model import Checklist, ChecklistRef
from pensebete.text.terminal import visible
from pensebete.text.wording import LANGUAGES, wording

_LOG = logging.getLogger(__name__)
_KEPT = 5  # earlier versions, for the dossiers of visits that began with them

FileState = tuple[int, ...]  # two looks at the same file give the same


@dataclass(frozen=True, slots=True)
class Published:
    """A sound version of the checklist, and the text that is kept beside a dossier made with it."""

    checklist: Checklist
    text: str


@dataclass(frozen=True, slots=True)
class Seen:
    """The file at the last look."""

    state: FileState
    serving: Published | None  # None: it was never sound since the server started
    diagnostics: tuple[Diagnostic, ...] = ()
    error: OSError | None = None
    earlier: tuple[Checklist, ...] = ()


_seen: dict[Path, Seen] = {}
_one_reads = Lock()


def look() -> Seen:
    """The file as it is now; where it is as at the last look, that costs one question to the file system."""
    path = published_path()
    state = _state(path)
    found = _seen.get(path)
    if found is None or found.state != state:
        with _one_reads:
            found = _seen.get(path)
            if found is None or found.state != state:
                found = _seen[path] = _read(path, state, found)
    return found


def version_served(made_with: ChecklistRef) -> Checklist | None:
    """The checklist that a dossier was made with, where this server knows it still."""
    found = look()
    known = (*([found.serving.checklist] if found.serving else []), *found.earlier)
    return next((c for c in known if (c.id, c.version) == (made_with.id, made_with.version)), None)


def _state(path: Path) -> FileState:
    try:
        state = path.stat()
    except OSError as error:
        return (error.errno or 0,)
    return state.st_mtime_ns, state.st_size, state.st_ino


def _read(path: Path, state: FileState, before: Seen | None) -> Seen:
    before = before or Seen(state, None)
    try:
        content = content_of(path)
    except OSError as error:
        _LOG.error("%s cannot be read: %s", path, error)
        _say_what_goes_on(before)
        return replace(before, state=state, diagnostics=(), error=error)
    checklist, diagnostics = read(content)
    if checklist is None:
        for language in LANGUAGES:
            for line in diagnostic_lines(path, diagnostics, language):
                _LOG.error("%s", visible(line))
        _say_what_goes_on(before)
        return replace(before, state=state, diagnostics=diagnostics, error=None)
    text = content.decode("utf-8-sig")
    if before.serving and before.serving.checklist == checklist:  # a comment, say: no visit need hear of it
        return Seen(state, Published(before.serving.checklist, text), diagnostics, earlier=before.earlier)
    if before.serving is None:
        return Seen(state, Published(checklist, text), diagnostics)
    for language in LANGUAGES:
        _LOG.warning("%s", visible(wording(language)("reload.serves", file=path, version=checklist.version)))
    return Seen(
        state, Published(checklist, text), diagnostics, earlier=(before.serving.checklist, *before.earlier)[:_KEPT]
    )


def _say_what_goes_on(before: Seen) -> None:
    if before.serving:
        for language in LANGUAGES:
            _LOG.error("%s", visible(wording(language)("reload.goes_on", version=before.serving.checklist.version)))
