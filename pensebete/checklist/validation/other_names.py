"""What people call the fields of the file, in French mostly, and the words of a condition."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# A field -> what is written in its place, without accents nor signs. A name under two fields is that of the one
# that the place has; where it has both, the first.
_OTHER_NAMES = {
    "actions": "action mesures mesure gestes",
    "advice": "conseil conseils avis",
    "applies_when": "condition conditions si quand when if applicable appliquerquand sapplique",
    "bands": "paliers palier niveaux band",
    "belongs_with": "avec appartienta dependde",
    "calendar": "calendrier",
    "caption": "legende",
    "choose": "choisir choixunique typedechoix type",
    "class": "classe priorite priority",
    "contact": "coordonnees personneressource",
    "country": "pays",
    "criteria": "criteres critere criterions criterias criterion",
    "disclaimer": "avertissement miseengarde",
    "domains": "domaines domaine domain themes",
    "done": "fait termine complete",
    "effort": "efforts",
    "email": "courriel mail mel adressecourriel emails",
    "examples": "exemples exemple example",
    "exclusive": "exclusif",
    "floor": "plancher",
    "from": "de apartirde debut depuis seuil",
    "help": "aide explication explications",
    "id": "identifiant identifier ident",
    "impact": "impacts consequence",
    "in_progress": "encours commence entame",
    "intro": "introduction",
    "items": "elements element points point item",
    "label": "libelle etiquette nom name intitule titre title texte text",
    "languages": "langues langue language langs",
    "lender": "preteur preteurs bailleur lenders",
    "meaning": "signification sens definition",
    "message": "messagepret modele lettre",
    "name": "nom intitule",
    "not_applicable": "sansobjet",
    "not_covered": "noncouvert pascouvert",
    "note": "notes remarque remarques",
    "options": "choix reponses reponse option",
    "owner": "responsable proprietaire porteur quiowner responsible",
    "owner_instead": "responsablealaplace",
    "owners": "responsables",
    "phone": "telephone tel telephones",
    "preface": "accueil avantpropos",
    "profile": "profil",
    "question": "questions",
    "ranking": "classement classes priorites",
    "readiness": "preparation",
    "ref": "reference numero",
    "renamed": "renommes renomme renames",
    "resources": "ressources ressource resource",
    "retired": "retires retire removed",
    "statuses": "statuts statut etats reponses",
    "subject": "objet sujet",
    "text": "texte action description corps",
    "title": "titre titres nom name intitule",
    "to": "a pour destinataire destinataires aqui",
    "to_do": "afaire",
    "unknown": "inconnu jenesaispas",
    "url": "lien link adresse site siteweb web adresseweb",
    "urgency": "urgence urgences urgent",
    "valid_days": "joursvalides validite",
    "valid_until": "validejusquau validejusqua valablejusquau expire expiration fin",
    "verified_on": "verifiele dateverification verifie verification datedeverification",
    "version": "versions",
    "vital": "essentiel vitale vitaux essential",
    "weight": "poids ponderation",
    "within": "delai echeance dici horizon",
}
_FIELDS_OF: dict[str, list[str]] = {}
for _field, _names in _OTHER_NAMES.items():
    for _name in _names.split():
        _FIELDS_OF.setdefault(_name, []).append(_field)

# An insert of a message -> what is written in its place.
_OTHER_INSERTS = {
    "organisation": "organization entreprise nomdelentreprise organisme nomdelorganisation company",
    "nom": "name prenom signature contact signataire monnom votrenom nomducontact",
    "telephone": "phone tel numero telephonne",
    "courriel": "email mail adresse adressecourriel",
    "date": "aujourdhui today datedujour jour ladate",
    "dans_une_semaine": "semaine unesemaine inaweek nextweek semaineprochaine dans7jours datedansunesemaine",
    "echeance": "due duedate deadline delai datelimite",
    "pole": "hub lepole nomdupole",
}
_INSERTS = {word: insert for insert, words in _OTHER_INSERTS.items() for word in f"{insert} {words}".split()}
_INSERTS["dansunesemaine"] = "dans_une_semaine"

_CONDITION_WORDS = {
    word: meant
    for meant, words in {
        "all": "and et tous toutes tout",
        "any": "or ou either unde unedes undes aumoinsun aumoinsune oneof anyof",
        "not": "non no pas aucun",
    }.items()
    for word in f"{words} {meant}".split()
}


def fields_called(name: str, known: Iterable[str]) -> list[str]:
    """The fields of a place that are called so by some, the likeliest first."""
    plain, there = _plain(name), set(known)
    return [
        field for field in [*(k for k in there if _plain(k) == plain), *_FIELDS_OF.get(plain, ())] if field in there
    ]


def insert_called(name: str) -> str:
    """The insert of a message that is meant by a word, whatever its accents and signs; nothing where none is."""
    return _INSERTS.get(_plain(name), "")


def condition_word(name: str) -> str:
    """`any`, `all` or `not`, where that is what is meant by a word; nothing else where it is one of them already."""
    meant = _CONDITION_WORDS.get(_plain(name), "")
    return "" if meant == name else meant


def _plain(name: str) -> str:
    """Letters alone, without accents nor capitals: `Vérifié le` and `verifie_le` are one."""
    if len(name) > 60:
        return ""
    letters = unicodedata.normalize("NFD", name.casefold())
    return re.sub(r"[^a-z0-9]", "", letters)
