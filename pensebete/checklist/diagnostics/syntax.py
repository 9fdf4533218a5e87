"""Why a file is no YAML, in plain words: what stands behind the code `yaml-syntax`."""

from __future__ import annotations

from pensebete.checklist.diagnostics.message import Entry

# Why a file is no YAML: (the problem, how to mend it), for each of the faults of parsing/syntax_faults.py.
SYNTAX: dict[str, Entry] = {
    "open-quote": Entry(
        fr=(
            "un guillemet ouvert sur cette ligne n’est pas refermé",
            "Fermez-le à la fin du texte, ou retirez-le\u00a0: un texte se passe de guillemets.",
        ),
        en=(
            "a quotation mark opened on this line is not closed",
            "Close it at the end of the text, or remove it: a text needs no quotation marks.",
        ),
    ),
    "escape": Entry(
        fr=(
            "un texte entre guillemets doubles contient une barre oblique inverse (\\)",
            "Retirez la barre, ou les guillemets.",
        ),
        en=(
            "a text between double quotes has a backslash (\\)",
            "Remove the backslash, or the quotation marks.",
        ),
    ),
    "tab": Entry(
        fr=(
            "le retrait de cette ligne contient une tabulation",
            "Remplacez-la par des espaces, deux par niveau.",
        ),
        en=("the indent of this line has a tab", "Put spaces in its place, two for each level."),
    ),
    "missing-colon": Entry(
        fr=(
            "il manque un deux-points suivi d’une espace après le nom du champ",
            "Écrivez le nom, un deux-points, une espace et la valeur; vérifiez aussi le retrait de cette ligne.",
        ),
        en=(
            "a colon followed by a space is missing after the name of the field",
            "Write the name, a colon, a space and the value; check the indent of this line too.",
        ),
    ),
    "colon-in-text": Entry(
        fr=(
            "un deux-points suivi d’une espace se trouve dans le texte de cette ligne",
            "Mettez le texte à la ligne, en retrait, sous «\u00a0>-\u00a0»; "
            "s’il n’y a pas de texte, vérifiez le retrait.",
        ),
        en=(
            "a colon followed by a space stands inside the text of this line",
            "Put the text on its own line, indented, under “>-”; if there is no text, check the indent.",
        ),
    ),
    "indent": Entry(
        fr=(
            "le retrait de cette ligne ne s’accorde pas avec celui des lignes voisines",
            "Alignez-la avec les champs du même niveau\u00a0: deux espaces de plus par niveau.",
        ),
        en=(
            "the indent of this line does not agree with that of the lines around it",
            "Align it with the fields of the same level: two more spaces for each level.",
        ),
    ),
    "no-dash": Entry(
        fr=(
            "cette ligne est dans une liste et ne commence pas par un tiret",
            "Ajoutez «\u00a0-\u00a0» et une espace au début, ou vérifiez le retrait.",
        ),
        en=(
            "this line is in a list and does not begin with a dash",
            "Add “-” and a space at its start, or check the indent.",
        ),
    ),
    "dash": Entry(
        fr=(
            "un tiret se trouve là où il n’y a pas de liste",
            "Mettez le tiret sur sa propre ligne, en retrait, ou le texte entre guillemets.",
        ),
        en=(
            "there is a dash where there is no list",
            "Put the dash on a line of its own, indented, or the text between quotation marks.",
        ),
    ),
    "bracket": Entry(
        fr=(
            "un crochet ou une accolade ouvert ici n’est pas bien refermé",
            "Fermez-le sur la même ligne, et séparez par des virgules ce qu’il contient.",
        ),
        en=(
            "a bracket or brace opened here is not rightly closed",
            "Close it on the same line, and put commas between what it holds.",
        ),
    ),
    "bracket-extra": Entry(
        fr=(
            "il y a ici un crochet, une accolade ou une virgule de trop",
            "Retirez le signe de trop, ou mettez le texte entre guillemets.",
        ),
        en=(
            "there is a bracket, a brace or a comma too many here",
            "Remove the sign that is too many, or put the text between quotation marks.",
        ),
    ),
    "start": Entry(
        fr=(
            "un texte ne peut pas commencer par le signe qui se trouve ici",
            "Mettez le texte entre guillemets.",
        ),
        en=("a text cannot begin with the sign that stands here", "Put the text between quotation marks."),
    ),
    "block-text": Entry(
        fr=(
            "après «\u00a0>-\u00a0» ou «\u00a0|\u00a0», le texte commence à la ligne suivante",
            "Mettez-le à la ligne, en retrait.",
        ),
        en=("after “>-” or “|”, the text begins on the next line", "Put it on the next line, indented."),
    ),
    "other": Entry(
        fr=(
            "cette ligne n’a pas la forme attendue",
            "Vérifiez le retrait, les deux-points et les guillemets de cette ligne et de celle d’avant.",
        ),
        en=(
            "this line does not have the expected form",
            "Check the indent, the colons and the quotation marks of this line and of the one before.",
        ),
    ),
}
