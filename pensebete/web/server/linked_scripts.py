"""Streamlit's scripts, linked: those that every page begins with as one file, those of later pages as others.

Streamlit's page asks for sixty small files, then for as many again as it finds what it draws with: on a slow line each
costs a way there and back, its headers, and what a file of its own compresses less. Here a script becomes a function
in a file of many, word for word: what it imports are constants at its head, what it exports is what it returns.

    import{o as e}from"./a.js";BODY export{n as t};
    const __linked7c01fe=(()=>{const{o:e}=__linked3b90aa;BODY return{t:n}})();

That says the same where no export changes once its script has run, which is so of all that are linked, but for one that
is told to settle its own first (lighter_files.py). Every other script of Streamlit's asks the linked files for what it
needs of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

_IMPORT = re.compile(r'import(?:\{([^}]*)\}from)?"\./([^"]+)";')
_EXPORT = re.compile(r"export\{([^}]*)\};?\s*$")
_EXPORTS_MORE = re.compile(r"(?:^|[;}\n])export[ {*]")
_LIST = "const __vite__mapDeps="  # of what to ask for beside a script that is asked for later
_LISTED = re.compile(r'"\./([^"]+\.js)"')
_ASKED_LATER = re.compile(r"import\(`\./([^`]+\.js)`\)")
_AS = re.compile(r"([\w$]+)(?: as ([\w$]+))?")


@dataclass(frozen=True)
class Script:
    head: str  # what stands before its imports, if it has a list of others
    imports: tuple[tuple[str, str], ...]  # what of it, as it is written between the braces, and the file
    body: str  # to the end of the file


@dataclass(frozen=True)
class Links:
    """In which file each linked script is, and under which name: one that follows from its own, so that a page of
    another version that asks for a file of this one gets what it meant, or nothing."""

    file_of: Mapping[str, str]
    name_of: Mapping[str, str]


def read(text: str) -> Script:
    head = text[: text.index("import{")] if text.startswith(_LIST) else ""
    imports, at = [], len(head)
    while found := _IMPORT.match(text, at):
        imports.append((found[1] or "", found[2]))
        at = found.end()
    return Script(head, tuple(imports), text[at:])


def body_and_exports(name: str, script: Script) -> tuple[str, str]:
    """What it does, and what it exports as it is written between the braces. ValueError where it is not written as the
    scripts of the pinned Streamlit are."""
    last = _EXPORT.search(script.body)
    body = script.body[: last.start()] if last else script.body
    if _IMPORT.search(body) or _EXPORTS_MORE.search(body):
        raise ValueError(f"linked_scripts.py expects {name} to begin with its imports and to end with its exports.")
    return body, last[1] if last else ""


def links(files: Mapping[str, Sequence[str]], text_of: Callable[[str], str]) -> Links:
    """Which file has which scripts: those named, and all that they cannot begin without and no file before has."""
    of: dict[str, str] = {}
    for file, names in files.items():
        to_read = list(names)
        while to_read:
            name = to_read.pop()
            if name not in of:
                of[name] = file
                to_read += [one for _, one in read(text_of(name)).imports]
    name_of = {name: f"__linked{sha256(name.encode()).hexdigest()[:6]}" for name in of}
    if len(set(name_of.values())) != len(name_of):
        raise ValueError("linked_scripts.py: two scripts have one name.")
    return Links(of, name_of)


def linked(file: str, text_of: Callable[[str], str], known: Links) -> str:
    """The scripts of that file as one. ValueError where two need each other."""
    scripts = {name: read(text_of(name)) for name, its in known.file_of.items() if its == file}
    parts, of_others = [], set()
    for name in in_order(scripts):
        script = scripts[name]
        of_others |= {known.name_of[one] for _, one in script.imports if known.file_of[one] != file}
        taken = "".join(_taken(what, known.name_of[one]) for what, one in script.imports if what)
        body, exports = body_and_exports(name, script)
        given = ",".join(f"{out}:{local}" for local, out in _pairs(exports))
        body = _asked(script.head + taken + body, known, file)
        parts.append(f"const {known.name_of[name]}=(()=>{{{body}\nreturn{{{given}}}}})();\n")
    begin = [
        f'import{{{",".join(sorted(names))}}}from"./{other}";\n'
        for other in dict.fromkeys(known.file_of.values())
        if (names := of_others & {known.name_of[one] for one, its in known.file_of.items() if its == other})
    ]
    return "".join([*begin, *parts, f"export{{{','.join(known.name_of[name] for name in scripts)}}};\n"])


def beside(text: str, known: Links) -> str:
    """Any other script: it has from the linked ones what it had from each."""
    script = read(text)
    needed: dict[str, list[str]] = {}
    kept, taken = [], []
    for what, one in script.imports:
        if one not in known.file_of:
            kept.append(f'import{{{what}}}from"./{one}";' if what else f'import"./{one}";')
            continue
        needed.setdefault(known.file_of[one], []).append(known.name_of[one])
        taken.append(_taken(what, known.name_of[one]) if what else "")
    kept += [f'import{{{",".join(dict.fromkeys(names))}}}from"./{file}";' for file, names in needed.items()]
    # Behind its imports, which are hoisted: what stands there was a constant of the same name before.
    return _asked(script.head + "".join(kept + taken) + script.body, known, "")


def _taken(what: str, name: str) -> str:
    return f"const{{{','.join(f'{out}:{local}' for out, local in _pairs(what))}}}={name};"


def _pairs(what: str) -> list[tuple[str, str]]:
    """`o as e,r` → (o, e), (r, r)."""
    found = [_AS.fullmatch(one) for one in what.split(",") if one]
    if not all(found):
        raise ValueError(f"linked_scripts.py does not understand {{{what}}}.")
    return [(one[1], one[2] or one[1]) for one in found if one]


def _asked(text: str, known: Links, file: str) -> str:
    """What is asked for later, or listed beside it, is asked of the file that it is in."""

    def later(found: re.Match[str]) -> str:
        name = found[1]
        if name not in known.file_of:
            return found[0]
        if known.file_of[name] == file:
            return f"Promise.resolve().then(()=>{known.name_of[name]})"
        return f"import(`./{known.file_of[name]}`).then(e=>e.{known.name_of[name]})"

    def listed(found: re.Match[str]) -> str:
        return f'"./{known.file_of.get(found[1], found[1])}"'

    head, list_, rest = text.partition(_LIST)
    if list_:
        names, end, rest = rest.partition(";")
        rest = _LISTED.sub(listed, names) + end + rest
    return _ASKED_LATER.sub(later, head + list_ + rest)


def in_order(scripts: Mapping[str, Script]) -> list[str]:
    """Each after those that it imports."""
    done: dict[str, None] = {}

    def visit(name: str, on_the_way: tuple[str, ...]) -> None:
        if name in on_the_way:
            raise ValueError(f"linked_scripts.py: {name} imports itself, by {', '.join(on_the_way)}.")
        if name in done:
            return
        for _, one in scripts[name].imports:
            if one in scripts:
                visit(one, (*on_the_way, name))
        done[name] = None

    for name in scripts:
        visit(name, ())
    return list(done)
