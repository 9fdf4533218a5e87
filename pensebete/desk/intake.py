"""Files as life leaves them: the dossiers in one that was handed in, or what it is instead.

One reader for the first page, the command line and the desk. What a file is, it says by its content and never by its
name. Bytes come in, nothing touches a disk, and everything is bounded but the time, which is up to who calls.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pensebete.assessment.dossier_file import MAX_BYTES, Problem, without_dossier
from pensebete.assessment.pdf_file import Comment, PdfFaultError, is_pdf
from pensebete.desk import containers
from pensebete.desk.attached_reviews import reviewed
from pensebete.desk.containers import Bounds, Budget, Member
from pensebete.desk.file_kind import kind_of

__all__ = ["Bounds", "Comment", "Refused", "Taken", "each_taken", "taken_in"]

# Of what one file may hold; the command line has a longer one.
BOUNDS = Bounds()
# Of a process that reads them, a server's child or one of `portfolio`.
MEMORY = 700_000_000  # bytes of address space; what Python and its libraries take of it is a third
BY_THE_CLOCK = 8  # times as long as its seconds of the processor: a busy machine is no fault of a file


@dataclass(frozen=True, slots=True)
class Taken:
    """One dossier found in one file."""

    file: str  # its name, with the container's: « envoi.zip/plan.pdf »
    dossier: bytes  # as the PDF carries it
    review: bytes | None = None  # about this very dossier, and sound
    comments: tuple[Comment, ...] = ()
    notes: tuple[Problem, ...] = ()  # to say, though it opens


@dataclass(frozen=True, slots=True)
class Refused:
    file: str
    problems: tuple[Problem, ...]


def taken_in(name: str, content: bytes, bounds: Bounds = BOUNDS) -> tuple[Taken | Refused, ...]:
    """What one file holds, in its order: at least one of the two."""
    return tuple(each_taken(name, content, bounds))


def each_taken(name: str, content: bytes, bounds: Bounds = BOUNDS) -> Iterator[Taken | Refused]:
    """The same one by one, for a file that holds thousands."""
    yield from _taken(Member(name, content), Budget(bounds), 0)


def _taken(file: Member, budget: Budget, depth: int) -> Iterator[Taken | Refused]:
    if isinstance(file.content, Problem):
        yield Refused(file.name, (file.content,))
        return
    kind = kind_of(file.content)
    if kind == "dossier":
        yield _bounded(Taken(file.name, file.content))
    elif kind == "pdf":
        yield from _in_pdf(file.name, file.content, budget, depth)
    elif kind in containers.KINDS:
        yield from _in_container(kind, file.name, file.content, budget, depth)
    else:
        yield Refused(file.name, (Problem("not_json" if kind == "another" else f"file.{kind}"),))


def _in_container(kind: str, name: str, content: bytes, budget: Budget, depth: int) -> Iterator[Taken | Refused]:
    if depth >= budget.bounds.depth:
        yield Refused(name, (Problem("file.too_deep"),))
        return
    found = False
    for member in containers.KINDS[kind](content, budget):
        inside = member.name and f"{name}/{member.name}"
        for one in _taken(Member(inside or name, member.content), budget, depth + 1):
            found = True
            yield one
    if found:
        return
    if kind == "mail" and is_pdf(content):  # as it is, between what a program said of it
        whole = tuple(_in_pdf(name, content, budget, depth))
        if whole != (Refused(name, (Problem("broken_pdf"),)),):  # a letter may speak of one
            yield from whole
            return
    yield Refused(name, (Problem("file.mail_alone" if kind == "mail" else "file.nothing_inside"),))


def _in_pdf(name: str, content: bytes, budget: Budget, depth: int) -> Iterator[Taken | Refused]:
    if len(content) > MAX_BYTES:
        yield Refused(name, (_too_large(),))
        return
    from pensebete.assessment.pdf_contents import pdf_contents  # as pdf_file.py says

    try:
        pdf = pdf_contents(content)
    except PdfFaultError as fault:
        yield Refused(name, (Problem(fault.id),))
        return
    notes = []
    if len(pdf.dossiers) > 1:
        notes.append(Problem("several", {"count": str(len(pdf.dossiers))}))
    if pdf.lost:
        notes.append(Problem("pdf.some_lost", {"lost": str(pdf.lost)}))
    if pdf.more_comments:
        notes.append(Problem("pdf.more_comments", {"count": str(pdf.more_comments)}))
    for dossier, found in zip(pdf.dossiers, reviewed(pdf.dossiers, pdf.reviews), strict=True):
        yield _bounded(Taken(name, dossier, found.review, pdf.comments, (*notes, *found.notes)))
    if not pdf.dossiers and not pdf.inside:
        yield Refused(name, (without_dossier(pdf),))
    for inside, one in pdf.inside:
        within = f"{name}/{inside}"
        if depth >= budget.bounds.depth:
            yield Refused(within, (Problem("file.too_deep"),))
        elif problem := budget.spend(len(one)):
            yield Refused(within, (problem,))
            return
        else:
            yield from _in_pdf(within, one, budget, depth + 1)


def _bounded(taken: Taken) -> Taken | Refused:
    return Refused(taken.file, (_too_large(),)) if len(taken.dossier) > MAX_BYTES else taken


def _too_large() -> Problem:
    return Problem("too_large", {"limit": str(MAX_BYTES // 1_000_000)})
