"""What keeps a file from being read: its text, before anything in it is looked at."""

from __future__ import annotations

from pensebete.checklist.diagnostics.message import Entry

OF_YAML: dict[str, Entry] = {
    "yaml-syntax": Entry(
        fr=(
            "Cette ligne ne se lit pas\u00a0: {problem}.",
            "{mend}",
        ),
        en=(
            "This line cannot be read: {problem}.",
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
    "comma-in-text": Entry(
        fr=(
            "La virgule avant «\u00a0{rest}\u00a0» finit le texte\u00a0: ce qui la suit serait perdu.",
            "Mettez tout le texte entre guillemets droits.",
        ),
        en=(
            "The comma before “{rest}” ends the text: what follows it would be lost.",
            "Put the whole text between straight quotes.",
        ),
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
}
