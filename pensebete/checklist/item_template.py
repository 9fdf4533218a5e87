"""A new item to copy into checklist.yaml: its fields, in the languages of the checklist, with what they mean.

One that a manager's idea asks for has the idea as its help, and is put under its domain in a text of the checklist.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pensebete.checklist.model import Checklist
from pensebete.checklist.parsing.quoting import double_quoted
from pensebete.text.wording import Wording, wording

_INDENT = 6  # where an item stands under `items:`
_NO_TEXTS: Mapping[str, str] = {}


def item_skeleton(
    checklist: Checklist, say: Wording, help: Mapping[str, str] = _NO_TEXTS, beside: str = "", indent: int = _INDENT
) -> str:
    """The lines of an item that is sound as it is, whatever the checklist: only its texts are still to be written.

    `help`: in some languages, what its help says already, whatever signs are in it. `beside`: a text in which its id
    may stand as well.
    """
    lines = _lines(checklist, say, help, beside)
    return "\n".join(f"{' ' * indent}{line}" if line else "" for line in lines) + "\n"


def new_item_id(checklist: Checklist, beside: str = "") -> str:
    """One that stands neither in the checklist nor in the text."""
    return f"new-item-{_number(checklist, beside)}"


def with_new_item(text: str, domain: str, checklist: Checklist, say: Wording, help: Mapping[str, str]) -> str | None:
    """A text of the checklist with a new item first under a domain; None where it is not written as files of ours are.

    It goes by indentation alone, so that a draft with mistakes elsewhere takes it too: who puts it there has the text
    read before it counts.
    """
    lines = text.splitlines(keepends=True)
    begin = next((n for n, line in enumerate(lines) if re.match(r"domains:\s*(#.*)?$", line)), None)
    if begin is None:
        return None
    end = next((n for n in range(begin + 1, len(lines)) if re.match(r"[^\s#-]", lines[n])), len(lines))
    dash = next((found[1] for line in lines[begin + 1 : end] if (found := re.match(r"( *)- ", line))), None)
    if dash is None:
        return None
    inside = f"{dash}  "
    own_id = re.compile(rf"(?:{dash}- |{inside})id: *([\"']?){re.escape(domain)}\1 *(#.*)?$")
    ours = False
    for n in range(begin + 1, end):
        if lines[n].startswith(f"{dash}- "):
            ours = False
        ours = ours or own_id.match(lines[n].rstrip("\r\n")) is not None
        if ours and re.match(rf"{inside}items: *(#.*)?$", lines[n].rstrip("\r\n")):
            first = next((found[1] for line in lines[n + 1 : end] if (found := re.match(r"( *)- ", line))), "")
            if len(first) < len(inside):
                return None
            line_end = "\r\n" if lines[n].endswith("\r\n") else "\n"
            item = item_skeleton(checklist, say, help, text, len(first))
            new = line_end.join(["", *item.split("\n")])
            return "".join([*lines[: n + 1], new, *lines[n + 1 :]])
    return None


def _number(checklist: Checklist, beside: str) -> int:
    known = {*checklist.items, *re.findall(r"new-item-\d+", beside)}
    return next(n for n in range(1, len(known) + 2) if f"new-item-{n}" not in known)


def _lines(checklist: Checklist, say: Wording, help: Mapping[str, str], beside: str) -> Iterator[str]:
    def text(field: str, indent: int = 2, known: Mapping[str, str] = _NO_TEXTS) -> Iterator[str]:
        yield f"{' ' * indent}{field}:"
        for language in checklist.languages:
            if language in known:
                yield f"{' ' * (indent + 2)}{language}: {double_quoted(known[language])}"
                continue
            yield f"{' ' * (indent + 2)}{language}: >-"
            yield f"{' ' * (indent + 4)}{wording(language, checklist.languages)('skeleton.text')}"

    number = _number(checklist, beside)
    yield f"# {say('skeleton.id')}"
    yield f"- id: new-item-{number}"
    yield f"  # {say('skeleton.ref')}"
    yield f"  ref: X{number}"
    yield from text("title")
    yield from text("help", known=help)
    yield f"  # {say('skeleton.criteria')}"
    yield "  criteria:"
    yield from text("done", 4)
    yield from text("in_progress", 4)
    if question := next(iter(checklist.profile), None):
        yield f"  # {say('skeleton.applies_when')}"
        yield f'  # applies_when: {{{question.id}: ["{question.options[0].id}"]}}'
    yield f"  # {say('skeleton.levels')}"
    yield "  urgency: 2"
    yield "  impact: 2"
    yield "  effort: 2"
    yield f"  # {say('skeleton.valid_days')}"
    yield "  # valid_days: 30"
    yield f"  # {say('skeleton.actions', owners=', '.join(checklist.owners))}"
    yield "  actions:"
    yield "    - id: first-step"
    yield from text("text", 6)
    yield "      within: 2w"
    yield f"      owner: {next(iter(checklist.owners))}"
    yield f"      # {say('skeleton.message')}"
    yield "      # message:"
    yield from (f"      # {line}" for field in ("subject", "text") for line in text(field))
