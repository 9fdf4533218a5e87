"""Two hundred sentences that people type, each as a plain value: read whole, or told, with what keeps it from that."""

from __future__ import annotations

import pytest

from pensebete.checklist.diagnostics import Diagnostic
from pensebete.checklist.diagnostics.place import value_at
from pensebete.checklist.diagnostics.text_edit import applied
from pensebete.checklist.loading import read
from pensebete.checklist.parsing.document import read_tree
from tests.builders import mended

SIGNS = "\"'&#!%@*:-?|>[]{},`~\\"
FRENCH = [
    "{sign}Appelez la direction",
    "{sign} Appelez la direction",
    "Appelez {sign}la direction",
    "Appelez{sign} la direction",
    "Appelez {sign} la direction",
    "Appelez la direction{sign}",
    "Appelez la direction {sign}",
]
ENGLISH = ["{sign}Call the board", "Call the board{sign}"]
AROUND = ['"{}"', "'{}'", "[{}]", "{{{}}}", "“{}”", "« {} »", "*{}*", "`{}`", "<{}>", "({})"]
# Where a sign begins a text, it may be meant as one of YAML: these are read without it, and the text is whole.
SENTENCES = [
    *(form.format(sign=sign) for sign in SIGNS for form in (*FRENCH, *ENGLISH)),
    *(
        form.format(around.format("le mot"))
        for around in AROUND
        for form in ("{} juste", "Écrire {} juste", "Écrire {}")
    ),
    "L'équipe préfère qu'on l'appelle",
    "'L'équipe préfère qu'on l'appelle'",
    "Dossier C:\\budget\\notes",
    '"Dossier C:\\budget"',
    "Le poste #3, l'aide « B » & 50 % de plus: voir [1] {a}",
    "http://pole.example/a#b",
    "No. 5: see the board's note #2",
    "- - -",
    "1. Appeler",
    "… et ainsi de suite",
]
# What names the cause, each with its remedy.
CAUSES = {"comment-in-text", "sign-in-text", "escape-in-text", "brackets-in-text", "alias"}
FAULTS = {
    "quoted-start", "apostrophe", "bracket-start", "open-quote", "colon-in-text", "start", "dash", "block-text",
    "bracket", "bracket-extra", "escape",
}  # fmt: skip
# The sign at the beginning stands for YAML's own, which the remedy takes away or makes whole.
READ_WITHOUT_IT = ('" ', "' ", '"Appelez', "'Appelez", '"Call', "'Call", "> ", "| ", "'L'équipe", '"Dossier')

TITLE = "title: {fr: Petite liste, en: Small checklist}"
EXAMPLES = "examples: {fr: [caisse], en: [till]}"
Written = tuple[str, int, tuple[str | int, ...], str]  # the file, the line of the sentence, its path, what was before


def in_a_field(sentence: str) -> Written:
    return mended((TITLE, f"title:\n  fr: {sentence}\n  en: Small checklist")), 5, ("title", "fr"), ""


def in_a_list(sentence: str) -> Written:
    written = f"examples:\n          fr:\n            - caisse\n            - {sentence}\n          en: [till]"
    path = ("domains", 0, "items", 0, "examples", "fr", 1)
    return mended((EXAMPLES, written)), 56, path, ""


def at_the_end(sentence: str) -> Written:
    return (
        mended((TITLE, f"title:\n  en: Small checklist\n  fr: Petite liste. {sentence}")),
        6,
        ("title", "fr"),
        ("Petite liste. "),
    )


def names_the_cause(told: Diagnostic) -> bool:
    return told.code in CAUSES or (told.code == "yaml-syntax" and told.values["why"] in FAULTS)


def test_there_are_two_hundred_of_them():
    assert len(set(SENTENCES)) == len(SENTENCES) >= 200


# Every sentence in a field; in the two other places one of four, and all of them by `make thorough`.
OFTEN = [(sentence, in_a_field) for sentence in SENTENCES]
ELSEWHERE = [(sentence, place) for place in (in_a_list, at_the_end) for sentence in SENTENCES]
SELDOM = [pytest.param(*one, marks=() if n % 4 == 0 else pytest.mark.soak) for n, one in enumerate(ELSEWHERE)]


@pytest.mark.parametrize(("sentence", "place"), [*OFTEN, *SELDOM])
def test_a_sentence_is_read_whole_or_its_loss_is_told_on_its_line(sentence, place):
    text, line, path, before = place(sentence)
    typed = before + sentence.rstrip()
    told = [one for one in read(text)[1] if one.place.line == line and names_the_cause(one)]
    if value_at(read_tree(text).data, path) == typed:
        return
    assert told, [(one.place.line, one.code, one.values) for one in read(text)[1]]
    edits = [one.edit for one in told if one.edit]
    if sentence.startswith("# ") and not before:  # as good as a comment
        return
    assert edits, told
    mend = applied(text, edits)
    assert read(mend)[0] is not None
    now = value_at(read_tree(mend).data, path)
    if before or not sentence.startswith(READ_WITHOUT_IT):
        assert now == typed
    else:
        assert now.strip("\"' ") in typed
        assert len(now) >= len(typed) - 2
