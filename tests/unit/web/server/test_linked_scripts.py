"""Streamlit's scripts, linked, say what the pinned Streamlit's say, but for the replacements that are named."""

from __future__ import annotations

import re

import pytest

from pensebete.web.server.known_files import known_files, linked_files, script_links
from pensebete.web.server.lighter_files import REPLACEMENTS, lighter
from pensebete.web.server.linked_scripts import beside, linked, links
from pensebete.web.server.static_gzip import STREAMLIT_FILES

KNOWN = script_links()
SCRIPTS = STREAMLIT_FILES / "static" / "js"
IMPORTS = re.compile(r'((?:const __vite__mapDeps=[^;]*;\s*)?)((?:import(?:\{[^}]*\}from)?"\./[^"]+";)*)')
EXPORTS = re.compile(r"export\{([^}]*)\};?\s*$")
PART = re.compile(r"const (__linked[0-9a-f]+)=\(\(\)=>\{\n?(.*?)\nreturn\{([^{}]*)\}\}\)\(\);\n", re.DOTALL)

TEXTS = {
    "a.11111111.js": (
        'import{b as x}from"./b.11111111.js";import"./b.11111111.js";function y(){return x+1}export{y as a,x};'
    ),
    "b.11111111.js": "var n=1;export{n as b};",
    "c.11111111.js": (
        'import{a as t}from"./a.11111111.js";import{d}from"./d.11111111.js";'
        "let z=()=>import(`./a.11111111.js`);export{z as default};"
    ),
    "d.11111111.js": "const d=4;export{d};",
}


def pairs(words: str, between: str) -> set[tuple[str, str]]:
    """`o as e,r` or `o:e,r:r` as pairs."""
    cut = [one.split(between) for one in words.split(",") if one]
    return {(one[0], one[-1]) for one in cut}


def takes(imports: str) -> str:
    """What a script has of others, as constants of what these returned."""
    found = ""
    for what, name in re.findall(r'import\{([^}]*)\}from"\./([^"]+)";', imports):
        each = [one.split(" as ") for one in what.split(",")]
        found += f"const{{{','.join(f'{one[0]}:{one[-1]}' for one in each)}}}={KNOWN.name_of[name]};"
    return found


def asks(core: str, file: str) -> str:
    """A script of which what it asks for later is asked of the file that it is in."""
    for name in set(re.findall(r"import\(`\./([^`]+\.js)`\)", core)) & set(KNOWN.file_of):
        there, where = KNOWN.name_of[name], KNOWN.file_of[name]
        here = f"Promise.resolve().then(()=>{there})" if where == file else f"import(`./{where}`).then(e=>e.{there})"
        core = core.replace(f"import(`./{name}`)", here)
    return core


def test_what_is_linked_is_each_script_word_for_word_between_what_it_takes_and_gives():
    name_of = {linked_name: name for name, linked_name in KNOWN.name_of.items()}
    seen = []
    for file in linked_files():
        text = file.content().decode()
        around = PART.sub("", text)
        assert re.fullmatch(r'(import\{[\w,]+\}from"\./\w+\.js";\n)*export\{[\w,]+\};\n', around), around[:200]
        for linked_name, body, given in PART.findall(text):
            name = name_of[linked_name]
            original = lighter(name, (SCRIPTS / name).read_text("utf-8"))
            head, imports = IMPORTS.match(original).groups()
            exports = EXPORTS.search(original)
            core = original[len(head) + len(imports) : exports.start() if exports else None]
            expected = takes(imports) + asks(core, file.name)
            assert body.endswith(expected), name
            assert len(body) == len(expected) or head, name
            assert pairs(given, ":") == {(b, a) for a, b in pairs(exports[1] if exports else "", " as ")}, name
            seen.append((name, file.name))
    assert dict(seen) == KNOWN.file_of
    assert len(seen) > 100


def test_each_replacement_finds_what_it_replaces_once_in_the_streamlit_that_is_installed():
    for replacement in REPLACEMENTS:
        texts = [path.read_text("utf-8") for path in SCRIPTS.glob(f"{replacement.file}.*.js")]
        assert sum(all(text.count(was) == 1 for was, _ in replacement.parts) for text in texts) == 1, replacement.file


def test_a_replacement_is_whole_or_not_made():
    [bidi] = SCRIPTS.glob("BidiComponent.*.js")
    text = bidi.read_text("utf-8")
    assert 'from"./serialization.' in text
    assert 'from"./serialization.' not in lighter(bidi.name, text)
    other = text.replace("try{return h(r)}catch{return null}", "")
    assert lighter(bidi.name, other) == other


def test_no_other_script_asks_for_one_that_is_linked_by_its_own_name():
    known = script_links()
    asking = 0
    for file in known_files():
        if file.path.endswith(".js") and "/static/js" not in file.path and not file.query:
            text = file.content().decode()
            asked = re.findall(r'(?:from|import)"\./([^"]+)"', text) + re.findall(r"import\(`\./([^`]+)`\)", text)
            assert not set(asked) & set(known.file_of), file.name
            asking += "first.js" in asked
    assert asking > 50


def test_what_a_script_had_of_another_it_has_of_the_file_it_is_linked_in():
    known = links({"one.js": ["a.11111111.js"]}, TEXTS.__getitem__)
    assert known.file_of == {"a.11111111.js": "one.js", "b.11111111.js": "one.js"}
    a, b = known.name_of["a.11111111.js"], known.name_of["b.11111111.js"]
    assert linked("one.js", TEXTS.__getitem__, known) == (
        f"const {b}=(()=>{{var n=1;\nreturn{{b:n}}}})();\n"
        f"const {a}=(()=>{{const{{b:x}}={b};function y(){{return x+1}}\nreturn{{a:y,x:x}}}})();\n"
        f"export{{{a},{b}}};\n"
    )
    assert beside(TEXTS["c.11111111.js"], known) == (
        f'import{{d}}from"./d.11111111.js";import{{{a}}}from"./one.js";const{{a:t}}={a};'
        f"let z=()=>import(`./one.js`).then(e=>e.{a});export{{z as default}};"
    )


def test_a_linked_script_has_the_same_name_whatever_is_linked_beside_it():
    alone, both = (links({"one.js": [name]}, TEXTS.__getitem__).name_of for name in ("b.11111111.js", "a.11111111.js"))
    assert alone["b.11111111.js"] == both["b.11111111.js"]


@pytest.mark.parametrize(
    "text",
    [
        'import{a}from"./b.11111111.js";a();export{a};a()',
        'a();import{b as a}from"./b.11111111.js";export{a};',
        "export const a=1;",
        'import{a as "b-c"}from"./b.11111111.js";export{a};',
    ],
)
def test_a_script_that_is_written_otherwise_is_refused(text):
    texts = {**TEXTS, "e.11111111.js": text}
    with pytest.raises(ValueError, match=r"linked_scripts\.py"):
        linked("one.js", texts.__getitem__, links({"one.js": ["e.11111111.js"]}, texts.__getitem__))


def test_scripts_that_need_each_other_are_refused():
    texts = {
        "a.js": 'import{b}from"./b.js";var a=b;export{a};',
        "b.js": 'import{a}from"./a.js";var b=a;export{b};',
    }
    with pytest.raises(ValueError, match="imports itself"):
        linked("one.js", texts.__getitem__, links({"one.js": ["a.js"]}, texts.__getitem__))


def test_how_messages_are_made_of_plain_objects_is_left_out_and_no_script_asks_for_it():
    [protobuf] = SCRIPTS.glob("protobuf.*.js")
    text = protobuf.read_text("utf-8")
    assert text.count(".fromObject=function(") == 171
    less = lighter(protobuf.name, text)
    assert "fromObject" not in less
    for name in (".decode=function(", ".encode=function(", ".toObject=function(", ".prototype.toJSON=function("):
        assert less.count(name) == text.count(name)
    others = (path for path in SCRIPTS.glob("*.js") if path != protobuf)
    asking = [path.name.split(".")[0] for path in others if "fromObject" in path.read_text("utf-8")]
    assert asking == ["DeckGlJsonChart"], "the vectors of its maps have one of their own"
    small = "e.decode=function(a){},e.fromObject=function(e,t){if(t){throw O(`a } b`)}return t},e.encode=function(a){}"
    assert lighter("protobuf.11111111.js", small) == "e.decode=function(a){},e.encode=function(a){}"
