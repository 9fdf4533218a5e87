"""What a well-formed file may still get wrong: ids that refer to nothing, languages, tables, older versions."""

from __future__ import annotations

from pensebete.checklist.diagnostics.message import Entry

OF_MEANING: dict[str, Entry] = {
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
            "la langue «\u00a0{language}\u00a0» n’est pas dans «\u00a0languages\u00a0».{did_you_mean}",
            "Retirez le texte ou ajoutez la langue.",
        ),
        en=(
            "{about}, field “{field}”: the language “{language}” is not in “languages”.{did_you_mean}",
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
    "language-of-nothing": Entry(
        fr=(
            "La langue «\u00a0{language}\u00a0» est dans «\u00a0languages\u00a0», "
            "et aucun texte n’est dans cette langue.",
            "Corrigez le code de la langue, retirez-le, ou ajoutez les textes.",
        ),
        en=(
            "The language “{language}” is in “languages”, and no text is in it.",
            "Mend the code of the language, remove it, or add the texts.",
        ),
    ),
    "unlisted-language": Entry(
        fr=(
            "Les textes sont écrits en «\u00a0{language}\u00a0», et «\u00a0languages\u00a0» ne nomme pas cette langue.",
            "Ajoutez «\u00a0{language}\u00a0» à «\u00a0languages\u00a0».",
        ),
        en=(
            "The texts are written in “{language}”, and “languages” does not name it.",
            "Add “{language}” to “languages”.",
        ),
    ),
    "renamed-in-circle": Entry(
        fr=(
            "Sous «\u00a0renamed\u00a0», «\u00a0{id}\u00a0» revient à lui-même.",
            "Faites que la suite des renvois finisse par un élément qui existe.",
        ),
        en=(
            "Under “renamed”, “{id}” comes back to itself.",
            "Let the chain of names end with an item that exists.",
        ),
    ),
}
