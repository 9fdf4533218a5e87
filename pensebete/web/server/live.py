"""The checklist that visitors see: the newest accepted text, of the file or of the log.

A file with a mistake, or one that would lose what dossiers refer to, changes nothing for visitors: the operator is told
in the log, and the text accepted before goes on, after a restart too. So does one that is only older than what was
accepted since, by staff or by another server (checklist/accepted.py, is_news). The file is looked at here, at every
visit; the log of the database, by accepted_log.py, every few seconds and by no visit.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from pensebete.checklist import accepted
from pensebete.checklist.accepted import NOTHING_KNOWN, Entry, Known, digest_of, is_news
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
    known: Known = NOTHING_KNOWN
    is_older: bool = False  # the file is one that something was accepted after
    to_log: bool = False  # what is served was accepted here, and the log does not have it yet

    @property
    def refused(self) -> bool:
        """Whether the file on disk cannot be what is served."""
        return self.error is not None or any(one.severity == "mistake" for one in self.diagnostics)

    @property
    def entry(self) -> Entry | None:
        """The entry of the log that is served, where the log has it."""
        newest = self.known.newest
        return newest if newest and self.serving and newest.digest == digest_of(self.serving.text) else None

    @property
    def compared_with(self) -> Entry | None:
        """The newest entry that says what is served: what a draft was compared with, and nothing that came after."""
        return self.known.newest_of(self.serving.text if self.serving else None)

    @property
    def entry_of_file(self) -> Entry | None:
        """The newest entry that the file on disk is, where it is one."""
        return self.known.newest_of(text_of(self.content))


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
                before = found or _before_this_start(path)
                found = _seen[path] = _taken(path, before, _judged(path, state, before))
    return found


def last_seen() -> Seen | None:
    """As it was at the last look, for who may not wait for a file; None before the first one."""
    return _seen.get(published_path())


def begun() -> Seen | None:
    """The file as it is now, where this server has looked at it and at the log before."""
    found = _seen.get(published_path())
    return look() if found and (found.known.log or found.to_log) else None


def follow(log: Sequence[Entry], texts: Sequence[str], ready: Published | None = None) -> Seen:
    """Serve what the newest entry of the log says, unless the file has news that the log does not have yet.

    `texts`: the newest of each checklist id, newest first; `ready`: one of them that was read already.
    """
    path = published_path()
    with _one_reads:
        before = _seen.get(path) or _before_this_start(path)
        read_before = [one for one in (ready, before.serving, *before.accepted) if one]
        found = tuple(one for text in texts if (one := _published(text, read_before)))
        known = replace(before.known, log=tuple(log))
        from_log = replace(before, known=known, to_log=not log and before.serving is not None)
        if found:
            serves, all_read = found[0], len(found) == len(texts)
            # One that this version of the program cannot read yet leaves what is served, and what was of its checklist.
            if before.serving and found[0].text != texts[0]:
                serves = before.serving
            each: dict[str, Published] = {}
            for one in (serves, *found, *(() if all_read else before.accepted)):
                each.setdefault(one.checklist.id, one)
            from_log = replace(from_log, serving=serves, accepted=tuple(each.values()))
        _seen[path] = seen = _taken(path, before, _judged(path, _state(path), from_log))
    return seen


def version_served(made_with: ChecklistRef) -> Checklist | None:
    """The checklist that a dossier was made with, where this server knows it still."""
    found = look()
    known = (*([found.serving.checklist] if found.serving else []), *found.earlier)
    return next((c for c in known if (c.id, c.version) == (made_with.id, made_with.version)), None)


def text_of(content: bytes) -> str | None:
    """The text of a file, as it is kept; None where it is not one."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _state(path: Path) -> FileState:
    try:
        state = path.stat()
    except OSError as error:
        return (error.errno or 0,)
    return state.st_mtime_ns, state.st_size, state.st_ino


def _before_this_start(path: Path) -> Seen:
    """What was served when the server ran last, as the disk keeps it."""
    texts = accepted.kept_of(path)
    found = tuple(Published(checklist, text) for text in texts if (checklist := read(text)[0]) is not None)
    return Seen((), found[0] if found else None, accepted=found, known=accepted.known_of(path))


def _published(text: str, read_before: Sequence[Published]) -> Published | None:
    """A text that was accepted, read once; None where this version of the program reads it no more."""
    for one in read_before:
        if one.text == text:
            return one
    checklist, _ = read(text)
    return Published(checklist, text) if checklist else None


def _judged(path: Path, state: FileState, before: Seen) -> Seen:
    """The file beside what is served: the same, news, older, or refused."""
    try:
        content = content_of(path)
    except OSError as error:
        return replace(before, state=state, content=b"", diagnostics=(), error=error, is_older=False)
    seen = replace(before, state=state, content=content, diagnostics=(), error=None, is_older=False)
    text = text_of(content)
    digest = digest_of(text) if text is not None else ""
    if seen.known.log and digest in {entry.digest for entry in seen.known.log}:
        settled = replace(seen.known, settled=digest)
    else:
        settled = seen.known
    served = before.serving is not None and text == before.serving.text
    # While something that was accepted here is in no log, whoever changes the file is at work on it now.
    news = before.serving is None or before.to_log or text is None or is_news(digest, before.known)
    if not served and not news and settled.settled == digest:
        return replace(seen, is_older=True, known=settled)
    checklist, diagnostics = read(content, server_day(), [one.checklist for one in before.accepted])
    seen = replace(seen, diagnostics=diagnostics)
    if checklist is None and text is not None and read(text)[0]:
        return replace(seen, known=replace(seen.known, refused=digest))
    if checklist is None or text is None or served:
        return replace(seen, known=settled if served else seen.known)
    if not news:
        return replace(seen, is_older=True)
    if before.serving and before.serving.checklist == checklist:  # a comment, say: no visit need hear of it
        checklist = before.serving.checklist
    found = Published(checklist, text)
    others = tuple(one for one in before.accepted if one.checklist.id != checklist.id)
    return replace(seen, serving=found, accepted=(found, *others), to_log=True)


def _taken(path: Path, before: Seen, seen: Seen) -> Seen:
    """Have the disk remember it, the operator hear of it, and the visits that began with the version before keep it."""
    kept = {one.text for one in before.accepted}
    if [one.text for one in seen.accepted] != [one.text for one in before.accepted]:
        for n, one in reversed([*enumerate(seen.accepted)]):  # the newest last: by that the disk knows it
            if n == 0 or one.text not in kept:
                accepted.keep(path, one.checklist, one.text)
    if seen.known != before.known:
        accepted.keep_known(path, seen.known)
    _tell_operator(path, before, seen)
    if before.serving is None or seen.serving is None or before.serving.checklist is seen.serving.checklist:
        return seen
    return replace(seen, earlier=(before.serving.checklist, *before.earlier)[:_KEPT])


def _tell_operator(path: Path, before: Seen, seen: Seen) -> None:
    version = seen.serving.checklist.version if seen.serving else ""
    if seen.error:
        _LOG.error("%s cannot be read: %s", path, seen.error)
    for language in LANGUAGES:
        say = wording(language)
        if seen.refused:
            mistakes = [one for one in seen.diagnostics if one.severity == "mistake"]
            for line in diagnostic_lines(path, mistakes, language):
                _LOG.error("%s", visible(line))
            if seen.serving:
                _LOG.error("%s", visible(say("reload.goes_on", version=version)))
        elif seen.is_older and seen.content != before.content:
            _LOG.warning("%s", visible(say("reload.older", file=path, version=version)))
        newest = seen.known.newest
        if newest and seen.serving and seen.entry is None and not seen.to_log and seen.known.log != before.known.log:
            unread = say("reload.unread", file=path, number=newest.number, version=seen.serving.checklist.version)
            _LOG.error("%s", visible(unread))
        if before.serving and seen.serving and before.serving.checklist is not seen.serving.checklist:
            entry = seen.entry
            if entry and entry.who:
                words = say("reload.published", file=path, version=version, number=entry.number, who=entry.who)
            else:
                words = say("reload.serves", file=path, version=version)
            _LOG.warning("%s", visible(words))
