"""The checklist that visitors see: the last accepted text of its file, read again when the file changes.

A file with a mistake, or one that would lose what dossiers refer to, changes nothing for visitors: the operator is told
in the log, and the text accepted before goes on, after a restart too.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from pensebete.checklist import accepted
from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.loading import content_of, diagnostic_lines, published_path, read
from pensebete.checklist.model import Checklist, ChecklistRef
from pensebete.text.terminal import visible
from pensebete.text.wording import LANGUAGES, wording
from pensebete.web.server.day import server_day

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
    """The file at the last look, and what is served."""

    state: FileState
    serving: Published | None = None  # None: no text of this file was ever accepted
    content: bytes = b""  # of the file, as it is on disk
    diagnostics: tuple[Diagnostic, ...] = ()
    error: OSError | None = None
    earlier: tuple[Checklist, ...] = ()
    # The newest accepted text of each checklist id, newest first: what the next one is compared with.
    accepted: tuple[Published, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether the file on disk is not what is served."""
        return self.error is not None or any(one.severity == "mistake" for one in self.diagnostics)


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
                found = _seen[path] = _read(path, state, found or _before_this_start(path))
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


def _before_this_start(path: Path) -> Seen:
    """What was served when the server ran last, as the disk keeps it."""
    texts = accepted.kept_of(path)
    known = tuple(Published(checklist, text) for text in texts if (checklist := read(text)[0]) is not None)
    return Seen((), known[0] if known else None, accepted=known)


def _read(path: Path, state: FileState, before: Seen) -> Seen:
    try:
        content = content_of(path)
    except OSError as error:
        _LOG.error("%s cannot be read: %s", path, error)
        _say_what_goes_on(before)
        return replace(before, state=state, content=b"", diagnostics=(), error=error)
    checklist, diagnostics = read(content, server_day(), [one.checklist for one in before.accepted])
    seen = replace(before, state=state, content=content, diagnostics=diagnostics, error=None)
    if checklist is None:
        for language in LANGUAGES:
            for line in diagnostic_lines(path, [one for one in diagnostics if one.severity == "mistake"], language):
                _LOG.error("%s", visible(line))
        _say_what_goes_on(before)
        return seen
    return _accept(path, seen, Published(checklist, content.decode("utf-8-sig")))


def _accept(path: Path, seen: Seen, found: Published) -> Seen:
    """Serve a text from here on, and have the disk remember it."""
    before = seen.serving
    if before and before.checklist == found.checklist:  # a comment, say: no visit need hear of it
        found = Published(before.checklist, found.text)
    if before is None or before.text != found.text:
        accepted.keep(path, found.checklist, found.text)
    others = tuple(one for one in seen.accepted if one.checklist.id != found.checklist.id)
    seen = replace(seen, serving=found, accepted=(found, *others))
    if before is None or before.checklist is found.checklist:
        return seen
    for language in LANGUAGES:
        _LOG.warning("%s", visible(wording(language)("reload.serves", file=path, version=found.checklist.version)))
    return replace(seen, earlier=(before.checklist, *seen.earlier)[:_KEPT])


def _say_what_goes_on(before: Seen) -> None:
    if before.serving:
        for language in LANGUAGES:
            _LOG.error("%s", visible(wording(language)("reload.goes_on", version=before.serving.checklist.version)))
