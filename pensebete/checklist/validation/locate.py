"""From the data of a checklist to the lines of its text: where a violation is to be mended, and what it is about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher, get_close_matches
from itertools import accumulate, islice

from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.diagnostics.place import Path, Place
from pensebete.checklist.diagnostics.text_edit import TextEdit
from pensebete.checklist.full_names import id_in
from pensebete.checklist.inserts import open_brace
from pensebete.checklist.parsing.tree import Tree
from pensebete.checklist.validation.about import about
from pensebete.checklist.validation.edits import is_used, key_renamed, value_replaced, words_replaced
from pensebete.checklist.validation.id_edits import with_edit
from pensebete.checklist.validation.levels import misplaced
from pensebete.checklist.validation.meant import language_called
from pensebete.checklist.validation.other_names import fields_called, insert_called
from pensebete.checklist.validation.violation import Violation

_MOST_NAMED = 100  # of the names that exist, in one sentence
_SURE, _BY_FAR = 0.75, 0.1  # how alike two names are, from 0 to 1, and how much more than the next
# A text under one of them is in another language, and not in French or English under a misspelt name.
_LIKELY_LANGUAGES = frozenset(
    [
        "am",
        "ar",
        "atj",
        "bn",
        "cr",
        "de",
        "el",
        "es",
        "fa",
        "fr",
        "en",
        "he",
        "hi",
        "ht",
        "hu",
        "iu",
        "it",
        "iku",
        "ja",
        "km",
        "ko",
        "moe",
        "moh",
        "nl",
        "pa",
        "pl",
        "ps",
        "pt",
        "ro",
        "ru",
        "so",
        "sq",
        "sr",
        "sw",
        "ta",
        "tl",
        "tr",
        "uk",
        "ur",
        "vi",
        "wo",
        "zh",
    ]
)
_OF_OTHER_VERSIONS = ("renamed", "retired")  # their ids are those of dossiers: only a person knows which
_BESIDE = 3  # lines from a fault of YAML
_MOST_COMPARED = 5_000  # of them, letter by letter with the one that is unknown


def at_its_place(tree: Tree, found: Violation) -> Diagnostic:
    if found.code == "missing-language" and (at := (*found.path, found.values["language"])) in tree.keys:
        return Diagnostic("empty-text", tree.keys[at], found.values, found.path, about(tree, found.path))
    if found.code == "unknown-language" and (one := misplaced(tree, found.path)):
        return one
    place = _place_of_language(tree, found) if found.code == "missing-language" else tree.place(found.path)
    if found.code in ("unknown-insert", "open-brace"):
        place = _place_of_braces(tree, found) or place
    values = found.values
    if found.same_as is not None:
        values = {**values, "line": str(tree.place(found.same_as).line)}
    edit = _edit(tree, found)
    around = about(tree, found.path)
    return Diagnostic(found.code, place, values, found.path, around, found.known, found.meant, edit=edit)


def _edit(tree: Tree, found: Violation) -> TextEdit | None:
    """What mends a sign that has no place in a text, whatever the text means."""
    if found.code == "email-signs":
        return value_replaced(tree, found.path, found.values["value"], found.values["email"])
    if found.code == "cut-word" and "\u00ad" in found.values["word"]:
        return words_replaced(tree, found.path, found.values["word"], re.sub("\u00ad ?", "", found.values["word"]))
    if found.code == "markup":
        markup = found.values["markup"]
        if re.fullmatch(r"\*\*[^*]+\*\*", markup):
            return words_replaced(tree, found.path, markup, markup.strip("*"))
        if markup == "&nbsp;":
            return words_replaced(tree, found.path, markup, "\u00a0")
    return None


def with_suggestion(tree: Tree, found: Diagnostic) -> Diagnostic:
    """The same with the nearest of the names that could have stood there, and its line: dear where there are many."""
    of_the_document = any(found is one for one in tree.diagnostics)  # its edit is that of the fault itself
    if found.edit and found.path and not of_the_document and _is_beside_a_fault(tree, found.place):
        found = replace(found, edit=None)
    if found.code == "unknown-id":
        named = ", ".join(islice(found.known, _MOST_NAMED))
        found = replace(
            found, values={**found.values, "known": named + (", …" if len(found.known) > _MOST_NAMED else "")}
        )
    if not found.known or len(found.known) > _MOST_COMPARED:
        return with_edit(tree, replace(found, known={}))
    word = next(found.values[part] for part in ("id", "language", "field") if part in found.values)
    by_id = found.code in ("vanished-id", "never-there")
    called = _called(tree, found, word)
    near = get_close_matches(word, list(found.known), n=2)
    meant = called[0] if called else _nearest(word, found.known, by_id)
    values = found.values
    if meant and found.known[meant]:
        values = {**values, "line": str(tree.place(found.known[meant]).line)}
    sure = len(called) == 1 or (not called and not by_id and _is_sure(word, near))
    sure = sure and not _is_beside_a_fault(tree, found.place)
    edit = found.edit or (_renamed(tree, found, word, meant) if sure else None)
    return with_edit(tree, replace(found, values=values, known={}, suggestion=meant, edit=edit))


def _nearest(word: str, known: Mapping[str, Path], by_id: bool) -> str:
    """The name that is most like the word; with `by_id`, whatever the ids are written after."""
    if by_id:
        names = {id_in(name): name for name in reversed(list(known))}
        return next((names[id] for id in get_close_matches(id_in(word), list(names), n=1)), "")
    meant = next(iter(get_close_matches(word, list(known), n=1)), "")
    return meant or next((name for name in known if name.endswith(f"/{word}")), "")


def _is_beside_a_fault(tree: Tree, place: Place) -> bool:
    """Whether what stands there may seem so only because of a fault of YAML nearby: then that is to be mended first."""
    lines = [fault.place.line for fault in tree.diagnostics if fault.severity == "mistake"]
    return any(abs(line - place.line) <= _BESIDE for line in lines)


def _called(tree: Tree, found: Diagnostic, word: str) -> list[str]:
    """The names that are meant by a word because people say it so, whatever its letters are."""
    if found.code == "unknown-field":
        return fields_called(word, found.known)
    if found.code == "unknown-insert":
        return [insert for insert in [insert_called(word)] if insert]
    if found.code != "unknown-language":
        return []
    if (language := language_called(word)) in found.known:
        return [language]
    # One text, one language that it lacks, and a name that is none.
    lacking = [language for language in found.known if (*found.path[:-1], language) not in tree.keys]
    strangers = word in _LIKELY_LANGUAGES or len(word) > 3 or len(found.known) < 2
    return lacking if len(lacking) == 1 and not strangers else []


def _is_sure(word: str, near: Sequence[str]) -> bool:
    """Whether the nearest name is near enough, and by far the nearest."""
    ratios = [SequenceMatcher(None, name, word).ratio() for name in near]
    return bool(ratios) and ratios[0] >= _SURE and (len(ratios) == 1 or ratios[0] - ratios[1] >= _BY_FAR)


def _renamed(tree: Tree, found: Diagnostic, word: str, meant: str) -> TextEdit | None:
    """The edit that writes a name in the place of one that is unknown: where it is not the other that is misspelt."""
    path = found.path
    if found.code == "unknown-field":
        return key_renamed(tree, path, meant)
    if found.code == "unknown-insert":
        return words_replaced(tree, path, f"{{{word}}}", f"{{{meant}}}")
    if found.code == "unknown-language":
        return key_renamed(tree, path, meant) if (*path[:-1], meant) not in tree.keys else None
    if found.code not in ("unknown-id", "not-earlier") or path[0] in _OF_OTHER_VERSIONS or path[-1] == "split_from":
        return None
    # A thing that nothing else names may be what is misspelt: `- id: staf`, and a condition on `staff`.
    if is_used(tree, word, 2) or not is_used(tree, meant, 2):
        return None
    if path[-1] == word:
        return key_renamed(tree, path, meant) if (*path[:-1], meant) not in tree.keys else None
    return value_replaced(tree, path, word, meant)


def _place_of_language(tree: Tree, found: Violation) -> Place:
    """Where the text of a language is to be written: after the other one, or where the two have run together."""
    around = tree.lines_of(found.path)
    language = found.values["language"]
    lines = tree.split[around.start - 1 : around.stop - 1]
    while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()
    if len(lines) < 2:
        return tree.place(found.path)
    for n, line in enumerate(lines):
        if re.match(rf"\s*{language}\s*:", line):
            return Place(around.start + n, 1)
    begins = _turn(lines, language)
    return Place(around.start + (len(lines) - 1 if begins is None else begins), 1)


def _place_of_braces(tree: Tree, found: Violation) -> Place | None:
    """Where in a text of several lines an insert stands, or a brace alone; None where they are on its first line."""
    for n in list(tree.lines_of(found.path))[1:]:
        line = tree.split[n - 1] if n <= len(tree.split) else ""
        at = open_brace(line) if found.code == "open-brace" else line.find(f"{{{found.values['id']}}}")
        if at is not None and at >= 0:
            return Place(n, at + 1)
    return None


def _turn(lines: Sequence[str], language: str) -> int | None:
    """The line of a text from which on it is in that language, by its small words; None where it is not at all."""
    marks = [_marks(line, language) for line in lines]
    before = list(accumulate(marks, initial=0))
    best = max(range(len(marks)), key=lambda n: before[-1] - 2 * before[n])
    return best if best and before[-1] - before[best] > 1 else None


def _marks(line: str, language: str) -> int:
    """How much a line looks like that language rather than the other one."""
    words = re.findall(r"[^\W\d_]+", line.lower())
    counts = {name: sum(word in small for word in words) for name, small in _SMALL_WORDS.items()}
    return counts.get(language, 0) - sum(count for name, count in counts.items() if name != language)


_SMALL_WORDS = {
    language: frozenset(words.split(","))
    for language, words in {
        "fr": "le,la,les,l,un,une,des,du,de,d,et,ou,à,au,aux,en,pour,par,sur,avec,dans,qui,que,ne,pas,est",
        "en": "the,a,an,of,and,or,to,in,for,by,on,with,that,which,not,is,are,your,you,it,be,this",
    }.items()
}
