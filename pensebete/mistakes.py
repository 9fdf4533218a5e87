"""The catalogue of authors' mistakes: for each code a whole sentence and its remedy, French first.

The words between braces are filled in from the file. Some of them depend on the reader's language and are made here:
`{about}` names the thing concerned (« item “cash-forecast” »), `{expected}` what would fit, `{did_you_mean}` the
nearest name that exists; `{problem}` and `{mend}` say why a file is no YAML, from SYNTAX.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pensebete.yaml_tree import Place

Severity = Literal["mistake", "warning"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A kind of mistake: (sentence, remedy) in each language."""

    fr: tuple[str, str]
    en: tuple[str, str]
    severity: Severity = "mistake"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake of the file. `about` is (kind, id) as in ABOUT; `expected` a key of EXPECTED."""

    code: str
    place: Place
    values: dict[str, str] = field(default_factory=dict)
    about: tuple[str, str] = ("checklist", "")
    expected: str = "other"
    suggestion: str = ""

    @property
    def severity(self) -> Severity:
        return CATALOGUE[self.code].severity

    def sentence(self, language: str) -> str:
        return self._words(language)[0]

    def remedy(self, language: str) -> str:
        return self._words(language)[1]

    def _words(self, language: str) -> tuple[str, str]:
        entry, spoken = CATALOGUE[self.code], 1 if language == "en" else 0
        kind, id = self.about
        because = SYNTAX[self.values.get("why", "other")]
        syntax = (because.fr, because.en)[spoken]
        hint = (" Vouliez-vous dire «\u00a0{}\u00a0»?", " Did you mean “{}”?")[spoken]
        values = {
            **self.values,
            "about": ABOUT[kind][spoken].format(id),
            "expected": EXPECTED[self.expected][spoken].format_map(self.values),
            "problem": syntax[0],
            "mend": syntax[1],
            "did_you_mean": hint.format(self.suggestion) if self.suggestion else "",
        }
        sentence, remedy = (entry.fr, entry.en)[spoken]
        sentence = sentence.format_map(values)
        return sentence[0].upper() + sentence[1:], remedy.format_map(values)


# (French, English)
ABOUT: dict[str, tuple[str, str]] = {
    "checklist": ("la liste", "the checklist"),
    "domains": ("le domaine «\u00a0{}\u00a0»", "domain “{}”"),
    "items": ("l’élément «\u00a0{}\u00a0»", "item “{}”"),
    "actions": ("l’action «\u00a0{}\u00a0»", "action “{}”"),
    "profile": ("la question «\u00a0{}\u00a0»", "question “{}”"),
    "options": ("l’option «\u00a0{}\u00a0»", "option “{}”"),
    "bands": ("le palier «\u00a0{}\u00a0»", "band “{}”"),
    "ranking": ("la classe «\u00a0{}\u00a0»", "class “{}”"),
}
EXPECTED: dict[str, tuple[str, str]] = {
    "level": ("1, 2 ou 3", "1, 2 or 3"),
    "number": ("un nombre dans les limites permises", "a number within the limits"),
    "horizon": ("une durée comme 48h, 2w ou 30d", "a time such as 48h, 2w or 30d"),
    "id": (
        "des lettres sans accent, des chiffres et des traits d’union",
        "letters without accents, digits and hyphens",
    ),
    "date": ("une date comme 2026-03-28", "a date such as 2026-03-28"),
    "url": ("une adresse qui commence par https://", "an address that begins with https://"),
    "email": ("une adresse de courriel", "an email address"),
    "language": ("un code de langue comme fr ou en", "a language code such as fr or en"),
    "choice": ("un de ceux-ci\u00a0: {choices}", "one of these: {choices}"),
    "bool": ("true ou false", "true or false"),
    "text": ("un texte", "a text"),
    "shorter": ("{most} caractères au plus", "{most} characters at most"),
    "not_empty": ("un texte qui n’est pas vide", "a text that is not empty"),
    "list": ("une liste, un tiret par ligne", "a list, one dash a line"),
    "longer_list": ("une liste d’au moins {least}", "a list of at least {least}"),
    "mapping": ("des champs en retrait, un par ligne", "indented fields, one a line"),
    "other": ("une autre valeur", "another value"),
}
# Why a file is no YAML: (the problem, how to mend it), for each of the faults that yaml_faults.py tells apart.
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


CATALOGUE: dict[str, Entry] = {
    "yaml-syntax": Entry(
        fr=(
            "Le fichier ne se lit plus à partir d’ici\u00a0: {problem}.",
            "{mend}",
        ),
        en=(
            "The file cannot be read from here on: {problem}.",
            "{mend}",
        ),
    ),
    "file-too-large": Entry(
        fr=(
            "Le fichier dépasse {limit}\u00a0Mo.",
            "Raccourcissez-le\u00a0: une liste de contrôle tient en peu de pages.",
        ),
        en=("The file is over {limit} MB.", "Shorten it: a checklist fits on a few pages."),
    ),
    "not-utf8": Entry(
        fr=(
            "Cette ligne n’est pas en UTF-8.",
            "Dans votre éditeur, enregistrez le fichier avec l’encodage UTF-8.",
        ),
        en=("This line is not UTF-8.", "In your editor, save the file with the UTF-8 encoding."),
    ),
    "strange-character": Entry(
        fr=(
            "Cette ligne contient un caractère invisible interdit ({character}).",
            "Effacez-le et retapez le mot.",
        ),
        en=(
            "This line has a forbidden invisible character ({character}).",
            "Delete it and type the word again.",
        ),
    ),
    "several-documents": Entry(
        fr=(
            "Un second document commence ici.",
            "Retirez la ligne «\u00a0---\u00a0»\u00a0: un fichier, une liste.",
        ),
        en=("A second document starts here.", "Remove the line “---”: one file, one checklist."),
    ),
    "alias": Entry(
        fr=("Le renvoi «\u00a0*{name}\u00a0» n’est pas permis.", "Écrivez le texte au long, à cet endroit."),
        en=("The alias “*{name}” is not allowed.", "Write the text out in full, in this place."),
    ),
    "key-not-text": Entry(
        fr=(
            "Le nom d’un champ doit être un simple mot.",
            "Mettez entre guillemets un texte qui commence par {{ ou [.",
        ),
        en=(
            "The name of a field must be a plain word.",
            "Put quotes around a text that begins with {{ or [.",
        ),
    ),
    "too-deep": Entry(
        fr=("Plus de {limit} niveaux de retrait.", "Vérifiez les crochets et les retraits de cette ligne."),
        en=("More than {limit} levels of nesting.", "Check the brackets and the indents of this line."),
    ),
    "too-many-values": Entry(
        fr=(
            "Le fichier contient trop de valeurs\u00a0: il n’est pas lu au-delà de cette ligne.",
            "Raccourcissez-le\u00a0: une liste de contrôle tient en peu de pages.",
        ),
        en=(
            "The file holds too many values: it is not read past this line.",
            "Shorten it: a checklist fits on a few pages.",
        ),
    ),
    "more-mistakes": Entry(
        fr=(
            "D’autres erreurs suivent et ne sont pas montrées\u00a0: {n} de plus.",
            "Corrigez d’abord celles qui précèdent, puis vérifiez de nouveau.",
        ),
        en=(
            "Other mistakes follow and are not shown: {n} more.",
            "Mend those above first, then check again.",
        ),
    ),
    "duplicate-key": Entry(
        fr=("Le champ «\u00a0{key}\u00a0» est déjà écrit à la ligne {line}.", "Gardez un seul des deux."),
        en=("The field “{key}” is already written on line {line}.", "Keep only one of the two."),
    ),
    "not-a-checklist": Entry(
        fr=(
            "Le fichier ne contient pas de liste de contrôle.",
            "Repartez du fichier fourni avec le programme.",
        ),
        en=("The file holds no checklist.", "Start again from the file that comes with the program."),
    ),
    "unknown-field": Entry(
        fr=(
            "{about} a un champ inconnu «\u00a0{field}\u00a0».{did_you_mean}",
            "Corrigez le nom ou retirez le champ.",
        ),
        en=("{about} has an unknown field “{field}”.{did_you_mean}", "Mend the name or remove the field."),
    ),
    "missing-field": Entry(
        fr=(
            "Il manque à {about} le champ «\u00a0{field}\u00a0».",
            "Ajoutez une ligne «\u00a0{field}:\u00a0» et sa valeur.",
        ),
        en=("{about} lacks the field “{field}”.", "Add a line “{field}:” and its value."),
    ),
    "wrong-value": Entry(
        fr=(
            "{about}, champ «\u00a0{field}\u00a0»\u00a0: la valeur «\u00a0{value}\u00a0» ne convient pas ({expected}).",
            "Écrivez {expected}.",
        ),
        en=("{about}, field “{field}”: the value “{value}” does not fit ({expected}).", "Write {expected}."),
    ),
    "missing-language": Entry(
        fr=(
            "{about}, champ «\u00a0{field}\u00a0»\u00a0: il manque le texte en «\u00a0{language}\u00a0».",
            "Ajoutez la ligne «\u00a0{language}:\u00a0» et le texte.",
        ),
        en=(
            "{about}, field “{field}”: the text in “{language}” is missing.",
            "Add the line “{language}:” and the text.",
        ),
    ),
    "unknown-language": Entry(
        fr=(
            "{about}, champ «\u00a0{field}\u00a0»\u00a0: "
            "la langue «\u00a0{language}\u00a0» n’est pas dans «\u00a0languages\u00a0».",
            "Retirez le texte ou ajoutez la langue.",
        ),
        en=(
            "{about}, field “{field}”: the language “{language}” is not in “languages”.",
            "Remove the text or add the language.",
        ),
    ),
    "no-french": Entry(
        fr=(
            "La liste n’a pas de français.",
            "Ajoutez «\u00a0fr\u00a0» à «\u00a0languages\u00a0» et les textes.",
        ),
        en=("The checklist has no French.", "Add “fr” to “languages”, and the texts."),
        severity="warning",
    ),
    "duplicate-id": Entry(
        fr=(
            "L’identifiant «\u00a0{id}\u00a0» sert déjà à la ligne {line}.",
            "Choisissez un autre identifiant pour le plus récent des deux.",
        ),
        en=("The id “{id}” is already used on line {line}.", "Choose another id for the newer of the two."),
    ),
    "unknown-id": Entry(
        fr=(
            "{about}, champ «\u00a0{field}\u00a0»\u00a0: «\u00a0{id}\u00a0» n’existe pas.{did_you_mean}",
            "Choisissez un de ceux-ci\u00a0: {known}.",
        ),
        en=("{about}, field “{field}”: there is no “{id}”.{did_you_mean}", "Choose one of these: {known}."),
    ),
    "not-earlier": Entry(
        fr=(
            "{about}, champ «\u00a0belongs_with\u00a0»\u00a0: «\u00a0{id}\u00a0» n’est pas écrit "
            "plus haut dans la même liste.{did_you_mean}",
            "Nommez ce qui se trouve plus haut, dans le même domaine ou le même profil, ou retirez le champ.",
        ),
        en=(
            "{about}, field “belongs_with”: “{id}” is not written higher up in the same list.{did_you_mean}",
            "Name one that stands higher up, in the same domain or the same profile, or remove the field.",
        ),
    ),
    "still-there": Entry(
        fr=(
            "L’élément «\u00a0{id}\u00a0» est sous «\u00a0{field}\u00a0», mais il existe encore.",
            "Retirez-le de «\u00a0{field}\u00a0», ou donnez à l’élément son nouvel identifiant.",
        ),
        en=(
            "Item “{id}” is under “{field}”, but it still exists.",
            "Remove it from “{field}”, or give the item its new id.",
        ),
    ),
    "no-sure-action": Entry(
        fr=(
            "{about}\u00a0: toutes les actions ont un champ «\u00a0applies_when\u00a0», "
            "et l’élément pourrait disparaître du plan.",
            "Retirez «\u00a0applies_when\u00a0» d’une action, ou ajoutez-en une qui n’en a pas.",
        ),
        en=(
            "{about}: all the actions have a field “applies_when”, and the item could vanish from the plan.",
            "Remove “applies_when” from one action, or add one that has none.",
        ),
    ),
    "reserved-id": Entry(
        fr=(
            "{about}\u00a0: l’identifiant «\u00a0{id}\u00a0» est réservé au programme.",
            "Choisissez un autre identifiant.",
        ),
        en=("{about}: the id “{id}” is reserved for the program.", "Choose another id."),
    ),
    "bands-start": Entry(
        fr=("Aucun palier ne commence à 0.", "Donnez «\u00a0from: 0\u00a0» au plus bas."),
        en=("No band starts at 0.", "Give the lowest one “from: 0”."),
    ),
    "bands-same-start": Entry(
        fr=("Deux paliers commencent à {value}.", "Donnez à chacun son propre début."),
        en=("Two bands start at {value}.", "Give each its own start."),
    ),
    "ranking-gap": Entry(
        fr=(
            "La dernière classe du classement doit prendre tout le reste.",
            "Retirez le champ «\u00a0when\u00a0» de la dernière classe.",
        ),
        en=(
            "The last class of the ranking must take all the rest.",
            "Remove the field “when” of the last class.",
        ),
    ),
    "vanished-id": Entry(
        fr=(
            "L’élément «\u00a0{id}\u00a0» a disparu depuis l’ancienne version.{did_you_mean}",
            "Inscrivez-le sous «\u00a0renamed\u00a0» avec son nouvel identifiant, ou sous «\u00a0retired\u00a0».",
        ),
        en=(
            "Item “{id}” has vanished since the older version.{did_you_mean}",
            "Write it under “renamed” with its new id, or under “retired”.",
        ),
    ),
    "same-version": Entry(
        fr=(
            "Le contenu a changé, mais la version est restée «\u00a0{version}\u00a0».",
            "Changez le champ «\u00a0version\u00a0».",
        ),
        en=("The content has changed, but the version is still “{version}”.", "Change the field “version”."),
    ),
}
