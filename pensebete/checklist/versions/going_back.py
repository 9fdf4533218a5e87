"""An earlier text as it may be served again: what came after it is retired or renamed, so that no answer is lost."""

from __future__ import annotations

import re
from collections.abc import Callable

from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.line_ends import LINE_ENDS
from pensebete.checklist.model import Checklist
from pensebete.checklist.versions.lost_ids import lost_ids

# The one verdict on a text, of which something is served now.
Reader = Callable[[str], tuple[Checklist | None, tuple[Diagnostic, ...]]]


def text_to_go_back_to(earlier: Checklist, text: str, served: Checklist, read: Reader) -> str | None:
    """The earlier text, to the letter where that loses nothing; else with lines under `retired` and `renamed` more.

    None where not even that may be served: somebody has to look at it.
    """
    if read(text)[0]:
        return text
    lost = lost_ids(served, earlier)
    vanished = [(kind, name) for kind, names in lost.vanished.items() for name in names]
    # What was renamed since has its name of then again; what is new since, and says what another one said, is that one.
    names_of_then = {new: old for old, new in served.renamed.items()}
    became = {
        name: then
        for kind, name in vanished
        if (then := names_of_then.get(name, lost.became.get(name, ""))) in earlier.places[kind]
    }
    gone = [name for _, name in vanished if name not in became]
    made = _with_names(text, "renamed", [f"{old}: {new}" for old, new in became.items()], "{}", "  ")
    made = _with_names(made, "retired", gone, "[]", "  - ")
    return made if made != text and read(made)[0] else None


def _with_names(text: str, field: str, names: list[str], empty: str, indent: str) -> str:
    """With names under a field of the whole file, in whichever way its author writes it; added last where it is not."""
    if not names:
        return text
    end = found[0] if (found := LINE_ENDS.search(text)) else "\n"
    block = end.join(f"{indent}{name}" for name in names)
    opening, closing = re.escape(empty[0]), re.escape(empty[1])
    if found := re.search(rf"^{field}:[ \t]*{opening}([^{opening}{closing}\n\r#]*){closing}", text, re.MULTILINE):
        before = found[1].strip().rstrip(",")
        listed = ", ".join([*([before] if before else []), *names])
        return f"{text[: found.start()]}{field}: {empty[0]}{listed}{empty[1]}{text[found.end() :]}"
    if found := re.search(rf"^{field}:[ \t]*(#[^\n\r]*)?$", text, re.MULTILINE):
        return f"{text[: found.end()]}{end}{block}{text[found.end() :]}"
    return f"{text}{'' if text.endswith(end) else end}{field}:{end}{block}{end}"
