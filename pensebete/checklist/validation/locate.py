"""A broken rule -> a mistake of the catalogue, at the line where it is to be mended."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.diagnostics.place import Place
from pensebete.checklist.parsing.document import Tree
from pensebete.checklist.validation.schema_errors import about, suggestion
from pensebete.checklist.validation.violation import Violation


def rule_diagnostic(tree: Tree, rule: Violation) -> Diagnostic:
    values = dict(rule.values)
    if rule.same_as is not None:
        values["line"] = str(tree.place(rule.same_as).line)
    meant = suggestion(values.get("id", "") or values.get("language", ""), rule.known)
    if meant and rule.known[meant]:
        values["line"] = str(tree.place(rule.known[meant]).line)
    return Diagnostic(rule.code, rule_place(tree, rule), values, about(tree, rule.path), suggestion=meant)


def rule_place(tree: Tree, rule: Violation) -> Place:
    return _place_of_language(tree, rule) if rule.code == "missing-language" else tree.place(rule.path)


def _place_of_language(tree: Tree, rule: Violation) -> Place:
    """Where the text of a language is to be written: after the other one, or where the two have run together."""
    around = tree.lines_of(rule.path)
    language = rule.values["language"]
    lines = tree.split[around.start - 1 : around.stop - 1]
    while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()
    if len(lines) < 2:
        return tree.place(rule.path)
    for n, line in enumerate(lines):
        if re.match(rf"\s*{language}\s*:", line):
            return Place(around.start + n, 1)
    begins = _turn(lines, language)
    return Place(around.start + (len(lines) - 1 if begins is None else begins), 1)


def _turn(lines: Sequence[str], language: str) -> int | None:
    """The line of a text from which on it is in that language, by its small words; None where it is not at all."""
    marks = [_marks(line, language) for line in lines]
    sums = [sum(marks[n:]) - sum(marks[:n]) for n in range(len(marks))]
    best = max(range(len(marks)), key=sums.__getitem__)
    return best if best and sum(marks[best:]) > 1 else None


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
