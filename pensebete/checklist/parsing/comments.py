"""A YAML text without its comments: what staff write to one another in the file is not for every visitor."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

import yaml

from pensebete.checklist.line_ends import LINE_ENDS


def without_comments(text: str) -> str:
    """The same lines and the same data; a line that was a comment alone is left empty.

    Past a place where the text is no YAML, only lines that begin with `#` are taken for comments.
    """
    lines = LINE_ENDS.split(text)
    inside: list[list[tuple[int, int]]] = [[] for _ in lines]  # of each line, the stretches that are part of a text
    read = len(lines)
    try:
        for token in yaml.scan(text, Loader=yaml.CSafeLoader):
            if isinstance(token, yaml.ScalarToken):
                first, last = token.start_mark, token.end_mark
                block = token.style in ("|", ">")  # its text begins on the line after
                for n in range(first.line + block, min(last.line + 1, len(lines))):
                    start = first.column if n == first.line else 0
                    end = last.column if n == last.line else len(lines[n])
                    inside[n].append((start, end))
    except yaml.YAMLError as error:
        marks = [getattr(error, name, None) for name in ("context_mark", "problem_mark")]
        read = min((mark.line for mark in marks if mark), default=0)
    return "\n".join(
        _bare(line, inside[n]) if n < read else "" if line.lstrip().startswith("#") else line
        for n, line in enumerate(lines)
    )


def _bare(line: str, texts: list[tuple[int, int]]) -> str:
    for found in re.finditer(r"(^|(?<=[ \t]))#", line):
        if not any(start <= found.start() < end for start, end in texts):
            return line[: found.start()].rstrip()
    return line


def with_comments_back(commented: str, changed: str) -> str:
    """A text made of `without_comments(commented)`, with the comments of the lines that it left as they were."""
    lines, now = LINE_ENDS.split(commented), LINE_ENDS.split(changed)
    end = found[0] if (found := LINE_ENDS.search(changed)) else "\n"
    plain = LINE_ENDS.split(without_comments(commented))
    for block in SequenceMatcher(None, plain, now, autojunk=False).get_matching_blocks():
        now[block.b : block.b + block.size] = lines[block.a : block.a + block.size]
    return end.join(now)
