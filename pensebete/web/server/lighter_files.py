"""Streamlit's scripts, less what no page of ours uses: named replacements, each exact.

A replacement is made where its text stands once in the file, as it does in the pinned Streamlit; where it does not, the
file leaves as it is. A test holds each against the Streamlit installed, and that nothing else differs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Replacement:
    file: str  # its name, less the digest and the ending
    parts: tuple[tuple[str, str], ...]  # what stands there, what stands there instead


REPLACEMENTS = (
    # The code that reads tables is not asked for beside that of components, which does without (below).
    Replacement(
        "index",
        (
            (
                "import(`./BidiComponent.CE4SdmW3.js`),"
                "__vite__mapDeps([199,1,2,3,8,4,9,5,13,11,200,21,20,6,22,31,24,25,32,60,41,36])",
                "import(`./BidiComponent.CE4SdmW3.js`),"
                "__vite__mapDeps([199,1,2,3,8,4,9,5,13,11,200,21,20,6,22,31,24,25,32,60])",
            ),
        ),
    ),
    # It makes two tables of attributes once somebody asks for them, and exports them when they are made: linked
    # (linked_scripts.py), it has to make them before it exports them.
    Replacement(
        "space-separated-tokens",
        (("export{re as a,", "re(),q();export{re as a,"),),
    ),
    # Our components are told JSON. The code that reads tables for a component, 42 kB, comes with the first table: until
    # then the component waits as it does for its own code.
    Replacement(
        "BidiComponent",
        (
            ('import{t as h}from"./serialization.DdOIrmtN.js";', ""),
            (
                "function _(e){return function(t){return e?.[t]}}",
                "let tables;const h=e=>{if(tables)return tables(e);"
                "throw import(`./serialization.DdOIrmtN.js`).then(e=>{tables=e.t})};"
                "function _(e){return function(t){return e?.[t]}}",
            ),
            (
                "try{return h(r)}catch{return null}",
                "try{return h(r)}catch(e){if(e instanceof Promise)throw e;return null}",
            ),
            ("try{r[e]=h(a)}catch{r[e]=null}", "try{r[e]=h(a)}catch(t){if(t instanceof Promise)throw t;r[e]=null}"),
        ),
    ),
)


# Of each of Streamlit's messages, how it is made of a plain object: no script of Streamlit's asks for it, and it is a
# fifth of the code of the messages.
_BRACE_OR_WORDS = re.compile(r"[{}]|`[^`]*`")
_FROM_OBJECT = re.compile(r",?[\w$]+\.fromObject=function\([\w$]+,[\w$]+\)\{")


def lighter(name: str, text: str) -> str:
    """What is sent of the script of that name, `BidiComponent.CE4SdmW3.js`: each replacement whole, or not made."""
    if name.split(".")[0] == "protobuf":
        return without_from_object(text)
    for replacement in REPLACEMENTS:
        if name.split(".")[0] == replacement.file and all(text.count(was) == 1 for was, _ in replacement.parts):
            for was, ours in replacement.parts:
                text = text.replace(was, ours)
    return text


def without_from_object(text: str) -> str:
    """Less each of these functions, to its closing brace: what stands in backquotes in them is words."""
    kept, at = [], 0
    while found := _FROM_OBJECT.search(text, at):
        kept.append(text[at : found.start()])
        at, open_braces = found.end(), 1
        while open_braces:
            mark = _BRACE_OR_WORDS.search(text, at)
            if mark is None:
                raise ValueError("lighter_files.py: a function of Streamlit's messages has no end.")
            open_braces += {"{": 1, "}": -1}.get(mark[0], 0)
            at = mark.end()
    return "".join(kept) + text[at:]
