"""The program of a child process that reads what strangers hand in (reading.py starts it and asks it).

One request after the other comes on standard input: the length of a header, a header in JSON, the content. One answer
goes back on standard output: its length, and JSON. The child limits itself before it reads anything.
"""

from __future__ import annotations

import base64
import json
import os
import resource
import sys
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from pensebete.checklist.accepted import sound_among
from pensebete.checklist.loading import read
from pensebete.checklist.model import Checklist
from pensebete.desk.intake import MEMORY, each_taken
from pensebete.web.server.taken_as_json import as_json

_KEPT_WARM = 110_000_000  # bytes; beyond, a child ends once it has answered
_NICENESS = 5  # who hands in what is long to read waits; nobody else does
_LENGTH = 8  # bytes


def main() -> None:
    os.nice(_NICENESS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    source, target = sys.stdin.buffer, sys.stdout.buffer
    while (header := _read_header(source)) is not None:
        content = source.read(header["length"])
        # Its own clock too, should nobody be there any more to end it; this limit counts for life.
        used = resource.getrusage(resource.RUSAGE_SELF)
        soft = int(used.ru_utime + used.ru_stime + header["seconds"]) + 2
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))
        try:
            answer = _READERS[header["kind"]](content, header)
        except (MemoryError, RecursionError):
            answer = {"refused": True}
        # What was large leaves holes that the process keeps: the next one begins anew.
        answer["retires"] = _resident() > _KEPT_WARM
        said = json.dumps(answer).encode()
        target.write(len(said).to_bytes(_LENGTH, "big") + said)
        target.flush()


def _resident() -> int:
    """Bytes held now; not the highest, which the system counts from the process that started this one."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize()
    except OSError:  # a system that does not say
        return 0


def _read_header(source: IO[bytes]) -> dict[str, Any] | None:
    length = source.read(_LENGTH)
    if len(length) < _LENGTH:
        return None
    found: dict[str, Any] = json.loads(source.read(int.from_bytes(length, "big")))
    return found


def _checklist(content: bytes, header: dict[str, Any]) -> dict[str, Any]:
    source = content.decode("utf-8", "surrogatepass") if header["text"] else content
    checklist, diagnostics = read(source, date.fromisoformat(header["day"]), _accepted(tuple(header["accepted"])))
    return {
        # As it was written: what has its default there is left out here too, and given again by the models.
        "checklist": checklist.model_dump(mode="json", by_alias=True, exclude_unset=True) if checklist else None,
        "diagnostics": [
            {
                "code": one.code,
                "place": [one.place.line, one.place.column],
                "values": dict(one.values),
                "path": one.path,
                "about": one.about,
                "suggestion": one.suggestion,
                "edit": one.edit.as_json() if one.edit else None,
            }
            for one in diagnostics
        ],
    }


@lru_cache(maxsize=2)  # the same for draft after draft
def _accepted(texts: tuple[str, ...]) -> tuple[Checklist, ...]:
    return sound_among(texts)


def _intake(content: bytes, header: dict[str, Any]) -> dict[str, Any]:
    return {"taken": [as_json(one) for one in each_taken(header["name"], content)]}


def _working_file(content: bytes, header: dict[str, Any]) -> dict[str, Any]:
    from pensebete.desk.working_file import WorkingFileError, of_advisor, opened  # it brings cryptography

    try:
        found = opened(content, header["passphrase"])
    except WorkingFileError as error:
        return {"problem": [error.problem.id, error.problem.values]}
    return {
        "taken": [as_json(taken) for taken in found.dossiers],
        "notes": dict(found.notes),
        "read": {digest: day.isoformat() for digest, day in found.read.items()},
        **of_advisor(found),
    }


def _blank(content: bytes, header: dict[str, Any]) -> dict[str, Any]:
    from pensebete.pdf.build import blank_checklist_pdf  # which the readers do without

    checklist, _ = read(content.decode("utf-8", "surrogatepass"))
    if checklist is None:
        return {"refused": True}
    made = blank_checklist_pdf(checklist, header["language"], date.fromisoformat(header["day"]))
    return {"made": base64.b64encode(made).decode()}


_READERS: dict[str, Callable[[bytes, dict[str, Any]], dict[str, Any]]] = {
    "checklist": _checklist,
    "intake": _intake,
    "working_file": _working_file,
    "blank": _blank,
}

if __name__ == "__main__":
    main()
