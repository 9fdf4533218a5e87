"""What goes wrong in many lines of a file for one cause, told once: what a word processor, a merge or a copy left.

Found line by line, before the parser sees the text: what follows is read as if each of them were mended. Lines are
never added nor taken away, so every place keeps its number. What stands in a text under `>-` is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.diagnostics.place import Place
from pensebete.checklist.diagnostics.text_edit import TextEdit, of_line
from pensebete.checklist.parsing.encoding import MISREAD_BEGIN, MOJIBAKE, read_again
from pensebete.checklist.parsing.typed_text import is_text

_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"  # spaces that YAML takes for letters
_HAS_SPACES = re.compile(f"[{_SPACES}]")
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u2060\ufeff\u202a-\u202e]")
_CODE = re.compile(r" *[\w.+/@-]*", re.ASCII)
_MARK = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?: .*)?$")
_ANY_MARK = re.compile(r"^(?:<{7}|\|{7}|={7}|>{7})", re.MULTILINE)
_KEYS = re.compile(r"^ *(?:- +)*([A-Za-z_][\w-]*):(?= |$)", re.MULTILINE)
_OF_SPACES = re.compile(
    rf"(?P<indent>[ {_SPACES}]*)(?P<dashes>(?:-[ {_SPACES}]+)*)"
    rf"(?:(?P<key>[\w+-]+)(?P<before>[ {_SPACES}]*):(?P<after>[ {_SPACES}]+|$))?(?P<rest>.*)$"
)
BLOCK = re.compile(r"( *)((?:- +)*)([^\s#'\"][^#]*?: +|\"[^\"]*\": +)?(?:[&!]\S+ +)*[|>][-+0-9]*[ \t]*(?:#.*)?$")
_BULLET = re.compile(r"( *)([•–—·‣▪●◦] {0,3}|\* {1,3}(?! )|-(?=[^\W\d]))(\S.*)$")
_ANY_BULLET = re.compile(r"^ *(?:[•–—·‣▪●◦]|\* |-[^\W\d])", re.MULTILINE)
_ITS_LIST = re.compile(r" *(?:- )?(?:examples|not_covered|options|actions|resources|items|domains|profile):$")
_LANGUAGE = re.compile(r" *[a-z]{2,3}:$")


@dataclass(slots=True)
class Prepared:
    """The lines as they may have been meant, what is wrong with them, and the numbers (from 1) of those changed."""

    lines: list[str]
    diagnostics: list[Diagnostic] = field(default_factory=list)
    mended: set[int] = field(default_factory=set)

    def read_as(self, n: int, line: str) -> None:
        self.lines[n] = line
        self.mended.add(n + 1)


def prepared(text: str, lines: Sequence[str]) -> Prepared:
    found = Prepared(list(lines))
    if _ANY_MARK.search(text):
        _without_conflicts(found)
    if _HAS_SPACES.search(text):
        texts = block_texts(lines)
        written = (_KEYS.match(line) for n, line in enumerate(lines) if n not in texts)
        _with_common_spaces(found, frozenset(key[1] for key in written if key))
    if _ANY_BULLET.search(text):
        _with_dashes(found)
    if _INVISIBLE.search(text):
        _without_invisible_keys(found)
        found.diagnostics += _invisible(found.lines)
    found.diagnostics += _misread(text, lines)
    if "\n..." in text:
        _without_end_marks(found)
    return found


def indent_of(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def block_texts(lines: Sequence[str]) -> set[int]:
    """The numbers (from 0) of the lines that stand in a text under `>-` or `|`."""
    found: set[int] = set()
    around: int | None = None
    for n, line in enumerate(lines):
        if around is not None and (not line.strip() or indent_of(line) > around):
            found.add(n)
            continue
        around = _opened(line)
    return found


def _opened(line: str) -> int | None:
    """The indent that the lines of a text in a block must exceed, where the line opens one."""
    opener = BLOCK.match(line) if "|" in line or ">" in line else None
    if opener is None:
        return None
    indent, dashes, key = opener.groups()
    return len(indent) + (len(dashes) if key else max(len(dashes) - 2, 0)) if key or dashes else -1


# Conflicts of a merge


def _without_conflicts(found: Prepared) -> None:
    """Each conflict told at its beginning, with both of its sides; its first side is what is read."""
    texts = block_texts(found.lines)
    marks = [
        (n, mark[1][0]) for n, line in enumerate(found.lines) if n not in texts and (mark := _MARK.match(line.rstrip()))
    ]
    at = 0
    while at < len(marks):
        signs = "".join(sign for _, sign in marks[at : at + 4])
        shape = next((one for one in ("<|=>", "<=>") if signs.startswith(one)), "")
        if not shape:  # what somebody forgot who chose a side already
            n = marks[at][0]
            edit = TextEdit(Place(n + 1, 1), Place(n + 2, 1), "")
            found.diagnostics.append(Diagnostic("yaml-syntax", Place(n + 1, 1), {"why": "conflict-mark"}, edit=edit))
            found.read_as(n, "")
            at += 1
            continue
        places = [n for n, _ in marks[at : at + len(shape)]]
        values = {"line": str(places[-2] + 1), "end": str(places[-1] + 1)}
        found.diagnostics.append(Diagnostic("merge-conflict", Place(places[0] + 1, 1), values))
        for n in (places[0], *range(places[1], places[-1] + 1)):
            found.read_as(n, "")
        at += len(shape)


def _without_end_marks(found: Prepared) -> None:
    """A line of three dots says that the file ends there: what follows would be another one."""
    texts = block_texts(found.lines)
    last = max((n for n, line in enumerate(found.lines) if line.strip() and not line.startswith("#")), default=0)
    for n, line in enumerate(found.lines):
        if line.rstrip() == "..." and n not in texts and n < last:
            edit = TextEdit(Place(n + 1, 1), Place(n + 2, 1), "")
            found.diagnostics.append(Diagnostic("yaml-syntax", Place(n + 1, 1), {"why": "end-mark"}, edit=edit))
            found.read_as(n, "")


# Spaces of a word processor


def _with_common_spaces(found: Prepared, keys: frozenset[str]) -> None:
    """No-break spaces in an indent, after a dash, around the colon of a field; those of a text stay."""
    around: int | None = None
    quote = ""  # what closes a text of several lines
    changed: list[tuple[int, int]] = []
    for n, line in enumerate(found.lines):
        indent = indent_of(line)
        if quote:
            quote = "" if line.rstrip().endswith(quote) else quote
            continue
        if around is not None and (not line.strip() or indent > around):
            continue
        if _HAS_SPACES.search(line):
            common, column = _common(line, keys, around)
            if common != line:
                changed.append((n, column))
                found.read_as(n, common)
                line = common
                if around is not None and indent_of(line) > around:
                    continue
        around = _opened(line)
        quote = _left_open(line)
    if not changed:
        return
    first, last = changed[0][0], changed[-1][0]
    written = "\n".join(found.lines[first : last + 1])
    edit: TextEdit | None = TextEdit(Place(first + 1, 1), Place(last + 1, len(found.lines[last]) + 1), written)
    if found.diagnostics:  # the lines of a conflict are not read, and stay
        edit = None
    place, lines = Place(first + 1, changed[0][1] + 1), str(len(changed))
    found.diagnostics.append(Diagnostic("no-break-spaces", place, {"lines": lines}, edit=edit))


def _common(line: str, keys: frozenset[str], around: int | None) -> tuple[str, int]:
    """The line with common spaces where they are part of the form, and the column of the first that was none."""
    parts = _OF_SPACES.match(line)
    assert parts is not None
    form = [parts["indent"], parts["dashes"]]
    text = parts["rest"]
    is_field = parts["key"] is not None and parts["key"] in keys
    if is_field:
        form += [parts["key"], parts["before"], ":", parts["after"]]
    else:
        text = line[len(parts["indent"]) + len(parts["dashes"]) :]
    was = "".join(form)
    first = _HAS_SPACES.search(was)
    if first is None or not line.strip(f" \t{_SPACES_OF_STRIP}"):
        return line, 0
    return _HAS_SPACES.sub(" ", was) + text, first.start()


_SPACES_OF_STRIP = "\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))


def _left_open(line: str) -> str:
    """The quotation mark that a value begins with and that nothing on its line closes."""
    opened = re.match(r" *(?:- +)*(?:[\w+-]+: +)?([\"'])(.*)$", line)
    return opened[1] if opened and opened[1] not in opened[2] else ""


# Bullets


def _with_dashes(found: Prepared) -> None:
    """Entries of a list that begin with a bullet, or with a dash and no space."""
    texts: set[int] | None = None
    run: list[int] = []
    lines, was = found.lines, list(found.lines)
    entries: list[int] = []  # the indents of the lists around a line
    for n, line in enumerate([*lines, ""]):
        if line.strip():
            indent = indent_of(line)
            while entries and entries[-1] > indent:
                entries.pop()
            if line.startswith("- ", indent) and entries[-1:] != [indent]:
                entries.append(indent)
        bullet = _BULLET.match(line)
        if bullet and line.strip("- \r") and texts is None:
            texts = block_texts(lines)
        if (
            bullet
            and n not in (texts or ())
            and (len(bullet[1]) in entries or _begins_entries(lines, n, len(bullet[1])))
        ):
            run.append(n)
            if entries[-1:] != [len(bullet[1])]:
                entries.append(len(bullet[1]))
            found.read_as(n, f"{bullet[1]}- {bullet[3]}")
        elif run and line.strip() and not (indent_of(line) > indent_of(lines[run[-1]])):
            found.diagnostics.append(_bullets(found, run, was))
            run = []
    if run:
        found.diagnostics.append(_bullets(found, run, was))


def _bullets(found: Prepared, run: list[int], was: Sequence[str]) -> Diagnostic:
    first, last = run[0], run[-1]
    written = "\n".join(found.lines[first : last + 1])
    edit = TextEdit(Place(first + 1, 1), Place(last + 1, len(was[last]) + 1), written)
    place = Place(first + 1, indent_of(was[first]) + 1)
    return Diagnostic("yaml-syntax", place, {"why": "bullet"}, edit=edit)


def _begins_entries(lines: Sequence[str], n: int, indent: int) -> bool:
    """Whether a list begins with the line: the next one at its indent has a dash, or its field holds a list."""
    at = n + 1
    while at < min(len(lines), n + 20) and (not lines[at].strip() or indent_of(lines[at]) > indent):
        at += 1
    if at < len(lines) and indent_of(lines[at]) == indent and lines[at].startswith("- ", indent):
        return True
    above = [line for line in lines[max(n - 3, 0) : n] if line.strip() and indent_of(line) < indent]
    if not above or above[-1] != lines[n - 1]:
        return False
    if _ITS_LIST.match(above[-1]):
        return True
    return len(above) > 1 and _LANGUAGE.match(above[-1]) is not None and _ITS_LIST.match(above[-2]) is not None


# Characters that nobody typed


def _without_invisible_keys(found: Prepared) -> None:
    """Those in the name of a field or in a value that is no sentence: nobody would see why it is unknown."""
    texts = block_texts(found.lines)
    for n, line in enumerate(found.lines):
        sign = _INVISIBLE.search(line)
        if sign is None or n in texts or line.lstrip(" ").startswith("#"):
            continue
        bare = _INVISIBLE.sub("", line)
        field = _KEYS.match(bare)
        if field and is_text((field[1],)) and not _INVISIBLE.search(line[: line.find(":") + 1]):
            continue
        if field and (_INVISIBLE.search(line[: line.find(":") + 1]) or _CODE.fullmatch(bare[field.end() :])):
            edit = of_line(n + 1, line, bare)
            place = Place(n + 1, sign.start() + 1)
            values = {"character": f"U+{ord(sign[0]):04X}"}
            found.diagnostics.append(Diagnostic("strange-character", place, values, edit=edit))
            found.read_as(n, bare)


def _invisible(lines: Sequence[str]) -> Iterator[Diagnostic]:
    """Those without a width in a text, told once: they come with a copy from elsewhere, and words lose their search."""
    with_one = [n for n, line in enumerate(lines) if _INVISIBLE.search(line)]
    if with_one:
        n = with_one[0]
        first = _INVISIBLE.search(lines[n])
        assert first is not None
        values = {"character": f"U+{ord(first[0]):04X}", "lines": str(len(with_one))}
        edit = _of_lines(lines, with_one, lambda line: _INVISIBLE.sub("", line))
        yield Diagnostic("invisible-character", Place(n + 1, first.start() + 1), values, edit=edit)


def _misread(text: str, lines: Sequence[str]) -> Iterator[Diagnostic]:
    """UTF-8 that was opened in another encoding and saved again."""
    if not any(sign in text for sign in MISREAD_BEGIN):
        return
    misread = [n for n, line in enumerate(lines) if MOJIBAKE.search(line)]
    if misread:
        n = misread[0]
        first = MOJIBAKE.search(lines[n])
        assert first is not None
        values = {"sign": first[0], "meant": read_again(first[0]), "lines": str(len(misread))}
        edit = _of_lines(lines, misread, read_again)
        yield Diagnostic("mojibake", Place(n + 1, first.start() + 1), values, edit=edit)


def _of_lines(lines: Sequence[str], some: list[int], change: Callable[[str], str]) -> TextEdit:
    """The edit that changes these lines, and leaves those between them."""
    first, last = some[0], some[-1]
    written = "\n".join(change(line) for line in lines[first : last + 1])
    return TextEdit(Place(first + 1, 1), Place(last + 1, len(lines[last]) + 1), written)


def tabs_as_spaces(lines: Sequence[str]) -> Iterator[list[tuple[int, str]]]:
    """Each way to write the tabs of indents as spaces: the numbers of the lines, and what to read in their place."""
    texts = block_texts(lines)
    tabbed = [n for n, line in enumerate(lines) if "\t" in line[: len(line) - len(line.lstrip(" \t"))]]
    tabbed = [n for n in tabbed if n not in texts and lines[n].strip()]
    for width in (2, 4, 8, 1):
        yield [(n, _untabbed(lines[n], width)) for n in tabbed]


def _untabbed(line: str, width: int) -> str:
    rest = line.lstrip(" \t")
    return line[: len(line) - len(rest)].replace("\t", " " * width) + rest


def even_indents(lines: Sequence[str], near: int) -> Iterator[list[tuple[int, str]]]:
    """Ways to write odd indents as those of a checklist: of three spaces a level as two, of one too many as none."""
    written = [n for n, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#")]
    odd = [n for n in written if indent_of(lines[n]) % 2]
    if len(odd) < _FEW or not written:
        return
    if all(indent_of(lines[n]) % 3 in (0, 2) for n in written):
        yield [(n, _scaled(lines[n])) for n in written]
    groups = _groups(odd)
    first, last = min(groups, key=lambda group: min(abs(group[0] - near), abs(group[1] - near)))
    if last - first + 1 < _FEW:
        return
    for more_above in (0, 1, 2):
        for more_below in (0, 1, 2, 3):
            region = range(max(first - more_above, 0), min(last + more_below + 1, len(lines)))
            yield [(n, _scaled(lines[n])) for n in region if lines[n].strip()]
    for by in (-1, 1):
        yield [(n, " " * (indent_of(lines[n]) + by) + lines[n].lstrip(" ")) for n in odd if first <= n <= last]


_FEW = 3  # lines; fewer are told one by one
_APART = 12  # lines between odd ones that are all even


def _groups(odd: list[int]) -> list[tuple[int, int]]:
    groups = [(odd[0], odd[0])]
    for n in odd[1:]:
        if n - groups[-1][1] > _APART:
            groups.append((n, n))
        else:
            groups[-1] = (groups[-1][0], n)
    return groups


def _scaled(line: str) -> str:
    return " " * (2 * round(indent_of(line) / 3)) + line.lstrip(" ")
