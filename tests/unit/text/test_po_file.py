"""Our catalogues are read as any program of gettext's reads them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from pensebete.text.po_file import read_po_file
from pensebete.text.wording import CATALOGUES

ANY = """# about "that"
msgid ""
msgstr ""
"Language: fr\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

#, python-format
msgid "long"
msgstr ""
"a \\"word\\", a \\\\ and\\n"
"\\ttwo lines"

msgid "some"
msgid_plural "some.plural"
msgstr[0] "one"
msgstr[1] "more"

msgid "nothing"
msgstr ""
"""


def as_gettext_reads(text: str) -> Translations:
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(text.encode()), locale="fr"))
    compiled.seek(0)
    return Translations(compiled)


@pytest.mark.parametrize("text", [ANY, *(file.read_text("utf-8") for file in sorted(Path(CATALOGUES).rglob("*.po")))])
def test_a_catalogue_says_what_gettext_reads_in_it(text):
    known = as_gettext_reads(text)
    sentences, plural = read_po_file(text)
    assert sentences
    assert sentences == {id: sentence for id, sentence in known._catalog.items() if id}
    assert [plural(n) for n in range(200)] == [known.plural(n) for n in range(200)]


def test_a_catalogue_that_does_not_say_its_plural_is_refused():
    with pytest.raises(ValueError, match="plural"):
        read_po_file('msgid "one"\nmsgstr "a sentence"\n')
