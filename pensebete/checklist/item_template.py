"""A new item to copy into checklist.yaml: its fields, in the languages of the checklist, with what they mean."""

from __future__ import annotations

from collections.abc import Iterator

from pensebete.checklist.model import Checklist
from pensebete.text.wording import Wording, wording

_INDENT = " " * 6  # where an item stands under `items:`


def item_skeleton(checklist: Checklist, say: Wording) -> str:
    """The lines of an item that is sound as it is, whatever the checklist: only its texts are still to be written."""
    return "\n".join(f"{_INDENT}{line}" if line else "" for line in _lines(checklist, say)) + "\n"


def _lines(checklist: Checklist, say: Wording) -> Iterator[str]:
    def text(field: str, indent: int = 2) -> Iterator[str]:
        yield f"{' ' * indent}{field}:"
        for language in checklist.languages:
            yield f"{' ' * (indent + 2)}{language}: >-"
            yield f"{' ' * (indent + 4)}{wording(language, checklist.languages)('skeleton.text')}"

    number = next(n for n in range(1, len(checklist.items) + 2) if f"new-item-{n}" not in checklist.items)
    yield f"# {say('skeleton.id')}"
    yield f"- id: new-item-{number}"
    yield f"  # {say('skeleton.ref')}"
    yield f"  ref: X{number}"
    yield from text("title")
    yield from text("help")
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
