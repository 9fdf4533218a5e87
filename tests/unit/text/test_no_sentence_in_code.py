"""What people read is in the catalogues: no sentence, French or English, stands in the program's Python or JavaScript.

French is known by its accents and guillemets, English by three plain words in a row. Comments, docstrings, what is
raised and what is logged are for whoever keeps the program, and may say what they like.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.builders import ROOT
from tests.source_trees import nodes

FRENCH = re.compile(r"[«»“”‘’À-ÖØ-öø-ÿŒœ]")
ENGLISH = re.compile(r"\b[A-Za-z]?[a-z]+ [a-z]{2,} [a-z]{2,}")
NAME = "Pense-bête"  # of the program, the same in every language
# Words in code that nobody is told: a file, and what they are.
NOT_TOLD = {
    "pensebete/checklist/parsing/encoding.py": "the letters that a wrong encoding makes others of",
    "pensebete/checklist/parsing/syntax_faults.py": "what libyaml says, to be recognized",
    "pensebete/checklist/parsing/typed_text.py": "the quotes that are none for YAML",
    "pensebete/checklist/validation/locate.py": "the small words by which a language is known",
    "pensebete/checklist/validation/meant.py": "what people type for a date or a time, to be recognized",
    "pensebete/checklist/validation/other_names.py": "what people call the fields, to be recognized",
    "pensebete/cli/arguments.py": "what argparse says, to be recognized",
    "pensebete/export/file_name.py": "letters that are folded to plain ones",
    "pensebete/pdf/tagging/conformance.py": "XML",
    "pensebete/text/typography.py": "how French is set",
    "pensebete/web/components/file_download.py": "a script, with its comments",
    "pensebete/web/server/metrics.py": "what Prometheus is told of each count, as its tools expect",
    "pensebete/web/server/streamlit_strings.py": "what Streamlit says, to be replaced",
}
PYTHON = [*sorted((ROOT / "pensebete").rglob("*.py")), *sorted((ROOT / "pages").glob("*.py")), ROOT / "app.py"]
JAVASCRIPT = sorted((ROOT / "pensebete").rglob("*.js"))
_LITERAL = re.compile(
    r'//[^\n]*|/\*[^*]*\*/|"((?:[^"\\\n]|\\.)*)"|\'((?:[^\'\\\n]|\\.)*)\'|`((?:[^`\\]|\\.)*)`', re.DOTALL
)


def strings(source: str) -> Iterator[str]:
    """Each string of a Python text that could come before somebody's eyes."""
    apart: set[ast.AST] = set()
    for node in nodes(source):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):  # a docstring
            apart.add(node.value)
        elif isinstance(node, ast.Raise) or (isinstance(node, ast.Call) and ast.unparse(node.func).startswith("_LOG.")):
            apart.update(ast.walk(node))
    for node in nodes(source):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in apart:
            yield node.value


def strings_of_script(source: str) -> Iterator[str]:
    for found in _LITERAL.finditer(source):
        yield from (text for text in found.groups() if text is not None)


def is_sentence(text: str) -> bool:
    text = text.replace(NAME, "")
    return bool(FRENCH.search(text) or ENGLISH.search(text))


def place(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def test_no_sentence_stands_in_the_code():
    looked_at = [(place(file), text) for file in PYTHON for text in strings(file.read_text(encoding="utf-8"))]
    found = [(file, text) for file, text in looked_at if is_sentence(text)]
    assert [(file, text) for file, text in found if file not in NOT_TOLD] == []
    assert {file for file, _ in found} == set(NOT_TOLD)  # a file that needs no exception has none
    assert len(looked_at) > 3500


def test_no_sentence_stands_in_a_script():
    looked_at = [(place(file), text) for file in JAVASCRIPT for text in strings_of_script(file.read_text("utf-8"))]
    assert [(file, text) for file, text in looked_at if is_sentence(text)] == []
    assert len(looked_at) > 100


def test_a_sentence_put_into_the_code_would_be_found():
    for text in ("Réessayez.", "L’élément", "«\u00a0x\u00a0»", "Please try again.", "the page is on its way"):
        assert is_sentence(text)
        assert text in list(strings(f"def f():\n    '''{text}'''\n    return {text!r}"))
        assert text in list(strings_of_script(f'// {text}\nconst a = "{text}"'))
    for text in ("st-key-header", f" – {NAME}", "checklist.yaml", "no-cache", "utf-8"):
        assert not is_sentence(text)
    assert (
        list(strings("'''Une docstring.'''\nraise ValueError('no such thing here')\n_LOG.error('it went wrong')")) == []
    )
