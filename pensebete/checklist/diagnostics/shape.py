"""Fields: unknown, missing, or with a value that does not fit; and the words for things and values."""

from __future__ import annotations

from pensebete.checklist.diagnostics.message import Entry

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
    "url": (
        "une adresse complète, comme https://exemple.org/page",
        "a whole address, such as https://example.org/page",
    ),
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
OF_SHAPE: dict[str, Entry] = {
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
            "Ajoutez ici une ligne «\u00a0{field}:\u00a0» et sa valeur.",
        ),
        en=("{about} lacks the field “{field}”.", "Add a line “{field}:” and its value here."),
    ),
    "wrong-value": Entry(
        fr=(
            "{about}, champ «\u00a0{field}\u00a0»\u00a0: la valeur «\u00a0{value}\u00a0» ne convient pas ({expected}).",
            "Écrivez {expected}.",
        ),
        en=("{about}, field “{field}”: the value “{value}” does not fit ({expected}).", "Write {expected}."),
    ),
}
