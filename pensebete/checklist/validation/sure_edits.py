"""Which of the ways to mend a fault of YAML gives back the meaning: the one that leaves nothing wrong around it.

A parser is content with many; the fields, the ids and the rules of a checklist are not. Where several faults or other
mistakes leave doubt, the fault is told without an edit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.diagnostics.place import Place
from pensebete.checklist.diagnostics.text_edit import of_line
from pensebete.checklist.parsing.document import read_otherwise, with_lines
from pensebete.checklist.parsing.tree import Guess, Tree
from pensebete.checklist.validation.condition_rules import broken_conditions
from pensebete.checklist.validation.locate import at_its_place
from pensebete.checklist.validation.rules import broken_rules
from pensebete.checklist.validation.shape import shape_of

_ROOM = 1_500_000  # characters read to find the ways that do: a checklist of today is read so some fifteen times
_MOST_MISTAKES = 60  # beyond these nobody can tell what one of them comes from
_FAR = 30  # lines from a fault; what is wrong farther away has another cause
_NAMED = re.compile(r" *(- +)*[\w+-]+ ?:")
_NEAR = 12  # lines around a fault that are also read otherwise only because of it
_SIGNS = re.compile(r"[^\w]")


def with_sure_edits(tree: Tree) -> Tree:
    """The same tree, its faults of YAML with an edit where one is sure, and read as that edit would have it."""
    room, now = _ROOM, tree
    for guess in tree.guesses:
        if room < len(tree.text):
            break
        found, cost = _sure_edit(now, guess, room)
        room -= cost
        if found is None:
            continue
        tree.diagnostics[guess.diagnostic] = _told_as(tree.diagnostics[guess.diagnostic], found)
        if found.tree.read != now.read:
            now = found.tree
    return tree if now is tree else read_otherwise(tree, now)


@dataclass(frozen=True, slots=True)
class _Sure:
    line: int  # counted from 0
    was: str
    written: str
    tree: Tree  # read as the edit would have it


def _sure_edit(tree: Tree, guess: Guess, room: int) -> tuple[_Sure | None, int]:
    best: tuple[int, _Sure] | None = None
    cost = 0
    chosen, read_as = guess.ways[0]
    for (n, line), was in zip(guess.ways, guess.was, strict=True):
        typed = guess.known and line == guess.ways[-1][1]  # keeps all of it, between quotes
        if tree.split[n] != was or not (typed or _keeps_the_words(was, line)):
            continue
        if cost + len(tree.text) > room:
            break
        written = line or f"# {was}"
        found: Tree | None = None
        for base in _bases(tree, n, chosen, read_as, guess.was[0]):
            cost += len(tree.text)
            found = with_lines(tree, [*base[:n], written, *base[n + 1 :]])
            if found is not None:
                break
        if found is None or _in_a_text_now(found, n, line):
            continue
        wrong = _mistakes(found)
        if wrong is None or any(abs(at - n - 1) <= _FAR for at in wrong):
            continue
        number = sum(wrong.values())
        if best is None or number < best[0]:
            best = number, _Sure(n, was, written, found)
        if number == 0:
            break
    return (best[1] if best else None), cost


def _told_as(said: Diagnostic, sure: _Sure) -> Diagnostic:
    """The diagnostic with its edit, at its line, in the words of what the edit does."""
    edit = of_line(sure.line + 1, sure.was, sure.written)
    why = said.values["why"]
    if sure.written == f"# {sure.was}":
        why = "stray"
    elif sure.written.strip() == sure.was.strip():
        why = why if why == "tab" else "indent"
    elif sure.written.strip() == f"- {sure.was.strip()}":
        why = "no-dash"
    elif f"- {sure.written.strip()}" == sure.was.strip():
        why = "dash"
    elif sure.written.endswith(("'", '"')) and why in ("indent", "other", "missing-colon", "no-dash"):
        why = "colon-in-text" if re.search(r":( |$)", sure.was) else "start"
    place = said.place if said.place.line == sure.line + 1 else Place(sure.line + 1, edit.start.column)
    return replace(said, place=place, values={**said.values, "why": why}, edit=edit)


def _bases(tree: Tree, n: int, chosen: int, read_as: str, was: str) -> list[list[str]]:
    """The lines as they were read but for this fault: at first without what was made of those that it brought about."""
    read = list(tree.read)
    if read[chosen] == read_as:
        read[chosen] = was
    near = slice(max(n - _NEAR, 0), n + _NEAR)
    alone = [*read[: near.start], *tree.split[near], *read[near.stop :]]
    return [read] if alone == read else [alone, read]


def _in_a_text_now(tree: Tree, n: int, line: str) -> bool:
    """Whether a line with the name of a field, or with a dash until now, is read as part of the text above it."""
    if not line:  # made a comment
        return False
    if not _NAMED.match(line):
        edge = tree.split[n][:1].strip() and line.startswith(" ")
        if edge or " " not in line.strip():  # from the edge, or a single word: it may be a line too many, or cut short
            return not any(place.line == n + 1 for place in tree.values.values())
        an_entry = tree.split[n].lstrip(" ").startswith("- ")
        return an_entry and not any(place.line == n + 1 for place in tree.values.values())
    column = len(line) - len(line.lstrip(" -")) + 1
    return Place(n + 1, column) not in tree.places_of_keys


def _keeps_the_words(was: str, line: str) -> bool:
    """Whether every letter and figure stays, and every sign but one: the one that is too many."""
    if not line:
        return re.match(r"\S", was) is not None and not re.match(r"[\w-]+ *:", was)  # a stray line made a comment
    if line.strip() == re.sub(r"^ *\S +", "", was):  # a sign typed in the indent
        return True
    if _SIGNS.sub("", was) != _SIGNS.sub("", line):
        return False
    lost = Counter(_signs(was)) - Counter(_signs(line))
    return sum(lost.values()) <= 1


def _signs(line: str) -> Iterable[str]:
    return (sign for sign in _SIGNS.findall(line) if not sign.isspace())


def _mistakes(tree: Tree) -> Counter[int] | None:
    """The lines of what is wrong with the meaning of a tree, and how often; None where it is too much."""
    shape = shape_of(tree)
    found = [*shape.diagnostics]
    if len(found) > _MOST_MISTAKES or shape.unlisted or tree.data is None:
        return None
    if shape.checklist is not None:
        for one in (*broken_rules(shape.checklist), *broken_conditions(shape.checklist)):
            found.append(at_its_place(tree, one))
            if len(found) > _MOST_MISTAKES:
                return None
    lines = Counter(one.place.line for one in found if one.severity == "mistake")
    lines.update(one.place.line for one in tree.twice)
    lines.update(one.place.line for one in tree.diagnostics if one.severity == "mistake")
    return lines
